"""Two moments compared: one is pinned, the curtain is dragged, B shows all of before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.desktop.widgets.curtain import Curtain
from ganstudio.desktop.widgets.tile_grid import TileGrid
from ganstudio.project.folder import Project
from tests.desktop.helpers_widgets import LEFT, flat, move, pixel, press_shortcut
from tests.gallery.invented_run import invent_run

RED, BLUE = (250, 1, 2), (1, 2, 250)


@pytest.fixture
def grid(qtbot: QtBot) -> TileGrid:
    grid = TileGrid(columns=4, gap=0)
    qtbot.addWidget(grid)
    grid.resize(400, 100)
    grid.set_pictures(flat(*[BLUE] * 4, side=50))
    grid.show()
    return grid


def colours(grid: TileGrid) -> list[str]:
    """In the middle of each tile, above the badges."""
    return [pixel(grid, 50 + 100 * index, 40) for index in range(4)]


def pull(curtain: Curtain, way: int) -> None:
    """Drag the line in one go: it follows, and a second step would begin elsewhere."""
    QTest.mousePress(curtain.grip, LEFT, pos=QPoint(14, 20))
    move(curtain.grip, QPoint(14 + way, 20), LEFT)
    QTest.mouseRelease(curtain.grip, LEFT, pos=QPoint(14, 20))


def test_left_of_the_line_is_before_and_right_of_it_now(grid: TileGrid, qtbot: QtBot):
    curtain = Curtain(grid)
    curtain.show_before(flat(*[RED] * 4, side=50))
    assert colours(grid) == ["#fa0102"] * 2 + ["#0102fa"] * 2
    pull(curtain, 100)
    assert curtain.share == pytest.approx(0.75, abs=0.01)
    assert colours(grid) == ["#fa0102"] * 3 + ["#0102fa"]
    pull(curtain, -900)
    assert curtain.share == 0.0
    QTest.keyClick(curtain.grip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert curtain.share == pytest.approx(0.1)
    curtain.hold(True)
    assert colours(grid) == ["#fa0102"] * 4
    curtain.hold(False)
    curtain.put_away()
    assert colours(grid) == ["#0102fa"] * 4


def test_the_line_keeps_its_share_when_the_window_changes(grid: TileGrid):
    curtain = Curtain(grid)
    curtain.show_before(flat(*[RED] * 4, side=50))
    curtain.set_share(0.25)
    grid.resize(800, 200)
    assert curtain.grip.x() + curtain.grip.width() / 2 == pytest.approx(200, abs=1)


@pytest.fixture
def page(qtbot: QtBot, project: Project, window: MainWindow) -> TrainPage:
    run = invent_run(project, "pixel-avatars", 40_000, 100_000, moments=6)
    window.desk.choose_run(run)
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    qtbot.waitUntil(lambda: bool(page.timeline.rows) and not page.later.busy, timeout=10_000)
    return page


def press_compare(window: MainWindow) -> None:
    press_shortcut(window, "Ctrl+Shift+C")


def go(qtbot: QtBot, page: TrainPage, position: int | None) -> None:
    page.machine.go(position)
    qtbot.waitUntil(lambda: not page.later.busy, timeout=5_000)


def test_the_shown_moment_is_pinned_and_stays_while_another_one_is_shown(
    qtbot: QtBot, page: TrainPage, window: MainWindow
):
    go(qtbot, page, 1)
    before, pinned = page.machine.moment, page.body.grid.pictures()
    press_compare(window)
    assert page.views.current == "compare"
    assert page.views.compare.before == before
    assert page.views.compare.curtain.isVisible()
    go(qtbot, page, 4)
    assert page.views.compare.before == before
    assert page.body.grid.pictures() is not pinned
    words = page.views.compare.curtain.grip.accessibleName()
    assert "Before, " in words
    assert "Shown, " in words
    assert "Before is " in page.head.sentence()
    press_compare(window)
    assert page.views.current == "now"
    assert not page.views.compare.curtain.isVisible()


def test_b_shows_before_while_it_is_held_but_not_in_a_text_field(
    qtbot: QtBot, page: TrainPage, window: MainWindow
):
    go(qtbot, page, 1)
    QTest.keyPress(page.body.grid, Qt.Key.Key_B)
    assert not page.views.compare.curtain._held, "nothing is compared yet"
    press_compare(window)
    curtain = page.views.compare.curtain
    QTest.keyPress(page.body.grid, Qt.Key.Key_B)
    assert curtain._held
    QTest.keyRelease(page.body.grid, Qt.Key.Key_B)
    assert not curtain._held
    page.parts.more.set_open(True)
    field = page.parts.more.speed
    field.setEnabled(True)
    field.setFocus()
    QTest.keyPress(field, Qt.Key.Key_B)
    assert not curtain._held
    QTest.keyRelease(field, Qt.Key.Key_B)


def test_another_run_ends_comparing(
    qtbot: QtBot, page: TrainPage, project: Project, window: MainWindow
):
    go(qtbot, page, 1)
    press_compare(window)
    window.desk.choose_run(invent_run(project, "pixel-avatars", 20_000, 100_000, moments=3))
    assert page.views.compare.before is None
    assert page.views.current == "now"
    qtbot.waitUntil(lambda: not page.later.busy, timeout=5_000)


def test_without_a_moment_there_is_nothing_to_compare(project: Project, window: MainWindow):
    window.show_page("train")
    assert "compare" not in window.commands()
    assert "keep" not in window.commands()
    page = window.pages.current
    assert isinstance(page, TrainPage)
    QTest.mouseClick(page.views.switch, LEFT, pos=page.views.switch.rect().center())
    assert page.views.current == "now"
