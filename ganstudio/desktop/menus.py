"""The menu bar: one menu for each of `commands.MENUS`, and at its right undo, project and run.

Not responsible for what the entries do: they are the window's actions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QMenuBar, QWidget

from ganstudio.desktop.actions import ActionSet, said
from ganstudio.desktop.commands import COMMANDS, MENUS
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.errors import UserError
from ganstudio.project.runs import RunFolder

__all__ = ["CornerTools", "fill_menu_bar", "pop_up"]

_MOST_RUNS = 20


def fill_menu_bar(window: QMainWindow, actions: ActionSet, recent: Callable[[QMenu], None]) -> None:
    """Give the window its menus.

    Args:
        window: Gets them.
        actions: All commands.
        recent: Called to fill "Open recent" each time it is about to be shown.
    """
    bar = window.menuBar()
    bar.setFixedHeight(Size.MENU_BAR)
    for key, title in MENUS.items():
        menu = bar.addMenu(said(title))
        menu.setToolTipsVisible(True)
        _fill(menu, key, actions, recent)


def _fill(menu: QMenu, key: str, actions: ActionSet, recent: Callable[[QMenu], None]) -> None:
    group = 0
    for command in COMMANDS.values():
        if command.menu != key:
            continue
        if command.group != group:
            menu.addSeparator()
            group = command.group
        menu.addAction(actions[command.key])
        if command.key == "open-project":
            submenu = menu.addMenu(menu.tr("Open recent"))
            submenu.aboutToShow.connect(lambda submenu=submenu: recent(submenu))
    if key == "view":
        pages = QActionGroup(menu)
        for command in COMMANDS.values():
            if command.key.startswith("page-"):
                pages.addAction(actions[command.key])


def pop_up(window: QWidget, actions: ActionSet, keys: Sequence[str], place: QPoint) -> QMenu:
    """Show some commands at a place of the screen; empty keys are lines."""
    menu = QMenu(window)
    menu.aboutToHide.connect(menu.deleteLater)
    for key in keys:
        if key:
            menu.addAction(actions[key])
        else:
            menu.addSeparator()
    menu.popup(place)
    return menu


class CornerTools(QWidget):
    """Undo, redo, the project and the run, at the right of the menu bar.

    Args:
        desk: What is open.
        actions: All commands.
        open_project: Called with the project a person picked.
        recent: The projects to offer.
    """

    def __init__(
        self,
        desk: Desk,
        actions: ActionSet,
        open_project: Callable[[Path], None],
        recent: Callable[[], list[Path]],
    ) -> None:
        super().__init__()
        self._desk, self._actions = desk, actions
        self._open_project, self._recent = open_project, recent
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        self.setFixedHeight(Size.MENU_BAR - 1)
        row.setSpacing(4)
        for key in ("undo", "redo"):
            row.addWidget(_icon_button(actions, key))
        line = Divider(vertical=True)
        line.setFixedHeight(14)
        row.addSpacing(4)
        row.addWidget(line, 0, Qt.AlignmentFlag.AlignVCenter)
        self.project_button = _menu_button(self.tr("The open project, and others"))
        self.run_button = _menu_button(self.tr("The run that is looked at, and others"))
        for button, fill in (
            (self.project_button, self._fill_projects),
            (self.run_button, self._fill_runs),
        ):
            menu = QMenu(button)
            menu.aboutToShow.connect(lambda menu=menu, fill=fill: fill(menu))
            button.setMenu(menu)
            row.addWidget(button)
        self.refresh()

    def refresh(self) -> None:
        """Name the project and the run of now."""
        project, run = self._desk.project, self._desk.run
        name = project.info().name if project else self.tr("No project")
        if project and self._desk.studio.projects.read_only:
            name = self.tr("{name} (only to look at)").format(name=name)
        self.project_button.setText(_short(name))
        self.project_button.setAccessibleName(self.tr("Project {name}").format(name=name))
        self.run_button.setVisible(run is not None)
        if run is not None:
            title = run_title(run)
            self.run_button.setText(_short(title))
            self.run_button.setAccessibleName(self.tr("Run {name}").format(name=title))
        self._fit()

    def _fit(self) -> None:
        """A corner widget is not laid out anew by itself when its words change."""
        for button in (self.project_button, self.run_button):
            button.updateGeometry()
        self.adjustSize()
        bar = self.parentWidget()
        if isinstance(bar, QMenuBar):
            bar.setCornerWidget(self, Qt.Corner.TopRightCorner)
            self.show()

    def _fill_projects(self, menu: QMenu) -> None:
        menu.clear()
        here = self._desk.project.path if self._desk.project else None
        for path in self._recent():
            entry = menu.addAction(path.name)
            entry.setToolTip(str(path))
            entry.setCheckable(True)
            entry.setChecked(path == here)
            entry.triggered.connect(lambda _=False, path=path: self._open_project(path))
        if not menu.isEmpty():
            menu.addSeparator()
        for key in ("new-project", "open-project", "rename-project", "show-project"):
            menu.addAction(self._actions[key])

    def _fill_runs(self, menu: QMenu) -> None:
        menu.clear()
        project, chosen = self._desk.project, self._desk.run
        runs = project.runs()[-_MOST_RUNS:] if project else []
        for run in reversed(runs):
            entry = menu.addAction(run_title(run))
            entry.setCheckable(True)
            entry.setChecked(chosen is not None and run.path == chosen.path)
            entry.setEnabled(not self._desk.studio.training.state.active or entry.isChecked())
            entry.triggered.connect(lambda _=False, run=run: self._desk.choose_run(run))
        menu.addSeparator()
        for key in ("new-run", "rename-run", "delete-run", "export-model"):
            menu.addAction(self._actions[key])


def run_title(run: RunFolder) -> str:
    """What a run is called on the screen; its folder's name if it cannot be read."""
    try:
        return run.info().name
    except UserError:
        return run.id


def _short(name: str) -> str:
    return name if len(name) <= 32 else name[:31] + "…"


def _icon_button(actions: ActionSet, key: str) -> IconButton:
    command, action = COMMANDS[key], actions[key]
    button = IconButton(command.icon, said(command.text), said(command.tip))
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button


def _menu_button(tip: str) -> Button:
    button = Button("", "quiet", "chevron-down", Size.BUTTON_SMALL, tip)
    button.set_icon_right(True)
    return button
