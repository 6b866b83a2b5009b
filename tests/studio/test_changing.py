"""Changing the recipe of the training at hand, from another thread."""

from __future__ import annotations

import pytest

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import RecipeChanged, StateChanged, TrainingEnded
from ganstudio.studio.states import State
from ganstudio.studio.training import SampleFrame
from tests.studio.conftest import Watch

SEEDED = StartRequest(seed=7, threads=1, endless=True)


def test_a_change_holds_from_a_step_on_and_training_goes_on(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    training = studio.training
    training.start(tiny_project, SEEDED)
    watch.until(lambda: training.clock >= 64)
    training.change({"optimizer.lr": 1e-4, "optimizer.lr_end": 1e-4})
    watch.until(lambda: bool(watch.of(RecipeChanged)))
    (changed,) = watch.of(RecipeChanged)
    assert training.recipe == changed.recipe
    watch.until(lambda: training.clock > changed.images + 64)
    assert State.PAUSED not in [event.state for event in watch.of(StateChanged)]
    training.stop()
    watch.until(lambda: training.closed)
    rates = {row.images: row.learning_rate for row in training.rows.drain()}
    assert {rate for clock, rate in rates.items() if clock > changed.images + 64} == {1e-4}
    assert all(rate > 1e-4 for clock, rate in rates.items() if clock <= changed.images)
    run = tiny_project.newest_run()
    assert run.recipe_now() == changed.recipe != run.recipe()


def test_a_paused_training_is_changed_and_stays_paused(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    training = studio.training
    training.start(tiny_project, SEEDED)
    paused_at = watch.pause_at(64)
    training.change({"augment.p": 0.125})
    watch.until(lambda: bool(watch.of(RecipeChanged)))
    assert watch.of(RecipeChanged)[0].images == paused_at
    assert training.state is State.PAUSED
    assert training.clock == paused_at
    training.stop()
    watch.until(lambda: training.closed)
    assert tiny_project.newest_run().recipe_now().augment.p == 0.125


def test_other_places_are_shown_at_once_though_it_is_paused(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    training = studio.training
    training.start(tiny_project, SEEDED)
    watch.until(lambda: training.clock >= 64)
    training.pause()
    watch.until_state(State.PAUSED)
    before = training.samples.take()
    training.change({"watch.first_seed": 64})
    shown: list[SampleFrame] = []

    def arrived() -> bool:
        shown.extend([frame] if (frame := training.samples.take()) is not None else [])
        return bool(shown)

    watch.until(arrived)
    assert before is not None
    assert (shown[0].images, shown[0].first_seed, before.first_seed) == (before.images, 64, 0)
    assert (shown[0].pictures != before.pictures).any()
    training.stop()
    watch.until(lambda: training.closed)


def test_a_change_does_not_outlive_the_end(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    """Time is up: a change is no reason to go on."""
    training = studio.training
    training.start(tiny_project, StartRequest(seed=7, threads=1, minutes=60))
    watch.until(lambda: training.clock >= 64)
    training._wishes.end_after(0.0)
    training.change({"augment.p": 0.125})
    watch.until(lambda: training.closed)
    assert watch.of(TrainingEnded)[0].reason == "stopped"


def test_what_cannot_be_is_refused_at_once(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    training = studio.training
    with pytest.raises(UserError) as caught:
        training.change({"optimizer.lr": 1e-4})
    assert caught.value.code == "nothing-trains"
    training.start(tiny_project, SEEDED)
    watch.until(lambda: training.clock >= 64)
    with pytest.raises(UserError) as caught:
        training.change({"network.width": 8})
    assert caught.value.code == "fixed-while-training"
    training.stop()
    watch.until(lambda: training.closed)
    assert not watch.of(RecipeChanged)
