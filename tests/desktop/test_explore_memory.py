"""Ten thousand pictures of sheets, maps and walks later, no more memory is held than before."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore import breed, map_view, surroundings
from ganstudio.desktop.pages.explore.breed import BreedView
from ganstudio.desktop.pages.explore.map_view import MapView
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.project.folder import Project
from ganstudio.project.plane import ACROSS, DOWN
from ganstudio.project.point import LatentPoint
from tests.desktop.explore_pages import explore_page
from tests.gallery.invented_model import InventedModel

_LIMIT = 1024 * 1024
_ROUNDS, _WARM = 10, 3
#: What Python and Qt take and give back by themselves.
_ALLOWED = 6 * 1024 * 1024


class _Counting(InventedModel):
    """As fast as can be: one colour for each place."""

    renders = 0

    def _draw(self, point: LatentPoint) -> np.ndarray:
        type(self).renders += 1
        return np.full((32, 32, 3), hash(point) % 251, np.uint8)


@pytest.fixture
def page(
    qtbot: QtBot, project: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    for module, name in ((breed, "_SHELF_BYTES"), (map_view, "_SHELF_BYTES")):
        monkeypatch.setattr(module, name, _LIMIT)
    monkeypatch.setattr(surroundings, "_THUMB_BYTES", _LIMIT)
    _Counting.renders = 0
    page = explore_page(qtbot, project, window, monkeypatch, _Counting)
    page.where.wander._timer.setInterval(1_000_000)
    window.setUpdatesEnabled(False)  # painting takes the longest and keeps nothing
    return page


@pytest.mark.slow
def test_sheets_maps_and_walks_hold_no_more_after_ten_thousand_pictures(page: ExplorePage):
    process, held = psutil.Process(), []
    page.views.show("map")
    atlas = page.views.current
    assert isinstance(atlas, MapView)
    atlas._chosen, atlas._plane = (ACROSS, DOWN), None  # those have no end
    atlas._follow()
    page.views.show("breed")
    sheet = page.views.current
    assert isinstance(sheet, BreedView)
    for turn in range(_ROUNDS):
        page.views.show("map")
        for step in range(11):
            atlas.canvas.look(atlas.canvas.sight.panned(900 + step, 40), glide=False)
            atlas._ask()
            _wait(lambda: all(tile in atlas._shelf for tile in atlas.canvas.tiles()))
        page.views.show("breed")
        for _ in range(8):
            sheet.head.throw_asked.emit()
            _wait(lambda: sheet.sheet.shown_count() == 25)
        page.views.show("picture")
        page.where.wander.toggle()
        for _ in range(100):
            page.where.wander.advance(0.05)
            _wait(lambda: page.showing.frame.point == page.walk.point)
        page.where.wander.pause()
        gc.collect()
        held.append(process.memory_info().rss)
        assert len(atlas._asked) <= len(atlas.canvas.tiles(around=1)) + 1, turn
    shelves = (atlas._shelf, sheet._shelf, page.around._thumbs)
    assert all(shelf.nbytes <= _LIMIT for shelf in shelves)
    assert _Counting.renders >= 10_000
    assert held[-1] - held[_WARM - 1] < _ALLOWED, [value >> 20 for value in held]


def _wait(condition: Callable[[], bool]) -> None:
    """Without the rests of `waitUntil`, of which there would be thousands."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        QCoreApplication.processEvents()
