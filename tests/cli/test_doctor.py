"""`ganstudio doctor`: what is going on in a run, in words and as JSON."""

import json
from dataclasses import replace
from pathlib import Path

from ganstudio.project.findings import Finding, leave_alone
from ganstudio.project.folder import Project
from ganstudio.project.quality import MomentScore
from tests.cli.conftest import Run
from tests.invented_scores import invented_score


def collapse(project: Path) -> None:
    """Leave scores of a generator that draws ever fewer kinds of pictures."""
    run = Project.open(project).newest_run()
    for clock, diversity in ((900, 0.8), (1_000, 0.7), (1_200, 0.2), (1_600, 0.1)):
        score = replace(invented_score(), diversity=diversity)
        run.add_score(MomentScore(clock, score, None, drawn=64, real=24, honest=True))


def test_a_short_run_is_still_warming_up(run: Run, trained: Path) -> None:
    told = run("doctor", trained)
    assert told.code == 0
    assert "Still warming up" in told.out
    assert "160 pictures seen" in told.out


def test_a_finding_is_told_with_its_remedy_in_words_and_in_json(run: Run, trained: Path) -> None:
    collapse(trained)
    told = run("doctor", trained)
    assert told.code == 0
    assert "It draws the same few pictures (mode collapse)" in told.out
    assert "Since 1.2\u00a0k pictures" in told.out
    assert "-> Go back to" in told.out
    facts = json.loads(run("doctor", trained, "--json").out)
    (finding,) = facts["findings"]
    assert (finding["code"], finding["severity"], finding["since"]) == (
        "mode-collapse",
        "bad",
        1_200,
    )
    assert finding["headline"] in told.out
    assert finding["remedy"]["kind"] == "branch"
    assert finding["remedy"]["clock"] < 1_200
    assert facts["scored_moments"] == 4


def test_what_was_left_alone_in_the_window_is_told_as_that(run: Run, trained: Path) -> None:
    collapse(trained)
    leave_alone(Project.open(trained).newest_run(), Finding("mode-collapse", "bad", since=1_200))
    assert "left alone" in run("doctor", trained).out
    facts = json.loads(run("doctor", trained, "--json").out)
    assert facts["findings"][0]["left_alone"] is True


def test_a_run_can_be_named_and_one_that_is_not_there_is_an_error(run: Run, trained: Path) -> None:
    assert run("doctor", trained, "--run", "Run 1").code == 0
    told = run("doctor", trained, "--run", "Run 9")
    assert told.code == 2
    assert "Run 1" in told.err


def test_it_changes_nothing_in_the_project(run: Run, trained: Path) -> None:
    def all_files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in trained.rglob("*") if path.is_file()}

    before = all_files()
    assert run("doctor", trained).code == 0
    assert all_files() == before


def test_a_project_without_runs_says_so(run: Run, pictures: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    assert run("new", project, "--pictures", pictures, "--size", "32").code == 0
    assert run("doctor", project).code == 2
