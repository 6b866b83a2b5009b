"""A place that is dropped on a slider: that one quality is taken over, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.favourite_mime import mime_of_favourite
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore import breed, surroundings
from ganstudio.desktop.pages.explore.breed import BreedView
from ganstudio.desktop.pages.explore.mix_view import MixView
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.point_mime import mime_of, place_in
from ganstudio.project.direction import Direction, direction_key
from ganstudio.project.errors import UserError
from ganstudio.project.favourites import Favourite, new_favourite, write_favourites
from ganstudio.project.folder import Project
from ganstudio.project.kept import KeptPoint
from ganstudio.project.point import LatentPoint, Move, Share
from ganstudio.studio import engine
from ganstudio.studio.events import AmountTold
from tests.desktop.explore_pages import explored_run, opened_page
from tests.desktop.exploring import write_model
from tests.desktop.helpers_widgets import (
    LEFT,
    drag,
    drag_away,
    drop_on,
    hang_over,
    holds_colour,
)

_AMBER = "#F5B041"
THERE = LatentPoint(seed_x=8, diversity=0.6)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its layers each have a w of their own."""
    return write_model(tmp_path_factory.mktemp("model") / "generator.safetensors", "style")


@pytest.fixture(scope="module")
def found(model: Path) -> tuple[Direction, ...]:
    """Looked for once: that takes longer than all else."""
    loaded = engine.LoadedModel(model)
    for _ in loaded.finding(("sefa",)):
        pass
    return loaded.directions


