"""What waits for the explorer: its order, what replaces what, and who hears of the end."""

from __future__ import annotations

from typing import cast

import pytest

from ganstudio.project.errors import UserError
from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine
from ganstudio.studio.lanes import Lanes
from ganstudio.studio.requests import KINDS, Opening, Requests

MODEL = cast("engine.LoadedModel", object())


def now() -> float:
    """Do not wait at all."""
    return 0.0


def test_jobs_come_by_urgency_whatever_came_first() -> None:
    requests, done = Requests(), list[str]()
    for kind in reversed(KINDS):
        requests.add(kind, lambda _, kind=kind: done.append(kind))
    while (job := requests.take_job()) is not None:
        job.do(MODEL)
    assert tuple(done) == KINDS


def test_a_newer_job_replaces_one_that_waits_but_never_one_for_a_file() -> None:
    requests = Requests()
    files = [requests.add("file", lambda _, number=number: number) for number in range(3)]
    sheets = [requests.add("sheets", lambda _, number=number: number) for number in range(3)]
    while (job := requests.take_job()) is not None:
        job.do(MODEL)
    assert [future.result(0) for future in files] == [0, 1, 2]
    assert [future.cancelled() for future in sheets] == [True, True, False]
    assert sheets[-1].result(0) == 2


def test_an_expected_error_is_for_who_asked_and_a_bug_for_the_thread_too() -> None:
    requests = Requests()

    def refused(_: engine.LoadedModel) -> None:
        raise UserError("no-such-kind", name="a", available="b")

    def broken(_: engine.LoadedModel) -> None:
        raise RuntimeError("a wheel came off")

    asked = requests.add("file", refused), requests.add("file", broken)
    first, second = requests.take_job(), requests.take_job()
    assert first is not None
    assert second is not None
    first.do(MODEL)
    with pytest.raises(RuntimeError):
        second.do(MODEL)
    assert isinstance(asked[0].exception(0), UserError)
    assert isinstance(asked[1].exception(0), RuntimeError)


def test_at_the_end_nobody_waits_for_a_job() -> None:
    requests = Requests()
    future = requests.add("file", lambda _: 1)
    requests.close()
    requests.cancel_all()
    assert requests.closed
    assert future.cancelled()
    assert requests.take_job() is None


def test_the_newest_point_is_taken_once_with_its_stamp() -> None:
    requests, points = Requests(), [LatentPoint(seed_x=x) for x in range(3)]
    stamps = [requests.ask(point) for point in points]
    requests.ask_anew(points[0])  # a newer one waits
    assert (requests.take_point().point, stamps) == (points[-1], [1, 2, 3])
    assert (requests.take_point().point, requests.take_point().stamp) == (None, 3)
    requests.ask_anew(points[0])
    assert (requests.take_point().point, requests.take_point().stamp) == (points[0], 3)


def test_without_a_model_only_one_to_open_is_something_to_do() -> None:
    requests = Requests()
    requests.ask(LatentPoint())
    requests.hold(True)
    assert requests.something_waits(has_model=True)
    assert not requests.something_waits(has_model=False)
    assert requests.wait(False, now) is None
    requests.open(Opening("a model"))
    assert not requests.held
    assert requests.wait(False, now) == Opening("a model")
    assert not requests.something_waits(has_model=False)


def test_a_rest_holds_what_was_given_and_never_shortens_a_longer_one() -> None:
    lanes = Lanes(("first", "second"))
    assert lanes.due() is None
    assert lanes.seconds_to_next() is None
    lanes.give("second", lambda: 60.0)
    lanes.work("second")
    lanes.rest(1.0)
    assert lanes.due() is None
    assert (lanes.seconds_to_next() or 0.0) > 50
    lanes.give("second", lambda: None)  # other work, the same rest
    assert lanes.due() is None
    lanes.give("first", lambda: 0.0)
    assert lanes.due() == "first"
