"""The rows of the Directions section: names, layers, deletion, what is carried along, new ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ganstudio.desktop import file_dialogs
from ganstudio.desktop.dialogs.name import NameDialog
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.directions import DirectionsSection
from ganstudio.desktop.pages.explore.marking import MarkingWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.pages.explore.strip_window import StripWindow
from ganstudio.project.direction import direction_key
from ganstudio.project.directions_file import read_kept
from ganstudio.project.favourites import Favourite
from ganstudio.project.folder import Project
from ganstudio.project.kept import KeptPoint
from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from ganstudio.studio.direction_rows import DirectionRow
from tests.desktop.explore_pages import explored_run, opened_page
from tests.desktop.helpers_widgets import press_shortcut
from tests.gallery.invented_model import InventedModel


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(InventedModel, "bundle", "pixel-avatars")
    monkeypatch.setattr(InventedModel, "clock", 412_000)
    monkeypatch.setattr(engine, "LoadedModel", InventedModel)


@pytest.fixture
def page(qtbot: QtBot, project: Project, window: MainWindow) -> Iterator[ExplorePage]:
    page = opened_page(qtbot, window, explored_run(project))
    yield page
    if page.directions.tools.window is not None:
        page.directions.tools.window.close()


@pytest.fixture
def section(page: ExplorePage) -> DirectionsSection:
    return page.directions


def entries(menu: QMenu) -> dict[str, QAction]:
    """Of a menu and the menus in it."""
    found: dict[str, QAction] = {}
    for entry in menu.actions():
        found[entry.text()] = entry
        inside = entry.menu()
        if isinstance(inside, QMenu):
            found |= entries(inside)
    return found


def row(section: DirectionsSection, index: int) -> DirectionRow:
    return section._shown[index]


def test_a_row_shows_its_ends_until_it_has_a_name(
    qtbot: QtBot, section: DirectionsSection, project: Project
):
    qtbot.waitUntil(lambda: all(one.shows_ends for one in section.rows[:12]), timeout=10_000)
    assert section.rows[1].accessibleName().startswith("Direction 2")
    section.tools.rename(row(section, 1))
    dialog = section.tools.window
    assert isinstance(dialog, NameDialog)
    dialog.field.setText("Glasses")
    dialog.accept_button.click()
    assert section.rows[0].name() == "Glasses", "named ones stand first"
    assert not section.rows[0].shows_ends
    assert [one.direction.name for one in read_kept(project.path)] == ["Glasses"]


def test_a_deleted_row_stays_away_and_comes_back(
    qtbot: QtBot, page: ExplorePage, section: DirectionsSection, studio: Studio
):
    section.rows[2]._slider.move_by(10)
    gone = row(section, 2)
    section.tools.delete(gone)
    assert page.walk.point.moves == ()
    assert gone.key not in {one.key for one in section._shown}
    studio.explorer.find_again()
    qtbot.waitUntil(lambda: section._shown[2].kept.number == 4)
    entries(section.tools.new_menu())["Direction 3"].trigger()
    assert gone.key in {one.key for one in section._shown}
    page.undo_stack.undo()
    assert page.walk.point.amount(gone.key) == pytest.approx(1.0)


def test_one_undo_takes_back_a_deletion_with_what_it_moved(
    window: MainWindow, page: ExplorePage, section: DirectionsSection
):
    section.rows[2]._slider.move_by(10)
    gone, here = row(section, 2), page.walk.point
    section.tools.delete(gone)
    window.refresh_now()
    press_shortcut(window, "Ctrl+Z")
    assert page.walk.point == here
    assert section.rows[2].value() == pytest.approx(1.0)
    assert row(section, 2).key == gone.key


def test_how_far_and_where_it_leads(qtbot: QtBot, section: DirectionsSection):
    entry = entries(section.tools.row_menu(row(section, 0)))["Layers: all"]
    assert not entry.isEnabled()
    assert "share one w" in entry.toolTip()
    low, high = row(section, 0).reach
    entries(section.tools.row_menu(row(section, 0)))["Twice as far, \u22126.0 to +6.0"].trigger()
    assert row(section, 0).reach == (2 * low, 2 * high)
    assert section.rows[0]._slider.maximum() == 2 * high
    section.tools.show_large(row(section, 0))
    window = section.tools.window
    assert isinstance(window, StripWindow)
    qtbot.waitUntil(lambda: len(window._pictures) == 5, timeout=10_000)
    window.grid.opened.emit(4)
    assert section.rows[0].value() == 2 * high


def test_limiting_to_layers_changes_the_picture_and_undo_takes_it_back(
    page: ExplorePage,
    section: DirectionsSection,
    studio: Studio,
    monkeypatch: pytest.MonkeyPatch,
):
    studio.explorer.bands = {"coarse": (0, 1), "middle": (2,), "fine": (3, 4)}
    section.refresh()
    before = row(section, 0).key
    page.walk.go(page.walk.point.with_amount(before, 1.5), "change")
    # The keys of limited ones are hashes, which an invented model cannot read.
    monkeypatch.setattr(InventedModel, "_moved", staticmethod(lambda picture, *_way: picture))
    entries(section.tools.row_menu(row(section, 0)))["Fine"].trigger()
    after = direction_key(row(section, 0).direction.step, (3, 4))
    assert page.walk.point.amount(after) == 1.5
    assert page.walk.point.amount(before) == 0.0
    assert section.rows[0].value() == 1.5
    page.undo_stack.undo()
    assert page.walk.point.amount(before) == 1.5
    assert section.rows[0].value() == 1.5
    menu = entries(section.tools.row_menu(row(section, 0)))
    assert menu["All layers"].isChecked()


def test_amounts_along_directions_of_other_weights_are_carried_along(
    page: ExplorePage, section: DirectionsSection
):
    page.walk.go(page.walk.point.with_amount("17", 2.0), "change")
    count = len(section._shown)
    carried = section.rows[count]
    assert carried.isVisibleTo(section)
    assert carried.value() == 2.0
    assert section.carried.isVisibleTo(section)
    page.undo_stack.undo()
    assert not carried.isVisibleTo(section)
    page.undo_stack.redo()
    section.rows[count].reset()
    assert page.walk.point.moves == ()


def test_twenty_marks_become_a_row(
    qtbot: QtBot, page: ExplorePage, section: DirectionsSection, project: Project
):
    entries(section.tools.new_menu())["From marked pictures\u2026"].trigger()
    window = section.tools.window
    assert isinstance(window, MarkingWindow)
    qtbot.waitUntil(lambda: len(window._pictures) == 4, timeout=10_000)
    window._marks = dict.fromkeys(window._points, True)
    assert window.missing == 5, "of the other side"
    window._marks = {}
    for index in range(19):
        place = window.grid.tile_box(index).center().toPoint()
        button = Qt.MouseButton.LeftButton if index % 2 else Qt.MouseButton.RightButton
        qtbot.mouseClick(window.grid, button, pos=place)
    assert window.missing == 1
    assert not window.find_button.isEnabled()
    window.throw()
    assert window.missing == 1, "marks stay"
    qtbot.waitUntil(lambda: len(window._pictures) == 4, timeout=10_000)
    window.grid.set_current(0)
    qtbot.keyClick(window.grid, Qt.Key.Key_Plus)
    window.find_button.click()
    names = lambda: [one.kept.direction.name for one in section._shown]  # noqa: E731  # asked twice
    qtbot.waitUntil(lambda: "More like this" in names(), timeout=10_000)
    assert [one.direction.origin for one in read_kept(project.path)] == ["marked"]


def test_between_the_last_two_places(qtbot: QtBot, page: ExplorePage, section: DirectionsSection):
    words = "Between the last two places of your path"
    assert not entries(section.tools.new_menu())[words].isEnabled()
    page.hand.surprise()
    entries(section.tools.new_menu())[words].trigger()
    qtbot.waitUntil(
        lambda: any(one.direction.origin == "between" for one in section._shown), timeout=10_000
    )


def test_between_two_favourites(qtbot: QtBot, section: DirectionsSection, studio: Studio):
    assert not entries(section.tools.new_menu())["Between two favourites"].isEnabled()
    for number, name in enumerate(("Ann", "Bob")):
        kept = KeptPoint(point=LatentPoint(seed_x=number))
        studio.favourites.put(Favourite(id=f"{number:032x}", name=name, kept=kept))
    entries(section.tools.new_menu())["to Bob"].trigger()
    qtbot.waitUntil(
        lambda: any(one.kept.direction.name == "Ann to Bob" for one in section._shown),
        timeout=10_000,
    )


def test_saved_to_a_file_and_loaded_again(
    section: DirectionsSection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "one.directions.json"
    monkeypatch.setattr(file_dialogs, "ask_path_to_save", lambda *_: file)
    monkeypatch.setattr(file_dialogs, "ask_files", lambda *_: [file])
    saved = row(section, 5)
    section.tools.save(saved)
    section.tools.delete(saved)
    section.tools.load()
    assert direction_key(saved.direction.step) in {one.kept.key for one in section._shown}


def test_a_lock_is_remembered(section: DirectionsSection, project: Project):
    section.rows[3]._lock.click()
    assert [one.locked for one in read_kept(project.path)] == [True]
    section.rows[3]._lock.click()
    assert [one.locked for one in read_kept(project.path)] == [False]


def test_a_lock_goes_along_when_a_name_puts_its_row_first(section: DirectionsSection):
    section.toggle_lock(3)
    section.tools._change(row(section, 3), name="Glasses")
    assert section.rows[0].name() == "Glasses"
    assert [slider.is_locked() for slider in section.rows[:5]] == [True] + 4 * [False]


def test_a_double_click_on_its_name_or_f2_renames(qtbot: QtBot, section: DirectionsSection):
    slider = section.rows[3]
    qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(20, 14))
    assert isinstance(section.tools.window, NameDialog)
    section.tools.window.field.setText("Curls")
    section.tools.window.accept_button.click()
    assert section.rows[0].name() == "Curls", "what has a name stands first"
    qtbot.keyClick(section.rows[1], Qt.Key.Key_F2)
    assert isinstance(section.tools.window, NameDialog)


def test_a_row_is_calm_again_when_its_menu_is_closed_elsewhere(
    section: DirectionsSection, monkeypatch: pytest.MonkeyPatch
):
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: menus.append(menu))
    slider = section.rows[1]
    slider.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    slider._show_tools()
    assert slider._lock.isVisible()
    QCursor.setPos(0, 0)
    section._open_menu(1, slider.mapToGlobal(slider.rect().center()))
    menus[0].aboutToHide.emit()
    assert not slider._lock.isVisible()


def test_a_lock_stays_with_its_direction_when_rows_change(
    page: ExplorePage, section: DirectionsSection
):
    section.rows[0]._lock.click()
    section.tools.delete(row(section, 0))
    assert not any(slider.is_locked() for slider in section.rows)
    section.rows[2]._lock.click()
    locked = row(section, 2).key
    section.tools.rename(row(section, 5))
    assert isinstance(section.tools.window, NameDialog)
    section.tools.window.field.setText("Curls")
    section.tools.window.accept_button.click()
    assert [row(section, n).key for n, one in enumerate(section.rows) if one.is_locked()] == [
        locked
    ]


def test_beyond_what_is_suggested_one_can_go_and_sees_it(
    page: ExplorePage, section: DirectionsSection
):
    slider, key = section.rows[0], row(section, 0).key
    slider.set_reach(-1.0, 2.0)
    assert (slider._slider.minimum(), slider._slider.maximum()) == (-3.0, 3.0)
    slider._field.setText("8.5")
    slider._typed()
    assert page.walk.point.amount(key) == 8.5
    assert slider.value() == 8.5
    page.undo_stack.undo()
    assert slider.value() == 0.0
    assert slider._slider.maximum() == 3.0
    page.walk.go(page.walk.point.with_amount(key, -12.0), "elsewhere")
    assert slider.value() == -12.0
    slider._field.setText("400")
    slider._typed()
    assert page.walk.point.amount(key) == 20.0


def test_names_out_of_files_are_words_and_no_markup(page: ExplorePage, section: DirectionsSection):
    name = '<img src="//elsewhere/x.png">'
    section.tools._change(row(section, 0), name=name)
    slider = section.rows[0]
    assert slider.name() == name
    for text in (slider.toolTip(), slider._lock.toolTip()):
        assert "<img" not in text
        assert "&lt;img" in text
    label = slider._label
    label.grab()
    assert "<img" not in label.toolTip()
