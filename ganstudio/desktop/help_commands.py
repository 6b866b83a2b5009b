"""Help and settings: the small windows beside the main one, each shown at most once.

Not responsible for what stands in them: see `dialogs`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.actions import ActionSet
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.about import AboutDialog
from ganstudio.desktop.dialogs.report import ReportDialog
from ganstudio.desktop.dialogs.settings import SettingsDialog
from ganstudio.desktop.dialogs.shortcuts import ShortcutsDialog
from ganstudio.project.errors import UserError
from ganstudio.project.paths import log_folder
from ganstudio.studio.events import InceptionRead

__all__ = ["HelpCommands"]


class HelpCommands(QObject):
    """Opens the small windows; none of them stops anything else."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._open: dict[type[QDialog], QDialog] = {}

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done right now."""
        return {
            "settings": self.show_settings,
            "shortcuts": self.show_shortcuts,
            "about": self.show_about,
            "show-log": self.show_log,
        }

    def show_settings(self) -> None:
        """Show the settings."""
        settings = self._desk.studio.settings
        dialog = SettingsDialog(settings.value, self._desk.studio.machine, self._window)
        dialog.changed.connect(self._change_settings)
        dialog.inception_chosen.connect(self._desk.studio.read_inception)
        self._show(dialog)

    def show_shortcuts(self) -> None:
        """Show every command and its keys."""
        self._show(ShortcutsDialog(self._window))

    def show_about(self) -> None:
        """Show version and licences."""
        self._show(AboutDialog(self._desk.studio.pictures.bundles(), self._window))

    def show_log(self) -> None:
        """Open the folder with the log files."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))

    def show_report(self, report: str) -> None:
        """Show a report that can be copied."""
        self._show(ReportDialog(report, self._window))

    @Slot(str)
    def report_bug(self, report: str) -> None:
        """Something of ours broke; the newest report is enough."""
        self.show_report(report)

    def show_menu(self, rail: QWidget, actions: ActionSet) -> None:
        """The help menu, at the foot of the rail."""
        menu = QMenu(rail)
        menu.aboutToHide.connect(menu.deleteLater)
        for key in ("shortcuts", "show-log", "about"):
            menu.addAction(actions[key])
        corner = rail.mapToGlobal(QPoint(rail.width(), rail.height() - menu.sizeHint().height()))
        menu.popup(corner)

    def on_event(self, event: object) -> None:
        """A file was read that may be weights of Inception: take it, or say why not."""
        if not isinstance(event, InceptionRead):
            return
        if event.error is None:
            taken = {"inception_file": str(event.path), "inception_digest": event.digest}
            self._change_settings(taken)
        dialog = self._open.get(SettingsDialog)
        if isinstance(dialog, SettingsDialog):
            problem = "" if event.error is None else str(event.error)
            dialog.show_inception(self._desk.studio.settings.value.inception_file, problem)

    @Slot(dict)
    def _change_settings(self, changes: dict) -> None:
        store = self._desk.studio.settings
        try:
            value = store.update(**changes)
        except UserError as error:
            self._desk.show_error(error)
            return
        app = QApplication.instance()
        if {"palette", "reduce_motion"} & changes.keys() and isinstance(app, QApplication):
            theme.apply(app, value.palette, value.reduce_motion)
        self._desk.settings_changed.emit()

    def _show(self, dialog: QDialog) -> None:
        """Show it in place of an older one of its kind."""
        older = self._open.pop(type(dialog), None)
        if older is not None:
            older.close()
            older.deleteLater()
        self._open[type(dialog)] = dialog
        dialog.finished.connect(self._closed)
        dialog.show()

    @Slot()
    def _closed(self) -> None:
        for kind, dialog in list(self._open.items()):
            if not dialog.isVisible():
                del self._open[kind]
                dialog.deleteLater()
