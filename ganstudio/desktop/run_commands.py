"""What the window can do with runs: new, rename, delete to the trash, export.

Not responsible for training itself (`Desk`) nor for choosing a run (`menus`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QFile, QObject

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.name import NameDialog
from ganstudio.desktop.menus import run_title
from ganstudio.project.errors import UserError
from ganstudio.project.runs import RunFolder

__all__ = ["RunCommands"]


class RunCommands(QObject):
    """The commands of the Run menu that do not belong to a page."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._studio = desk, desk.studio
        self._known_moments: Path | None = None

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done right now."""
        desk, training = self._desk, self._studio.training
        possible: dict[str, Callable[[], None]] = {}
        project, run = desk.project, desk.run
        if project is None or self._studio.projects.read_only:
            return possible
        ready = (run is not None or desk.pictures.has_usable) and not desk.barred
        if training.actions & {"start", "pause", "resume"} and ready and not desk.imports.busy:
            possible["training-toggle"] = desk.toggle_training
        if "stop" in training.actions:
            possible["training-stop"] = desk.stop_training
        if run is None:
            return possible
        if "start" in training.actions:
            possible["new-run"] = self.new_run
        if not desk.barred:
            possible["rename-run"] = self.rename
            if "start" in training.actions:
                possible["delete-run"] = self.delete
        if self._has_moments(run):
            possible["export-model"] = self.export_model
        return possible

    def reasons(self) -> Mapping[str, str]:
        """Why training cannot be started, where a person may wonder."""
        barred = self._desk.barred
        return {"training-toggle": barred} if barred else {}

    def _has_moments(self, run: RunFolder) -> bool:
        """Whether there is something to save; once there is, the disk is not asked again."""
        if self._known_moments != run.path and run.snapshots():
            self._known_moments = run.path
        return self._known_moments == run.path

    def new_run(self) -> None:
        """Begin from noise with the pictures and settings of now."""
        self._desk.start_training(fresh=True)

    def rename(self) -> None:
        """Ask for another name of the run that is looked at."""
        run = self._desk.run
        if run is None:
            return
        dialog = NameDialog(
            self.tr("Rename run"), self.tr("Name"), run_title(run), self.tr("Rename")
        )
        dialog.ask(lambda name: self._rename(run, name))

    def _rename(self, run: RunFolder, name: str) -> None:
        try:
            self._studio.projects.rename_run(run, name)
        except UserError as error:
            self._desk.show_error(error)
        self._desk.runs_changed.emit()

    def delete(self) -> None:
        """Move the run that is looked at to the trash; Undo brings it back."""
        run, project = self._desk.run, self._desk.project
        if run is None or project is None:
            return
        name, here = run_title(run), run.path
        moved, place = _to_trash(here)
        if not moved:
            self._desk.show_error(UserError("trash-failed", path=here))
            return
        self._studio.training.forget()
        left = project.runs()
        self._desk.choose_run(left[-1] if left else None)
        self._desk.runs_changed.emit()
        undo = (lambda: self._bring_back(Path(place), here)) if place else None
        self._desk.toast(self.tr("{name} was moved to the trash").format(name=name), undo)

    def _bring_back(self, place: Path, here: Path) -> None:
        shutil.move(place, here)
        # The trash keeps a note of where each thing came from; without the thing it is litter.
        note = place.parent.parent / "info" / f"{place.name}.trashinfo"
        note.unlink(missing_ok=True)
        self._desk.choose_run(RunFolder(here))
        self._desk.runs_changed.emit()

    def export_model(self) -> None:
        """Save the newest generator of the run as one file."""
        run, project = self._desk.run, self._desk.project
        if run is None or project is None:
            return
        name = f"{project.info().name}, {run_title(run)}.safetensors"
        path = self._desk.ask_path_to_save(
            self.tr("Export model"), name, self.tr("Model (*.safetensors)")
        )
        if path is None:
            return
        try:
            self._studio.exports.model(run, None, path)
        except UserError as error:
            self._desk.show_error(error)


def _to_trash(path: Path) -> tuple[bool, str]:
    """Move a folder to the trash. Returns whether it worked, and where it lies now ("" unknown)."""
    file = QFile(str(path))
    moved = bool(file.moveToTrash())
    return moved, file.fileName() if moved else ""
