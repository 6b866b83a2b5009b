"""Sheets stream in handfuls: a picture goes before the next one, and what is stale is dropped."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.drawn import Sheet
from ganstudio.studio.explorer import ExplorerService
from ganstudio.studio.streams import Streams
from tests.gallery.invented_model import InventedModel


def _points(count: int, row: float = 0.0) -> tuple[LatentPoint, ...]:
    return tuple(LatentPoint(seed_x=float(x), seed_y=row) for x in range(count))


def _drawn(points: Sequence[LatentPoint]) -> np.ndarray:
    return np.stack([np.full((2, 2, 3), point.seed_x, np.uint8) for point in points])


def _draw(streams: Streams, seconds: float = 0.025) -> tuple[LatentPoint, ...]:
    """What the explorer's thread does; every picture takes so long."""
    handful = streams.take()
    assert handful is not None
    streams.put(handful, _drawn(handful.points), 1, seconds * len(handful.points))
    return handful.points


def test_a_stream_comes_in_order_as_it_is_drawn_and_a_sheet_as_a_whole():
    streams, points = Streams(), _points(7)
    streams.ask("breed", points, whole=False)
    streams.ask("pad", points, whole=True)
    came: list[LatentPoint] = []
    while streams.waits:
        _draw(streams)
        part = streams.collect("breed")
        came += [point for sheet in part for point in sheet.points]
        whole = streams.collect("pad")
        assert not whole or [sheet.points for sheet in whole] == [points]
    assert tuple(came) == points
    assert whole[0].pictures[:, 0, 0, 0].tolist() == list(range(7))


@pytest.mark.parametrize(("seconds", "size"), [(0.2, 1), (0.0028, 4), (0.0001, 16)])
def test_a_handful_takes_a_third_of_a_frame_that_a_hand_waits_for(seconds: float, size: int):
    streams = Streams()
    streams.ask("map", _points(400), whole=False)
    for _ in range(12):
        _draw(streams, seconds)
    assert len(_draw(streams, seconds)) == size


def test_what_is_replaced_while_it_is_drawn_is_dropped():
    streams = Streams()
    streams.ask("map", _points(9), whole=False)
    old = streams.take()
    assert old is not None
    stamp = streams.ask("map", _points(3, row=1.0), whole=False)
    assert not streams.put(old, _drawn(old.points), 1, 0.01)
    while streams.waits:
        _draw(streams)
    assert {sheet.stamp for sheet in streams.collect("map")} == {stamp}


def test_a_new_generator_draws_everything_anew():
    streams = Streams()
    streams.ask("map", _points(2), whole=False)
    _draw(streams)
    streams.begin_anew()
    assert streams.collect("map") == []
    assert streams.waits


# -- the explorer's thread ---


class _Watched(InventedModel):
    """Notes what is drawn, and how many draw at a time."""

    inside, most = 0, 0
    drawn: list[tuple[LatentPoint, ...]] = []  # noqa: RUF012
    gate = threading.Semaphore(0)

    def render(self, points: Sequence[LatentPoint]) -> np.ndarray:
        kind = type(self)
        kind.inside += 1
        kind.most = max(kind.most, kind.inside)
        kind.drawn.append(tuple(points))
        assert kind.gate.acquire(timeout=10)
        kind.inside -= 1
        return super().render(points)


@pytest.fixture
def explorer(monkeypatch: pytest.MonkeyPatch) -> Iterator[ExplorerService]:
    """On a generator that draws one handful each time the gate is opened."""
    monkeypatch.setattr(InventedModel, "bundle", "pixel-avatars")
    monkeypatch.setattr(engine, "LoadedModel", _Watched)
    _Watched.drawn, _Watched.gate, _Watched.most = [], threading.Semaphore(0), 0
    explorer = ExplorerService(Batch())
    explorer.open_file(Path("invented.safetensors"))
    yield explorer
    _Watched.gate.release(100_000)
    explorer.close()


def _until(condition: object, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.001)


def test_a_picture_goes_before_the_next_handful_and_stale_ones_never_come(
    explorer: ExplorerService,
):
    _until(lambda: len(_Watched.drawn) == 1)  # the first picture
    _Watched.gate.release()
    old = explorer.request_sheet("map", _points(25, row=1.0), whole=False)
    _until(lambda: len(_Watched.drawn) == 2)  # a handful of the old sheet is being drawn
    wanted = LatentPoint(seed_x=99)
    new = explorer.request_sheet("map", _points(25, row=2.0), whole=False)
    explorer.request(LatentPoint(seed_x=98))
    stamp = explorer.request(wanted)
    _Watched.gate.release()
    _until(lambda: len(_Watched.drawn) == 3)
    assert _Watched.drawn[2] == (wanted,), "the newest picture is next, and only that"
    _Watched.gate.release(1000)
    came: list[Sheet] = []

    def all_of_it() -> bool:
        came.extend(explorer.collect("map"))
        return sum(len(sheet.points) for sheet in came) >= 25

    _until(all_of_it)
    frame = explorer.frames.take()
    assert frame is not None
    assert (frame.stamp, frame.point) == (stamp, wanted)
    assert old != new
    assert {sheet.stamp for sheet in came} == {new}
    assert tuple(point for sheet in came for point in sheet.points) == _points(25, row=2.0)
    rows = [points[0].seed_y for points in _Watched.drawn]
    assert rows.count(1.0) == 1, "what was not begun of the old sheet is never drawn"


def test_never_more_than_one_is_in_flight_and_only_the_newest_is_handed_out(
    explorer: ExplorerService,
):
    _Watched.gate.release(100_000)
    newest: dict[str, int] = {}
    late: list[int] = []
    for turn in range(300):
        for name in ("breed", "map", "nearby", "pad"):
            newest[name] = explorer.request_sheet(name, _points(9, row=turn), turn % 2 == 0)
        explorer.request(LatentPoint(seed_x=turn / 3))
        for name, stamp in newest.items():
            late += [sheet.stamp for sheet in explorer.collect(name) if sheet.stamp != stamp]
        if turn % 25 == 0:  # let it draw some
            before = len(_Watched.drawn)
            _until(lambda before=before: len(_Watched.drawn) > before)
    _until(lambda: not explorer._streams.waits)
    assert _Watched.most == 1
    assert late == []
