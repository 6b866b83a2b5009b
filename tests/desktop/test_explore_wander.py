"""A walk by itself: smooth, one step of the path, remembered, and it can be walked back."""

from __future__ import annotations

import itertools
import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.course import Course, along, length_of, remembered
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.pages.explore.places import MOST, walked
from ganstudio.project.folder import Project
from ganstudio.project.point import LatentPoint
from tests.desktop.explore_pages import explore_page

_SPACE = Qt.Key.Key_Space


@pytest.fixture
def page(
    qtbot: QtBot, project: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    page = explore_page(qtbot, project, window, monkeypatch)
    page.where.wander._timer.setInterval(1_000_000)  # the tests say how time goes
    return page


def test_a_course_is_smooth_and_the_same_for_the_same_roll():
    course, again = Course(5), Course(5)
    places = [(0.0, 0.0), *(course.step(0.02) for _ in range(400))]
    assert [again.step(0.02) for _ in range(400)] == places[1:]
    steps = list(itertools.pairwise(places))
    assert all(math.dist(a, b) == pytest.approx(0.02) for a, b in steps)
    headings = [math.atan2(b[1] - a[1], b[0] - a[0]) for a, b in steps]
    turns = [math.remainder(b - a, 2 * math.pi) for a, b in itertools.pairwise(headings)]
    assert max(map(abs, turns)) < 0.06, "never sharp"
    assert len({round(heading, 1) for heading in headings}) > 10, "never straight"


def test_a_way_is_remembered_as_far_as_needed_and_no_more():
    course, way = Course(1), ((0.0, 0.0),)
    for _ in range(20_000):
        way = remembered(way, place := course.step(0.01))
    assert len(way) <= 600
    assert way[0] == (0.0, 0.0)
    assert way[-1] == place
    assert length_of(way) == pytest.approx(200, rel=0.1)
    assert along(way, 0.0) == way[0]
    assert along(way, 1e9) == way[-1]


def test_it_walks_by_itself_and_is_one_step_that_can_be_undone(page: ExplorePage):
    wander, walk = page.where.wander, page.walk
    start, steps = walk.point, len(walk.journey)
    QTest.keyClick(page.canvas, _SPACE)
    assert wander.playing
    assert page.where.play.text() == "Pause"
    for _ in range(30):
        wander.advance(0.1)
    there = walk.point
    assert there != start
    assert len(walk.journey) == steps + 1
    page.undo_stack.undo()
    assert walk.point == start
    assert not wander.playing, "whoever takes it back does not want it to go on"
    page.undo_stack.redo()
    assert walk.point == there


def test_pausing_leaves_a_place_and_it_can_be_walked_back(page: ExplorePage):
    wander, walk = page.where.wander, page.walk
    start = walk.point
    assert not page.where.back.isEnabled()
    page.where.play.click()
    seen = [start]
    for _ in range(40):
        wander.advance(0.05)
        seen.append(walk.point)
    QTest.keyClick(page.canvas, _SPACE)
    assert not wander.playing
    assert walk.journey.here == walk.point
    assert page.where.pad._path, "the way is drawn on the pad"
    steps = len(walk.journey)
    QTest.keyClick(page.canvas, _SPACE, Qt.KeyboardModifier.ShiftModifier)
    assert wander.playing
    for _ in range(60):
        if wander.playing:
            wander.advance(0.05)
            near = min(math.dist(_at(walk.point), _at(place)) for place in seen)
            assert near < 0.03, "it is the same way"
    assert not wander.playing, "it stops where it began"
    assert _at(walk.point) == pytest.approx(_at(start))
    assert len(walk.journey) == steps + 1


def test_whoever_takes_the_lead_stops_it(page: ExplorePage):
    wander = page.where.wander
    page.commands()["wander"]()
    wander.advance(0.1)
    page.hand.surprise()
    assert not wander.playing
    page.commands()["wander"]()
    page.views.show("map")
    assert not wander.playing
    page.views.show("picture")
    page.commands()["wander"]()
    page.desk.go_to("train")
    assert not wander.playing


def test_the_dial_says_how_fast_and_the_wheel_walks_too(page: ExplorePage):
    wander = page.where.wander
    page.where.speed.set_value(page.where.speed.maximum())
    page.where.speed.value_changed.emit(page.where.speed.value())
    page.where.play.click()
    for _ in range(10):
        wander.advance(0.1)
    assert length_of(page.walk.journey.way.offsets) == pytest.approx(2.0, rel=0.05)
    wander.pause()
    # On the picture, as one step.
    start, steps = page.walk.point, len(page.walk.journey)
    for _ in range(3):
        _turn_wheel(page, Qt.KeyboardModifier.NoModifier)
    assert page.walk.point.seed_x == pytest.approx(start.seed_x + 0.3)
    assert len(page.walk.journey) == steps + 1
    _turn_wheel(page, Qt.KeyboardModifier.ShiftModifier)
    assert page.walk.point.seed_x == pytest.approx(start.seed_x + 0.31)


def test_a_vector_lies_on_no_pad_and_walks_along_directions():
    point = LatentPoint(vector=(1.0, 2.0)).with_amount("a", 2.5)
    there = walked(point, 1.0, -0.5, ("a", "b", "c"))
    assert there.vector == point.vector
    assert there.amount("a") == pytest.approx(2 * MOST - 3.5), "it turns back at the end"
    assert there.amount("b") == -0.5


def _at(point: LatentPoint) -> tuple[float, float]:
    return point.seed_x, point.seed_y


def _turn_wheel(page: ExplorePage, keys: Qt.KeyboardModifier) -> None:
    at = QPointF(page.canvas.rect().center())
    event = QWheelEvent(
        at,
        page.canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.canvas, event)
