"""FID in the background: only with a person's weights, after the scores, kept beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ganstudio.project.folder import Project
from ganstudio.project.messages import Progress
from ganstudio.project.quality import Fid, MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.quality.inception import Inception
from ganstudio.quality.score import LEAST_REAL
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import MomentScored, NoticeEvent
from ganstudio.studio.scoring import ScoringService
from ganstudio.studio.settings import Settings
from ganstudio.studio.states import State
from tests.inception_weights import random_weights, save_weights
from tests.invented_scores import invented_score


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few pictures are drawn, and Inception sees no more of one than its colour: quicker."""
    monkeypatch.setattr("ganstudio.quality.score._LEAST_DRAWN", LEAST_REAL)
    monkeypatch.setattr(Inception, "features_of", lambda self, seen: seen.mean(axis=(1, 2)))


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_weights(tmp_path_factory.mktemp("weights") / "i.safetensors", random_weights())


@pytest.fixture(scope="module")
def digest(weights: Path) -> str:
    return engine.inception_digest(weights)


@pytest.fixture
def trained(studio: Studio, tiny_project: Project) -> RunFolder:
    """A run whose moments all have a score."""
    studio.training.start(tiny_project, StartRequest(seed=7, threads=1, images=16))
    studio.training.wait()
    studio.events.drain()
    run = tiny_project.newest_run()
    for clock in run.snapshots():
        score = invented_score(kernel=50.0 if clock == run.snapshots()[1] else 90.0)
        run.add_score(MomentScore(clock, score, None, drawn=24, real=24, honest=False))
    return run


def service_with(studio: Studio, run: RunFolder, settings: Settings) -> ScoringService:
    service = ScoringService(
        studio.events, studio.explorer, lambda: State.IDLE, lambda run: True, lambda: settings
    )
    service._wanted = (Project.open(run.path.parent.parent), run)
    return service


def work(studio: Studio, run: RunFolder, settings: Settings) -> tuple[list[MomentScore], list[str]]:
    """Everything there is to do, in this thread; the scores that came of it, and what was told."""
    service = service_with(studio, run, settings)
    while service._work() is not None:
        pass
    service._forget()
    events = studio.events.drain()
    told = [event.notice.sentence for event in events if isinstance(event, NoticeEvent)]
    return [event.score for event in events if isinstance(event, MomentScored)], told


def test_the_newest_and_the_best_moment_get_theirs_and_nothing_is_measured_twice(
    studio: Studio, trained: RunFolder, weights: Path, digest: str
) -> None:
    best = trained.best()
    assert best is not None
    before = trained.scores()
    assert work(studio, trained, Settings()) == ([], [])
    chosen = Settings(inception_file=str(weights), inception_digest=digest)
    found, told = work(studio, trained, chosen)
    assert not told
    assert [score.images for score in found] == [trained.snapshots()[-1], best.clock]
    for score in found:
        fid = score.fid_by(digest)
        assert fid is not None
        assert fid.value > 0
        assert (fid.drawn, fid.real) == (24, 24)
        assert replace(score, fid=None) == before[score.images]
        assert trained.scores()[score.images] == score
    assert work(studio, trained, chosen) == ([], [])
    trained.add_score(replace(found[0], fid=Fid(3.0, "other weights", 24, 24)))
    again, _ = work(studio, trained, chosen)
    assert again == found[:1]


def test_a_moment_without_a_score_goes_first_even_while_an_fid_is_measured(
    studio: Studio, trained: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest, middle = trained.snapshots()[-1], trained.snapshots()[2]

    def measuring(judge: engine.Judge, model: Path) -> Iterator[Progress]:
        yield Progress(1, 2)
        service._scorer._scores.pop(middle, None)  # as if the moment had come just now
        yield Progress(2, 2)
        return Fid(8.0, "a1", 24, 24)

    monkeypatch.setattr(engine.Judge, "take_inception", lambda judge, path: "a1")
    monkeypatch.setattr(engine.Judge, "measuring_fid", measuring)
    chosen = Settings(inception_file="weights", inception_digest="a1")
    service = service_with(studio, trained, chosen)
    came: list[MomentScore] = []
    while len(came) < 2:
        service._work()
        came += [e.score for e in studio.events.drain() if isinstance(e, MomentScored)]
    service._forget()
    assert [(score.images, score.fid) for score in came] == [
        (middle, None),
        (newest, Fid(8.0, "a1", 24, 24)),
    ]


@pytest.mark.parametrize("trouble", ["gone", "changed"])
def test_weights_that_cannot_be_used_are_told_once_and_scores_go_on(
    studio: Studio, trained: RunFolder, weights: Path, trouble: str, tmp_path: Path
) -> None:
    path = weights if trouble == "changed" else tmp_path / "gone.safetensors"
    chosen = Settings(inception_file=str(path), inception_digest="as it was")
    found, told = work(studio, trained, chosen)
    assert not found
    assert len(told) == 1
    assert "no FID is measured" in told[0]
    assert str(path) in told[0]
    assert all(score.fid is None for score in trained.scores().values())


def test_other_weights_in_the_settings_begin_anew_and_other_settings_do_not(
    studio: Studio, trained: RunFolder
) -> None:
    service = studio.scoring
    service._renewed = False
    studio.settings.update(palette="light")
    service.settings_changed()
    assert not service._renewed
    studio.settings.update(inception_file="a", inception_digest="b")
    service.settings_changed()
    assert service._renewed
