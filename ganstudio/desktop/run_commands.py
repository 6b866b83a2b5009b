"""What the window can do with runs: new, rename, note, delete to the trash, export.

Not responsible for training itself (`Desk`) nor for choosing a run (`menus`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFile, QObject

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.name import NameDialog
from ganstudio.desktop.menus import run_title
from ganstudio.project.errors import UserError
from ganstudio.project.runs import RunFolder
from ganstudio.studio.models import best_or_newest

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

    def rename(self, run: RunFolder | None = None) -> None:
        """Ask for another name of a run; of the one that is looked at if none is given."""
        run = run or self._desk.run
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

    def note(self, run: RunFolder) -> None:
        """Ask for what a person wants to remember of a run."""
        line = self.tr("What you want to remember of {name}.").format(name=run_title(run))
        dialog = NameDialog(
            self.tr("Note"),
            self.tr("Note"),
            run.info().note,
            self.tr("Keep"),
            line,
            may_be_empty=True,
        )
        dialog.ask(lambda text: self._note(run, text))

    def _note(self, run: RunFolder, text: str) -> None:
        before = run.info().note
        self._write_note(run, text)
        self._desk.toast(self.tr("The note is kept"), partial(self._write_note, run, before))

    def _write_note(self, run: RunFolder, text: str) -> None:
        try:
            self._studio.projects.note_run(run, text)
        except UserError as error:
            self._desk.show_error(error)
        self._desk.runs_changed.emit()

    def why_not_delete(self, run: RunFolder) -> str:
        """Why a run cannot be moved to the trash now, in words; empty if it can."""
        training = self._studio.training
        if self._desk.held:
            return self._desk.held
        mine = training.run is not None and training.run.path == run.path
        if (mine and training.state.active) or run.lock.holder() is not None:
            return self.tr("This run is training. Stop it first.")
        return ""

    def delete(self, run: RunFolder | None = None) -> None:
        """Move a run to the trash, the one that is looked at if none is given; Undo brings it back.

        One that trains, here or elsewhere, stays.
        """
        run, project = run or self._desk.run, self._desk.project
        if run is None or project is None:
            return
        reason = self.why_not_delete(run)
        if reason:
            self._desk.toast(reason)
            return
        name, here = run_title(run), run.path
        moved, place = _to_trash(here)
        if not moved:
            self._desk.show_error(UserError("trash-failed", path=here))
            return
        if self._desk.run is not None and self._desk.run.path == here:
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
        if not self._studio.training.state.active:
            self._desk.choose_run(RunFolder(here))
        self._desk.runs_changed.emit()

    def export_model(self) -> None:
        """Save the best generator of the run as one file, or the newest while none is known."""
        run, project = self._desk.run, self._desk.project
        if run is None or project is None:
            return
        try:
            model = best_or_newest(run)
            name = f"{project.info().name}, {model.title}.safetensors"
            path = self._desk.ask_path_to_save(
                self.tr("Export model"), name, self.tr("Model (*.safetensors)")
            )
            if path is not None:
                self._studio.exports.model(run, model.images, path)
        except UserError as error:
            self._desk.show_error(error)


def _to_trash(path: Path) -> tuple[bool, str]:
    """Move a folder to the trash. Returns whether it worked, and where it lies now ("" unknown)."""
    file = QFile(str(path))
    moved = bool(file.moveToTrash())
    return moved, file.fileName() if moved else ""
