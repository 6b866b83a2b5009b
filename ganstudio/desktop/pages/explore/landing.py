"""What lands on the picture: a favourite, a place that was dragged, a file that knows its place.

Not responsible for what a place is, nor for favourites themselves.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent

from ganstudio.desktop import file_dialogs
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.favourite_mime import favourite_in
from ganstudio.desktop.pages.explore.favourites import Favourites
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.point_mime import place_in
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from ganstudio.project.errors import UserError
from ganstudio.project.kept import KeptPoint
from ganstudio.studio import engine

__all__ = ["Landing"]

_ENDINGS = (".png", ".json")
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class Landing(QObject):
    """Dropped on the picture, or opened from the menu: be there, as one step."""

    def __init__(self, desk: Desk, walk: Walk, favourites: Favourites) -> None:
        super().__init__(walk)
        self._desk, self._walk, self._favourites = desk, walk, favourites

    def take_on(self, canvas: PictureCanvas) -> None:
        """Take what is dropped on this picture."""
        canvas.setAcceptDrops(True)
        canvas.installEventFilter(self)  # once more is no more

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is a place; everything else goes on to the window."""
        if isinstance(event, QDropEvent) and self._is_place(event.mimeData()):
            if event.type() in _DRAGS:
                event.acceptProposedAction()
                return True
            if event.type() == QEvent.Type.Drop:
                event.acceptProposedAction()
                self.land(event.mimeData())
                return True
        return False

    def land(self, data: QMimeData) -> None:
        """Be at what was dropped."""
        place, path = place_in(data), _file_in(data)
        if favourite := self._favourites.find(favourite_in(data)):
            self._favourites.go(favourite.id)
        elif place is not None:
            self._go(place, self.tr("dropped place"), self.tr("That place"))
        elif path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Be at the place that a file knows."""
        try:
            place = engine.read_place(path)
        except UserError as error:
            self._desk.show_error(error)
            return
        self._go(place, self.tr("place of {name}").format(name=path.name), path.name)

    def _go(self, place: KeptPoint, text: str, name: str) -> None:
        """Be at a place; `name` is said if another model drew it."""
        explorer = self._desk.studio.explorer
        self._walk.go(explorer.take(place), text)
        if explorer.is_foreign(place):
            words = self.tr("{name} was drawn by another model; this one may draw it otherwise")
            self._desk.toast(words.format(name=name))

    def ask(self) -> None:
        """Ask for a file and be there."""
        project = self._desk.project
        start = project.exports_path if project is not None else Path.home()
        kinds = self.tr("Places and pictures (*.png *.json)")
        for path in file_dialogs.ask_files(self.tr("Open a place"), start, kinds, several=False):
            self.open(path)

    def _is_place(self, data: QMimeData) -> bool:
        if self._walk.model is None:
            return False
        return place_in(data) is not None or _file_in(data) is not None


def _file_in(data: QMimeData) -> Path | None:
    """The one file that is dropped, if it may know its place."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in _ENDINGS else None