@pytest.fixture
def page(
    qtbot: QtBot,
    project: Project,
    window: MainWindow,
    model: Path,
    found: tuple[Direction, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> ExplorePage:
    def finding(self: engine.LoadedModel) -> Iterator[None]:
        self.directions = found
        yield from ()

    monkeypatch.setattr(engine.LoadedModel, "finding", finding)
    return opened_page(qtbot, window, explored_run(project, model.read_bytes()))


def kept(page: ExplorePage, point: LatentPoint, **values: object) -> KeptPoint:
    return page.studio.explorer.keep(point).model_copy(update=values)


def put_on(qtbot: QtBot, page: ExplorePage, index: int, place: KeptPoint) -> None:
    """Drop a place on a direction's slider, and wait until it has landed."""
    assert drop_on(page.directions.rows[index], mime_of(place))
    qtbot.waitUntil(lambda: page.directions.drops._hanging is None, timeout=5_000)


def ends(page: ExplorePage) -> tuple[float, float]:
    """What the first direction's slider can hold."""
    slider = page.directions.rows[0]._slider
    return slider.minimum(), slider.maximum()


def shown(qtbot: QtBot, page: ExplorePage) -> np.ndarray:
    """The picture of the place of now."""
    qtbot.waitUntil(
        lambda: page.showing.frame is not None and page.showing.frame.point == page.walk.point,
        timeout=5_000,
    )
    assert page.showing.frame is not None
    return page.showing.frame.picture


# -- directions ---


def test_the_amount_of_a_place_falls_out_and_all_else_stays(qtbot: QtBot, page: ExplorePage):
    walk, (first, second, *_) = page.walk, page.walk.directions
    walk.go(LatentPoint(seed_x=3).with_amount(second, -1.0), "start")
    before, count = walk.point, page.undo_stack.count()
    put_on(qtbot, page, 0, kept(page, LatentPoint(seed_x=3).with_amount(first, 1.7)))
    assert walk.point == before.with_amount(first, 1.7)
    assert page.directions.rows[0].value() == pytest.approx(1.7)
    assert page.undo_stack.count() == count + 1, "one step"
    assert page.undo_stack.undoText().startswith("change of")
    page.undo_stack.undo()
    assert walk.point == before
    page.undo_stack.redo()
    put_on(qtbot, page, 0, kept(page, LatentPoint(seed_x=3).with_amount(first, 19.0)))
    assert walk.point == before.with_amount(first, page.directions.rows[0]._slider.maximum())


def test_another_place_gives_as_much_as_the_model_measures(
    qtbot: QtBot, page: ExplorePage, model: Path
):
    walk, row = page.walk, page.directions.rows[0]
    walk.go(LatentPoint(seed_x=3), "start")
    before, key = walk.point, page.walk.directions[0]
    own = engine.LoadedModel(model)
    own.know(page.studio.explorer.directions)
    expected = float(np.clip(own.amount(key, THERE, before), *ends(page)))
    data = mime_of(kept(page, THERE))
    assert hang_over(row, data)
    qtbot.waitUntil(lambda: row._slider.landing() is not None, timeout=5_000)
    assert row._slider.landing() == pytest.approx(expected, abs=1e-3)
    assert holds_colour(row, _AMBER), "it shows where it would land"
    assert walk.point == before
    drag_away(row)
    assert row._slider.landing() is None
    assert not holds_colour(row, _AMBER)
    assert drop_on(row, data)
    qtbot.waitUntil(lambda: walk.point != before, timeout=5_000)
    assert walk.point == before.with_amount(key, round(expected, 3))


def test_only_the_newest_place_over_a_slider_counts(qtbot: QtBot, page: ExplorePage):
    rows, drops = page.directions.rows, page.directions.drops
    far = kept(page, page.walk.point.with_amount(page.walk.directions[0], 2.0))
    assert hang_over(rows[0], mime_of(far))
    old = drops._hanging
    assert old is not None
    drag_away(rows[0])
    assert hang_over(rows[1], mime_of(kept(page, THERE)))
    drops.take_told(AmountTold(old.ticket, 2.0))
    assert rows[0]._slider.landing() is None
    assert rows[1]._slider.landing() is None
    qtbot.waitUntil(lambda: rows[1]._slider.landing() is not None, timeout=5_000)
    drag_away(rows[1])
    assert page.undo_stack.count() == 0


def test_what_is_locked_or_leads_nowhere_takes_nothing(page: ExplorePage):
    data, rows = mime_of(kept(page, THERE)), page.directions.rows
    rows[0]._lock.click()
    assert not hang_over(rows[0], data)
    assert not drop_on(rows[0], data)
    rows[0]._lock.click()
    assert hang_over(rows[0], data)
    drag_away(rows[0])
    assert hang_over(rows[1], data)
    rows[2].setEnabled(False)
    assert not hang_over(rows[2], data)
    assert page.undo_stack.count() == 0


def test_another_model_is_said_and_another_network_is_an_error(
    qtbot: QtBot, window: MainWindow, page: ExplorePage
):
    errors: list[UserError] = []
    window.desk.error_raised.connect(errors.append)
    strange = LatentPoint(vector=(0.25, 0.5), space="w")
    put_on(qtbot, page, 0, kept(page, strange))
    assert [error.code for error in errors] == ["no-amount"]
    assert page.undo_stack.count() == 0
    assert not window.toaster.is_shown()
    put_on(qtbot, page, 0, kept(page, THERE, model="another"))
    assert page.undo_stack.count() == 1
    assert window.toaster.is_shown()


def test_diversity_takes_that_of_a_place(page: ExplorePage):
    row, before = page.diversity.row, page.walk.point
    assert hang_over(row, mime_of(kept(page, THERE)))
    assert row._slider.landing() == pytest.approx(0.6)
    assert drop_on(row, mime_of(kept(page, THERE)))
    assert page.walk.point == before.model_copy(update={"diversity": 0.6})
    assert row._slider.landing() is None
    assert page.undo_stack.count() == 1
    assert drop_on(row, mime_of(kept(page, THERE.model_copy(update={"diversity": 2.0}))))
    assert page.walk.point.diversity == row._slider.maximum()


# -- directions that come with a place ---


@pytest.fixture
def stranger(page: ExplorePage, project: Project) -> Favourite:
    """Kept by another program that looks at the project, along a direction nobody knows here."""
    chance = random.Random(7)
    width = len(page.studio.explorer.directions[0].step)
    step = tuple(chance.gauss(0, 1) for _ in range(width))
    direction = Direction(key=direction_key(step), step=step)
    point = LatentPoint(seed_x=5, moves=(Move(direction=direction.key, amount=1.5),))
    fingerprint = page.studio.explorer.fingerprint
    place = KeptPoint(point=point, directions=(direction,), model=fingerprint)
    favourite = new_favourite(place).model_copy(update={"name": "Stranger"})
    write_favourites(project.path, (favourite,))
    page.favourites.look()
    return favourite


def drawn_alone(model: Path, point: LatentPoint, directions: tuple[Direction, ...]) -> np.ndarray:
    """As it was when it was kept."""
    loaded = engine.LoadedModel(model)
    loaded.know(directions)
    return loaded.render([point])[0]


@pytest.mark.parametrize("way", ["click", "picture", "slot", "slider", "pool", "before"])
def test_what_is_drawn_of_a_favourite_is_what_was_kept(
    qtbot: QtBot, page: ExplorePage, model: Path, stranger: Favourite, way: str
):
    there, walk, explorer = stranger.kept.point, page.walk, page.studio.explorer
    assert there.moves[0].direction not in explorer.known, "nobody knows it yet"
    data, expected = mime_of_favourite(stranger), there
    if way == "click":
        tiles = page.favourites_row.tiles
        QTest.mouseClick(tiles, LEFT, pos=tiles.tile_box(0).center().toPoint())
    elif way == "picture":
        assert drop_on(page.canvas, data)
    elif way in ("slot", "pool"):
        view = mix_view(page)
        if way == "slot":
            assert drop_on(view.slots, data, view.slots.tile_box(1).center())
        else:
            view.pool.source._choose(3)
            tiles = view.pool.tiles
            QTest.mouseClick(tiles, LEFT, pos=tiles.tile_box(0).center().toPoint())
        share = Share(point=there, weight=0.5)
        walk.go(walk.point.model_copy(update={"blend": (share,)}), "blend")
        expected = walk.point
    elif way == "slider":
        walk.go(LatentPoint(seed_x=3), "start")
        put_on(qtbot, page, 0, stranger.kept)
        own, key = engine.LoadedModel(model), walk.directions[0]
        own.know([*stranger.kept.directions, *explorer.directions])
        amount = own.amount(key, there, LatentPoint(seed_x=3))
        assert walk.point.amount(key) == pytest.approx(np.clip(amount, *ends(page)), abs=1e-3)
        expected = walk.point
    else:
        pictures: list[np.ndarray] = []
        page.before.shown.connect(lambda picture, _words: pictures.append(picture))
        page.before.pin(stranger.id)
        page.before.hold(True)
        qtbot.waitUntil(lambda: bool(pictures), timeout=5_000)
        assert np.array_equal(pictures[-1], drawn_alone(model, there, stranger.kept.directions))
        return
    assert walk.point == expected
    known = (*stranger.kept.directions, *explorer.directions)
    picture = shown(qtbot, page)
    assert np.array_equal(picture, drawn_alone(model, expected, known))
    if way != "slider":
        plain = drawn_alone(model, expected, ())
        assert not np.array_equal(picture, plain), "the direction does something"


def mix_view(page: ExplorePage) -> MixView:
    page.views.show("mix")
    view = page.views.current
    assert isinstance(view, MixView)
    return view


# -- what can be dragged ---


def test_steps_of_the_path_tiles_nearby_and_variations_can_be_dragged(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    carried: list[KeptPoint | None] = []
    for module in (surroundings, breed):
        monkeypatch.setattr(
            module, "begin_drag", lambda _source, data, _image: carried.append(place_in(data))
        )
    start, first = page.walk.point, page.walk.directions[0]
    page.walk.go(LatentPoint(seed_x=3).with_amount(first, 1.0), "walk")
    walked = page.walk.point
    page.walk.go(LatentPoint(seed_x=9), "walk")
    strip, here = page.body.path, page.walk.point
    place = strip._box(1).center().toPoint()
    drag(strip, place, place + QPoint(0, -60))
    assert carried == [page.studio.explorer.keep(walked)]
    assert page.walk.point == here, "nothing was clicked"
    QTest.mouseClick(strip, LEFT, pos=place)
    assert page.walk.point == walked
    grid = page.body.nearby.grid
    page.around.ask()
    qtbot.waitUntil(lambda: grid.pictures() is not None, timeout=5_000)
    place = grid.tile_box(2).center().toPoint()
    drag(grid, place, place + QPoint(-60, 0))
    assert carried[1] == page.studio.explorer.keep(page.around._near[2])
    page.views.show("breed")
    view = page.views.current
    assert isinstance(view, BreedView)
    place = view.sheet.place_box(0).center().toPoint()
    drag(view.sheet, place, place + QPoint(0, 60))
    assert carried[2] == page.studio.explorer.keep(view._brood.points[0])
    assert page.walk.point == walked
    assert start != walked
