"""A place on its way from one widget to another, dragged by hand.

Not responsible for where it is dropped.
"""

from __future__ import annotations

from pydantic import ValidationError
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from ganstudio.project.point import LatentPoint

__all__ = ["POINT_MIME", "begin_drag", "mime_of", "point_in"]

#: A `LatentPoint` as JSON.
POINT_MIME = "application/x-ganstudio-point"

_SIDE = 64


def mime_of(point: LatentPoint) -> QMimeData:
    """A place, to be dragged."""
    data = QMimeData()
    data.setData(POINT_MIME, point.model_dump_json(exclude_defaults=True).encode())
    return data


def point_in(data: QMimeData) -> LatentPoint | None:
    """The place that is dragged; None if it is something else."""
    if not data.hasFormat(POINT_MIME):
        return None
    try:
        return LatentPoint.model_validate_json(bytes(data.data(POINT_MIME).data()))
    except ValidationError:
        return None


def begin_drag(source: QWidget, point: LatentPoint, image: QImage | None) -> None:
    """Let a place be dragged from a widget until it is dropped; its picture goes along."""
    drag = QDrag(source)
    drag.setMimeData(mime_of(point))
    if image is not None:
        fitted = image.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        drag.setPixmap(QPixmap.fromImage(fitted))
        drag.setHotSpot(QPoint(fitted.width() // 2, fitted.height() // 2))
    drag.exec(Qt.DropAction.CopyAction)
