from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.widgets.seed_pad import SeedPad
from tests.desktop.helpers_widgets import LEFT, SHIFT, drag, flat, holds_colour, seen

CELL = 50


@pytest.fixture
def pad(qtbot: QtBot) -> SeedPad:
    pad = SeedPad()
    pad.resize(6 * CELL, 3 * CELL)
    qtbot.addWidget(pad)
    pad.show()
    return pad


def test_the_middle_of_a_cell_is_a_whole_seed(pad: SeedPad) -> None:
    left, top = pad.view()
    QTest.mouseClick(pad, LEFT, pos=QPoint(4 * CELL + 25, 1 * CELL + 25))
    assert pad.point() == pytest.approx((left + 4, top + 1))


def test_a_drag_walks_and_ends_in_one_release(pad: SeedPad) -> None:
    moves: list[tuple[float, float]] = []
    ends: list[tuple[float, float]] = []
    pad.moved.connect(lambda x, y: moves.append((x, y)))
    pad.released.connect(lambda x, y: ends.append((x, y)))
    drag(pad, QPoint(125, 75), QPoint(175, 100))
    assert len(moves) >= 2
    assert ends == [pad.point()]
    left, top = pad.view()
    assert pad.point() == pytest.approx((left + 3, top + 1.5))


def test_shift_walks_at_a_tenth_from_where_one_is(pad: SeedPad) -> None:
    pad.set_point(0, 0)
    drag(pad, QPoint(10, 10), QPoint(60, 10), SHIFT)
    assert pad.point() == pytest.approx((0.1, 0))


def test_arrows_step(pad: SeedPad, qtbot: QtBot) -> None:
    pad.set_point(0, 0)
    with qtbot.waitSignals([pad.moved, pad.released]):
        QTest.keyClick(pad, Qt.Key.Key_Right)
    assert pad.point() == pytest.approx((0.1, 0))
    QTest.keyClick(pad, Qt.Key.Key_Down, SHIFT)
    assert pad.point() == pytest.approx((0.1, 1))


def test_the_view_follows_the_point_by_whole_cells(pad: SeedPad, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pad.view_changed) as told, qtbot.assertNotEmitted(pad.moved):
        pad.set_point(154.3, 88.65)
    left, top = pad.view()
    assert told.args == [left, top]
    assert left - 0.5 <= 154.3 <= left + 5.5
    assert top - 0.5 <= 88.65 <= top + 2.5


def test_its_cells_and_its_path_are_painted(pad: SeedPad) -> None:
    plain = seen(pad)
    left, top = pad.view()
    pad.set_tiles(left, top, flat(*[(200, 100, 50)] * 18))
    tiled = seen(pad)
    pad.set_path([(-2, 0), (-1, 1), (0, 0)])
    assert len({bytes(image.constBits()) for image in (plain, tiled, seen(pad))}) == 3
    assert holds_colour(pad, "#ffffff")
    pad.set_tiles(left + 3, top, flat(*[(200, 100, 50)] * 18))
    seen(pad)


def test_it_says_where_it_is(pad: SeedPad) -> None:
    pad.set_point(1.5, -2)
    assert pad.accessibleName() == "Seed pad, at 1.50 and -2.00"
