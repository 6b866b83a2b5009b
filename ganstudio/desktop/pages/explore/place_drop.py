"""Places that are dropped on a widget: favourites, and whatever else carries a place.

Not responsible for what is done with them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from ganstudio.desktop.point_mime import point_in

__all__ = ["PlaceDrop"]


class PlaceDrop(QObject):
    """Lets a widget take places.

    Signals:
        dropped: A place was dropped (LatentPoint).
    """

    dropped = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is a place; everything else goes on to the window."""
        if not isinstance(event, QDropEvent) or (point := point_in(event.mimeData())) is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(point)
        return True
