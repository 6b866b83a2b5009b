"""The window around the pages: width classes, panel, regions, cards, names."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.base import Page
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import has_keyboard
from ganstudio.desktop.widgets.surface import Surface
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import Notice
from ganstudio.studio.app import Studio
from ganstudio.studio.events import NoticeEvent
from ganstudio.studio.signs import UncleanEnd
from tests.desktop.helpers_widgets import press_shortcut


@pytest.mark.parametrize(
    ("size", "kind", "rail", "panel"),
    [
        ((1440, 900), "wide", Size.RAIL, Size.PANEL),
        ((1280, 800), "medium", Size.RAIL, Size.PANEL),
        ((1024, 700), "narrow", Size.RAIL_NARROW, Size.PANEL_MIN),
    ],
)
def test_each_size_has_its_width_class(window: MainWindow, size, kind, rail, panel):
    window.resize(*size)
    QApplication.processEvents()
    page = window.pages.current
    assert page.width_class == kind
    assert window.rail.width() == rail
    assert page.panel.width() == panel
    assert page.stage.width() == size[0] - rail - panel - 1, "nothing is cut off or pushed out"


def test_the_look_s_fixed_heights_are_kept(window: MainWindow):
    assert window.menuBar().height() == Size.MENU_BAR
    assert window.status_line.height() == Size.STATUS_LINE
    assert window.pages.current.head.height() == Size.PAGE_HEAD


def test_without_the_panel_the_next_step_stands_in_the_head(window: MainWindow):
    page = window.pages.current
    window.run_command("panel")
    assert page.head.isAncestorOf(page.next_step_button)
    assert page.next_step_button.isVisible()
    window.run_command("panel")
    assert page.panel.isAncestorOf(page.next_step_button)


def test_the_panel_is_remembered(qtbot: QtBot, window: MainWindow, studio: Studio):
    window.pages.set_panel(False, 400)
    window.places.remember_panel()
    again = MainWindow(studio)
    qtbot.addWidget(again)
    assert not again.pages.panel_shown
    assert again.pages.panel_width == 400
    again.bridge.stop()


@pytest.mark.parametrize(("seen", "found"), [("explore", "explore"), ("pictures", "train")])
def test_the_page_is_remembered(
    qtbot: QtBot, window: MainWindow, studio: Studio, seen: str, found: str
):
    window.show_page(seen)
    window.places.remember_window()
    again = MainWindow(studio)
    qtbot.addWidget(again)
    assert again.places.page("train") == found
    again.bridge.stop()


def test_f6_goes_round_the_regions(window: MainWindow):
    window.activateWindow()
    page = window.pages.current
    page.main_widget().setFocus()
    seen = []
    for _ in range(4):
        window.run_command("next-region")
        seen.append(_region_of(window, QApplication.focusWidget()))
    assert seen == ["panel", "status", "rail", "stage"]
    window.run_command("previous-region")
    assert _region_of(window, QApplication.focusWidget()) == "rail"


def test_f6_shows_where_the_keyboard_is(window: MainWindow):
    window.activateWindow()
    page = window.pages.current
    page.main_widget().setFocus()
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)  # as after a click
    for _ in range(4):
        press_shortcut(window, "F6")
        assert has_keyboard(QApplication.focusWidget())


def test_tab_goes_round_in_the_order_one_reads(qtbot: QtBot, window: MainWindow):
    window.activateWindow()
    page = window.pages.current
    page.main_widget().setFocus()
    seen = []
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        if seen[-1] is page.main_widget():
            break
    regions = [_region_of(window, widget) for widget in seen]
    order = [name for i, name in enumerate(regions) if i == 0 or regions[i - 1] != name]
    assert order == ["stage", "panel", "rail", "status", "stage"]
    last_in_panel = [w for w in seen if page.panel.isAncestorOf(w)][-1]
    assert last_in_panel is page.next_step_button
    assert seen.index(page.zip_button) < seen.index(page.cards["open-peeps"])


def _region_of(window: MainWindow, widget) -> str:
    page = window.pages.current
    if widget is window.status_line:
        return "status"
    if window.rail.isAncestorOf(widget):
        return "rail"
    return "panel" if page.panel.isAncestorOf(widget) else "stage"


def test_an_error_is_a_card_and_stays_until_it_is_closed(window: MainWindow):
    window.desk.show_error(UserError("no-project", path="there"))
    assert window.notice_area.isVisible()
    assert window.notice_area.key == "error"
    window.notice_area.first_button.click()
    assert not window.notice_area.isVisible()


def test_an_error_card_goes_when_it_is_no_longer_true(window: MainWindow):
    window.desk.show_error(UserError("no-project", path="there"))
    window.desk.withdraw_error()
    assert not window.notice_area.isVisible()


def test_after_a_bad_end_one_card_says_what_is_safe(window: MainWindow):
    window.notices.tell_unclean_end(UncleanEnd(None, 1, "Segmentation fault"), False)
    assert window.notice_area.key == "unclean"
    window.notice_area.first_button.click()
    report = next(w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Something broke")
    assert "Segmentation fault" in report.text.toPlainText()
    report.close()


def test_a_newer_project_is_refused_with_its_version(window: MainWindow, tmp_path: Path):
    path = tmp_path / "newer"
    path.mkdir()
    (path / "project.json").write_text('{"format": "ganstudio", "schema": 999, "app": "9.1"}')
    window.projects.open(path)
    assert window.notice_area.key == "error"
    assert window.desk.project is None


def test_a_dropped_project_opens(window: MainWindow, make_pictures, tmp_path: Path):
    path = Project.create(tmp_path / "other", "Other").path
    _drop(window, [path])
    assert window.desk.project.path == path
    assert window.windowTitle() == "Other - GAN Studio"


def test_a_dropped_folder_becomes_a_project_of_its_name(
    qtbot: QtBot, window: MainWindow, make_pictures
):
    _drop(window, [make_pictures(5, name="holiday")])
    qtbot.waitUntil(lambda: not window.desk.imports.busy, timeout=10_000)
    assert window.desk.project.info().name == "holiday"
    assert window.desk.pictures.usable_count == 5
    assert window.pages.current_key == "pictures"


def test_renaming_shows_everywhere(window: MainWindow, tmp_path: Path):
    window.desk.open_project(Project.create(tmp_path / "one", "One").path)
    window.projects._rename("Two")
    assert window.corner_tools.project_button.text() == "Two"
    assert window.windowTitle().startswith("Two")


def test_pages_are_built_at_their_first_visit_only(window: MainWindow):
    assert [page.key for page in window.pages] == ["first-run"]


def test_opening_a_page_paints_everything_once(qtbot: QtBot, window: MainWindow):
    """Opaque parents with asking children were painted twice: clicks took twice as long.

    What the engine tells meanwhile may paint a part once more, but not every time.
    """
    painted: Counter[QObject] = Counter()

    class Paints(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted[watched] += 1
            return False

    keys = ("first-run", "train", "explore")
    for key in keys:
        window.show_page(key)
        QApplication.processEvents()
    watch = Paints()
    for key in keys:
        page = window.pages.page(key)
        parts = [*page.findChildren(Label), *page.panel.findChildren(Label), *_surfaces(page)]
        times = []
        for _ in range(3):
            window.show_page(next(other for other in keys if other != key))
            QApplication.processEvents()
            for part in parts:
                part.installEventFilter(watch)
            painted.clear()
            window.show_page(key)
            qtbot.waitUntil(lambda: bool(painted), timeout=2_000)
            for part in parts:
                part.removeEventFilter(watch)
            assert len(painted) > 3
            times.append(set(painted.values()))
        assert {1} in times, key


def _surfaces(page: Page) -> list[Surface]:
    return [*page.findChildren(Surface), *page.panel.findChildren(Surface)]


def test_training_gives_way_when_a_page_is_opened(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    asked: list[float] = []
    monkeypatch.setattr(window.studio.training, "give_way", asked.append)
    window.rail.page_chosen.emit("train")
    assert len(asked) == 1
    assert 0 < asked[0] <= 0.2


def test_dim_pages_say_what_to_do_first(window: MainWindow):
    rows = {row.key: row for row in window.rail._rows.values()}
    assert rows["train"].dim
    assert rows["train"].toolTip() == "Choose some pictures first."
    assert not rows["explore"].dim


def test_what_happens_while_it_trains_is_said_on_a_card(window: MainWindow):
    values: dict[str, object] = {"clock": "12 k", "count": 8, "norm": ""}
    notice = Notice("notice-out-of-memory", "warning", values, 12_000)
    window.bridge.happened.emit(NoticeEvent(notice))
    assert window.notice_area.key == "notice"
    said = " ".join(label.text() for label in window.notice_area.findChildren(Label))
    assert "memory was full at 12 k" in said
    assert "8 pictures at a time" in said
    window.notices.show_error(UserError("too-few-pictures"))
    window.bridge.happened.emit(NoticeEvent(notice))
    assert window.notice_area.key == "error", "what must be mended is more urgent"


def _drop(window: MainWindow, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(600, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
