"""A favourite on its way from one widget to another, dragged by hand.

Its place travels with it, so whatever takes a place takes a favourite too.

Not responsible for where it is dropped.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from ganstudio.desktop.point_mime import mime_of
from ganstudio.project.favourites import Favourite

__all__ = ["FAVOURITE_MIME", "begin_favourite_drag", "favourite_in", "mime_of_favourite"]

#: The id of a `Favourite` of the open project.
FAVOURITE_MIME = "application/x-ganstudio-favourite"

_SIDE = 64


def mime_of_favourite(favourite: Favourite) -> QMimeData:
    """A favourite and its place, to be dragged."""
    data = mime_of(favourite.kept.point)
    data.setData(FAVOURITE_MIME, favourite.id.encode())
    return data


def favourite_in(data: QMimeData) -> str:
    """The id of the favourite that is dragged; empty if it is something else."""
    return bytes(data.data(FAVOURITE_MIME).data()).decode("ascii", "replace")


def begin_favourite_drag(source: QWidget, favourite: Favourite, image: QImage) -> None:
    """Let a favourite be dragged from a widget until it is dropped; its picture goes along."""
    drag = QDrag(source)
    drag.setMimeData(mime_of_favourite(favourite))
    fitted = image.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    drag.setPixmap(QPixmap.fromImage(fitted))
    drag.setHotSpot(QPoint(fitted.width() // 2, fitted.height() // 2))
    drag.exec(Qt.DropAction.CopyAction)
