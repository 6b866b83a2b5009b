"""Errors, notices, points and tasks: small values that everything else leans on."""

from __future__ import annotations

import dataclasses
import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ganstudio.project.errors import TEXTS, Cancelled, UserError
from ganstudio.project.messages import MetricsRow, Notice, frozen_pictures
from ganstudio.project.point import Bend, LatentPoint, Mask, Mix, Move, Share
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
    point = LatentPoint(seed_x=3, seed_y=4, diversity=0.7).with_amount("a", 1.0)
    back = point.moved(dx, dy).moved(-dx, -dy)
    assert back.seed_x == pytest.approx(3, abs=1e-6)
    assert back.amount("a") == 1.0


@given(st.sampled_from("abc"), st.floats(-10, 10))
def test_setting_one_direction_leaves_the_others(key: str, amount: float) -> None:
    before = {"a": 1.0, "c": 2.0}
    point = LatentPoint().with_amount("c", 2.0).with_amount("a", 1.0).with_amount(key, amount)
    assert {name: point.amount(name) for name in "abc"} == {"b": 0.0} | before | {key: amount}


def test_the_order_in_which_directions_were_set_does_not_matter() -> None:
    one = LatentPoint().with_amount("a", 1.0).with_amount("b", 2.0)
    other = LatentPoint().with_amount("b", 5.0).with_amount("a", 1.0).with_amount("b", 2.0)
    assert one == other
    assert one.with_amount("a", 0.0).with_amount("b", 0.0) == LatentPoint()


def test_a_place_of_every_kind_comes_back_from_its_words() -> None:
    other = LatentPoint(seed_x=7, vector=(0.5, -1.0), space="w")
    point = LatentPoint(
        diversity=0.4,
        cutoff=3,
        noise=9,
        kinds=((0, 0.25), (2, 0.75)),
        blend=(Share(point=other, weight=0.3),),
        moves=(Move(direction="a", amount=-1.5),),
        mixes=(Mix(band="fine", point=other),),
        mask=Mask(point=other, rows=((0.0, 1.0), (0.5, 0.5))),
        bends=(Bend(stage=2, channels=(1, 4), action="turn", amount=30.0),),
    )
    assert LatentPoint.model_validate_json(point.model_dump_json()) == point
    assert hash(point) == hash(LatentPoint.model_validate_json(point.model_dump_json()))


def test_places_within_places_end_somewhere() -> None:
    point = LatentPoint()
    for _ in range(5):
        point = LatentPoint(blend=(Share(point=point, weight=0.5),))
    assert point.depth == 6
    with pytest.raises(ValidationError):
        LatentPoint(blend=(Share(point=point, weight=0.5),))


def test_a_cancelled_task_ends_at_its_next_check() -> None:
    task = Task("Reading")
    task.check()
    task.report(3, 10)
    assert (task.progress.done, task.progress.total, task.progress.text) == (3, 10, "Reading")
    task.cancel()
    with pytest.raises(Cancelled):
        task.check()
