"""Walking on the Explore page: by hand, by keys, back and on along the path, and other ways."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop import second_screen
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.widgets.signs import corner_sign
from ganstudio.project.folder import Project
from ganstudio.project.point import LatentPoint
from tests.desktop.explore_pages import explore_page, wait_for_here
from tests.desktop.helpers_widgets import drag


@pytest.fixture
def page(
    qtbot: QtBot, project: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    return explore_page(qtbot, project, window, monkeypatch)


def test_a_drag_on_the_picture_walks_both_ways_and_is_one_step(qtbot: QtBot, page: ExplorePage):
    middle = page.canvas.rect().center()
    side = page.canvas.picture_box().width()
    drag(page.canvas, middle, middle + QPoint(100, -50))
    assert page.walk.point.seed_x == pytest.approx(200 / side, abs=0.02)
    assert page.walk.point.seed_y == pytest.approx(-100 / side, abs=0.02)
    assert page.undo_stack.count() == 1
    wait_for_here(qtbot, page)


def test_arrow_keys_walk_and_shift_goes_a_whole_seed(qtbot: QtBot, page: ExplorePage):
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_Right)
    assert page.walk.point.seed_x == pytest.approx(0.1)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.walk.point.seed_y == pytest.approx(1.0)


def test_every_move_can_be_undone_and_redone(qtbot: QtBot, page: ExplorePage):
    start = page.walk.point
    page.hand.surprise()
    page.hand.small_jump()
    page.directions.rows[2]._slider.move_by(5)
    page.diversity.row._slider.move_by(-20)
    page.where.across.setText("7.5")
    page.where.across.editingFinished.emit()
    end = page.walk.point
    assert page.undo_stack.count() == 5
    assert page.undo_stack.undoText() == "typed seed"
    for _ in range(5):
        page.undo_stack.undo()
    assert page.walk.point == start
    assert page.diversity.row.value() == 1.0
    assert page.directions.rows[2].value() == 0.0
    for _ in range(5):
        page.undo_stack.redo()
    assert page.walk.point == end
    wait_for_here(qtbot, page)


def test_two_hundred_moves_undone_and_redone_give_equal_points(page: ExplorePage):
    walked = [page.walk.point]
    for _ in range(100):
        page.hand.surprise()
        walked.append(page.walk.point)
        page.hand.small_jump()
        walked.append(page.walk.point)
    back = []
    for _ in range(200):
        page.undo_stack.undo()
        back.append(page.walk.point)
    assert back == walked[-2::-1]
    page.undo_stack.setIndex(200)
    assert page.walk.point == walked[-1]


def test_the_path_is_jumped_along_and_its_end_is_not_lost(qtbot: QtBot, page: ExplorePage):
    places = [page.walk.point]
    for _ in range(4):
        page.hand.surprise()
        wait_for_here(qtbot, page)
        places.append(page.walk.point)
    assert page.body.count.text() == "5 of 5"
    strip = page.body.path
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._box(1).center().toPoint())
    assert page.walk.point == places[1]
    assert page.body.count.text() == "2 of 5"
    assert page.undo_stack.index() == 1
    page.body.redo.click()
    assert page.walk.point == places[2]
    qtbot.waitUntil(lambda: len(strip._pictures) == 5, timeout=5_000)


def test_the_hand_is_the_same_on_the_second_screen(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(second_screen, "other_screen", lambda widget: widget.screen())
    page.second.toggle()
    window = page.second.window
    assert window is not None
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    before = page.walk.point
    qtbot.keyClick(window.canvas, Qt.Key.Key_Right)
    assert page.walk.point.seed_x > before.seed_x
    qtbot.waitUntil(lambda: page.before.why_not == "")
    qtbot.keyPress(window.canvas, Qt.Key.Key_B)
    assert page.before.held
    qtbot.keyRelease(window.canvas, Qt.Key.Key_B)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    assert page.where.wander.playing
    page.where.wander.pause()
    window.close()


def test_space_walks_wherever_nothing_else_takes_it(qtbot: QtBot, page: ExplorePage):
    qtbot.keyClick(page.body.nearby.grid, Qt.Key.Key_Space)
    assert page.where.wander.playing
    qtbot.keyClick(page.favourites_row.tiles, Qt.Key.Key_Space)
    assert not page.where.wander.playing


def test_the_way_that_was_left_is_found_again(qtbot: QtBot, page: ExplorePage):
    for _ in range(3):
        page.hand.surprise()
    first_way = page.walk.journey.places
    page.undo_stack.setIndex(1)
    page.hand.surprise()
    second_way = page.walk.journey.places
    strip = page.body.path
    fork = corner_sign(strip._box(1)).center().toPoint()
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=fork)
    assert page.walk.point == first_way[1]
    assert page.walk.journey.places == first_way
    page.undo_stack.redo()
    assert page.walk.point == first_way[2]
    assert (page.undo_stack.index(), page.undo_stack.count()) == (2, 3)
    page.undo_stack.undo()
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert page.walk.journey.places == second_way
    assert page.undo_stack.undoText() == "surprise"


def test_a_long_path_can_be_looked_through_without_leaving(qtbot: QtBot, page: ExplorePage):
    for _ in range(40):
        page.hand.surprise()
    strip, here = page.body.path, page.walk.point
    room = strip.capacity()
    assert strip._steps[-1] == 40
    strip.scrolled.emit(-3)
    assert (strip._steps[0], strip._steps[-1]) == (41 - room - 3, 37)
    later, sign = strip._ends()[0]
    assert not later
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=sign.toPoint())
    for _ in range(9):
        strip.scrolled.emit(-room)
    assert strip._steps[0] == 0
    assert page.walk.point == here
    qtbot.waitUntil(lambda: len(strip._pictures) == room, timeout=5_000)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._box(1).center().toPoint())
    assert page.walk.journey.index == 1
    page.hand.surprise()
    assert 2 in strip._steps, "where one is is seen again"


def test_a_place_that_was_drawn_before_the_hand_let_go_has_its_picture_on_the_path(
    qtbot: QtBot, page: ExplorePage
):
    page.walk.preview(page.walk.point.moved(0.3, 0.1))
    wait_for_here(qtbot, page)
    page.walk.settle("walk")
    assert page.walk.journey.index in page.body.path._pictures


def test_a_click_nearby_leads_to_what_is_seen_also_while_others_are_drawn(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    grid = page.body.nearby.grid
    qtbot.waitUntil(lambda: grid.pictures() is not None, timeout=5_000)
    seen = page.around._near[3]
    monkeypatch.setattr(page.studio.explorer, "collect", lambda name: [])
    qtbot.mouseClick(page.body.nearby.dice, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.tile_box(3).center().toPoint())
    assert page.walk.point == seen


def test_a_picture_nearby_is_a_place_to_be(qtbot: QtBot, page: ExplorePage):
    grid = page.body.nearby.grid
    qtbot.waitUntil(lambda: grid._pictures is not None, timeout=5_000)
    wanted = page.around._near[3]
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.tile_box(3).center().toPoint())
    assert page.walk.point == wanted
    wait_for_here(qtbot, page)
    qtbot.waitUntil(lambda: grid.current() == -1, timeout=5_000)


def test_the_pad_shows_what_one_would_see_there(qtbot: QtBot, page: ExplorePage):
    pad = page.where.pad
    qtbot.waitUntil(lambda: len(pad._tiles) == 18, timeout=5_000)
    pad._go(2.0, 0.0)
    pad.released.emit(2.0, 0.0)
    assert (page.walk.point.seed_x, page.walk.point.seed_y) == (2.0, 0.0)
    assert page.undo_stack.undoText() == "step on the pad"


def amount(page: ExplorePage, index: int) -> float:
    return page.walk.point.amount(page.walk.directions[index])


def test_a_locked_direction_survives_surprise_and_reset(page: ExplorePage):
    page.directions.rows[0]._slider.move_by(10)
    page.directions.rows[1]._slider.move_by(10)
    page.directions.rows[1]._lock.click()
    page.hand.surprise()
    assert amount(page, 0) == 0.0
    assert amount(page, 1) == pytest.approx(1.0)
    page.directions.rows[0]._slider.move_by(10)
    page.directions.reset()
    assert amount(page, 0) == 0.0
    assert amount(page, 1) == pytest.approx(1.0)
    assert page.directions.rows[1].value() == pytest.approx(1.0)


def test_a_place_of_the_train_grid_is_a_seed(qtbot: QtBot, window: MainWindow, page: ExplorePage):
    window.desk.explore_seed(17)
    assert page.walk.point == LatentPoint(seed_x=17)
    wait_for_here(qtbot, page)


def test_what_is_no_seed_brings_the_old_one_back(page: ExplorePage):
    for text in ("", "far", "nan", "1e99"):
        page.where.down.setText(text)
        page.where.down.editingFinished.emit()
        assert page.where.down.text() == "0.00"
    assert page.undo_stack.count() == 0
