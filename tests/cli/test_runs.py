"""`ganstudio runs`: every run in a line, and what two of them do not share."""

import json
from pathlib import Path

import pytest

from ganstudio.project.folder import Project
from ganstudio.project.quality import MomentScore
from ganstudio.project.run_summary import summary_of
from tests.cli.conftest import TINY, Run
from tests.invented_scores import invented_score


@pytest.fixture
def two(run: Run, trained: Path) -> Path:
    """A project with a second run that has other settings."""
    more = ("--set", "optimizer.lr=0.005", "--set", "network.width=8", "--images", "16")
    words = ("train", trained, "--fresh", "--seed", "8", "--threads", "1", *TINY, *more)
    assert run(*words).code == 0
    return trained


def test_every_run_has_a_line(run: Run, two: Path) -> None:
    told = run("runs", two)
    assert told.code == 0
    head, first, second = told.out.splitlines()
    assert head.split()[:3] == ["run", "recipe", "seen"]
    assert first.startswith("Run 1")
    assert "160 of 160" in first
    assert second.startswith("Run 2")
    assert "16 of" in second


def test_the_document_has_what_the_table_has_and_more(run: Run, two: Path) -> None:
    facts = json.loads(run("runs", two, "--json").out)
    first, second = facts["runs"]
    assert (first["images"], second["images"]) == (160, 16)
    assert first["score"] is None
    folder = Project.open(two).runs()[0].path
    assert first["disk"] == sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    assert first["snapshots"][-1] == first["saved"] == 160


def test_the_newest_score_stands_in_the_line(run: Run, trained: Path) -> None:
    newest = Project.open(trained).newest_run()
    for clock, realism in ((160, 0.42), (8, 0.07)):
        score = invented_score(realism)
        newest.add_score(MomentScore(clock, score, None, drawn=64, real=24, honest=False))
    assert "42 %" in run("runs", trained).out
    assert "7 %" not in run("runs", trained).out
    found = summary_of(newest).score
    assert found is not None
    assert found.images == 160


def test_only_what_differs_is_told(run: Run, two: Path) -> None:
    told = run("runs", two, "--compare", "Run 1", "Run 2")
    assert told.code == 0
    lines = told.out.splitlines()
    assert {line.split()[0] for line in lines[1:]} == {"optimizer.lr", "network.width"}
    assert "0.005" in told.out
    ids = [one.id for one in Project.open(two).runs()]
    facts = json.loads(run("runs", two, "--compare", *ids, "--json").out)
    assert facts["differences"]["network.width"] == [4, 8]
    same = run("runs", two, "--compare", "Run 1", "Run 1")
    assert "the same" in same.out


def test_a_run_that_is_not_there_is_named_with_those_that_are(run: Run, trained: Path) -> None:
    told = run("runs", trained, "--compare", "Run 1", "Run 9")
    assert told.code == 2
    assert "Run 9" in told.err
    assert "Run 1" in told.err


def test_a_project_without_runs_says_so(run: Run, pictures: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    assert run("new", project, "--pictures", pictures, "--size", "32").code == 0
    assert "No run yet" in run("runs", project).out
