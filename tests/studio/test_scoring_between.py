"""Without a window moments are scored between two steps: seldom enough, and nobody learns of it."""

from __future__ import annotations

import itertools
from functools import partial
from shutil import copytree
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.project.folder import Project
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.quality.score import LEAST_REAL
from ganstudio.studio import scoring_between
from ganstudio.studio.app import Studio
from ganstudio.studio.channels import Batch
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import Event, MomentScored
from ganstudio.studio.run_scorer import RunScorer
from ganstudio.studio.scoring_between import ScoringBetweenSteps

_AT_A_TIME = 0.15
_MEASURED = ("seconds", "images_per_s", "memory_mb")


@pytest.fixture
def without_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slices after every step, of few pictures."""
    monkeypatch.setattr("ganstudio.quality.score._LEAST_DRAWN", LEAST_REAL)
    for name, seconds in (("_FIRST_S", 0.0), ("_REST", 0.0), ("_LOOK_AGAIN_S", 0.001)):
        monkeypatch.setattr(scoring_between, name, seconds)


def train(studio: Studio, project: Project, images: int, **wanted: Any) -> RunFolder:
    request = StartRequest(seed=7, threads=1, images=images, **wanted)
    studio.training.start(project, request)
    studio.training.wait()
    return project.newest_run()


def scored(studio: Studio) -> list[int]:
    events = studio.events.drain()
    return [event.score.images for event in events if isinstance(event, MomentScored)]


def no_more_than(scores: int, patch: pytest.MonkeyPatch) -> None:
    """Nothing is left to do after so many of a run, which keeps a test short."""
    work = RunScorer.work

    def some(scorer: RunScorer) -> MomentScore | bool | None:
        return None if len(scorer._scores) >= scores else work(scorer)

    patch.setattr(RunScorer, "work", some)


def test_training_comes_to_the_same_bits_and_what_waits_is_scored_later(
    studio: Studio, tiny_project: Project, without_rest: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = train(studio, tiny_project, 8)
    run = RunFolder(copytree(plain.path, plain.path.with_name(f"{plain.id}-again")))
    train(studio, tiny_project, 240, run=plain.path)
    assert not scored(studio)
    with monkeypatch.context() as patch:
        no_more_than(1, patch)
        train(studio, tiny_project, 240, run=run.path, scores=True)
    (first,) = scored(studio)
    one, other = (read_checkpoint(found.checkpoint_folder(240)).state for found in (plain, run))
    assert all(torch.equal(one.tensors[name], other.tensors[name]) for name in one.tensors)
    lines = [found.metrics() for found in (plain, run)]
    for line in (*lines[0], *lines[1]):
        for key in _MEASURED:
            del line[key]
    assert lines[0] == lines[1]
    assert plain.snapshots() == run.snapshots()

    waiting = set(run.snapshots()) - {first}
    no_more_than(2, monkeypatch)
    train(studio, tiny_project, 400, run=run.path, scores=True)
    (later,) = scored(studio)
    assert later in waiting
    assert run.scores().keys() == {first, later}


def test_what_breaks_in_scoring_breaks_no_training(
    studio: Studio, tiny_project: Project, without_rest: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(project: Project, run: RunFolder) -> None:
        raise MemoryError

    monkeypatch.setattr("ganstudio.studio.engine.Judge", breaks)
    run = train(studio, tiny_project, 160, scores=True)
    assert run.checkpoints()[-1] == 160
    assert studio.training.host.between is None


@given(slices=st.lists(st.floats(1e-4, 2.0), min_size=1, max_size=60), step=st.floats(0.01, 0.5))
def test_it_takes_no_more_than_a_twentieth_of_the_time(slices: list[float], step: float) -> None:
    """But for the last slices, which it rests for later; and it lets no time go by."""
    now, worked, longest = 0.0, 0.0, max(slices)
    left = list(slices)

    def work(_: object) -> bool | None:
        nonlocal now, worked
        if not left:
            return None
        now, worked = now + left[-1], worked + left[-1]
        left.pop()
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring_between, "time", SimpleNamespace(monotonic=lambda: now))
        patch.setattr(RunScorer, "work", work)
        patch.setattr(RunScorer, "__init__", lambda *_: None)
        between = ScoringBetweenSteps(None, SimpleNamespace(path=None), Batch[Event]())
        while left:
            between.work()
            assert worked <= 0.05 * now + _AT_A_TIME + longest
            now += step
    rounds = worked / min(_AT_A_TIME, longest) + 1
    assert now <= 20.0 + 20 * worked + step * (rounds + 2)


def test_it_looks_seldom_where_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = itertools.count()

    def nothing(_: object) -> None:
        next(looks)

    ticks = itertools.count(100.0, 0.1)
    monkeypatch.setattr(scoring_between, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    monkeypatch.setattr(scoring_between, "_FIRST_S", 0.0)
    monkeypatch.setattr(RunScorer, "work", nothing)
    monkeypatch.setattr(RunScorer, "__init__", lambda *_: None)
    between = ScoringBetweenSteps(None, SimpleNamespace(path=None), Batch[Event]())
    for _ in range(100):
        between.work()
    assert 1 < next(looks) <= 12


def test_who_wants_to_stop_does_not_wait_for_a_slice(studio: Studio) -> None:
    host, called = studio.training.host, itertools.count()
    host.between = partial(next, called)
    assert not host.should_stop()
    assert next(called) == 1
    studio.training._wishes.want("stop")
    assert host.should_stop()
    assert next(called) == 2
    host.between = None
