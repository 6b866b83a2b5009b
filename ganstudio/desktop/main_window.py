"""The main window: rail, pages, panel, status line, menus, and the way between them.

Not responsible for what pages show, nor for any work: it passes on what studio tells and calls what
a person asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QResizeEvent,
    QUndoStack,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from ganstudio.desktop.actions import ActionSet, said
from ganstudio.desktop.bridge import Bridge
from ganstudio.desktop.closing import Closing
from ganstudio.desktop.commands import COMMANDS
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.help_commands import HelpCommands
from ganstudio.desktop.menus import CornerTools, fill_menu_bar, pop_up
from ganstudio.desktop.notice_area import NoticeArea
from ganstudio.desktop.notices import Notices
from ganstudio.desktop.notify import Notifier
from ganstudio.desktop.page_feed import PageFeed
from ganstudio.desktop.page_stack import PageStack
from ganstudio.desktop.pages.base import Page, Width
from ganstudio.desktop.pages.registry import PAGES, RAIL, rail_key
from ganstudio.desktop.places import Places
from ganstudio.desktop.project_commands import ProjectCommands
from ganstudio.desktop.regions import Region, Regions
from ganstudio.desktop.run_commands import RunCommands
from ganstudio.desktop.status import StatusKeeper
from ganstudio.desktop.undoing import Undoing
from ganstudio.desktop.widgets.rail import Rail
from ganstudio.desktop.widgets.status_line import StatusLine
from ganstudio.desktop.widgets.surface import Surface
from ganstudio.desktop.widgets.toast import Toaster
from ganstudio.studio.app import Studio
from ganstudio.studio.states import State

__all__ = ["MainWindow"]

_SMALLEST = (1024, 700)
_MEDIUM_FROM, _WIDE_FROM = 1200, 1400
_PAGE_PAINTED_S = 0.1
#: The most views a page has: as many as there are commands for them.
_VIEWS = 5
_NARROW_STATUS = ("device", "findings", "left")


class MainWindow(QMainWindow):
    """The one window of the program.

    Args:
        studio: The running application; the window ends it when it closes.
    """

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.setWindowTitle("GAN Studio")
        self.setMinimumSize(*_SMALLEST)
        self.setAcceptDrops(True)
        self.desk = Desk(studio, self)
        self.bridge = Bridge(studio, self)
        self._width_class: Width = "wide"
        self._refresher = QTimer(self, interval=0, singleShot=True)
        self._refresher.timeout.connect(self.refresh_now)
        self.actions_by_key = ActionSet(self, self.run_command)
        self.notice_area = NoticeArea()
        self.pages = PageStack(self.desk, PAGES, self)
        self._lay_out()
        self.feed = PageFeed(self.desk, self.bridge, self.pages, self)
        self.notifier = Notifier(self)
        self.toaster = Toaster(self.pages.left)
        self.undoing = Undoing(self)
        self.undoing.changed.connect(self.refresh)
        self.undoing.over.connect(self.toaster.withdraw)
        self.projects = ProjectCommands(self.desk, self)
        self.runs = RunCommands(self.desk, self)
        self.help = HelpCommands(self.desk, self)
        self.notices = Notices(self.desk, self.notice_area, self.help, self)
        self.closing = Closing(self.desk, self.notice_area, self.close, self)
        self.status = StatusKeeper(self.desk, self.status_line)
        self.regions = Regions(self._around, self._jumps)
        fill_menu_bar(self, self.actions_by_key, self.projects.fill_recent)
        self.corner_tools = CornerTools(
            self.desk, self.actions_by_key, self.projects.open, self.projects.recent
        )
        self.menuBar().setCornerWidget(self.corner_tools, Qt.Corner.TopRightCorner)
        self.places = Places(self, self.pages)
        self.places.restore()
        self._connect()
        self._slow_clock = QTimer(self, interval=1_000)
        self._slow_clock.timeout.connect(self._write_status)

    # -- making -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        items = [(key, said(PAGES[key].word), PAGES[key].icon) for key in RAIL]
        foot = [("help", self.tr("Help"), "help"), ("settings", self.tr("Settings"), "settings")]
        self.rail = Rail(items, foot)
        self.status_line = StatusLine()
        self.status_line.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pages.left_column.insertWidget(0, self.notice_area)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.pages, 1)
        central = Surface("window")
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status_line)
        self.setCentralWidget(central)

    def _connect(self) -> None:
        self.rail.page_chosen.connect(self.show_page)
        self.rail.foot_chosen.connect(self._foot_chosen)
        self.pages.page_made.connect(self._page_made)
        self.pages.current_changed.connect(self._page_shown)
        self.pages.panel_dragged.connect(self.places.remember_panel)
        self.notice_area.changed.connect(self.refresh)
        for signal, slot in (
            (self.desk.project_changed, self._project_changed),
            (self.desk.project_changed, self.undoing.forget),
            (self.desk.run_changed, self._names_changed),
            (self.desk.runs_changed, self._names_changed),
            (self.desk.plan_changed, self.refresh),
            (self.desk.page_wanted, self.show_page),
            (self.desk.toast_wanted, self._show_toast),
            (self.desk.menu_wanted, partial(pop_up, self, self.actions_by_key)),
            (self.desk.model_file_wanted, self._explore_file),
            (self.desk.settings_changed, self.refresh),
            (self.desk.command_wanted, self.run_command),
            (self.desk.dropped, self.projects.dropped),
            (self.desk.project_wanted, self.projects.open),
            (self.desk.imports.began, self._import_began),
            (self.feed.passed_on, self._on_event),
            (self.feed.passed_on, self.notifier.on_event),
            (self.bridge.clock, self.closing.tick),
            (self.bridge.bug, self.help.report_bug),
        ):
            signal.connect(slot)

    def begin(self) -> None:
        """Start to live: called once, after the window is shown."""
        self.bridge.start()
        self._slow_clock.start()
        self.refresh_now()

    # -- pages ------------------------------------------------------------------------------------

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page of the rail; pictures without a picture are the first-run page."""
        if key == "pictures" and not self.desk.pictures.pictures and not self.desk.imports.busy:
            key = "first-run"
        self.studio.training.give_way(_PAGE_PAINTED_S)
        self.pages.show_page(key)

    @Slot(object)
    def _page_made(self, page: Page) -> None:
        page.outlook_changed.connect(self.refresh)
        stack = page.undo_stack
        for signal in (stack.canUndoChanged, stack.canRedoChanged, stack.undoTextChanged):
            signal.connect(self.refresh)

    @Slot(object)
    def _page_shown(self, page: Page) -> None:
        self.rail.set_current(rail_key(page.key))
        self.refresh()

    @Slot(object)
    def _explore_file(self, path: Path) -> None:
        self.show_page("explore")
        self.pages.page("explore").open_file(path)

    @property
    def _undo_stack(self) -> QUndoStack | None:
        return self.pages.current.undo_stack if self.pages.current else None

    # -- commands ---------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        """Everything that can be done right now, by the key of its command."""
        possible: dict[str, Callable[[], object]] = dict(self._window_commands())
        for source in (self.projects, self.runs, self.help):
            possible.update(source.commands())
        page = self.pages.current
        if page is not None:
            possible.update(page.commands())
            if page.next_step.enabled:
                possible["next-step"] = page.next_step.action
        stack = self._undo_stack
        possible |= self.undoing.commands(stack) if stack is not None else {}
        return {} if self.closing.saving else possible

    def _window_commands(self) -> Mapping[str, Callable[[], object]]:
        pages: dict[str, Callable[[], object]] = {
            f"page-{key}": partial(self.show_page, key) for key in RAIL
        }
        return pages | {
            "panel": self._toggle_panel,
            "full-screen": self._toggle_full_screen,
            "next-region": partial(self.regions.jump, 1),
            "previous-region": partial(self.regions.jump, -1),
            "close-window": self.close,
            "quit": self.close,
        }

    @Slot(str)
    def run_command(self, key: str) -> None:
        """Do what a person asked for, if it is possible right now."""
        act = self.commands().get(key)
        if act is not None:
            act()
        self.refresh_now()

    @Slot()
    def refresh(self) -> None:
        """Bring menus, rail and status line in step, once for all that changes in one go."""
        if not self._refresher.isActive():
            self._refresher.start()

    @Slot()
    def refresh_now(self) -> None:
        """Bring menus, rail and status line in step with what is true now."""
        self._refresher.stop()
        page = self.pages.current
        checked = {f"page-{rail_key(self.pages.current_key)}"}
        checked |= {"panel"} if self.pages.panel_shown else set()
        checked |= {"full-screen"} if self.isFullScreen() else set()
        checked |= page.checked_commands() if page else set()
        reasons = {**self.projects.reasons(), **self.runs.reasons()}
        reasons |= page.reasons() if page else {}
        self.actions_by_key.refresh(self.commands(), checked, reasons)
        self._name_actions()
        self._refresh_rail()
        self._write_status()

    def _name_actions(self) -> None:
        stack, actions = self._undo_stack, self.studio.training.actions
        undone = self.undoing.undo_text(stack) if stack else ""
        redone = stack.redoText() if stack else ""
        self.actions_by_key.set_text("undo", self.tr("Undo {what}").format(what=undone).strip())
        self.actions_by_key.set_text("redo", self.tr("Redo {what}").format(what=redone).strip())
        word = said(COMMANDS["training-toggle"].text)
        if "pause" in actions:
            word = self.tr("Pause training")
        elif "resume" in actions or (self.desk.run is not None and "start" in actions):
            word = self.tr("Go on training")
        self.actions_by_key.set_text("training-toggle", word)
        self._name_views()

    def _name_views(self) -> None:
        """The menu calls each view what the page calls it, and has no more than there are."""
        titles = self.pages.current.view_titles() if self.pages.current else ()
        for number in range(1, _VIEWS + 1):
            key = f"view-{number}"
            self.actions_by_key[key].setVisible(number <= len(titles))
            if number <= len(titles):
                self.actions_by_key.set_text(key, titles[number - 1])

    def _refresh_rail(self) -> None:
        no_pictures = not self.desk.pictures.has_usable
        nothing = self.desk.run is None and no_pictures
        self.rail.set_dim("train", nothing, said(PAGES["train"].dim_tip))
        self.rail.set_dim("judge", self.desk.run is None, said(PAGES["judge"].dim_tip))
        state = self.studio.training.state
        dot = {State.RUNNING: "full", State.PREPARING: "full", State.PAUSED: "hollow"}
        self.rail.set_dot("train", dot.get(state, ""))

    @Slot()
    def _write_status(self) -> None:
        page = self.pages.current
        self.status.refresh(page.status_right() if page else None)

    @Slot()
    def _import_began(self) -> None:
        self.show_page("pictures")
        self.refresh()

    @Slot(str)
    def _foot_chosen(self, key: str) -> None:
        if key == "settings":
            self.run_command("settings")
        else:
            self.help.show_menu(self.rail, self.actions_by_key)

    # -- what studio tells ----------------------------------------------------------------------

    @Slot(object)
    def _on_event(self, event: object) -> None:
        self.notices.on_event(event)
        self.help.on_event(event)
        self.refresh()

    @Slot()
    def _project_changed(self) -> None:
        if rail_key(self.pages.current_key) == "pictures":
            self.show_page("pictures")
        self._names_changed()

    @Slot()
    def _names_changed(self) -> None:
        self.corner_tools.refresh()
        project = self.desk.project
        self.setWindowTitle(f"{project.info().name} - GAN Studio" if project else "GAN Studio")
        self.refresh()

    @Slot(str, object)
    def _show_toast(self, text: str, undo: Callable[[], None] | None) -> None:
        page = self.pages.current
        above = page.foot_height if page is not None else 0
        self.toaster.show_toast(text, self.undoing.offer(undo, self._undo_stack), above)

    # -- regions, panel, size ---------------------------------------------------------------------

    def _around(self) -> list[Region]:
        """The order of Tab: cards, head, stage, panel, amber button, rail, status line."""
        page = self.pages.current
        parts: list[QWidget] = [self.notice_area]
        if page is not None:
            parts += [page.head, page.stage, page.panel]
        return [Region(part) for part in (*parts, self.rail, self.status_line)]

    def _jumps(self) -> list[Region]:
        """The order of F6."""
        page = self.pages.current
        stage = Region(page, page.main_widget()) if page else Region(None)
        panel = Region(page.panel) if page else Region(None)
        return [Region(self.rail), stage, panel, Region(self.status_line, self.status_line)]

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows what is seen, also where widgets came later."""
        return self.regions.tab(forward) or super().focusNextPrevChild(forward)

    def _toggle_panel(self) -> None:
        self.pages.set_panel(not self.pages.panel_shown)
        self.places.remember_panel()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go into another width class where the new size asks for it."""
        super().resizeEvent(event)
        width = event.size().width()
        kind: Width = "narrow"
        if width >= _MEDIUM_FROM:
            kind = "wide" if width >= _WIDE_FROM else "medium"
        if kind != self._width_class:
            self._width_class = kind
            self.pages.set_width_class(kind)
            self.rail.set_narrow(kind == "narrow")
            self.status_line.set_narrow(_NARROW_STATUS if kind == "narrow" else None)

    # -- drops and the end ------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Do what fits with what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.projects.dropped(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window until everything is saved; see `closing`."""
        if not self.closing.may_close():
            event.ignore()
            self.refresh()
            return
        self.places.remember_window()
        self.bridge.stop()
        self._slow_clock.stop()
        self._refresher.stop()
        self.feed.stop()
        self.notifier.stop()
        if self.pages.current is not None:
            self.pages.current.set_visible_page(False)
        event.accept()
