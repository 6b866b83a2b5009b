"""Scores come for every moment, behind everything else, and never for what is gone."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from ganstudio.pictures.importer import refresh_pictures
from ganstudio.pictures.work import InlineExecutor
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.point import LatentPoint
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import Task
from ganstudio.quality.score import LEAST_REAL
from ganstudio.studio import engine, scoring
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import ImportEnded, ModelOpened, MomentScored, Saved
from ganstudio.studio.scoring import ScoringService
from ganstudio.studio.settings import Settings
from ganstudio.studio.states import State
from tests.studio.conftest import TINY, Watch


@pytest.fixture(autouse=True)
def few_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as there are real ones, not 64 of them: that is quicker."""
    monkeypatch.setattr("ganstudio.quality.score._LEAST_DRAWN", LEAST_REAL)


def train(studio: Studio, project: Project, images: int = 16) -> RunFolder:
    studio.training.start(project, StartRequest(seed=7, threads=1, images=images))
    studio.training.wait()
    studio.events.drain()
    return project.newest_run()


@pytest.fixture
def trained(studio: Studio, tiny_project: Project) -> RunFolder:
    """With 24 pictures, of which none are held out, the project open, the engine there."""
    run = train(studio, tiny_project)
    studio.projects.open(tiny_project.path)
    studio.machine.report = engine.load("cpu", 1, False)
    return run


@pytest.fixture
def with_held_out(studio: Studio, tmp_path: Path) -> RunFolder:
    """With 200 pictures, of which 20 are held out."""
    random = np.random.default_rng(0)
    folder = tmp_path / "many"
    folder.mkdir()
    for index in range(200):
        pixels = random.integers(0, 256, (4, 4, 3)).astype(np.uint8)
        Image.fromarray(pixels).resize((32, 32)).save(folder / f"{index:03}.png")
    project = Project.create(tmp_path / "project", plan=TINY)
    studio.pictures.add_now(project, [folder], FramingSettings(size=32), Task())
    run = train(studio, project, 16)
    studio.projects.open(project.path)
    studio.machine.report = engine.load("cpu", 1, False)
    return run


def look_at(studio: Studio, run: RunFolder) -> None:
    studio.scoring.look_at(studio.projects.current, run)


def scored(watch: Watch) -> list[MomentScore]:
    return [event.score for event in watch.of(MomentScored)]


def test_every_moment_gets_its_score_the_newest_first_and_it_is_kept(
    studio: Studio, trained: RunFolder, watch: Watch
) -> None:
    moments = trained.snapshots()
    assert len(moments) > 2
    look_at(studio, trained)
    watch.until(lambda: len(scored(watch)) == len(moments))
    found = scored(watch)
    assert [score.images for score in found] == moments[::-1]
    assert trained.scores() == {score.images: score for score in found}
    assert all(event.run == trained.path for event in watch.of(MomentScored))
    judge = engine.Judge(Project.open(trained.path.parent.parent), trained)
    path = trained.snapshot_folder(moments[-1]) / "generator.safetensors"
    again = judge.score(path)
    assert again.images == found[0].images
    assert again.score.kernel.value == pytest.approx(found[0].score.kernel.value, rel=1e-3)
    assert again.score.precision == found[0].score.precision


def finish(studio: Studio, run: RunFolder) -> ScoringService:
    """Everything there is to do, in this thread."""
    service = ScoringService(
        studio.events,
        studio.explorer,
        lambda: State.IDLE,
        lambda run: True,
        lambda: studio.settings.value,
    )
    service._wanted = (Project.open(run.path.parent.parent), run)
    while service._work() is not None:
        pass
    return service


