"""Map: what is in sight is drawn, newest first; a hand moves it; a click is to be there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.map_sight import Sight, coarser
from ganstudio.desktop.pages.explore.map_view import MapView
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.pages.explore.shelf import Shelf
from ganstudio.desktop.point_mime import mime_of
from ganstudio.project.folder import Project
from ganstudio.project.plane import ACROSS, DOWN
from ganstudio.project.point import LatentPoint
from tests.desktop.explore_pages import explore_page
from tests.desktop.helpers_widgets import LEFT, NO_KEYS, drag, drop_on, holds_colour

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(
    qtbot: QtBot, project: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    page = explore_page(qtbot, project, window, monkeypatch)
    page.views.show("map")
    return page


@pytest.fixture
def view(qtbot: QtBot, page: ExplorePage) -> MapView:
    view = page.views.current
    assert isinstance(view, MapView)
    wait_for_all(qtbot, view)
    return view


def wait_for_all(qtbot: QtBot, view: MapView) -> None:
    def all_there() -> bool:
        return all(tile in view._shelf for tile in view.canvas.tiles())

    qtbot.waitUntil(all_there, timeout=10_000)


def test_the_mark_follows_the_hand_before_it_rests(qtbot: QtBot, page: ExplorePage, view: MapView):
    page.walk.set_amount(view._ways()[0], 1.5)
    page.walk._rest.stop()  # the hand stays on its way
    assert view.canvas._here == pytest.approx((1.5, 0.0), abs=0.01)


# -- arithmetic ---


@given(
    x=st.floats(-50, 50),
    scale=st.floats(1, 3000),
    factor=st.floats(0.2, 5),
    dx=st.floats(-400, 400),
    share=st.floats(0, 1),
)
@settings(max_examples=60, deadline=None)
def test_what_is_under_the_pointer_stays_there_all_the_way_of_a_zoom(
    x: float, scale: float, factor: float, dx: float, share: float
):
    sight = Sight(x, 0.0, scale)
    then = sight.between(sight.zoomed(factor, dx), share)
    assert then.x + dx / then.scale == pytest.approx(x + dx / scale, abs=1e-6)


@given(scale=st.floats(0.05, 3000), x=st.floats(-1e4, 1e4))
@settings(max_examples=60, deadline=None)
def test_tiles_cover_the_screen_are_never_small_and_stay_when_one_zooms(scale: float, x: float):
    sight = Sight(x, -3.0, scale)
    assert 72 <= sight.step * sight.scale <= 144.001
    tiles = sight.tiles(800, 600, 1.5)
    across = sorted({tile[0] for tile in tiles})
    assert across[0] - sight.step / 2 <= x - 400 / scale + 1e-6
    assert across[-1] + sight.step / 2 >= x + 400 / scale - 1e-6
    assert len(tiles) < 200
    closer = set(Sight(x, -3.0, scale * 2).tiles(800, 600, 1.5))
    there = [tile for tile in tiles if tile in closer]
    assert there, "tiles of now are among those of twice the size"
    assert coarser(there[0], sight.step / 2)[0] == there[0]


def test_a_shelf_keeps_no_more_bytes_than_it_may():
    shelf: Shelf[int] = Shelf(20_000, 32)
    for number in range(500):
        shelf.keep(number, np.full((64, 64, 3), number % 250, np.uint8))
        shelf.get(0)
    assert shelf.nbytes <= 20_000
    assert 0 in shelf, "what is looked at stays"
    assert 1 not in shelf
    assert shelf.nbytes == sum(shelf.get(n).sizeInBytes() for n in range(500) if n in shelf)


# -- the view ---


def test_it_lies_around_where_one_is_and_every_tile_is_the_picture_of_its_place(
    page: ExplorePage, view: MapView
):
    assert view.head.names() == ("Direction 1", "Direction 2")
    assert view.canvas._here == (0.0, 0.0)
    keys = page.walk.directions[:2]
    for tile in view.canvas.tiles():
        point = page.walk.point.with_amount(keys[0], tile[0]).with_amount(keys[1], tile[1])
        assert view._plane.point_at(*tile) == point
    # A click is to be there, as one step that can be undone; the map stays.
    start, before = page.walk.point, view._plane
    at = view.canvas.position((1.0, -0.5)).toPoint()
    QTest.mouseClick(view.canvas, LEFT, NO_KEYS, at)
    assert page.walk.point == start.with_amount(keys[0], 1.0).with_amount(keys[1], -0.5)
    assert view.canvas._here == (1.0, -0.5)
    assert view._plane is before
    page.undo_stack.undo()
    assert page.walk.point == start
    assert view.canvas._here == (0.0, 0.0)


def test_hand_wheel_and_keys_move_it(qtbot: QtBot, page: ExplorePage, view: MapView):
    canvas, start = view.canvas, page.walk.point
    middle = canvas.rect().center()
    drag(canvas, middle, middle + QPoint(192, 0))
    assert canvas.sight.x == pytest.approx(-1.0)
    assert page.walk.point == start, "a drag is no click"
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.sight.x == pytest.approx(-0.5)
    before = canvas.sight.scale
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.sight.scale > before
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.sight.scale == pytest.approx(before)
    at = QPointF(100, 100)
    under = canvas.tile_at(at)
    _turn_wheel(view, at, 6)
    assert canvas.sight.scale > 2 * before
    step = canvas.sight.step
    assert canvas.tile_at(at) == pytest.approx(under, abs=step * 2)
    page.commands()["fit"]()
    assert (canvas.sight.x, canvas.sight.y) == (0.0, 0.0)
    page.commands()["smaller"]()
    wait_for_all(qtbot, view)
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert page.walk.point != start


def test_what_came_into_sight_last_is_asked_for_first(
    page: ExplorePage, view: MapView, monkeypatch: pytest.MonkeyPatch
):
    asked: list[list[LatentPoint]] = []
    monkeypatch.setattr(
        page.walk, "ask_sheet", lambda name, points, whole=True: asked.append(list(points))
    )
    view._shelf.clear()
    view._ask()
    canvas, step = view.canvas, view.canvas.sight.step
    first = asked[-1]
    assert set(first[: len(canvas.tiles())]) == {_at(view, tile) for tile in canvas.tiles()}
    assert set(first) == {_at(view, tile) for tile in canvas.tiles(around=1)}
    coarse = [tile for tile in view._in_order() if not any(round(v / step) % 2 for v in tile)]
    assert first[0] == view._plane.point_at(0.0, 0.0), "the middle first"
    assert set(first[: len(coarse)]) == {view._plane.point_at(*tile) for tile in coarse}
    canvas.look(canvas.sight.panned(step * canvas.sight.scale * 2, 0), glide=False)
    view._ask()
    key = page.walk.directions[0]
    right = max(tile[0] for tile in canvas.tiles())
    newest = asked[-1][0].amount(key)
    assert newest >= right - 2 * step, "the edge that came in, although the middle is missing too"


def test_other_ways_and_other_places_make_another_map(
    qtbot: QtBot, page: ExplorePage, view: MapView
):
    head, walk = view.head, page.walk
    walk.directions_found({**walk.names, walk.directions[1]: "Smile"})
    assert head.names() == ("Direction 1", "Smile"), "as the person calls it"
    head.across.setCurrentIndex(head.across.findData(ACROSS))
    head.down.setCurrentIndex(head.down.findData(DOWN))
    head.across.activated.emit(head.across.currentIndex())
    assert view._plane.point_at(1.0, 0.0).seed_x == 0.5
    wait_for_all(qtbot, view)
    walk.go(walk.point.with_amount(walk.directions[3], 2.0), "change")
    assert view._plane.point_at(1.0, 0.0).amount(walk.directions[3]) == 2.0
    wait_for_all(qtbot, view)
    # Between three places, those of the path or any others.
    walk.go(walk.point.moved(5, 1), "leap")
    head.kind._choose(1)
    places = [view._plane.point_at(x, 0.0) for x in (0.0, 3.0, 6.0)]
    assert places == list(walk.journey.places[-3:])
    assert not head.across.isVisible()
    QTest.mouseClick(view.canvas, LEFT, NO_KEYS, view.canvas.position((0.75, 0.75)).toPoint())
    assert walk.point.blend
    assert view.canvas._here is not None
    assert holds_colour(view.canvas, "#F5B041"), "where one is, is marked"
    view.span(LatentPoint(seed_x=1), LatentPoint(seed_x=2), LatentPoint(seed_x=3))
    assert view._plane.point_at(3.0, 0.0) == LatentPoint(seed_x=2)
    head.kind._choose(0)
    assert head.across.isVisible()
    # Favourites that are dropped on it are its corners.
    for seed in (5, 6, 7):
        place = page.studio.explorer.keep(LatentPoint(seed_x=seed))
        assert drop_on(view.canvas, mime_of(place))
    corners = [view._plane.point_at(x, 0.0).seed_x for x in (0.0, 3.0, 6.0)]
    assert corners == [5, 6, 7]


def _at(view: MapView, tile: tuple[float, float]) -> LatentPoint:
    point = view._plane.point_at(*tile)
    assert point is not None
    return point


def _turn_wheel(view: MapView, at: QPointF, notches: int) -> None:
    event = QWheelEvent(
        at,
        view.canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        NO_KEYS,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.canvas, event)


def test_no_map_leads_along_a_locked_direction(page: ExplorePage, view: MapView):
    first, second, third = page.walk.directions[:3]
    assert view.head.ways() == (first, second)
    page.walk.lock(second, locked=True)
    assert view.head.ways() == (first, third)
    assert view.head.down.findData(second) == -1
    plane = view._plane
    assert plane is not None
    there = plane.point_at(2.0, -1.0)
    assert there is not None
    assert there.amount(second) == page.walk.point.amount(second)
    page.walk.lock(second, locked=False)
    assert view.head.down.findData(second) >= 0
    assert view.head.ways() == (first, third), "the map that is there stays"
