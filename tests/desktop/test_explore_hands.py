"""The picture of the place, in whichever view: one walks on it, and B shows the one before."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.mix_view import MixView
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.point_mime import mime_of
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from ganstudio.project.folder import Project
from ganstudio.project.point import LatentPoint
from tests.desktop.explore_pages import explore_page
from tests.desktop.helpers_widgets import LEFT, NO_KEYS, drag, drop_on, move, turn_wheel

#: The views in which the picture of the place is seen.
WITH_PICTURE = ("picture", "mix", "inside")


@pytest.fixture
def page(
    qtbot: QtBot, project: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    return explore_page(qtbot, project, window, monkeypatch)


def picture_in(page: ExplorePage, view: str) -> PictureCanvas:
    page.views.show(view)
    picture = page.views.picture
    assert picture is not None
    return picture


def shows(canvas: PictureCanvas, picture: np.ndarray) -> bool:
    return canvas._seen is not None and np.array_equal(canvas._seen, picture)


def wait_for_here(qtbot: QtBot, page: ExplorePage) -> np.ndarray:
    """The picture of the place of now."""
    qtbot.waitUntil(
        lambda: page.showing.frame is not None and page.showing.frame.point == page.walk.point,
        timeout=5_000,
    )
    return page.showing.frame.picture


def test_drag_arrows_wheel_and_space_walk_wherever_the_picture_is(page: ExplorePage):
    for view in WITH_PICTURE:
        canvas = picture_in(page, view)
        page.walk.go(LatentPoint(), "back")
        middle, side = canvas.rect().center(), canvas.picture_box().width()
        drag(canvas, middle, middle + QPoint(50, -30))
        assert page.walk.point.seed_x == pytest.approx(100 / side, abs=0.02), view
        assert page.walk.point.seed_y == pytest.approx(-60 / side, abs=0.02), view
        assert page.undo_stack.undoText() == "walk"
        page.walk.go(LatentPoint(), "back")
        QTest.keyClick(canvas, Qt.Key.Key_Right)
        QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert (page.walk.point.seed_x, page.walk.point.seed_y) == (0.1, 1.0), view
        turn_wheel(canvas, 2)
        assert page.walk.point.seed_x == pytest.approx(0.3), view
        QTest.keyClick(canvas, Qt.Key.Key_Space)
        assert page.where.wander.playing, view
        QTest.keyClick(canvas, Qt.Key.Key_Space)
        assert not page.where.wander.playing, view
        assert "Drag to walk" in canvas.toolTip(), view


def test_escape_gives_up_the_drag_at_hand(page: ExplorePage):
    for view in WITH_PICTURE:
        canvas = picture_in(page, view)
        start, middle = page.walk.point, canvas.rect().center()
        QTest.mousePress(canvas, LEFT, NO_KEYS, middle)
        move(canvas, middle + QPoint(40, 0), LEFT)
        assert page.walk.point != start, view
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        move(canvas, middle + QPoint(60, 0), LEFT)
        QTest.mouseRelease(canvas, LEFT, NO_KEYS, middle)
        assert page.walk.point == start, view
        assert page.undo_stack.count() == 0, view


def test_with_the_brush_in_hand_nobody_walks(page: ExplorePage):
    canvas = picture_in(page, "mix")
    view = page.views.current
    assert isinstance(view, MixView)
    view._fill(1, LatentPoint(seed_x=5))
    view.switch.set_current("mask")
    view._way_chosen("mask")
    start, middle = page.walk.point, canvas.rect().center()
    turn_wheel(canvas, 2)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert page.walk.point == start
    drag(canvas, middle, middle + QPoint(50, -30))
    assert page.walk.point.mask is not None
    assert (page.walk.point.seed_x, page.walk.point.seed_y) == (0.0, 0.0)
    assert canvas.toolTip().startswith("Paint")


def test_b_shows_the_step_before_where_one_looks(
    qtbot: QtBot, window: MainWindow, page: ExplorePage
):
    action = window.actions_by_key["show-before"]
    window.refresh_now()
    assert not action.isEnabled()
    assert action.toolTip() == "There is no step before this one."
    before = wait_for_here(qtbot, page)
    page.walk.go(LatentPoint(seed_x=1), "step")
    now = wait_for_here(qtbot, page)
    for view in WITH_PICTURE:
        canvas = picture_in(page, view)
        assert shows(canvas, now), view
        window.refresh_now()
        assert action.isEnabled(), view
        page.before.hold(True)
        qtbot.waitUntil(lambda canvas=canvas: shows(canvas, before), timeout=5_000)
        assert canvas.accessibleDescription() == "Before this step"
        page.before.hold(False)
        assert shows(canvas, now), view
        assert canvas.accessibleDescription() == page.canvas.accessibleDescription()


def test_where_the_picture_is_hidden_b_does_nothing_and_the_menu_says_why(
    qtbot: QtBot, window: MainWindow, page: ExplorePage
):
    page.walk.go(LatentPoint(seed_x=1), "step")
    now = wait_for_here(qtbot, page)
    action = window.actions_by_key["show-before"]
    for view in ("breed", "map"):
        page.before.hold(True)
        page.views.show(view)
        assert not page.before.held, view
        page.before.hold(True)
        assert not page.before.held, view
        window.refresh_now()
        assert not action.isEnabled(), view
        assert "not seen in this view" in action.toolTip()
        page.views.show("picture")
        assert shows(page.canvas, now)


def test_on_a_second_screen_the_step_before_is_seen_from_every_view(
    qtbot: QtBot, page: ExplorePage
):
    before = wait_for_here(qtbot, page)
    page.walk.go(LatentPoint(seed_x=1), "step")
    wait_for_here(qtbot, page)
    page.second._open(page.screen())
    page.views.show("breed")
    page.before.hold(True)
    window = page.second.window
    assert window is not None
    qtbot.waitUntil(lambda: shows(window.canvas, before), timeout=5_000)
    page.second.close()
    assert not page.before.held


def test_the_step_before_that_a_menu_asked_for_is_gone_when_one_goes_on(
    qtbot: QtBot, page: ExplorePage
):
    page.hand.surprise()
    wait_for_here(qtbot, page)
    page.commands()["show-before"]()
    assert page.before.held
    page.hand.surprise()
    assert not page.before.held
    picture = wait_for_here(qtbot, page)
    assert shows(page.canvas, picture)


def test_a_right_click_on_the_picture_offers_what_can_be_done_with_it(
    page: ExplorePage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: menus.append(menu))
    for view in WITH_PICTURE:
        picture_in(page, view).customContextMenuRequested.emit(QPoint(9, 9))
        actions = menus.pop().actions()
        assert window.actions_by_key["keep"] in actions
        assert all(one.isEnabled() or one.isSeparator() for one in actions), view


def test_a_place_lands_on_the_picture_wherever_that_is(page: ExplorePage):
    for number, view in enumerate(WITH_PICTURE, 3):
        place = LatentPoint(seed_x=number)
        data = mime_of(page.studio.explorer.keep(place))
        assert drop_on(picture_in(page, view), data), view
        assert page.walk.point == place, view
