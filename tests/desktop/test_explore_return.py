"""Who closes the program finds the place again; and what else there is to a place is said."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.changes import said_changes
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.project.folder import Project
from ganstudio.project.kept import read_kept
from ganstudio.project.point import Bend, LatentPoint, Mask, Mix, Share
from tests.desktop.explore_pages import explore_page

OTHER = LatentPoint(seed_x=8)
FULL = LatentPoint(
    seed_x=2,
    blend=(Share(point=OTHER, weight=0.3),),
    mixes=(Mix(band="fine", point=OTHER),),
    mask=Mask(point=OTHER, rows=((1.0, 0.0),)),
    bends=(Bend(stage=0), Bend(stage=1, on=False), Bend(stage=1)),
)


@pytest.fixture
def page(
    qtbot: QtBot, project: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    return explore_page(qtbot, project, window, monkeypatch)


def test_the_place_is_found_again_with_its_directions(qtbot: QtBot, page: ExplorePage):
    folder = page.source.folder
    assert folder is not None
    place = LatentPoint(seed_x=7.5).with_amount(page.walk.directions[0], 2.0)
    page.walk.go(place, "somewhere")
    qtbot.waitUntil(lambda: (folder / "place.json").exists(), timeout=5_000)
    kept = read_kept(folder / "place.json")
    assert kept.point == place
    assert [one.key for one in kept.directions] == [page.walk.directions[0]]
    again = ComingAgain(page)
    again.opened()
    assert page.walk.point == place, "who has walked already stays"
    again.begin_anew()
    again.opened()
    assert page.walk.point == place
    page.undo_stack.undo()
    assert page.walk.point == LatentPoint()


class ComingAgain:
    """The same page, as if the program had just been started."""

    def __init__(self, page: ExplorePage) -> None:
        self._page = page

    def begin_anew(self) -> None:
        self._page.undo_stack.clear()
        self._page.walk.journey.__init__(LatentPoint())  # type: ignore[misc]  # as at the start
        self._page.walk.preview(LatentPoint())

    def opened(self) -> None:
        self._page.coming_back._path = None
        self._page.coming_back.opened(self._page.source.folder)


def test_a_damaged_memory_is_passed_over(page: ExplorePage):
    folder = page.source.folder
    assert folder is not None
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "place.json").write_text("{", "utf-8")
    ComingAgain(page).opened()
    assert page.walk.point == LatentPoint()


def test_a_place_is_remembered_when_the_path_has_rested(qtbot: QtBot, page: ExplorePage):
    folder = page.source.folder
    assert folder is not None
    page.coming_back._soon.setInterval(1)
    page.walk.go(LatentPoint(seed_x=7.5), "somewhere")
    qtbot.waitUntil(lambda: (folder / "place.json").exists(), timeout=5_000)


def test_nothing_is_remembered_in_a_project_that_was_left(window: MainWindow, page: ExplorePage):
    folder = page.source.folder
    assert folder is not None
    page.walk.go(LatentPoint(seed_x=7.5), "somewhere")
    window.desk.new_project("Other")
    page.coming_back.remember()
    window.studio.exports.close()
    assert not folder.exists()


def test_who_closes_the_program_at_once_is_remembered_too(
    qtbot: QtBot, window: MainWindow, page: ExplorePage
):
    folder = page.source.folder
    assert folder is not None
    page.walk.go(LatentPoint(seed_x=7.5), "somewhere")
    page.coming_back.remember()
    page.walk.go(LatentPoint(seed_x=9.5), "somewhere else")
    window.closing.begin()
    qtbot.waitUntil(lambda: window.studio.closed, timeout=20_000)
    window.close()
    window.studio.close()
    assert read_kept(folder / "place.json").point == LatentPoint(seed_x=9.5)


def test_what_a_place_is_besides_is_said_and_taken_off(page: ExplorePage):
    line = page.where.changes
    assert line.isHidden()
    page.walk.go(FULL, "everything")
    assert not line.isHidden()
    assert said_changes(FULL) == "blend, parts of others, mask, 2 bends"
    line.off.click()
    assert page.walk.point == LatentPoint(seed_x=2)
    assert line.isHidden()
    page.undo_stack.undo()
    assert page.walk.point == FULL
    page.hand.surprise()
    assert said_changes(page.walk.point) == "2 bends"
