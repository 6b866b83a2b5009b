"""Frames say what a picture is by colour and by pattern; points and tiles are chosen alike."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.frames import FRAME, draw_frame
from ganstudio.desktop.widgets.judgement_strip import JudgementStrip
from ganstudio.desktop.widgets.pile_grid import PileGrid, PileTile
from tests.desktop.helpers_widgets import flat, holds_colour

GREY = (120, 120, 120)


@pytest.fixture
def grid(qtbot: QtBot) -> PileGrid:
    made = PileGrid("Pile", 4, 2)
    qtbot.addWidget(made)
    made.resize(480, 280)
    pictures = flat(*[GREY] * 6)
    tiles = [PileTile(f"Picture {n + 1}", "50 % real", "", n % 2 == 0) for n in range(6)]
    made.set_pictures(pictures, tiles)
    return made


def framed(real: bool) -> np.ndarray:
    """Alpha along the upper edge of a frame."""
    image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_frame(painter, QRectF(0, 0, 100, 100), real)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(100, 100, 4)
    inside = rows[FRAME + 1 : -FRAME - 1, FRAME + 1 : -FRAME - 1, 3]
    assert not inside.any(), "a frame does not cover the picture"
    return rows[1, :, 3].copy()


def test_a_real_frame_is_solid_and_a_generated_one_striped(grid: PileGrid) -> None:
    assert (framed(True) == 255).all()
    stripes = framed(False) > 127
    assert 0.4 < stripes.mean() < 0.75
    changes = int(np.abs(np.diff(stripes.astype(int))).sum())
    assert changes > 10


def test_frames_are_drawn_only_when_they_are_told(grid: PileGrid) -> None:
    assert holds_colour(grid, theme.colour("real"))
    grid.set_tiles([PileTile(f"Picture {n}") for n in range(6)])
    assert not holds_colour(grid, theme.colour("real"))
    assert not holds_colour(grid, theme.colour("generator"))


def test_clicks_and_arrows_choose(qtbot: QtBot, grid: PileGrid) -> None:
    chosen: list[int] = []
    grid.chosen.connect(chosen.append)
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.tile_box(2).center().toPoint())
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(grid, key)
    assert chosen == [2, 1, 5, 0, 5]
    assert grid.accessibleName() == "Pile: Picture 6"


def test_no_two_pictures_overlap_and_captions_stay_inside(grid: PileGrid) -> None:
    boxes = [grid.tile_box(n) for n in range(6)]
    assert all(not a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    assert all(box.bottom() + 20 <= 140 * (n // 4 + 1) for n, box in enumerate(boxes))


def test_wide_pictures_keep_their_proportions(qtbot: QtBot) -> None:
    grid = PileGrid("Pile", 4, 2)
    qtbot.addWidget(grid)
    grid.resize(480, 280)
    grid.set_pictures(np.zeros((3, 40, 60, 4), np.uint8), [PileTile("one")] * 3)
    box = grid.tile_box(0).adjusted(FRAME, FRAME, -FRAME, -FRAME)
    assert box.width() / box.height() == pytest.approx(1.5, rel=0.03)


@pytest.fixture
def strip(qtbot: QtBot) -> JudgementStrip:
    made = JudgementStrip()
    qtbot.addWidget(made)
    made.resize(600, 170)
    made.set_scores([0.1, 0.9, 0.5, 0.5, 0.5], [False, True, True, True, False])
    return made


def test_a_point_stands_at_its_score_real_above_and_generated_below(strip: JudgementStrip) -> None:
    places = [strip.point(n) for n in range(5)]
    assert places[0].x() < places[2].x() < places[1].x()
    assert places[2].x() == pytest.approx(300, abs=6)
    assert places[0].y() > places[1].y()
    assert places[3].y() < places[2].y()  # stacked
    assert holds_colour(strip, theme.colour("generator"))


def test_while_nobody_may_know_all_points_look_alike(strip: JudgementStrip) -> None:
    strip.set_told(False)
    assert not holds_colour(strip, theme.colour("generator"))
    assert not holds_colour(strip, theme.colour("real"))
    assert len({strip.point(n).y() for n in (0, 1)}) == 1
    assert "real" not in strip.accessibleName()


def test_clicking_a_point_chooses_it_and_arrows_go_by_score(
    qtbot: QtBot, strip: JudgementStrip
) -> None:
    chosen: list[int] = []
    strip.chosen.connect(chosen.append)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.point(1).toPoint())
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_End)
    assert chosen[0] == 1
    assert chosen[1] == 0
    assert chosen[2] in (2, 3, 4)
    assert chosen[3] == 1


def test_many_equal_scores_stay_inside(qtbot: QtBot, strip: JudgementStrip) -> None:
    strip.set_scores([0.5] * 200, [True, False] * 100)
    assert all(0 <= strip.point(n).y() <= 150 for n in range(200))
