"""Tiny networks that are really trained into each state: the doctor names it.

What takes longer than a few seconds is marked slow, and what takes longer than ten is trained by
`tests/benchmarks/doctor.py` alone; of both, rows and scores of a real training are kept in
`tests/data/doctor` (`python -m tests.trained_runs --write NAME` makes them anew), and examined here
in every run of the tests.
"""

from pathlib import Path

import pytest

from ganstudio.quality.doctor import examine
from tests.trained_runs import DATA, SCRIPTS, findings_of, played, read

QUICK = ("warming-up", "generator-ahead", "exploding", "not-a-number")
SLOW = ("oscillating", "mode-collapse", "inspector-ahead")
KEPT = tuple(name for name in SCRIPTS if name not in QUICK)


@pytest.mark.parametrize("name", QUICK)
def test_a_run_that_is_trained_into_a_state_is_named(name: str, tmp_path: Path) -> None:
    assert findings_of(played(name, tmp_path))[0].code == SCRIPTS[name].expected


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SLOW)
def test_a_longer_run_is_named_too(name: str, tmp_path: Path) -> None:
    assert findings_of(played(name, tmp_path))[0].code == SCRIPTS[name].expected


@pytest.mark.parametrize("name", KEPT)
def test_what_was_kept_of_a_longer_run_is_named(name: str) -> None:
    rows, scores, recipe, events, kept = read(name)
    found = examine(rows, scores, recipe, events=events, kept=kept)
    assert found[0].code == SCRIPTS[name].expected


def test_what_is_kept_was_made_by_the_scripts() -> None:
    for name in KEPT:
        assert read(name)[2] == SCRIPTS[name].recipe, name
    assert {path.stem for path in DATA.glob("*.json")} == set(KEPT)
