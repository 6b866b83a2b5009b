"""Every command, from a folder of pictures to a file to share."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from ganstudio.export.still import read_place
from ganstudio.gan import probe as probing
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.presets import PRESETS
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunParent
from ganstudio.studio.run_scorer import RunScorer
from tests.cli.conftest import TINY, Run
from tests.invented_scores import invented_score


def _tree(path: Path) -> dict[str, bytes]:
    """Every file but the log's, which lies in the test's own home."""
    files = {str(p.relative_to(path)): p for p in path.rglob("*") if p.is_file()}
    return {name: p.read_bytes() for name, p in files.items() if not name.startswith("home")}


# -- recipes -------------------------------------------------------------------------------------


def test_recipes_lists_them_all_with_a_reason(run: Run) -> None:
    answer = run("recipes")
    assert answer.code == 0
    for name, preset in PRESETS.items():
        assert f"\n{name}" in f"\n{answer.out}"
        assert preset.why.split(":")[0] in " ".join(answer.out.split())
    listed = json.loads(run("recipes", "--json").out)["recipes"]
    assert [fact["name"] for fact in listed] == list(PRESETS)


@pytest.mark.parametrize("name", list(PRESETS))
def test_a_recipe_explains_each_of_its_numbers(run: Run, name: str) -> None:
    answer = run("recipes", name, "--size", "32", "--set", "optimizer.lr=0.0001")
    assert answer.code == 0
    told = json.loads(run("recipes", name, "--json", "--set", "optimizer.lr=0.0001").out)["values"]
    assert told["optimizer.lr"]["value"] == 0.0001
    for field, found in told.items():
        assert found["why"]
        if field != "name":
            assert field in answer.out


def test_recipes_warns_of_what_does_not_go_together(run: Run) -> None:
    answer = run("recipes", "sketch", "--set", "game.loss=minimax")
    assert answer.code == 0
    assert "Note: With the minimax loss" in answer.out


@pytest.mark.parametrize("words", [["nonsense"], ["sketch", "--set", "game.loss=nonsense"]])
def test_recipes_that_are_not_there_are_refused(run: Run, words: list[str]) -> None:
    answer = run("recipes", *words)
    assert answer.code == 2
    assert "sketch" in answer.err or "relativistic" in answer.err


@pytest.mark.parametrize("really", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_advise_measures_and_names_a_command(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch, really: bool
) -> None:
    if not really:
        monkeypatch.setattr(probing, "probe", lambda _, choice, **__: probing.Probe(choice, 90, 64))
    answer = run("advise", trained, "--minutes", "1", "--json")
    assert answer.code == 0
    told = json.loads(answer.out)
    assert told["preset"] == "sketch"
    assert told["images"] > 0
    assert len(told["why"]) == 3
    assert "24 pictures" in told["why"][0]
    assert told["command"].startswith(f"ganstudio train {trained} --recipe sketch")
    assert told["command"].endswith(f"--strength {told['strength']} --minutes 1")


def test_train_refuses_what_cannot_be_trained(run: Run, trained: Path) -> None:
    settings = ["--recipe", "dcgan-2015", "--set", "game.gamma=1"]
    answer = run("train", trained, "--fresh", "--images", "100", *settings)
    assert answer.code == 2
    assert "network.d_norm=none" in answer.err
    assert len(Project.open(trained).runs()) == 1


# -- new -----------------------------------------------------------------------------------------


def test_new_makes_a_project_from_a_folder(run: Run, tmp_path: Path, pictures: Path) -> None:
    answer = run("new", tmp_path / "p", "--pictures", pictures, "--size", "32", "--framing", "pad")
    assert answer.code == 0
    assert answer.out == f"{tmp_path / 'p'}\n"
    assert "24 pictures at 32 × 32" in answer.err
    made = Project.open(tmp_path / "p").pictures()
    assert made.usable_count == 24
    assert (made.framing.size, made.framing.mode) == (32, "pad")


def test_new_reads_a_zip_in_place(run: Run, tmp_path: Path, pictures: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for file in pictures.iterdir():
            archive.write(file, f"../../{file.name}")
    answer = run("new", tmp_path / "p", "--pictures", tmp_path / "all.zip", "--size", "32")
    assert answer.code in (0, 2)
    assert not list(tmp_path.parent.glob("*.png"))
    with zipfile.ZipFile(tmp_path / "good.zip", "w") as archive:
        for file in pictures.iterdir():
            archive.write(file, f"deep/er/{file.name}")
    assert run("new", tmp_path / "q", "--pictures", tmp_path / "good.zip", "--size", "32").code == 0
    assert Project.open(tmp_path / "q").pictures().usable_count == 24


def test_new_names_what_was_left_out_and_goes_on(run: Run, tmp_path: Path, pictures: Path) -> None:
    (pictures / "broken.png").write_bytes((pictures / "00.png").read_bytes()[:60])
    answer = run("new", tmp_path / "p", "--pictures", pictures, "--size", "32")
    assert answer.code == 0
    assert "broken.png" in answer.err
    assert Project.open(tmp_path / "p").pictures().usable_count == 24


@pytest.mark.parametrize("taken", ["project", "folder", "file"])
def test_new_leaves_alone_what_is_there(
    run: Run, tmp_path: Path, pictures: Path, trained: Path, taken: str
) -> None:
    place = {"project": trained, "folder": pictures, "file": tmp_path / "file"}[taken]
    (tmp_path / "file").write_text("mine")
    before = _tree(tmp_path)
    answer = run("new", place, "--pictures", pictures)
    assert answer.code == 2
    assert _tree(tmp_path) == before


def test_new_that_fails_may_be_repeated(run: Run, tmp_path: Path, pictures: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("new", tmp_path / "p", "--pictures", tmp_path / "empty").code == 2
    assert not (tmp_path / "p").exists()
    assert run("new", tmp_path / "p", "--pictures", pictures, "--size", "32").code == 0


# -- train ---------------------------------------------------------------------------------------


def test_train_tells_every_event_as_json_and_nothing_else(run: Run, trained: Path) -> None:
    answer = run("train", trained, "--images", "240", "--json")
    assert answer.code == 0
    events = answer.events
    kinds = [event["event"] for event in events]
    assert kinds[0] == "run"
    assert kinds[-1] == "done"
    assert {"metrics", "checkpoint"} <= set(kinds)
    metrics = [event for event in events if event["event"] == "metrics"]
    for event in metrics:
        assert {"images", "loss_g", "loss_d", "d_real", "d_fake", "images_per_s"} <= event.keys()
    clocks = [event["images"] for event in metrics]
    assert clocks == sorted(set(clocks))
    assert events[-1]["reason"] == "target"
    assert events[-1]["images"] == 240
    assert events[0]["images"] == 160
    assert not events[0]["fresh"]


@pytest.mark.parametrize("words", [(), ("--no-score",)])
def test_train_scores_moments_between_steps_unless_told_not_to(
    run: Run, trained: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [MomentScore(152, invented_score(kernel=37.5), None, 64, 64, True)]
    monkeypatch.setattr(RunScorer, "work", lambda scorer: found.pop() if found else None)
    monkeypatch.setattr("ganstudio.studio.scoring_between._FIRST_S", 0.0)
    answer = run("train", trained, "--images", "240", "--json", *words)
    assert answer.code == 0
    scores = [event for event in answer.events if event["event"] == "score"]
    assert [event["images"] for event in scores] == ([] if words else [152])
    assert all(event["score"]["kernel"][0] == 37.5 for event in scores)


def test_train_names_the_best_moment_in_the_end(run: Run, trained: Path) -> None:
    best = Project.open(trained).newest_run().snapshots()[-2]
    assert "The best" not in run("train", trained, "--images", "168").err
    Project.open(trained).newest_run().star(best)
    answer = run("train", trained, "--images", "176")
    assert f"The best moment, as you chose: {best} ({trained}@best)." in answer.err


def test_train_without_a_target_stops_at_the_horizon(run: Run, trained: Path) -> None:
    project = Project.open(trained)
    assert project.newest_run().checkpoints()[-1] == 160
    answer = run("train", trained)
    assert answer.code == 0
    assert "nothing left to do" in answer.err
    assert project.newest_run().checkpoints()[-1] == 160
    assert len(project.runs()) == 1


def test_a_branch_goes_on_from_a_checkpoint_of_its_parent(run: Run, trained: Path) -> None:
    project = Project.open(trained)
    parent = project.newest_run()
    clock = parent.checkpoints()[-1]
    name = parent.info().name
    more = ("--images", str(clock + 16), "--set", "optimizer.lr=0.0005")
    answer = run("train", trained, "--branch", f"{name}@{clock + 5}", *more)
    assert answer.code == 0, answer.err
    made = project.newest_run()
    assert made.info().parent == RunParent(run=parent.id, images=clock)
    assert made.recipe().optimizer.lr == 0.0005
    assert made.checkpoints()[-1] == clock + 16
    assert parent.checkpoints()[-1] == clock


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--branch", "Nobody@40"), "Nobody"),
        (("--branch", "soon"), "soon"),
        (("--branch", "Run 1@40", "--recipe", "style"), "--recipe"),
        (("--branch", "Run 1@999k", "--set", "network.width=8"), "network.width"),
    ],
)
def test_a_branch_that_cannot_be_is_refused_and_leaves_no_run(
    run: Run, trained: Path, arguments: tuple[str, ...], said: str
) -> None:
    answer = run("train", trained, *arguments)
    assert answer.code == 2
    assert said in answer.err
    assert len(Project.open(trained).runs()) == 1


def test_stopping_and_going_on_changes_nothing(run: Run, trained: Path, tmp_path: Path) -> None:
    begin = ("--fresh", "--seed", "3", "--threads", "1", *TINY)
    begun = run("train", trained, *begin, "--images", "40")
    assert begun.code == 0
    assert "A first look in about" in begun.err
    other = Path(shutil.copytree(trained, tmp_path / "other"))
    assert run("train", trained).code == 0
    assert run("train", other, "--images", "96").code == 0
    assert Project.open(other).newest_run().checkpoints()[-1] == 96
    assert run("train", other).code == 0
    straight, broken = (Project.open(path).newest_run() for path in (trained, other))
    assert straight.id == broken.id
    for name in ("generator.safetensors", "discriminator.safetensors", "samples.png"):
        one, two = (run_.snapshot_folder(160) / name for run_ in (straight, broken))
        assert one.read_bytes() == two.read_bytes()
    for field in ("images", "loss_g", "loss_d", "d_real", "d_fake"):
        assert [r[field] for r in straight.metrics()] == [r[field] for r in broken.metrics()]


@pytest.mark.parametrize(
    "words", [("--recipe", "sketch"), ("--set", "batch_size=4"), ("--seed", "1")]
)
def test_an_existing_run_keeps_its_settings(
    run: Run, trained: Path, words: tuple[str, str]
) -> None:
    before = _tree(trained)
    answer = run("train", trained, *words, "--images", "400")
    assert answer.code == 2
    assert words[0] in answer.err
    assert "Branch, or --fresh" in answer.err
    assert _tree(trained) == before


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--recipe", "best"), "no recipe called best"),
        (("--set", "optimizer.rate=1"), "no optimizer.rate"),
        (("--set", "optimizer.lr=fast"), "optimizer.lr cannot be fast"),
        (("--set", "batch_size=-1"), "batch_size cannot be -1"),
        (("--device", "cuda:9"), "cuda:9"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    run: Run, trained: Path, words: tuple[str, str], part: str
) -> None:
    answer = run("train", trained, "--fresh", *words)
    assert answer.code == 2
    assert part in answer.err
    assert len(Project.open(trained).runs()) == 1


def test_a_run_may_begin_with_what_another_learned(run: Run, trained: Path) -> None:
    first = Project.open(trained).newest_run()
    words = ["train", trained, "--fresh", "--images", "200", "--seed", "2"]
    answer = run(*words, "--from", f"{trained}@{first.snapshots()[-1]}", *TINY)
    assert answer.code == 0
    second = Project.open(trained).newest_run()
    parent = second.info().parent
    assert second.id != first.id
    assert parent is not None
    assert (parent.run, parent.images) == (first.id, first.snapshots()[-1])
    assert second.recipe().network == first.recipe().network


def test_a_run_does_not_begin_with_another_kind_of_networks(run: Run, trained: Path) -> None:
    words = ["train", trained, "--fresh", "--images", "200", "--from", trained]
    answer = run(*words, "--recipe", "dcgan-2015", *TINY)
    assert answer.code == 2
    assert "networks of the kind" in answer.err
    assert len(Project.open(trained).runs()) == 1


def test_a_time_ends_training_too(run: Run, trained: Path) -> None:
    answer = run("train", trained, "--minutes", "0.01", "--json")
    assert answer.code == 0
    done = answer.events[-1]
    assert done["reason"] == "stopped"
    assert done["images"] > 160
    assert Project.open(trained).newest_run().checkpoints()[-1] == done["images"]


def test_people_get_a_path_on_stdout_and_the_rest_on_stderr(run: Run, trained: Path) -> None:
    answer = run("train", trained, "--images", "200")
    assert answer.out == f"{Project.open(trained).newest_run().path}\n"
    assert "Goes on with Run 1." in answer.err


# -- demo ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_without_a_display_the_demo_trains_leaves_four_things_and_prints_their_paths(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    none = UserError("no-display")
    monkeypatch.setattr("ganstudio.cli.demo_command.display_problem", lambda: none)
    answer = run("demo", "--images", "64")  # nowhere to show a window: it trains all the same
    assert answer.code == 0
    assert "in the terminal" in answer.err
    paths = [Path(line) for line in answer.out.splitlines()]
    assert [path.name for path in paths] == [
        "samples.png",
        "losses.png",
        "model.safetensors",
        "timelapse.gif",
    ]
    for path in paths:
        assert path.parent == Path("ganstudio-demo/exports")
        if path.suffix != ".safetensors":
            with Image.open(path) as image:
                image.load()
                assert min(image.size) > 100
    assert run("generate", paths[2], "--seeds", "0", "--out", "o").code == 0
    again = run("demo", "--headless", "--images", "128")
    assert again.code == 0
    assert len(Project.open(Path("ganstudio-demo")).runs()) == 1
    other = run("demo", "open-peeps", "--headless", "--images", "64")
    assert other.code == 2
    assert "other pictures" in other.err


def test_the_demo_asks_for_a_window_where_there_is_a_display(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ganstudio.cli.demo_command.display_problem", lambda: None)
    request = run("demo", "open-peeps", "--minutes", "5").code
    assert not isinstance(request, int)
    assert (request.demo, request.minutes) == ("open-peeps", 5)


# -- generate and export -------------------------------------------------------------------------


def test_a_seed_is_the_same_picture_alone_and_among_others(
    run: Run, trained: Path, tmp_path: Path
) -> None:
    assert run("generate", trained, "--seeds", "5", "--out", tmp_path / "a").code == 0
    assert run("generate", trained, "--seeds", "0-9", "--out", tmp_path / "b").code == 0
    name = "seed-0005.png"
    alone, among = (
        np.asarray(Image.open(tmp_path / place / name), dtype=np.int16) for place in ("a", "b")
    )
    # Another batch adds its numbers up in another order: the last bit of a colour may round over.
    assert np.abs(alone - among).max() <= 1
    assert len(list((tmp_path / "b").iterdir())) == 10
    assert read_place(tmp_path / "a" / name).point.seed_x == 5


def test_moments_runs_and_files_are_models_too(run: Run, trained: Path, tmp_path: Path) -> None:
    newest = Project.open(trained).newest_run()
    first, last = newest.snapshots()[0], newest.snapshots()[-1]
    model = tmp_path / "model.safetensors"
    assert run("export", f"{trained}@{last}", model).out == f"{model}\n"
    sheets = []
    for index, name in enumerate([trained, newest.path, f"{trained}@{last}", model]):
        sheet = tmp_path / f"{index}.png"
        answer = run("generate", name, "--seeds", "0-3", "--sheet", sheet)
        assert answer.out == f"{sheet}\n"
        sheets.append(np.asarray(Image.open(sheet)))
    assert all(np.array_equal(sheets[0], sheet) for sheet in sheets)
    early = tmp_path / "early.png"
    run("generate", f"{newest.path}@{first}", "--seeds", "0-3", "--sheet", early)
    assert not np.array_equal(np.asarray(Image.open(early)), sheets[0])


def test_diversity_0_is_one_average_picture(run: Run, trained: Path, tmp_path: Path) -> None:
    run("generate", trained, "--seeds", "0-3", "--diversity", "0", "--out", tmp_path / "o")
    pixels = [np.asarray(Image.open(path)) for path in (tmp_path / "o").iterdir()]
    assert all(np.array_equal(pixels[0], other) for other in pixels)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("generate", "{}@900k", "--seeds", "0", "--out", "o"), "no snapshot at 900 k"),
        (("generate", "{}@soon", "--seeds", "0", "--out", "o"), "soon"),
        (("generate", "{}", "--seeds", "0", "--sheet", "o.jpg"), "does not end in .png"),
        (("generate", "{}", "--seeds", "0-9999", "--sheet", "o.png"), "at most"),
        (("export", "{}", "o.bin"), "does not end in .safetensors"),
    ],
)
def test_models_and_files_that_make_no_sense_are_refused(
    run: Run, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...], part: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    answer = run(*(word.format(trained) for word in words))
    assert answer.code == 2
    assert part in answer.err
    assert not list(tmp_path.glob("o*"))


# -- info and check ------------------------------------------------------------------------------


def test_info_says_what_it_is_in_words_and_json(run: Run, trained: Path) -> None:
    newest = Project.open(trained).newest_run()
    for name, kind in ((trained, "project"), (newest.path, "run"), (f"{trained}@160", "model")):
        words = run("info", name)
        facts = json.loads(run("info", name, "--json").out)
        assert words.code == 0
        assert facts["kind"] == kind
        assert "network.width" in words.out
    facts = json.loads(run("info", trained, "--json").out)
    assert facts["usable"] == 24
    assert facts["runs"][0]["images"] == facts["runs"][0]["saved"] == 160
    assert facts["runs"][0]["recipe"]["horizon"] == 160


def test_info_looks_without_touching(run: Run, trained: Path) -> None:
    before = _tree(trained)
    run("info", trained)
    assert _tree(trained) == before


@pytest.mark.slow
def test_check_measures_and_gives_a_verdict(run: Run) -> None:
    answer = run("check", "--json")
    facts = json.loads(answer.out)
    assert answer.code == 0
    assert facts["images_per_s"] > 0
    assert facts["device"]
    assert facts["verdict"].endswith(".")
    assert {"precision", "threads", "display", "disk_free"} <= facts.keys()


@pytest.mark.parametrize("images_per_s", [0.0, 1.0, 5_000.0])
def test_check_says_in_words_what_it_found(
    run: Run, monkeypatch: pytest.MonkeyPatch, images_per_s: float
) -> None:
    choice = SimpleNamespace(device="cpu", reason="no GPU found", precision="float32", threads=1)
    measured = SimpleNamespace(choice=choice, images_per_s=images_per_s)
    report = SimpleNamespace(torch_version="2")
    monkeypatch.setattr("ganstudio.studio.engine.load", lambda *_: report)
    monkeypatch.setattr("ganstudio.studio.engine.measured", lambda *_: measured)
    problem = UserError("no-display")
    monkeypatch.setattr("ganstudio.cli.check_command.display_problem", lambda: problem)
    answer = run("check")
    assert answer.code == 0
    assert f"{images_per_s:.0f} images/s" in answer.out
    assert problem.sentence in answer.out
    assert answer.out.splitlines()[-1].startswith("Ready" if images_per_s else "Training could not")


def test_a_time_lapse_may_carry_losses_and_words(run: Run, trained: Path, tmp_path: Path) -> None:
    heights = []
    for more in ((), ("--losses",), ("--losses", "--caption", "Squares, learned in a minute.")):
        file = tmp_path / "films" / f"film{len(more)}.gif"
        told = run("timelapse", trained, file, *more)
        assert (told.code, told.out) == (0, f"{file}\n")
        with Image.open(file) as film:
            assert film.n_frames == len(Project.open(trained).newest_run().snapshots())
            heights.append(film.height)
    assert heights == sorted(set(heights))
    assert "wrong-ending" not in run("timelapse", trained, tmp_path / "film.mp4").out
    assert run("timelapse", trained, tmp_path / "film.mp4").code == 2
    assert run("timelapse", "open-peeps", tmp_path / "film.gif").code == 2