def test_what_is_known_is_not_scored_again_nor_looked_at(
    studio: Studio, trained: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(studio, trained)
    before = trained.scores_path.read_bytes()
    assert before
    monkeypatch.delattr(engine, "Judge")  # not even the pictures are opened
    finish(studio, trained)
    assert trained.scores_path.read_bytes() == before


@pytest.mark.slow
def test_with_held_out_pictures_scores_tell_of_copies_in_the_end(
    studio: Studio, with_held_out: RunFolder, watch: Watch
) -> None:
    newest = with_held_out.snapshots()[-1]
    look_at(studio, with_held_out)
    watch.until(
        lambda: any(s.images == newest and s.score.copying is not None for s in scored(watch)), 60
    )
    first = scored(watch)[0]
    assert (first.images, first.score.copying) == (newest, None)  # a score at once, copies later
    assert first.honest
    assert (first.real, first.drawn) == (20, 20)
    assert first.own is not None
    assert first.own.kernel.value < first.score.kernel.value
    kept = with_held_out.scores()[newest].score
    assert kept.copying is not None
    assert kept.newness is not None
    assert all(score.inspector is not None for score in scored(watch))
    assert kept.kernel == first.score.kernel


def test_a_picture_that_somebody_asks_for_goes_first(
    studio: Studio, trained: RunFolder, watch: Watch
) -> None:
    studio.explore_run(trained)
    watch.until(lambda: bool(watch.of(ModelOpened)))
    slices = itertools.count()
    studio.explorer.work_behind(lambda: 0.0 * next(slices))
    stamp = studio.explorer.request(LatentPoint(seed_x=3))

    def arrived() -> bool:
        frame = studio.explorer.frames.take()
        return frame is not None and frame.stamp >= stamp

    watch.until(arrived)
    begun = next(slices)
    stamp = studio.explorer.request(LatentPoint(seed_x=4))  # at once, as a hand on a slider does
    watch.until(arrived)
    assert next(slices) - begun <= 3


def test_work_behind_ends_when_it_says_so_and_when_it_breaks(
    studio: Studio, trained: RunFolder, watch: Watch
) -> None:
    done: list[str] = []
    both = threading.Event()

    def ends() -> None:
        done.append("ended")

    def breaks() -> float:
        done.append("broke")
        both.set()
        raise RuntimeError("a wheel came off")

    studio.explorer.work_behind(ends)
    watch.until(lambda: done == ["ended"])
    studio.explorer.work_behind(breaks)
    assert both.wait(10)
    studio.explore_run(trained)  # and exploring goes on
    watch.until(lambda: bool(watch.of(ModelOpened)))
    assert done == ["ended", "broke"]


def test_what_is_judged_goes_before_what_is_scored_and_neither_ends_the_other(
    studio: Studio, watch: Watch
) -> None:
    done: list[str] = []
    begun = threading.Event()

    def judged() -> float | None:
        begun.wait(10)
        done.append("judged")
        return 0.0 if len(done) < 3 else None

    def scored_too() -> float | None:
        done.append("scored")
        return None if done.count("scored") == 2 else 0.0

    studio.explorer.work_behind(judged, "judging")
    studio.explorer.work_behind(scored_too)
    begun.set()
    watch.until(lambda: len(done) == 5)
    assert done == ["judged"] * 3 + ["scored"] * 2


def test_short_slices_behind_do_not_keep_a_live_model_from_newer_weights(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    studio.training.start(tiny_project, StartRequest(seed=7, threads=1, endless=True))
    watch.until_state(State.RUNNING)
    studio.explore_run(tiny_project.newest_run())
    watch.until(lambda: bool(watch.of(ModelOpened)))
    studio.explorer.work_behind(lambda: 0.01)
    seen: set[int] = set()

    def newer() -> bool:
        frame = studio.explorer.frames.take()
        seen.update([frame.images] if frame is not None else [])
        return len(seen) >= 3

    watch.until(newer)
    studio.training.stop()
    studio.training.wait()


def test_a_run_that_somebody_else_trains_is_left_alone(
    studio: Studio, trained: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio.following, "trainer_of", lambda run: object())
    look_at(studio, trained)
    assert studio.explorer.closed  # no thread was needed


def test_a_moment_that_cannot_be_read_is_passed_over(
    studio: Studio, trained: RunFolder, watch: Watch
) -> None:
    moments = trained.snapshots()
    (trained.snapshot_folder(moments[-1]) / "generator.safetensors").write_bytes(b"nothing")
    look_at(studio, trained)
    watch.until(lambda: len(scored(watch)) == len(moments) - 1)
    assert moments[-1] not in trained.scores()


def test_no_score_is_kept_of_a_moment_that_was_cut_off_meanwhile(
    studio: Studio, trained: RunFolder, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = trained.snapshots()
    real = engine.Judge.scoring
    cut = []

    def scoring_and_cut(judge: engine.Judge, model: Path):
        yield from real_slices(judge, model)
        if not cut:
            cut.append(model)
            trained.rewind(moments[0])
        return results.pop()

    results: list[MomentScore] = []

    def real_slices(judge: engine.Judge, model: Path):
        results.append((yield from real(judge, model)))

    monkeypatch.setattr(engine.Judge, "scoring", scoring_and_cut)
    look_at(studio, trained)
    watch.until(lambda: bool(scored(watch)))
    assert [score.images for score in scored(watch)] == [moments[0]]
    assert sorted(trained.scores()) == [moments[0]]


def test_a_run_whose_pictures_are_too_few_has_no_scores(
    studio: Studio, trained: RunFolder, caplog: pytest.LogCaptureFixture
) -> None:
    (trained.path / "pictures.txt").write_text(trained.training_hashes()[0] + "\n")
    finish(studio, trained)
    assert not trained.scores_path.exists()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_pictures_that_are_framed_otherwise_now_are_not_compared(
    studio: Studio, trained: RunFolder
) -> None:
    project = Project.open(trained.path.parent.parent)
    report = refresh_pictures(project, InlineExecutor(), Task(), FramingSettings(size=64))
    project.write_pictures(report.pictures)
    with pytest.raises(UserError) as caught:
        engine.Judge(project, trained)
    assert caught.value.code == "score-other-pictures"
    finish(studio, trained)
    assert not trained.scores_path.exists()


def test_a_cache_with_holes_is_said_and_not_mended(studio: Studio, trained: RunFolder) -> None:
    project = Project.open(trained.path.parent.parent)
    index = next(project.cache_path.rglob("index.txt"))
    index.write_text("".join(index.read_text().splitlines(keepends=True)[:-1]))
    before = index.read_bytes()
    with pytest.raises(UserError) as caught:
        engine.Judge(project, trained)
    assert caught.value.code == "score-needs-cache"
    assert index.read_bytes() == before


def test_a_picture_that_was_left_out_since_is_left_out_here_too(
    studio: Studio, trained: RunFolder
) -> None:
    project = Project.open(trained.path.parent.parent)
    project.write_pictures(project.pictures().with_left_out({3, 4}, True))
    finish(studio, trained)
    assert {score.real for score in trained.scores().values()} == {22}


def test_what_could_not_be_scored_is_tried_again_after_an_import(
    studio: Studio, trained: RunFolder, watch: Watch
) -> None:
    project = Project.open(trained.path.parent.parent)
    away = project.cache_path.rename(project.path / "away")
    service = finish(studio, trained)
    assert not trained.scores_path.exists()
    away.rename(project.cache_path)
    assert service._work() is None
    service.on_event(ImportEnded(project.path))
    watch.until(lambda: sorted(trained.scores()) == trained.snapshots())


def test_nothing_is_scored_in_a_project_that_may_only_be_read(
    studio: Studio, trained: RunFolder
) -> None:
    studio.projects.read_only = True
    look_at(studio, trained)
    assert studio.explorer.closed  # no thread was needed


def test_a_moment_that_training_keeps_is_scored_while_it_goes_on(
    studio: Studio, tiny_project: Project, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "_REST_TRAINING", 0.0)
    studio.projects.open(tiny_project.path)
    studio.machine.report = engine.load("cpu", 1, False)
    studio.training.start(tiny_project, StartRequest(seed=7, threads=1, endless=True))
    watch.until_state(State.RUNNING)
    run = tiny_project.newest_run()
    look_at(studio, run)

    def told() -> bool:
        for event in watch.of(Saved):
            studio.scoring.on_event(event)
        return bool(scored(watch))

    watch.until(told, 60)
    assert studio.training.state is State.RUNNING
    studio.training.stop()
    studio.training.wait()


@pytest.mark.parametrize(
    ("state", "times"), [(State.RUNNING, 9.0), (State.IDLE, 1.0), (State.PAUSED, 1.0)]
)
def test_beside_training_it_rests_nine_times_as_long_as_it_works(
    studio: Studio, trained: RunFolder, state: State, times: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.count()
    ticking = SimpleNamespace(monotonic=lambda: 0.5 * next(clock))
    monkeypatch.setattr(scoring, "time", ticking)
    monkeypatch.setattr(scoring.RunScorer, "work", lambda self: True)
    service = ScoringService(
        studio.events, studio.explorer, lambda: state, lambda run: True, Settings
    )
    service._wanted = (Project.open(trained.path.parent.parent), trained)
    assert service._work() == times * 0.5


@pytest.mark.parametrize("state", [State.PREPARING, State.STOPPING])
def test_it_does_nothing_while_a_run_is_measured_or_saved(
    studio: Studio, trained: RunFolder, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(scoring.RunScorer, "work")
    service = ScoringService(
        studio.events, studio.explorer, lambda: state, lambda run: True, Settings
    )
    service._wanted = (Project.open(trained.path.parent.parent), trained)
    assert service._work() == 1.0
