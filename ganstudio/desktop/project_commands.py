"""What the window can do with projects: new, open, recent, rename, show; and what is dropped on it.

Not responsible for reading pictures (`imports`) nor for runs (`run_commands`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from ganstudio.desktop import file_dialogs
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.name import NameDialog
from ganstudio.project.errors import UserError

__all__ = ["PICTURE_KINDS", "ProjectCommands"]

PICTURE_KINDS = "*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif *.zip"
_MODEL = ".safetensors"


class ProjectCommands(QObject):
    """The commands of the Project menu, and the answer to a drop."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._studio = desk, desk.studio

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done right now."""
        possible: dict[str, Callable[[], None]] = {"open-model": self.ask_for_model}
        if self.may_switch:
            possible["new-project"] = self.new
            possible["open-project"] = self.ask_to_open
        if self._desk.project is not None:
            possible["show-project"] = self.show
            if not self._studio.projects.read_only:
                possible["rename-project"] = self.rename
        if not self._desk.imports.busy and not self._studio.projects.read_only:
            possible["add-pictures"] = self.ask_for_pictures
            possible["add-folder"] = self.ask_for_folder
        return possible

    @property
    def may_switch(self) -> bool:
        """Whether another project may be opened: not while this one trains or reads pictures."""
        return not self._studio.training.state.active and not self._desk.imports.busy

    def reasons(self) -> Mapping[str, str]:
        """Why something cannot be done right now, where a person may wonder."""
        if self.may_switch:
            return {}
        reason = self.tr("Training goes on in this project. Stop it first.")
        if self._desk.imports.busy:
            reason = self.tr("Pictures are being read. Wait for the end or cancel it.")
        return {"new-project": reason, "open-project": reason}

    # -- new, open, rename ------------------------------------------------------------------------

    def new(self) -> None:
        """Ask for a name and make a project."""
        line = self.tr("A folder of this name is made in {folder}.").format(
            folder=self._studio.settings.value.projects_folder
        )
        dialog = NameDialog(
            self.tr("New project"), self.tr("Name"), self.tr("My pictures"), self.tr("Make"), line
        )
        dialog.ask(self._make)

    def _make(self, name: str) -> None:
        try:
            self._desk.new_project(name)
        except UserError as error:
            self._desk.show_error(error)
            return
        self._desk.go_to("pictures")

    def ask_to_open(self) -> None:
        """Ask for a project's folder and open it."""
        start = Path(self._studio.settings.value.projects_folder)
        path = file_dialogs.ask_folder(self.tr("Open project"), start)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a project, unless this one is busy."""
        if self.may_switch and self._desk.open_project(path):
            self._desk.go_to("pictures" if self._desk.run is None else "train")

    def recent(self) -> list[Path]:
        """The projects to offer."""
        return self._studio.projects.recent()

    def fill_recent(self, menu: QMenu) -> None:
        """Fill "Open recent"."""
        menu.clear()
        for path in self.recent():
            entry = menu.addAction(path.name)
            entry.setToolTip(str(path))
            entry.setEnabled(self.may_switch)
            entry.triggered.connect(lambda _=False, path=path: self.open(path))
        if menu.isEmpty():
            menu.addAction(self.tr("No earlier project")).setEnabled(False)

    def rename(self) -> None:
        """Ask for another name of the open project."""
        project = self._desk.project
        if project is None:
            return
        dialog = NameDialog(
            self.tr("Rename project"),
            self.tr("Name"),
            project.info().name,
            self.tr("Rename"),
            self.tr("Its folder stays where it is."),
        )
        dialog.ask(self._rename)

    def _rename(self, name: str) -> None:
        try:
            self._studio.projects.rename(name)
        except UserError as error:
            self._desk.show_error(error)
        self._desk.announce_project()

    def show(self) -> None:
        """Show the project's folder in the file manager."""
        project = self._desk.project
        if project is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(project.path)))

    # -- pictures and models ----------------------------------------------------------------------

    def ask_for_pictures(self) -> None:
        """Ask for pictures or ZIPs and add them."""
        kinds = self.tr("Pictures and ZIPs ({kinds})").format(kinds=PICTURE_KINDS)
        self._desk.imports.add(
            file_dialogs.ask_files(self.tr("Add pictures"), _pictures_folder(), kinds)
        )

    def ask_for_folder(self) -> None:
        """Ask for a folder of pictures and add it."""
        path = file_dialogs.ask_folder(self.tr("Choose a folder of pictures"), _pictures_folder())
        if path is not None:
            self._desk.imports.add([path])

    def ask_for_model(self) -> None:
        """Ask for a model file and explore it."""
        kinds = self.tr("Model (*{ending})").format(ending=_MODEL)
        paths = file_dialogs.ask_files(self.tr("Open a model file"), Path.home(), kinds, False)
        if paths:
            self.explore_file(paths[0])

    def explore_file(self, path: Path) -> None:
        """Show the Explore page with a model file."""
        self._desk.model_file_wanted.emit(path)

    def dropped(self, paths: Sequence[Path]) -> None:
        """Do what fits with what was dropped: a project, a model, or pictures."""
        first = paths[0]
        if len(paths) == 1 and first.suffix.lower() == _MODEL:
            self.explore_file(first)
        elif len(paths) == 1 and (first / "project.json").is_file():
            self.open(first)
        elif "add-pictures" in self.commands():
            self._desk.imports.add(list(paths))
            self._desk.go_to("pictures")


def _pictures_folder() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(place or str(Path.home()))
