"""Threads that wait sleep, unless training has the whole computer; a person's choice wins."""

from __future__ import annotations

import pytest

from ganstudio.project.openmp import let_threads_sleep, let_threads_stay_awake


def test_threads_sleep_or_stay_awake() -> None:
    environment = {"PATH": "/bin"}
    let_threads_sleep(environment)
    assert environment["OMP_WAIT_POLICY"] == "PASSIVE"
    assert "GOMP_SPINCOUNT" not in environment
    let_threads_stay_awake(environment)
    assert int(environment["GOMP_SPINCOUNT"]) > 0
    fresh: dict[str, str] = {}
    let_threads_stay_awake(fresh)
    assert fresh | {"PATH": "/bin"} == environment


@pytest.mark.parametrize(
    "own",
    [
        {"OMP_WAIT_POLICY": "PASSIVE"},
        {"OMP_WAIT_POLICY": "ACTIVE"},
        {"GOMP_SPINCOUNT": "7"},
        {"GOMP_SPINCOUNT": "0"},
        {"OMP_WAIT_POLICY": "ACTIVE", "GOMP_SPINCOUNT": "7"},
    ],
)
def test_what_a_person_chose_stays(own: dict[str, str]) -> None:
    environment = dict(own)
    let_threads_sleep(environment)
    let_threads_stay_awake(environment)
    assert environment == own
