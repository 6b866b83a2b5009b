"""The picture on its own screen, and enlarged as well as can be once it rests."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ganstudio.desktop import second_screen
from ganstudio.desktop.fine_picture import FinePicture
from ganstudio.desktop.second_screen import SecondScreen
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from ganstudio.studio import engine
from tests.desktop.helpers_widgets import flat, pixel


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(300, 200)
    page.show()
    qtbot.waitExposed(page)
    return page


def noise(side: int = 40) -> np.ndarray:
    return np.random.default_rng(2).integers(0, 256, (side, side, 3), np.uint8)


def test_with_two_screens_the_picture_fills_the_other_and_nothing_else_is_on_it(
    qtbot: QtBot, page: QWidget, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(second_screen, "other_screen", lambda widget: widget.screen())
    done: list[str] = []
    for name, keys in (("jump", "Ctrl+J"), ("full screen", "F11")):
        action = QAction(name, page)
        action.setShortcut(keys)
        action.triggered.connect(lambda _checked=False, name=name: done.append(name))
        page.addAction(action)
    screen = SecondScreen(page, pool)
    canvases: list[PictureCanvas] = []
    screen.opened.connect(canvases.append)
    screen.set_picture(flat((200, 30, 30), side=64)[0], sharp=True)
    screen.toggle()
    window = screen.window
    assert window is not None
    assert window.isFullScreen()
    window.canvas.resize(640, 400)
    assert pixel(window.canvas, 320, 200) == QColor(200, 30, 30).name()
    box = window.canvas.picture_box()
    assert box.center().toPoint() == window.canvas.rect().toRectF().center().toPoint()
    assert pixel(window, 1, window.height() // 2) == "#000000"
    screen.set_picture(flat((20, 200, 30), side=64)[0], sharp=True)
    assert pixel(window.canvas, 320, 200) == QColor(20, 200, 30).name(), "it follows the walk"
    assert canvases == [window.canvas]
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    QTest.keyClick(window.canvas, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert done == ["jump"], "shortcuts are known there too"
    QTest.keyClick(window.canvas, Qt.Key.Key_F11)
    assert done == ["jump"]
    assert not screen.is_open
    screen.toggle()
    assert screen.window is not None
    QTest.keyClick(screen.window.canvas, Qt.Key.Key_Escape)
    assert not screen.is_open


def test_a_picture_wider_than_the_screen_hangs_in_the_middle(qtbot: QtBot):
    canvas = PictureCanvas()
    qtbot.addWidget(canvas)
    canvas.set_centred()
    canvas.set_frame(np.zeros((32, 64, 3), np.uint8))
    canvas.resize(640, 640)
    assert canvas.picture_box().toRect() == QRect(0, 160, 640, 320)


def test_with_one_screen_it_says_so_and_offers_this_one(
    qtbot: QtBot, page: QWidget, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(second_screen, "other_screen", lambda widget: None)
    screen = SecondScreen(page, pool)
    screen.toggle()
    assert not screen.is_open
    assert screen.question is not None
    screen.question.fill.click()
    assert screen.is_open
    screen.toggle()
    assert not screen.is_open
    qtbot.waitUntil(lambda: screen.question is None, timeout=2_000)


def test_a_picture_at_rest_becomes_fine_and_one_that_moves_does_not(
    qtbot: QtBot, pool: ThreadPoolExecutor
):
    canvas = PictureCanvas()
    qtbot.addWidget(canvas)
    FinePicture(canvas, pool)
    canvas.resize(300, 300)
    canvas.show()
    qtbot.waitExposed(canvas)
    old, picture = noise(), noise()[::-1].copy()
    canvas.set_frame(old)
    canvas.set_frame(picture)
    qtbot.waitUntil(lambda: canvas._fine is not None, timeout=5_000)
    box, ratio = canvas.picture_box(), canvas.devicePixelRatioF()
    wanted = engine.fitted(picture, round(box.width() * ratio), round(box.height() * ratio))
    fine = canvas._best_image(box)
    assert QColor(fine.pixel(150, 150)).getRgb()[:3] == tuple(wanted[150, 150])
    canvas.set_fine(old, wanted)
    canvas.set_frame(old)
    assert canvas._fine is None, "what moves is drawn at once"
    canvas.set_sharp(True)
    assert canvas.fine_wanted() is None
