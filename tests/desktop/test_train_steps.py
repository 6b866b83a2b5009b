from __future__ import annotations

from typing import get_args

import pytest

from ganstudio.desktop.pages.train.situation import Kind, Situation
from ganstudio.desktop.pages.train.steps import longer_target, step_for


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_situation_has_one_step_with_words(kind: Kind):
    step = step_for(Situation(kind, 412_000, 1_000_000, 1_500, True), 0.0)
    assert step.text
    assert "{" not in step.text + step.hint + step.tip
    assert not step.text.endswith(".")
    assert not step.hint or step.hint.endswith(".")


def test_running_leads_to_explore_only_once_there_is_something_to_see():
    running = Situation("running", 412_000, 1_000_000, 1_500, True)
    assert step_for(running, 0.0).text == "Explore it now"
    noise = step_for(running, 300.0)
    assert (noise.text, noise.action) == ("First shapes in about 5 min", "none")
    assert step_for(running, None).action == "none"


def test_a_stopped_run_says_from_where_it_goes_on():
    step = step_for(Situation("stopped", 412_000, 1_000_000, 1_500, True), 0.0)
    assert (step.text, step.action) == ("Go on from 412 k", "start")
    other = step_for(Situation("stopped", 412_000, 1_000_000, 1_500, False), 0.0)
    assert other.text == "Start a new run"


@pytest.mark.parametrize("clock", [1, 64, 4_000, 250_000, 412_345, 1_000_000])
def test_longer_is_longer_and_can_be_said(clock: int):
    target = longer_target(clock)
    assert clock < target <= 2 * clock + 1
    assert len(str(target).rstrip("0")) <= 2 or target == clock + 1
