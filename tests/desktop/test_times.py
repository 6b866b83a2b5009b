"""The same place through time: a window that follows the place, drawn by every moment of a run."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import ClassVar

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
from ganstudio.project.runs import RunFolder
from tests.desktop.explore_pages import explore_page
from tests.desktop.helpers_widgets import LEFT


class Moment:
    """A generator that draws which moment and which seed it is; the first one made room.

    Attributes:
        gate: Every picture waits for it.
        drawn: Clock and seed of every picture.
    """

    gate = threading.Event()
    drawn: ClassVar[list[tuple[int, int]]] = []

    def __init__(self, path: Path) -> None:
        self.clock = int(path.parent.name)
        if self.clock == 0:
            raise UserError("no-such-file", path=path)

    def know(self, directions: object) -> None:
        """It knows none."""

    def render(self, points: list[LatentPoint]) -> Pictures:
        assert self.gate.wait(10)
        self.drawn.append((self.clock, int(points[0].seed_x)))
        values = [[self.clock % 200, int(points[0].seed_x), 0]]
        return frozen_pictures(np.broadcast_to(np.uint8(values), (1, 8, 8, 3)).copy())


@pytest.fixture
def page(
    qtbot: QtBot, project: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    monkeypatch.setattr("ganstudio.studio.engine.times.LoadedModel", Moment)
    Moment.gate.set()
    Moment.drawn.clear()
    return explore_page(qtbot, project, window, monkeypatch)


def opened(qtbot: QtBot, page: ExplorePage) -> TimesWindow:
    QTest.mouseClick(page.where.through_time, LEFT)
    window = page.steps.times
    assert window is not None
    wait_for(qtbot, page, window)
    return window


def wait_for(qtbot: QtBot, page: ExplorePage, window: TimesWindow) -> None:
    """Until every moment but the one that made room has drawn the place of now."""
    point = page.walk.point
    qtbot.waitUntil(
        lambda: (
            [window._places.get(clock) for clock in window._clocks[1:]]
            == [point] * (len(window._clocks) - 1)
        ),
        timeout=10_000,
    )


def test_every_moment_draws_the_place_and_follows_it(qtbot: QtBot, page: ExplorePage):
    window = opened(qtbot, page)
    clocks = page.desk.run.snapshots()
    assert window._clocks[0] == clocks[0] == 0
    assert window._clocks[-1] == clocks[-1]
    here = int(page.walk.point.seed_x)
    for clock, picture in window._drawn.items():
        assert picture[0, 0].tolist() == [clock % 200, here, 0]
    page.walk.go(LatentPoint(seed_x=77), "walk")
    wait_for(qtbot, page, window)
    assert {int(picture[0, 0, 1]) for picture in window._drawn.values()} == {77}


def test_a_moment_that_is_opened_draws_from_then_on(qtbot: QtBot, page: ExplorePage):
    window = opened(qtbot, page)
    window.grid.opened.emit(len(window._clocks) - 1)
    newest = page.desk.run.snapshots()[-1]
    assert page.source.file == page.desk.run.snapshot_folder(newest) / "generator.safetensors"
    assert not window.isVisible(), "what was asked for is seen"


def test_of_a_run_that_is_gone_what_was_drawn_stays_and_that_is_said(
    qtbot: QtBot, page: ExplorePage
):
    window = opened(qtbot, page)
    window.grid.set_current(1)
    drawn = dict(window._drawn)
    shutil.rmtree(page.desk.run.snapshots_path)
    page.walk.go(LatentPoint(seed_x=77), "walk")
    window.ask()
    assert window._drawn == drawn
    errors: list[object] = []
    page.desk.error_raised.connect(errors.append)
    window.grid.opened.emit(1)
    assert len(errors) == 1


def test_nothing_is_drawn_for_a_window_that_is_closed(qtbot: QtBot, page: ExplorePage):
    window = opened(qtbot, page)
    window.close()
    page.walk.go(LatentPoint(seed_x=78), "walk")
    with qtbot.waitSignal(page.walk.rested, timeout=5_000):
        pass
    assert window._asked != LatentPoint(seed_x=78)


def learn(run: RunFolder, images: int) -> int:
    """One more moment of a run; its clock."""
    last = run.snapshots()[-1]
    sign = (run.snapshot_folder(last) / "snapshot.json").read_bytes()
    run.snapshot_folder(last + images).mkdir()
    (run.snapshot_folder(last + images) / "snapshot.json").write_bytes(sign)
    return last + images


def seeds(window: TimesWindow) -> list[int]:
    """Which place every moment shows; the first one made room."""
    pictures = window.grid.pictures()
    assert pictures is not None
    return [int(picture[0, 0, 1]) for picture in pictures[1:]]


def test_old_frames_stay_until_the_new_ones_come_and_the_newest_place_wins(
    qtbot: QtBot, page: ExplorePage
):
    for _ in range(3):
        learn(page.desk.run, 1_024)
    window = opened(qtbot, page)
    here, count = int(page.walk.point.seed_x), len(window._clocks) - 1
    window.grid.set_current(count - 1)
    shown: list[list[int]] = []
    show = window.grid.set_pictures
    window.grid.set_pictures = lambda given: (show(given), shown.append(seeds(window)))
    Moment.gate.clear()
    for x in (5, 6, 7):
        page.walk.go(LatentPoint(seed_x=x), "walk")
        qtbot.waitUntil(lambda x=x: window._asked == LatentPoint(seed_x=x), timeout=5_000)
        assert seeds(window) == [here] * count
    Moment.gate.set()
    wait_for(qtbot, page, window)
    assert seeds(window) == [7] * count
    assert {seed for line in shown for seed in line} == {here, 7}
    assert shown[0].index(7) == count - 2, "the chosen moment comes first"
    assert window.grid.current() == count - 1


def test_a_new_moment_joins_without_drawing_the_others_anew(qtbot: QtBot, page: ExplorePage):
    window = opened(qtbot, page)
    run, clocks = page.desk.run, list(window._clocks)
    window.grid.set_current(1)
    Moment.drawn.clear()
    newest = learn(run, 1_024)
    window.ask()
    assert window._clocks == [*clocks, newest]
    wait_for(qtbot, page, window)
    assert [clock for clock, _ in Moment.drawn] == [newest]
    assert window._chosen() == clocks[1]


def test_moments_stay_until_as_much_was_learned_as_lies_between_two(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    run, before = page.desk.run, list(range(0, 2_400, 100))
    times = page.studio.times
    for newest, same in ((2_350, True), (2_400, False)):
        monkeypatch.setattr(type(run), "snapshots", lambda _, n=newest: [*before, n])
        assert (times.moments(run, before) == before) is same
    monkeypatch.setattr(type(run), "snapshots", lambda _: before[:-1])
    assert times.moments(run, before) == before[:-1], "training went back behind the last one"


def test_what_another_model_cut_off_is_drawn_at_last(qtbot: QtBot, page: ExplorePage):
    for _ in range(3):
        learn(page.desk.run, 1_024)
    Moment.gate.clear()
    QTest.mouseClick(page.where.through_time, LEFT)
    window = page.steps.times
    assert window is not None
    page.source.open_file(page.studio.explorer.path)
    Moment.gate.set()
    wait_for(qtbot, page, window)
