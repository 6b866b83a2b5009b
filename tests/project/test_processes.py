"""Which process of several this one is."""

from __future__ import annotations

import pytest

from ganstudio.project.processes import Place, place_of_this_process, processes_here


def test_torchruns_environment_is_understood() -> None:
    environment = {"RANK": "5", "WORLD_SIZE": "8", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "4"}
    assert place_of_this_process(environment) == Place(5, 8, 1, 4)


@pytest.mark.parametrize(
    "environment", [{}, {"RANK": "0"}, {"WORLD_SIZE": "4"}, {"RANK": "0", "WORLD_SIZE": "1"}]
)
def test_otherwise_a_process_is_alone(environment: dict[str, str]) -> None:
    assert place_of_this_process(environment) is None


def test_cores_and_memory_are_shared_with_the_processes_of_this_host_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert processes_here() == 1
    with monkeypatch.context() as patch:
        for name, value in (("RANK", "0"), ("WORLD_SIZE", "8"), ("LOCAL_WORLD_SIZE", "2")):
            patch.setenv(name, value)
        assert processes_here() == 2
