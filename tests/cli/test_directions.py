"""`ganstudio directions` on a run that was really trained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ganstudio.project.directions_file import KeptDirection, load_directions
from tests.cli.conftest import Run


def test_found_ones_are_listed_and_saved(run: Run, trained: Path, tmp_path: Path) -> None:
    file = tmp_path / "found.directions.json"
    told = run("directions", trained, "--find", "--out", file)
    assert told.code == 0
    saved = load_directions(file)
    assert len(saved) >= 12
    assert all(direction.key in told.out for direction in saved)
    assert told.out.splitlines()[-1] == str(file)
    facts = json.loads(run("directions", trained, "--find", "--json").out)
    assert [one["key"] for one in facts["directions"]] == [one.key for one in saved]


def test_one_way_to_look_alone(run: Run, trained: Path) -> None:
    words = ("directions", trained, "--find", "--kinds-of", "sefa", "--json")
    facts = json.loads(run(*words).out)
    assert {one["origin"] for one in facts["directions"]} == {"sefa"}


def test_without_find_those_that_the_project_keeps(run: Run, trained: Path, tmp_path: Path) -> None:
    assert "--find" in run("directions", trained).err
    file = tmp_path / "found.directions.json"
    run("directions", trained, "--find", "--out", file)
    first, second = load_directions(file)[:2]
    named = first.model_copy(update={"name": "Glasses"})
    KeptDirection(direction=named).write(trained)
    KeptDirection(direction=second, deleted=True).write(trained)
    told = run("directions", trained)
    assert told.out.startswith("Glasses")
    assert second.key not in told.out


@pytest.mark.parametrize(
    "words", [("open-peeps",), ("open-peeps", "--find", "--kinds-of", "guessing")]
)
def test_what_cannot_be_done_is_said(run: Run, words: tuple[str, ...]) -> None:
    told = run("directions", *words)
    assert told.code == 2
    assert told.out == ""
