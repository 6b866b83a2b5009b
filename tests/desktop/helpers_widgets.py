"""What several widget tests share: pictures, pixels and gestures."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def flat(*colours: tuple[int, int, int], side: int = 8) -> np.ndarray:
    """Pictures of one colour each: uint8 (N, side, side, 3)."""
    return np.stack([np.full((side, side, 3), colour, np.uint8) for colour in colours])


def seen(widget: QWidget) -> QImage:
    """What a widget paints, on nothing: `grab` leaves chance where nothing is painted."""
    ratio = widget.devicePixelRatioF()
    image = QImage(widget.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    widget.render(image)
    return image


def pixel(widget: QWidget, x: float, y: float) -> str:
    """The colour a widget paints at a place."""
    return QColor(seen(widget).pixel(int(x), int(y))).name()


def holds_colour(widget: QWidget, colour: QColor | str) -> bool:
    """Whether a widget paints a colour anywhere."""
    image = seen(widget).convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
    return bool(((rows & 0xFFFFFF) == (QColor(colour).rgb() & 0xFFFFFF)).any())


def press_shortcut(window: QWidget, keys: str) -> None:
    """Press keys such as "Ctrl+D" in a window, which shortcuts want to be the active one."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keySequence(window, QKeySequence(keys))


def drag(widget: QWidget, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    """Press, move in two steps and let go."""
    QTest.mousePress(widget, LEFT, keys, start)
    for point in (start + (end - start) / 2, end):
        move(widget, point, LEFT, keys)
    QTest.mouseRelease(widget, LEFT, keys, end)


def move(
    widget: QWidget,
    point: QPoint,
    buttons: Qt.MouseButton = Qt.MouseButton.NoButton,
    keys: Qt.KeyboardModifier = NO_KEYS,
) -> None:
    """Move the pointer; `QTest.mouseMove` takes neither buttons nor keys."""
    where = QPointF(widget.mapToGlobal(point))
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(point), where, Qt.MouseButton.NoButton, buttons, keys
    )
    QApplication.sendEvent(widget, event)


def hang_over(widget: QWidget, data: QMimeData, at: QPointF | None = None) -> bool:
    """Drag something over a widget; whether it would be taken."""
    where = (at or QPointF(widget.rect().center())).toPoint()
    event = QDragEnterEvent(where, Qt.DropAction.CopyAction, data, LEFT, NO_KEYS)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drag_away(widget: QWidget) -> None:
    """What hung over a widget goes elsewhere."""
    QApplication.sendEvent(widget, QDragLeaveEvent())


def drop_on(widget: QWidget, data: QMimeData, at: QPointF | None = None) -> bool:
    """Drag something over a widget and let go of it there; whether it was taken."""
    if not hang_over(widget, data, at):
        return False
    where = at or QPointF(widget.rect().center())
    event = QDropEvent(where, Qt.DropAction.CopyAction, data, LEFT, NO_KEYS, QEvent.Type.Drop)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def turn_wheel(widget: QWidget, steps: int) -> None:
    """Turn the wheel over the middle of a widget; steps above 0 turn it away from a person."""
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
