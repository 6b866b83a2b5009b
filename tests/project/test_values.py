"""Errors, notices, points and tasks: small values that everything else leans on."""

from __future__ import annotations

import dataclasses
import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganstudio.project.errors import TEXTS, Cancelled, UserError
from ganstudio.project.messages import MetricsRow, Notice, frozen_pictures
from ganstudio.project.point import LatentPoint
from ganstudio.project.tasks import Task


@pytest.mark.parametrize("code", TEXTS)
def test_every_text_is_a_sentence_and_says_what_to_do(code: str) -> None:
    sentence, hint = TEXTS[code]
    assert sentence.endswith((".", "?"))
    assert not hint or hint.endswith((".", "?", "`", "}"))
    for word in ("please", "oops", "invalid", "error code"):
        assert word not in f"{sentence} {hint}".lower()


@pytest.mark.parametrize("code", TEXTS)
def test_every_text_can_be_filled_in(code: str) -> None:
    fields = [name for text in TEXTS[code] for _, name, _, _ in string.Formatter().parse(text)]
    error = UserError(code, **{name: 3 for name in fields if name})
    assert "{" not in str(error)


def test_a_code_that_stands_in_no_table_is_a_bug() -> None:
    with pytest.raises(KeyError):
        UserError("no-such-code")


def test_values_with_braces_are_shown_as_they_are() -> None:
    assert "{path}" in UserError("no-project", path="{path}").sentence


def test_a_notice_says_sentence_and_hint() -> None:
    notice = Notice("no-history", images=3)
    assert all(part in notice.sentence for part in TEXTS["no-history"])


def test_values_cannot_be_changed_once_made() -> None:
    row = MetricsRow(*[1] * 13)
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.images = 3  # type: ignore[misc]
    pictures = frozen_pictures(np.zeros((1, 2, 2, 3), np.uint8))
    with pytest.raises(ValueError, match="read-only"):
        pictures[0] = 1


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_walking_there_and_back_is_nearly_the_same_place(dx: float, dy: float) -> None:
    point = LatentPoint(seed_x=3, seed_y=4, diversity=0.7, directions=(1.0,))
    back = point.moved(dx, dy).moved(-dx, -dy)
    assert back.seed_x == pytest.approx(3, abs=1e-6)
    assert back.directions == (1.0,)


@given(st.integers(0, 30), st.floats(-10, 10))
def test_setting_one_direction_leaves_the_others(index: int, amount: float) -> None:
    point = LatentPoint(directions=(1.0, 2.0)).with_direction(index, amount)
    assert point.directions[index] == amount
    expected = (1.0, 2.0, *[0.0] * 29)
    assert all(value == expected[i] for i, value in enumerate(point.directions) if i != index)


def test_a_cancelled_task_ends_at_its_next_check() -> None:
    task = Task("Reading")
    task.check()
    task.report(3, 10)
    assert (task.progress.done, task.progress.total, task.progress.text) == (3, 10, "Reading")
    task.cancel()
    with pytest.raises(Cancelled):
        task.check()
