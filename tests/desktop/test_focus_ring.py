from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ganstudio.desktop.focus_ring import FocusRing
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.contact_sheet import ContactSheet
from ganstudio.desktop.widgets.judgement_strip import JudgementStrip
from ganstudio.desktop.widgets.pile_grid import PileGrid
from ganstudio.desktop.widgets.tile_grid import TileGrid

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


class _Paints(QObject):
    """Counts how often a widget is drawn."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize("make", [TileGrid, ContactSheet, PileGrid, JudgementStrip])
def test_what_draws_its_own_ring_is_drawn_when_the_keyboard_comes_and_goes(
    qtbot: QtBot, pair: tuple, make: Callable[..., QWidget]
) -> None:
    window, first, _ = pair
    widget = make("Grid") if make in (ContactSheet, PileGrid) else make()
    window.layout().addWidget(widget)
    first.setFocus()
    QTest.qWaitForWindowExposed(window)
    QApplication.processEvents()
    paints = _Paints(widget)
    for goes_to in (widget, first):
        before = paints.count
        goes_to.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(lambda before=before: paints.count > before, timeout=2_000)
