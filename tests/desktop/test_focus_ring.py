from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ganstudio.desktop.focus_ring import FocusRing
from ganstudio.desktop.widgets.buttons import Button

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pair(qtbot: QtBot) -> tuple[QWidget, Button, Button]:
    window = QWidget()
    row = QHBoxLayout(window)
    first, second = Button("One", tip="One"), Button("Two", tip="Two")
    row.addWidget(first)
    row.addWidget(second)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window, first, second


def _rings(window: QWidget) -> list[FocusRing]:
    return [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]


def test_the_keyboard_shows_a_ring_around_the_control(pair: tuple) -> None:
    window, first, second = pair
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    (ring,) = _rings(window)
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    window.grab()


def test_the_ring_follows_the_control(pair: tuple) -> None:
    window, first, second = pair
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    second.move(second.x() + 9, second.y())
    (ring,) = _rings(window)
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)


def test_the_mouse_shows_none(pair: tuple) -> None:
    window, first, second = pair
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    QTest.mouseClick(second, LEFT)
    assert _rings(window) == []


def test_a_control_that_goes_takes_its_ring_along(pair: tuple, qtbot: QtBot) -> None:
    window, first, second = pair
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    second.deleteLater()
    qtbot.waitUntil(lambda: _rings(window) == [])
