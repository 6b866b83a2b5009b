"""A quick loop: which favourites, how long, which shape and file; how far it is, Cancel.

Not responsible for drawing it (`latent`, `export`), nor for threads (`studio.exports`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.film_form import FilmForm
from ganstudio.desktop.dialogs.loop_preview import LoopPreview
from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.pick_strip import PickStrip
from ganstudio.desktop.widgets.progress_bar import ProgressRow
from ganstudio.project.direction import Direction
from ganstudio.project.film import ENDINGS
from ganstudio.project.point import LatentPoint
from ganstudio.project.tasks import Task
from ganstudio.studio.events import ExportEnded

__all__ = ["LoopPlace", "LoopWindow"]

_WIDTH, _LOOK_MS = 440, 100
_LEAST = 2
_BESIDE = 224


@dataclass(frozen=True, slots=True)
class LoopPlace:
    """A place that a loop may lead through.

    Attributes:
        name: What a person calls it.
        image: What it looks like.
        point: Where it is.
        directions: Those that it moves along.
    """

    name: str
    image: QImage
    point: LatentPoint
    directions: tuple[Direction, ...] = ()


class LoopWindow(SmallWindow):
    """Stays open until the film is there, and stops nothing else.

    Args:
        desk: Says where to save, and saves.
        model: The generator's file.
        places: Two or more; all of them are picked at first.
        sharp: Whether pictures are so small that their pixels look best as hard squares.
        parent: The main window.
    """

    def __init__(
        self,
        desk: Desk,
        model: Path,
        places: Sequence[LoopPlace],
        sharp: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Make a loop"), _WIDTH + _BESIDE, parent)
        self._desk, self._model, self._places = desk, model, tuple(places)
        self._task: Task | None = None
        self._path: Path | None = None
        about = self.tr(
            "A film that leads through these places and ends where it begins. "
            "Click to leave one out, drag to change the order."
        )
        self.body.addWidget(Label(about, "body", "text_quiet", wrap=True))
        self.body.addSpacing(12)
        self.strip = PickStrip(
            self.tr("Places of the loop"), self.tr("Click: in or out. Drag: order.")
        )
        self.strip.set_pictures([p.image for p in places], [p.name for p in places])
        self.strip.changed.connect(self._refresh)
        self.preview = LoopPreview(desk.studio.explorer, model, sharp)
        desk.studio.explorer.know([one for place in places for one in place.directions])
        self.form = FilmForm(sharp)
        self.form.changed.connect(self._refresh)
        chosen = QVBoxLayout()
        chosen.setSpacing(12)
        chosen.addWidget(self.strip)
        chosen.addWidget(self.form)
        beside = QHBoxLayout()
        beside.setSpacing(24)
        beside.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(chosen, 1)
        self.body.addLayout(beside)
        self.words = Label("", "small", "text_quiet", wrap=True)
        self.body.addSpacing(8)
        self.body.addWidget(self.words)
        self.progress = ProgressRow(self.tr("Drawing"))
        self.progress.cancelled.connect(self._cancel)
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.show_folder = Button(self.tr("Show in folder"), icon="folder")
        self.show_folder.setToolTip(self.tr("Open the folder that the film lies in."))
        self.show_folder.clicked.connect(self._show)
        self.show_folder.hide()
        self.foot.insertWidget(1, self.show_folder)
        self.make = Button(self.tr("Make the loop"), icon="loop")
        self.make.setToolTip(self.tr("Choose where to, then draw it behind the window."))
        self.make.clicked.connect(self._make)
        self.foot.insertWidget(2, self.make)
        self.make.setDefault(True)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        desk.exported.connect(self._exported)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Say what it will be; a loop of one place is none."""
        enough = len(self.strip.picked()) >= _LEAST
        self.make.setEnabled(enough and self._task is None)
        settings = self.form.settings()
        points = [self._places[index].point for index in self.strip.picked()]
        self.preview.play(points, settings.seconds)
        if not enough:
            self.words.setText(self.tr("Pick two places at least."))
            return
        width, height = settings.size
        words = self.tr("{n} places, {frames} frames of {width} \u00d7 {height}")
        self.words.setText(
            words.format(
                n=len(self.strip.picked()), frames=settings.frames, width=width, height=height
            )
        )

    @Slot()
    def _make(self) -> None:
        settings = self.form.settings()
        ending = ENDINGS[settings.kind]
        kinds = (
            self.tr("Film (*{ending})").format(ending=ending) if ending else self.tr("Folder (*)")
        )
        path = self._desk.ask_path_to_save(self.tr("Make a loop"), f"loop{ending}", kinds)
        if path is None:
            return
        chosen = [self._places[index] for index in self.strip.picked()]
        directions = [direction for place in chosen for direction in place.directions]
        self._path, self._task = path, Task()
        self._desk.studio.exports.loop(
            self._model, [place.point for place in chosen], settings, path, self._task, directions
        )
        self.progress.restart(self.tr("Drawing {name}").format(name=path.name))
        self.show_folder.hide()
        self._show_busy(True)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        if self._task is not None and self._task.progress.total:
            done, total = self._task.progress.done, self._task.progress.total
            line = self.tr("{done} of {total} frames").format(done=done, total=total)
            line = self.tr("All frames are drawn; writing") if done == total else line
            self.progress.set_progress(done, total, line)

    @Slot()
    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _exported(self, ended: ExportEnded) -> None:
        """The film is there, or is not; an error is a card of the main window."""
        if ended.path != self._path or self._task is None:
            return
        self._task = None
        self._timer.stop()
        self._show_busy(False)
        if ended.error is None and not ended.cancelled:
            self.words.setText(self.tr("{name} is saved.").format(name=ended.path.name))
            self.show_folder.show()
            self._desk.toast(self.tr("{name} is saved").format(name=ended.path.name))

    def _show_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.words.setVisible(not busy)
        self.strip.setEnabled(not busy)
        self.form.setEnabled(not busy)
        self._refresh()
        self.adjustSize()

    @Slot()
    def _show(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """A film that is not wanted any more is not drawn to its end."""
        self._cancel()
        self._timer.stop()
        self.preview.stop()
        super().closeEvent(event)
