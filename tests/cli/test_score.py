"""`ganstudio score` on a real run, in words and as JSON."""

import json
from pathlib import Path

import pytest

from ganstudio.project.folder import Project
from ganstudio.quality.score import LEAST_REAL
from tests.cli.conftest import Run, draw_pictures


@pytest.fixture(autouse=True)
def few_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as there are real ones, not 64 of them: that is quicker."""
    monkeypatch.setattr("ganstudio.quality.score._LEAST_DRAWN", LEAST_REAL)


def test_a_run_is_scored_the_same_each_time_in_words_and_in_json(run: Run, trained: Path) -> None:
    told = run("score", trained, "--json")
    assert told.code == 0
    facts = json.loads(told.out)
    assert facts["images"] == 160
    assert not facts["held_out"]  # 24 pictures: none are
    assert facts["own"] is None
    score = facts["score"]
    assert score["copying"] is None
    assert 0.0 <= score["precision"]["value"] <= 1.0
    assert score["kernel"]["low"] < score["kernel"]["value"] < score["kernel"]["high"]
    assert score["kernel"]["low"] > 0.0  # after 160 pictures it draws nothing like them
    assert json.loads(run("score", trained, "--json").out)["score"] == score
    words = run("score", trained)
    assert words.code == 0
    assert f"{score['frechet']['value']:.1f}" in words.out
    assert f"{score['kernel']['low']:.1f} to {score['kernel']['high']:.1f}" in words.out
    assert "none are held out" in words.out


def test_a_moment_of_the_past_has_a_score_of_its_own(run: Run, trained: Path) -> None:
    first = json.loads(run("score", f"{trained}@0", "--json").out)
    last = json.loads(run("score", trained, "--json").out)
    assert first["images"] == 0
    assert first["score"]["kernel"] != last["score"]["kernel"]


def test_scoring_changes_nothing_in_the_project(run: Run, trained: Path) -> None:
    def all_files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in trained.rglob("*") if path.is_file()}

    before = all_files()
    assert run("score", trained).code == 0
    assert all_files() == before


def test_a_model_file_alone_cannot_be_scored(run: Run, trained: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    assert run("export", trained, file).code == 0
    told = run("score", file)
    assert told.code == 2
    assert "cannot be scored" in told.err
    assert run("score", "open-peeps").code == 2


def test_too_few_pictures_are_said_in_a_sentence(
    run: Run, tmp_path: Path, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GANSTUDIO_HOME", str(tmp_path / "home"))
    few = tmp_path / "few"
    draw_pictures(tmp_path / "pictures", LEAST_REAL - 1)
    assert run("new", few, "--pictures", tmp_path / "pictures", "--size", "32").code == 0
    run_of_others = Project.open(trained).newest_run().path
    (few / "runs").mkdir(exist_ok=True)
    run_of_others.rename(few / "runs" / run_of_others.name)
    told = run("score", few)
    assert told.code == 2
    assert "too few pictures" in told.err
