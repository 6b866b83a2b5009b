"""What several widget tests share: pictures, pixels and gestures."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


def flat(*colours: tuple[int, int, int], side: int = 8) -> np.ndarray:
    """Pictures of one colour each: uint8 (N, side, side, 3)."""
    return np.stack([np.full((side, side, 3), colour, np.uint8) for colour in colours])


def seen(widget: QWidget) -> QImage:
    """What a widget paints; raises what its painting raises."""
    return widget.grab().toImage()


def pixel(widget: QWidget, x: float, y: float) -> str:
    return QColor(seen(widget).pixel(int(x), int(y))).name()


def drag(widget: QWidget, start: QPoint, end: QPoint, slow: bool = False) -> None:
    keys = Qt.KeyboardModifier.ShiftModifier if slow else Qt.KeyboardModifier.NoModifier
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, keys, start)
    # QTest.mouseMove takes no modifiers, so the events of the way are sent by hand.
    for share in (0.5, 1.0):
        point = start + (end - start) * share
        _move(widget, point, keys)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, keys, end)


def _move(widget: QWidget, point: QPoint, keys: Qt.KeyboardModifier) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(widget.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        keys,
    )
    QApplication.sendEvent(widget, event)
