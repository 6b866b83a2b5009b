from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.tile_grid import TileGrid
from ganstudio.desktop.widgets.tile_layout import lay_out
from tests.desktop.helpers_widgets import LEFT, flat, holds_colour, pixel, seen

COLOURS = [(10 * i % 250, 5 * i, 200 - i) for i in range(64)]


@pytest.fixture
def grid(qtbot: QtBot) -> TileGrid:
    grid = TileGrid()
    grid.resize(992, 4 * 95 + 3 * 4)
    grid.set_pictures(flat(*COLOURS, side=64))
    qtbot.addWidget(grid)
    grid.show()
    return grid


def _middle(grid: TileGrid, index: int) -> QPoint:
    return grid.tile_box(index).center().toPoint()


def test_as_many_places_show_as_fit(grid: TileGrid, qtbot: QtBot) -> None:
    assert grid.shown_count() == 40
    with qtbot.waitSignal(grid.shown_changed) as told:
        grid.resize(992, 700)
    assert told.args == [64]


def test_every_tile_shows_its_own_picture(grid: TileGrid) -> None:
    for index in (0, 9, 10, 39):
        place = _middle(grid, index)
        red, green, blue = COLOURS[index]
        assert pixel(grid, place.x(), place.y()) == f"#{red:02x}{green:02x}{blue:02x}"


def test_new_pictures_replace_the_old_ones(grid: TileGrid) -> None:
    grid.set_pictures(flat(*[(1, 2, 3)] * 64, side=64))
    place = _middle(grid, 7)
    assert pixel(grid, place.x(), place.y()) == "#010203"


@pytest.mark.parametrize(("high", "wide"), [(32, 48), (48, 32)])
def test_tiles_have_the_proportions_of_the_pictures(grid: TileGrid, high: int, wide: int) -> None:
    """No picture is stretched, and no row leaves room for a square."""
    grid.set_pictures(np.full((64, high, wide, 3), 90, np.uint8))
    room, drawn = grid.tile_box(0), grid._picture_boxes(grid._layout())[0]
    assert room.height() / room.width() == pytest.approx(high / wide, abs=0.02)
    assert drawn.height() / drawn.width() == pytest.approx(high / wide, abs=0.01)
    assert room.contains(drawn)
    below = grid.tile_box(grid.columns())
    assert below.top() - room.bottom() == pytest.approx(4, abs=1)
    assert grid.columns() == {32: 8, 48: 12}[high]
    assert pixel(grid, drawn.center().x(), drawn.center().y()) == "#5a5a5a"


def test_tiles_reach_from_edge_to_edge(grid: TileGrid) -> None:
    assert grid.tile_box(0).left() == 0
    assert grid.tile_box(9).right() == 992
    lefts = [grid.tile_box(i).left() for i in range(10)]
    assert max(np.diff(lefts)) - min(np.diff(lefts)) <= 1


def test_clicking_chooses_and_double_clicking_opens(grid: TileGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.chosen) as told:
        QTest.mouseClick(grid, LEFT, pos=_middle(grid, 13))
    assert told.args == [13]
    assert grid.accessibleName() == "Generated picture 14"
    with qtbot.waitSignal(grid.opened) as told:
        QTest.mouseDClick(grid, LEFT, pos=_middle(grid, 13))
    assert told.args == [13]


def test_arrows_stay_inside_of_what_shows(grid: TileGrid, qtbot: QtBot) -> None:
    grid.set_current(0)
    for key, expected in [
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 11),
        (Qt.Key.Key_End, 39),
        (Qt.Key.Key_Down, 39),
        (Qt.Key.Key_Right, 39),
        (Qt.Key.Key_Home, 0),
    ]:
        QTest.keyClick(grid, key)
        assert grid.current() == expected
    with qtbot.waitSignal(grid.opened) as told:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert told.args == [0]


def test_the_chosen_tile_has_a_ring_even_at_the_border(grid: TileGrid) -> None:
    amber = theme.colour("accent_line")
    assert not holds_colour(grid, amber)
    for index in (0, 13, 39):
        grid.set_current(index)
        assert holds_colour(grid, amber)


def test_empty_places_are_grey(grid: TileGrid) -> None:
    grid.clear(40)
    place = _middle(grid, 20)
    assert pixel(grid, place.x(), place.y()) == theme.colour("raised").name()
    assert grid.accessibleName() == "40 places"


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_pixel_art_takes_whole_factors_and_grows_where_it_can(ratio: float) -> None:
    layout = lay_out(992, 392, 10, 4, None, 32, ratio)
    assert layout.tile * ratio % 32 == 0
    assert layout.box(9).right() <= 992


def test_small_art_is_centred_in_its_tile(grid: TileGrid) -> None:
    grid.resize(880, 400)
    grid.set_pictures(flat(*[(250, 0, 0)] * 10, side=32))
    image = seen(grid)
    box = grid.tile_box(0)
    inked = [x for x in range(int(box.width())) if image.pixelColor(x, 40).red() == 250]
    assert len(inked) == 64
    assert abs(inked[0] - (box.width() - inked[-1] - 1)) <= 1
