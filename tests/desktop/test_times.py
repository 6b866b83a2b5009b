"""The same place through time: a window that follows the place, drawn by every moment of a run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.pages.explore.times_window import TimesWindow
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import Pictures, frozen_pictures
from ganstudio.project.point import LatentPoint
from tests.desktop.explore_pages import explore_page
from tests.desktop.helpers_widgets import LEFT


class Moment:
    """A generator that draws which moment and which seed it is; the first one made room."""

    def __init__(self, path: Path) -> None:
        self.clock = int(path.parent.name)
        if self.clock == 0:
            raise UserError("no-such-file", path=path)

    def know(self, directions: object) -> None:
        """It knows none."""

    def render(self, points: list[LatentPoint]) -> Pictures:
        values = [[self.clock % 200, int(points[0].seed_x), 0]]
        return frozen_pictures(np.broadcast_to(np.uint8(values), (1, 8, 8, 3)).copy())


@pytest.fixture
def page(
    qtbot: QtBot, project: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    monkeypatch.setattr("ganstudio.studio.engine.times.LoadedModel", Moment)
    return explore_page(qtbot, project, window, monkeypatch)


def opened(qtbot: QtBot, page: ExplorePage) -> TimesWindow:
    QTest.mouseClick(page.where.through_time, LEFT)
    window = page.steps.times
    assert window is not None
    wait_for(qtbot, page, window)
    return window


def wait_for(qtbot: QtBot, page: ExplorePage, window: TimesWindow) -> None:
    """Until every moment but the one that made room has drawn."""
    qtbot.waitUntil(lambda: len(window._drawn) == len(window._clocks) - 1, timeout=10_000)


def test_every_moment_draws_the_place_and_follows_it(qtbot: QtBot, page: ExplorePage):
    window = opened(qtbot, page)
    clocks = page.desk.run.snapshots()
    assert window._clocks[0] == clocks[0] == 0
    assert window._clocks[-1] == clocks[-1]
    here = int(page.walk.point.seed_x)
    for clock, picture in window._drawn.items():
        assert picture[0, 0].tolist() == [clock % 200, here, 0]
    page.walk.go(LatentPoint(seed_x=77), "walk")
    qtbot.waitUntil(lambda: window._asked == LatentPoint(seed_x=77), timeout=5_000)
    wait_for(qtbot, page, window)
    assert {int(picture[0, 0, 1]) for picture in window._drawn.values()} == {77}


def test_a_moment_that_is_opened_draws_from_then_on(qtbot: QtBot, page: ExplorePage):
    window = opened(qtbot, page)
    window.grid.opened.emit(len(window._clocks) - 1)
    newest = page.desk.run.snapshots()[-1]
    assert page.source.file == page.desk.run.snapshot_folder(newest) / "generator.safetensors"
    assert not window.isVisible(), "what was asked for is seen"


def test_nothing_is_drawn_for_a_window_that_is_closed(qtbot: QtBot, page: ExplorePage):
    window = opened(qtbot, page)
    window.close()
    page.walk.go(LatentPoint(seed_x=78), "walk")
    with qtbot.waitSignal(page.walk.rested, timeout=5_000):
        pass
    assert window._asked != LatentPoint(seed_x=78)
