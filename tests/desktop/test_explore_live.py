"""Live on a training: newer weights come calmly, whatever view is seen and whatever is in hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore import renewal
from ganstudio.desktop.pages.explore.breed import BreedView
from ganstudio.desktop.pages.explore.map_view import MapView
from ganstudio.desktop.pages.explore.mix_view import MixView
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from ganstudio.project.folder import Project
from ganstudio.project.messages import Pictures, frozen_pictures
from ganstudio.project.point import LatentPoint
from ganstudio.studio.app import Studio
from ganstudio.studio.events import DirectionsFound, StateChanged
from ganstudio.studio.states import State
from tests.desktop.explore_pages import explore_page
from tests.desktop.helpers_widgets import LEFT, NO_KEYS, move
from tests.gallery.invented_model import InventedModel


class Training(InventedModel):
    """Draws its clock, in thousands, in every pixel; live weights have no fingerprint."""

    def __init__(self, path: Path | None, live: object | None) -> None:
        super().__init__(path, live)
        self.fingerprint = "" if path is None else "a-moment"

    def _draw(self, point: LatentPoint) -> Pictures:
        return frozen_pictures(np.full((32, 32, 3), self.images // 1000 % 256, np.uint8))


@pytest.fixture
def page(
    qtbot: QtBot,
    project: Project,
    window: MainWindow,
    studio: Studio,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ExplorePage]:
    """As if the run trained, and had learned from 100,000 pictures."""
    monkeypatch.setattr(renewal, "_AT_MOST_EVERY_S", 0.0)
    monkeypatch.setattr("ganstudio.studio.explorer._LIVE_INTERVAL_S", 0.02)
    page = explore_page(qtbot, project, window, monkeypatch, Training)
    monkeypatch.setattr(InventedModel, "clock", 100_000)
    training = studio.training
    training.run, training.live = page.desk.run, object()  # type: ignore[assignment]
    say(window, studio, State.RUNNING)
    qtbot.waitUntil(lambda: page.source.is_live and bool(page.walk.directions), timeout=5_000)
    settled(qtbot, page)
    yield page
    training._state, training.live = State.IDLE, None


def say(window: MainWindow, studio: Studio, state: State) -> None:
    studio.training._state = state
    window.bridge.happened.emit(StateChanged(state))


def settled(qtbot: QtBot, page: ExplorePage) -> None:
    """Until everything that was asked for is drawn by the weights of now."""

    def so() -> bool:
        frame, walk = page.showing.frame, page.walk
        newest = frame is not None and frame.images == InventedModel.clock
        return newest and walk._renewal._images == InventedModel.clock and not walk.waits

    qtbot.waitUntil(so, timeout=5_000)


def learn(qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch, clock: int) -> None:
    monkeypatch.setattr(InventedModel, "clock", clock)
    settled(qtbot, page)


def grey(picture: np.ndarray) -> int:
    return int(picture.flat[0])


def test_pictures_around_follow_the_weights(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    page.hand.surprise()
    settled(qtbot, page)
    asked = list[str]()
    ask = page.walk.ask_sheet

    def noted(name: str, points: list[LatentPoint], whole: bool = True) -> None:
        asked.append(name)
        ask(name, points, whole)

    monkeypatch.setattr(page.walk, "ask_sheet", noted)
    for clock in (101_000, 102_000, 103_000):
        learn(qtbot, page, monkeypatch, clock)
    nearby = page.body.nearby.grid.pictures()
    assert nearby is not None
    assert {grey(picture) for picture in nearby} == {103}
    assert set(asked) >= {"nearby", "pad", "path", "before"}
    for place in page.walk.journey.places:
        image = page.around._thumbs.get(place)
        assert image is not None
        assert image.pixelColor(0, 0).red() == 103


def test_nothing_is_asked_for_anew_while_something_has_not_come(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    due: list[None] = []

    def from_now_on_nothing_comes() -> None:
        due.append(None)
        monkeypatch.setattr(page.studio.explorer, "collect", lambda name: [])

    page.walk.renewal_due.connect(from_now_on_nothing_comes)
    with qtbot.waitSignal(page.walk.renewal_due, timeout=5_000):
        monkeypatch.setattr(InventedModel, "clock", 101_000)
    for clock in (102_000, 103_000, 104_000):
        monkeypatch.setattr(InventedModel, "clock", clock)
        qtbot.waitUntil(lambda clock=clock: page.showing.frame.images == clock, timeout=5_000)
    assert len(due) == 1


def test_before_is_there_at_every_moment(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    page.hand.surprise()
    settled(qtbot, page)
    monkeypatch.setattr(page.walk, "ask_sheet", lambda *_given, **_named: None)
    with qtbot.waitSignal(page.walk.renewal_due, timeout=5_000):
        monkeypatch.setattr(InventedModel, "clock", 101_000)
    page.before.hold(True)
    assert page.canvas.accessibleDescription() == "Before this step"


def test_the_pictures_of_mix_stay_until_new_ones_come(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    page.views.show("mix")
    view = page.views.current
    assert isinstance(view, MixView)
    qtbot.waitUntil(lambda: view.pool.tiles.pictures() is not None, timeout=5_000)
    seen: list[bool] = []
    page.walk.picture_drawn.connect(lambda _: seen.append(view.pool.tiles.pictures() is None))
    page.walk.sheet_drawn.connect(lambda _: seen.append(view.pool.tiles.pictures() is None))
    for clock in (101_000, 102_000, 103_000):
        learn(qtbot, page, monkeypatch, clock)
    assert len(seen) >= 3
    assert not any(seen)
    pictures = view.pool.tiles.pictures()
    assert pictures is not None
    assert {grey(picture) for picture in pictures} == {103}


def test_newer_weights_fade_in_wherever_the_picture_is_and_moves_do_not(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    clock = 100_000

    def fades(act: Callable[[], None]) -> bool:
        """Whether a picture faded into another one until everything was drawn."""
        canvas, seen = page.views.picture, list[bool]()
        assert canvas is not None
        show = canvas.set_frame

        def noted(frame: np.ndarray, fade: bool = False) -> None:
            show(frame, fade)
            seen.append(canvas._before is not None)

        monkeypatch.setattr(canvas, "set_frame", noted)
        act()
        settled(qtbot, page)
        monkeypatch.setattr(canvas, "set_frame", show)
        assert seen
        assert canvas._fade.duration() == 200
        return any(seen)

    def newer() -> None:
        nonlocal clock
        clock += 1_000
        monkeypatch.setattr(InventedModel, "clock", clock)

    def move_on() -> None:
        page.hand.surprise()
        qtbot.waitUntil(lambda: page.showing.frame.point == page.walk.point, timeout=5_000)

    monkeypatch.setattr(theme, "reduced_motion", lambda: False)
    for view in ("picture", "mix", "inside"):
        page.views.show(view)
        assert fades(newer), view
        assert not fades(move_on), view
    monkeypatch.setattr(theme, "reduced_motion", lambda: True)
    assert not fades(newer)


def test_a_picture_that_was_enlarged_finely_fades_as_it_was(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(theme, "reduced_motion", lambda: False)
    canvas = PictureCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(200, 200)
    canvas.show()
    canvas.set_sharp(False)
    frame = np.full((32, 32, 3), 80, np.uint8)
    canvas.set_frame(frame)
    canvas.set_fine(frame, np.full((200, 200, 3), 90, np.uint8))
    canvas.set_frame(frame.copy(), fade=True)
    assert canvas._before is not None
    assert canvas._before.width() == 200


def test_a_slider_in_hand_stays_what_it_is_until_it_is_let_go(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    row = page.directions.rows[0]
    held = row._slider
    first, here = page.walk.directions[0], QPoint(held.width() // 2, held.height() // 2)
    QTest.mousePress(held, LEFT, NO_KEYS, here)
    move(held, here + QPoint(10, 0), LEFT)
    others = page.studio.explorer.directions[4:]
    page.studio.explorer.directions = others
    page.on_event(DirectionsFound(len(others)))
    learn(qtbot, page, monkeypatch, 101_000)
    before = page.walk.point.amount(first)
    move(held, here + QPoint(20, 0), LEFT)
    assert page.walk.point.amount(first) > before > 0
    QTest.mouseRelease(held, LEFT, NO_KEYS, here + QPoint(20, 0))
    qtbot.waitUntil(lambda: page.walk.directions[0] == others[0].key, timeout=5_000)
    assert page.walk.point.amount(first) > before


def test_directions_that_are_found_later_change_neither_map_nor_sheet(
    qtbot: QtBot, page: ExplorePage
):
    found = page.studio.explorer.directions
    page.studio.explorer.directions = ()
    page.directions.refresh()
    page.views.show("map")
    view = page.views.current
    assert isinstance(view, MapView)
    plane = view._plane
    page.views.show("breed")
    brood = page.views.current._brood
    page.studio.explorer.directions = found
    page.on_event(DirectionsFound(len(found)))
    with qtbot.waitSignal(page.walk.rested, timeout=5_000):
        page.walk.rest_soon()
    assert page.views.current._brood == brood
    page.views.show("map")
    assert view._plane is plane


def test_the_badge_says_live_only_while_weights_come(
    qtbot: QtBot, window: MainWindow, studio: Studio, page: ExplorePage
):
    words: Callable[[], str] = page.canvas.accessibleDescription
    assert words() == "Live, 100 k"
    say(window, studio, State.PAUSED)
    assert words() == "100 k"
    page.tools.hold.click()
    assert words() == "Held at 100 k"
    page.tools.hold.click()
    say(window, studio, State.RUNNING)
    assert words() == "Live, 100 k"


def test_a_favourite_kept_live_leads_to_the_nearest_moment_and_says_so(
    qtbot: QtBot, window: MainWindow, studio: Studio, page: ExplorePage
):
    page.favourites.keep()
    favourite = page.favourites.all()[0]
    assert (favourite.kept.images, favourite.kept.model) == (100_000, "")
    assert not page.favourites.drifted(favourite)
    studio.training.live = None
    say(window, studio, State.IDLE)
    assert not page.favourites.drifted(favourite), "its own weights still draw"
    said: list[str] = []
    window.desk.toast_wanted.connect(lambda words, _back: said.append(words))
    page.source.open_best() if page.desk.run.best() else page.source.run_changed(True)
    qtbot.waitUntil(lambda: studio.explorer.path is not None, timeout=5_000)
    qtbot.waitUntil(lambda: not page.walk.model.live, timeout=5_000)
    page.studio.explorer.images = 84_000
    assert page.favourites.drifted(favourite)
    assert "at 100 k" in page.favourites.tip(favourite)
    page.favourites.go(favourite.id)
    assert "kept while it trained, at 100 k" in said[-1]
    assert favourite in page.favourites.here()


@pytest.mark.parametrize("away", ["page", "view"])
def test_who_comes_back_after_training_sees_what_the_last_weights_draw(
    qtbot: QtBot,
    window: MainWindow,
    studio: Studio,
    page: ExplorePage,
    monkeypatch: pytest.MonkeyPatch,
    away: str,
):
    page.hand.surprise()
    page.views.show("breed")
    view = page.views.current
    assert isinstance(view, BreedView)
    settled(qtbot, page)
    if away == "page":
        window.show_page("train")
    else:
        page.views.show("picture")
    learn(qtbot, page, monkeypatch, 101_000)
    studio.training.live = None
    say(window, studio, State.IDLE)
    window.show_page("explore")
    page.views.show("breed")
    shelves = (view._shelf, page.around._thumbs)
    wanted = (view._brood.points, page.walk.journey.places)

    def greys() -> set[int]:
        images = [
            shelf.get(p) for shelf, places in zip(shelves, wanted, strict=True) for p in places
        ]
        return {image.pixelColor(0, 0).red() for image in images if image is not None}

    qtbot.waitUntil(lambda: greys() == {101}, timeout=3_000)


def test_who_leaves_a_sheet_half_drawn_finds_it_drawn(qtbot: QtBot, page: ExplorePage):
    page.views.show("breed")
    view = page.views.current
    assert isinstance(view, BreedView)
    page.views.show("picture")
    page.views.show("breed")
    qtbot.waitUntil(lambda: all(p in view._shelf for p in view._brood.points), timeout=3_000)


def test_who_leaves_live_weights_for_a_file_comes_back_to_no_moment_left_before(
    page: ExplorePage, tmp_path: Path
):
    assert page.desk.run is not None
    page.source._left = page.desk.run.path, None
    page.open_file(tmp_path / "faces.safetensors")
    assert page.source._left is None
