"""Taking a picture away: to a file, or to the clipboard.

Not responsible for enlarging and writing (`studio.exports`) nor for the choices (`saving`).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.explore.saving import SavingSection
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.widgets.painting import to_clear_image
from ganstudio.project.errors import UserError
from ganstudio.studio.events import ExportEnded, PictureReady

__all__ = ["Taking"]


class Taking(QObject):
    """Asks where to, hands the work over, and says when it is done."""

    def __init__(self, desk: Desk, walk: Walk, saving: SavingSection) -> None:
        super().__init__(walk)
        self._desk, self._walk, self._saving = desk, walk, saving
        self._waiting: set[Path] = set()

    @property
    def busy(self) -> bool:
        """Whether a file is being written."""
        return bool(self._waiting)

    @Slot()
    def save(self) -> None:
        """Ask where to, then save in the background."""
        point = self._walk.point
        name = f"{self._title()} {point.seed_x:.2f} {point.seed_y:.2f}.png"
        path = self._desk.ask_path_to_save(
            self.tr("Save this picture"), name, self.tr("PNG picture (*.png)")
        )
        if path is None:
            return
        factor, enlarging = self._saving.factor(), self._saving.filter()
        try:
            self._desk.studio.exports.save_picture(point, path, factor, enlarging)
        except UserError as error:
            self._desk.show_error(error)
            return
        self._waiting.add(path)

    @Slot()
    def save_place(self) -> None:
        """Ask where to, then save the place alone as a file."""
        point = self._walk.point
        name = f"{self._title()} {point.seed_x:.2f} {point.seed_y:.2f}.json"
        title, kinds = self.tr("Save this place"), self.tr("Place (*.json)")
        path = self._desk.ask_path_to_save(title, name, kinds)
        if path is not None:
            self._desk.studio.exports.save_place(point, path)
            self._waiting.add(path)

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard, as large as it would be saved."""
        if self._walk.model is not None:
            self._desk.studio.exports.picture_for_clipboard(
                self._walk.point, self._saving.factor(), self._saving.filter()
            )

    def on_event(self, event: object) -> None:
        """A picture was written, or is ready for the clipboard."""
        if isinstance(event, ExportEnded) and event.path in self._waiting:
            self._waiting.discard(event.path)
            if event.error is None:
                self._desk.toast(self.tr("{name} is saved").format(name=event.path.name))
        elif isinstance(event, PictureReady):
            QGuiApplication.clipboard().setImage(to_clear_image(event.picture).copy())
            self._desk.toast(self.tr("The picture is on the clipboard"))

    def _title(self) -> str:
        model = self._walk.model
        title = model.title if model is not None else self.tr("picture")
        kept = "".join(letter if letter.isalnum() or letter in "-_" else " " for letter in title)
        return " ".join(kept.split())
