"""`ganstudio score` on a real run, in words and as JSON."""

import json
import shutil
from pathlib import Path

import pytest
import torch

from ganstudio.project.folder import Project
from ganstudio.quality.inception import Inception
from ganstudio.quality.score import LEAST_REAL
from tests.cli.conftest import Run, draw_pictures
from tests.inception_weights import random_weights, save_weights


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


def test_all_moments_are_scored_once_and_then_there_is_a_best(run: Run, trained: Path) -> None:
    told = run("generate", f"{trained}@best", "--seeds", "0", "--sheet", trained / "s.png")
    assert told.code == 2
    assert "no best moment yet" in told.err
    folder = Project.open(trained).newest_run()
    for clock in folder.snapshots()[1:-1]:
        shutil.rmtree(folder.snapshot_folder(clock))
    told = run("score", trained, "--all")
    assert told.code == 0
    assert "won the title" in told.out
    assert "best" in told.out
    assert sorted(folder.scores()) == folder.snapshots()
    before = folder.scores_path.read_bytes()
    facts = json.loads(run("score", trained, "--all", "--json").out)
    assert folder.scores_path.read_bytes() == before, "what has a score is not scored again"
    assert [score["images"] for score in facts["scores"]] == folder.snapshots()
    best = facts["best"]["clock"]
    assert facts["titles"][-1] == best
    first = trained / "best.png"
    assert run("generate", f"{trained}@best", "--seeds", "0", "--sheet", first).code == 0
    again = trained / "same.png"
    assert run("generate", f"{trained}@{best}", "--seeds", "0", "--sheet", again).code == 0
    assert first.read_bytes() == again.read_bytes()
    assert json.loads(run("info", f"{folder.path}@best", "--json").out)["images"] == best
    assert run("export", f"{trained}@best", trained / "best.safetensors").code == 0
    plain = json.loads(run("runs", trained, "--json").out)["runs"][0]
    assert plain["best"] == {"clock": best, "reason": "score"}


def test_a_starred_moment_is_the_best_without_any_score(run: Run, trained: Path) -> None:
    Project.open(trained).newest_run().star(0)
    facts = json.loads(run("info", f"{trained}@best", "--json").out)
    assert facts["images"] == 0


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("inception") / "weights.safetensors"
    return save_weights(place, random_weights())


@pytest.mark.slow
def test_fid_is_measured_where_weights_are_supplied_and_never_named_elsewhere(
    run: Run, trained: Path, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Inception, "features_of", lambda self, seen: seen.mean(axis=(1, 2)))
    told = run("score", trained, "--inception", weights)
    assert told.code == 0
    plain = run("score", trained).out.rstrip()
    assert told.out.startswith(plain), "everything else stays as it is"
    line, note = told.out.removeprefix(plain).split("\n")[2:4]
    value = float(line.removeprefix("FID ").split(" ")[0])
    assert line == f"FID {value:.1f} (24 generated, 24 pictures that it learned from)"
    assert value > 0
    assert "10,000" in note
    folder = Project.open(trained).newest_run()
    assert not folder.scores_path.exists(), "only --all is remembered"
    for clock in folder.snapshots()[1:-1]:
        shutil.rmtree(folder.snapshot_folder(clock))
    assert "FID" not in run("score", trained, "--all").out
    table = run("score", trained, "--all", "--inception", weights)
    assert table.out.splitlines()[0].endswith("FID")
    assert table.out.splitlines()[2].endswith(f" {value:.1f}")
    facts = json.loads(run("score", trained, "--all", "--inception", weights, "--json").out)
    for score in facts["scores"]:
        assert score["fid"]["weights"] == facts["inception"]
        assert (score["fid"]["drawn"], score["fid"]["real"]) == (24, 24)
    assert round(facts["scores"][-1]["fid"]["value"], 1) == value


def test_weights_that_are_none_are_refused_before_anything_is_drawn(
    run: Run, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("ganstudio.studio.engine.judging.Judge.score")
    told = run("score", trained, "--inception", tmp_path / "away.safetensors")
    assert (told.code, told.out) == (2, "")
    assert "away.safetensors" in told.err
    pickled = tmp_path / "weights.pth"
    torch.save({}, pickled)
    told = run("score", trained, "--inception", pickled, "--json")
    assert told.code == 2
    assert "could run programs" in told.err
    assert "save_file" in told.err
