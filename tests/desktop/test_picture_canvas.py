from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop.widgets.painting import set_matte, to_clear_image
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from tests.desktop.helpers_widgets import SHIFT, drag, flat, move, pixel, seen

RED, BLUE = (200, 10, 20), (10, 20, 200)


@pytest.fixture
def canvas(qtbot: QtBot) -> PictureCanvas:
    canvas = PictureCanvas()
    canvas.resize(200, 200)
    qtbot.addWidget(canvas)
    return canvas


def test_the_newest_frame_is_painted(canvas: PictureCanvas) -> None:
    canvas.set_frame(flat(RED)[0])
    assert pixel(canvas, 100, 100) == "#c80a14"
    canvas.set_frame(flat(BLUE)[0])
    assert pixel(canvas, 100, 100) == "#0a14c8"


def test_a_transparent_frame_is_seen_on_the_matte(canvas: PictureCanvas) -> None:
    """Half of it is clear; colours are multiplied with alpha already."""
    frame = np.zeros((8, 8, 4), np.uint8)
    frame[...] = (100, 0, 0, 128)
    frame.flags.writeable = False
    set_matte((0, 0, 200))
    canvas.set_frame(frame)
    assert pixel(canvas, 100, 100) == "#640064"
    set_matte((255, 255, 255))
    canvas.set_frame(frame)
    assert pixel(canvas, 100, 100) == "#e37f7f"


def test_on_the_clipboard_it_stays_transparent() -> None:
    frame = np.zeros((4, 4, 4), np.uint8)
    frame[...] = (100, 0, 0, 128)
    assert to_clear_image(frame).pixelColor(0, 0).alpha() == 128


def test_grey_frames_are_grey(canvas: PictureCanvas) -> None:
    canvas.set_frame(np.full((8, 8, 1), 90, np.uint8))
    assert pixel(canvas, 100, 100) == "#5a5a5a"


def test_a_narrow_width_of_bytes_does_not_shear(canvas: PictureCanvas) -> None:
    frame = np.zeros((65, 65, 3), np.uint8)
    frame[:, :32] = 255
    canvas.set_sharp(True)
    canvas.set_frame(frame)
    image = seen(canvas)
    box = canvas.picture_box()
    for y in (box.top() + 2, box.center().y(), box.bottom() - 3):
        assert image.pixelColor(int(box.left()) + 2, int(y)).red() == 255
        assert image.pixelColor(int(box.right()) - 3, int(y)).red() == 0


def test_pixel_art_is_enlarged_by_whole_factors_without_a_filter(canvas: PictureCanvas) -> None:
    art = np.zeros((32, 32, 3), np.uint8)
    art[:, ::2] = 255
    canvas.set_frame(art)
    assert canvas.shown_factor() == 6.0
    assert canvas.picture_box().topLeft() == QPointF(0, 0)  # in line with what stands around it
    image = seen(canvas)
    row = {image.pixelColor(x, 100).red() for x in range(192)}
    assert row == {0, 255}


def test_larger_pictures_fill_the_room(canvas: PictureCanvas) -> None:
    canvas.set_frame(flat(RED, side=64)[0])
    assert canvas.picture_box().width() == 200
    assert canvas.shown_factor() == pytest.approx(200 / 64)


def test_a_change_of_the_factor_is_told(canvas: PictureCanvas, qtbot: QtBot) -> None:
    canvas.set_frame(flat(RED, side=64)[0])
    with qtbot.waitSignal(canvas.factor_changed) as told:
        canvas.set_zoom(4)
    assert told.args == [4.0]


def test_a_drag_may_follow_a_click_at_once(canvas: PictureCanvas, qtbot: QtBot) -> None:
    """A second press that comes quickly is another event than a first one."""
    canvas.set_frame(flat(RED)[0])
    here = QPointF(50, 60)
    where, held = QPointF(canvas.mapToGlobal(here)), Qt.MouseButton.LeftButton
    kind, none = QEvent.Type.MouseButtonDblClick, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(canvas, QMouseEvent(kind, here, where, held, held, none))
    with qtbot.waitSignal(canvas.dragged):
        move(canvas, QPoint(70, 60), held)
    QTest.mouseRelease(canvas, held)


def test_a_drag_tells_the_way_of_the_hand(canvas: PictureCanvas, qtbot: QtBot) -> None:
    canvas.set_frame(flat(RED)[0])
    ways: list[tuple[float, float, float]] = []
    canvas.dragged.connect(lambda *way: ways.append(way))
    with qtbot.waitSignal(canvas.drag_finished):
        drag(canvas, QPoint(50, 60), QPoint(90, 40))
    assert sum(way[0] for way in ways) == 40
    assert sum(way[1] for way in ways) == -20
    assert {way[2] for way in ways} == {1.0}
    drag(canvas, QPoint(50, 60), QPoint(90, 40), SHIFT)
    assert ways[-1][2] == 0.1
    drag(canvas, QPoint(50, 60), QPoint(90, 40), Qt.KeyboardModifier.ControlModifier)
    assert ways[-1][2] == 10.0


@pytest.mark.parametrize(
    ("key", "way"),
    [(Qt.Key.Key_Left, (-1, 0)), (Qt.Key.Key_Right, (1, 0)), (Qt.Key.Key_Up, (0, -1))],
)
def test_arrows_walk(canvas: PictureCanvas, qtbot: QtBot, key: Qt.Key, way: tuple) -> None:
    with qtbot.waitSignal(canvas.walked) as told:
        QTest.keyClick(canvas, key)
    assert told.args == [*way, False]
    with qtbot.waitSignal(canvas.walked) as told:
        QTest.keyClick(canvas, key, SHIFT)
    assert told.args == [*way, True]


def test_an_empty_canvas_and_a_badge_are_painted(canvas: PictureCanvas) -> None:
    canvas.set_empty_text("Nothing learned yet")
    empty = seen(canvas)
    canvas.set_frame(flat(RED)[0])
    plain = seen(canvas)
    canvas.set_badge("Live, 412 k", "live")
    assert seen(canvas) not in (plain, empty)
    assert canvas.accessibleDescription() == "Live, 412 k"


def test_more_colour_than_alpha_allows_reaches_the_clipboard_as_much_as_it_allows() -> None:
    frame = np.zeros((4, 4, 4), np.uint8)
    frame[...] = (200, 10, 0, 40)
    colour = to_clear_image(frame).pixelColor(0, 0)
    assert (colour.red(), colour.alpha()) == (255, 40)
    assert colour.green() < 80
