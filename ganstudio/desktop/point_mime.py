"""A place on its way from one widget to another, dragged by hand.

What it needs to be drawn goes along, so it is the same place wherever it is dropped, also in
another window.

Not responsible for where it is dropped.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from ganstudio.project.errors import UserError
from ganstudio.project.kept import KeptPoint, kept_in, kept_text

__all__ = ["POINT_MIME", "begin_drag", "mime_of", "place_in"]

#: A `KeptPoint` as JSON.
POINT_MIME = "application/x-ganstudio-point"

#: How large the picture is, and how far below and beside the pointer: it hides no slider.
_SIDE, _ASIDE = 64, 12


def mime_of(place: KeptPoint) -> QMimeData:
    """A place, to be dragged."""
    data = QMimeData()
    data.setData(POINT_MIME, kept_text(place).encode())
    return data


def place_in(data: QMimeData) -> KeptPoint | None:
    """The place that is dragged; None if it is something else."""
    if not data.hasFormat(POINT_MIME):
        return None
    try:
        return kept_in(bytes(data.data(POINT_MIME).data()), Path())
    except UserError:
        return None


def begin_drag(source: QWidget, data: QMimeData, image: QImage | None) -> None:
    """Let a place be dragged from a widget until it is dropped; its picture goes along."""
    drag = QDrag(source)
    drag.setMimeData(data)
    if image is not None and not image.isNull():
        fitted = image.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        drag.setPixmap(QPixmap.fromImage(fitted))
        drag.setHotSpot(QPoint(-_ASIDE, -_ASIDE))
    drag.exec(Qt.DropAction.CopyAction)
