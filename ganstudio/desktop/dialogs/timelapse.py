"""Saving a time-lapse: what shall stand under the pictures, how far it is, Cancel.

Not responsible for drawing it (`export`), nor for threads (`studio.exports`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.menus import run_title
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.choice import CheckBox
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.progress_bar import ProgressRow
from ganstudio.project.folder import Project
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import Task
from ganstudio.studio.events import ExportEnded

__all__ = ["TimelapseWindow"]

_WIDTH, _LOOK_MS = 420, 100


class TimelapseWindow(SmallWindow):
    """Two choices and Save; the window stays until the file is there, and stops nothing else.

    Args:
        desk: Says where to save, and saves.
        project: Whose run it is.
        run: What is filmed.
        captions: Clock -> what was said of that moment.
        parent: The main window.
    """

    def __init__(
        self,
        desk: Desk,
        project: Project,
        run: RunFolder,
        captions: Mapping[int, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Save a time-lapse"), _WIDTH, parent)
        self._desk, self._project, self._run, self._captions = desk, project, run, captions
        self._task: Task | None = None
        self._path: Path | None = None
        text = self.tr("All moments of {name}, one after the other, as a GIF that loops.")
        self.body.addWidget(
            Label(text.format(name=run_title(run)), "body", "text_quiet", wrap=True)
        )
        self.body.addSpacing(12)
        self.losses = CheckBox(self.tr("Both losses under the pictures"))
        self.losses.setToolTip(self.tr("A small plot with a line that moves along."))
        self.losses.setChecked(True)
        self.words = CheckBox(self.tr("What is happening, in a sentence"))
        self.words.setToolTip(self.tr("The caption of each moment, as it stands under the plots."))
        self.body.addWidget(self.losses)
        self.body.addSpacing(8)
        self.body.addWidget(self.words)
        self.progress = ProgressRow(self.tr("Drawing"))
        self.progress.cancelled.connect(self._cancel)
        self.progress.hide()
        self.body.addSpacing(12)
        self.body.addWidget(self.progress)
        self.save = Button(self.tr("Save time-lapse"), icon="film")
        self.save.setToolTip(self.tr("Choose where to, then draw it behind the window."))
        self.save.clicked.connect(self._save)
        self.save.setDefault(True)
        self.foot.insertWidget(1, self.save)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        desk.exported.connect(self._exported)

    @Slot()
    def _save(self) -> None:
        name = f"{self._project.info().name}, {run_title(self._run)}.gif"
        path = self._desk.ask_path_to_save(
            self.tr("Save a time-lapse"), name, self.tr("Film (*.gif)")
        )
        if path is None:
            return
        self._path, self._task = path, Task()
        captions = self._captions if self.words.isChecked() else {}
        self._desk.studio.exports.film(
            self._project, self._run, path, self._task, self.losses.isChecked(), captions
        )
        self.progress.restart(self.tr("Drawing {name}").format(name=path.name))
        self._show_busy(True)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        if self._task is not None and self._task.progress.total:
            done, total = self._task.progress.done, self._task.progress.total
            line = self.tr("{done} of {total} moments").format(
                done=min(done, total - 1), total=total - 1
            )
            self.progress.set_progress(done, total, line)

    @Slot()
    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _exported(self, ended: ExportEnded) -> None:
        """The file is there, or is not; an error is a card of the main window."""
        if ended.path != self._path or self._task is None:
            return
        self._task = self._path = None
        self._timer.stop()
        self._show_busy(False)
        if ended.error is None and not ended.cancelled:
            self._desk.toast(self.tr("{name} is saved").format(name=ended.path.name))
            self.close()

    def _show_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        for widget in (self.losses, self.words, self.save):
            widget.setEnabled(not busy)
        self.adjustSize()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A film that is not wanted any more is not drawn to its end."""
        self._cancel()
        self._timer.stop()
        super().closeEvent(event)
