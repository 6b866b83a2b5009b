"""The Explore page: nothing learned yet, live, held, a finished run, pixel art, a model file."""

from __future__ import annotations

import random
import time
from pathlib import Path

from ganstudio.desktop.pages.explore.breed import BreedView
from ganstudio.desktop.pages.explore.map_view import MapView
from ganstudio.desktop.pages.explore.marking import MarkingWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.pages.explore.strip_window import StripWindow
from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine
from ganstudio.studio.events import StateChanged
from ganstudio.studio.states import State as Training
from tests.gallery.invented_model import InventedModel
from tests.gallery.invented_run import invent_run
from tests.gallery.stage import Stage, State

_BIG, _FULL = (1440, 900), (1920, 1080)
_SMALL = (1024, 700)
_SIZES = (_BIG, _SMALL)
_REAL_MODEL = engine.LoadedModel

_WALK = ((21, 4), (21.3, 4.1), (22, 4), (22.2, 3.6), (23, 3), (23.1, 3.4), (23.0, 4.1))


def _open(stage: Stage, bundle: str = "open-peeps", live: bool = False) -> ExplorePage:
    """A run whose generator blends bundled pictures."""
    InventedModel.bundle = bundle
    engine.LoadedModel = InventedModel  # type: ignore[assignment, misc]
    project = stage.open_bundle(bundle)
    run = invent_run(project, bundle, moments=2)
    model = run.snapshot_folder(run.snapshots()[-1]) / "generator.safetensors"
    model.write_bytes(b"invented")
    stage.desk.choose_run(run)
    if live:
        training = stage.studio.training
        training.run, training.live = run, object()  # type: ignore[assignment]
        training.host.clock, training.target = 412_000, 1_000_000
        training.host.saved_at = time.monotonic() - 40
        training._state = Training.RUNNING
    stage.show("explore")
    if live:
        stage.window.bridge.happened.emit(StateChanged(Training.RUNNING))
    page = stage.window.pages.page("explore")
    assert isinstance(page, ExplorePage)
    stage.until(lambda: page.showing.frame is not None and page.walk.directions)
    return page


def _walk(stage: Stage, page: ExplorePage) -> None:
    """Some steps, two of them taken back."""
    for x, y in _WALK:
        update = {"seed_x": float(x), "seed_y": float(y)}
        page.walk.go(page.walk.point.model_copy(update=update), "walk")
        stage.until(lambda: page.showing.frame.point == page.walk.point)
        stage.pump(0.05)
    for index, amount in ((0, 1.7), (2, 0.8), (3, -1.3)):
        page.walk.set_amount(page.walk.directions[index], amount)
        page.walk.settle("change")
        stage.until(lambda: page.showing.frame.point == page.walk.point)
    page.walk.lock(page.walk.directions[3], True)
    page.hand.surprise()
    stage.until(lambda: page.showing.frame.point == page.walk.point)
    page.undo_stack.undo()
    stage.until(lambda: page.showing.frame.point == page.walk.point)
    stage.pump(0.6)


def _rest(stage: Stage) -> None:
    stage.studio.training._state = Training.IDLE
    stage.studio.training.live = None
    engine.LoadedModel = _REAL_MODEL  # type: ignore[misc]


def _empty(stage: Stage) -> None:
    stage.open_bundle("open-peeps")
    stage.show("explore")


def _live(stage: Stage) -> None:
    _walk(stage, _open(stage, live=True))


def _held(stage: Stage) -> None:
    page = _open(stage, live=True)
    _walk(stage, page)
    page.tools.hold.click()


def _finished(stage: Stage) -> None:
    page = _open(stage)
    _walk(stage, page)
    page.saving.set_open(True)


def _pixels(stage: Stage) -> None:
    _walk(stage, _open(stage, "pixel-avatars"))


def _file(stage: Stage) -> None:
    page = _open(stage)
    page.open_file(Path("faces-from-anna.safetensors"))
    stage.until(lambda: page.source.file is not None and page.walk.model.title.startswith("faces"))
    _walk(stage, page)


def _breed(stage: Stage) -> None:
    """Some generations, with children of two among them."""
    page = _open(stage)
    page.views.show("breed")
    view = page.views.current
    assert isinstance(view, BreedView)

    def whole() -> None:
        stage.until(lambda: view.sheet.shown_count() == 25)
        stage.pump(0.3)

    whole()
    for index in (7, 18, 3):
        view.sheet.opened.emit(index)
        whole()
    page.undo_stack.undo()
    whole()
    for index in (21, 8):
        view.sheet.opened.emit(index)
        whole()
        page.undo_stack.undo()
        whole()


def _cross(stage: Stage) -> None:
    _breed(stage)
    page = stage.window.pages.page("explore")
    assert isinstance(page, ExplorePage)
    view = page.views.current
    assert isinstance(view, BreedView)
    view.lineage.tree.chosen.emit(0)
    page.walk.go(LatentPoint(seed_x=30.0), "leap")
    stage.until(lambda: view.sheet.shown_count() == 25)
    view.sheet.chosen.emit(12)
    stage.until(lambda: view.sheet.shown_count() == 25)
    stage.pump(0.3)


def _map(stage: Stage) -> None:
    """Through the two strongest directions, a step away from the middle."""
    page = _open(stage)
    page.views.show("map")
    view = page.views.current
    assert isinstance(view, MapView)
    _tiles(stage, view)
    view.canvas.opened.emit(1.0, -0.5)
    stage.pump(0.4)


def _between(stage: Stage) -> None:
    page = _open(stage)
    page.views.show("map")
    view = page.views.current
    assert isinstance(view, MapView)
    view.span(*(LatentPoint(seed_x=float(seed)) for seed in (3, 21, 30)))
    _tiles(stage, view)


def _tiles(stage: Stage, view: MapView) -> None:
    """Wait until every tile in sight is drawn."""
    stage.until(lambda: all(tile in view._shelf for tile in view.canvas.tiles()))
    stage.pump(0.2)


def _wandering(stage: Stage) -> None:
    """It walked by itself for a while, and was paused."""
    page = _open(stage)
    page.walk.go(page.walk.point.model_copy(update={"seed_x": 21.0, "seed_y": 4.0}), "walk")
    wander = page.where.wander
    random.seed(4)
    wander.toggle()
    for _ in range(90):
        wander.advance(0.05)
    wander.pause()
    stage.until(lambda: page.showing.frame.point == page.walk.point)
    stage.pump(0.6)


def _directions(stage: Stage) -> ExplorePage:
    """Some directions have names, one is locked, one is carried along."""
    page = _open(stage)
    _walk(stage, page)
    section = page.directions
    for index, name in ((0, "Warm light"), (3, "Glasses")):
        section.tools._change(section._shown[index], name=name)
    carried = page.walk.point.with_amount("16", 1.2)
    stage.studio.directions._seen["16"] = section._shown[0].direction
    page.walk.go(carried, "change")
    stage.until(lambda: sum(slider.shows_ends for slider in section.rows) >= 10)
    section.rows[1].setFocus()
    return page


def _named(stage: Stage) -> None:
    _directions(stage)


def _marking(stage: Stage) -> None:
    page = _directions(stage)
    page.directions.tools.mark()
    window = page.directions.tools.window
    assert isinstance(window, MarkingWindow)
    stage.until(lambda: len(window._pictures) == 4)
    for index in range(11):
        window.grid.marked.emit(2 * index + index % 2, index % 3 != 0)


def _strip(stage: Stage) -> None:
    page = _directions(stage)
    page.directions.tools.show_large(page.directions._shown[1])
    window = page.directions.tools.window
    assert isinstance(window, StripWindow)
    stage.until(lambda: len(window._pictures) == 5)


def _leave(stage: Stage) -> None:
    page = stage.window.pages.page("explore")
    assert isinstance(page, ExplorePage)
    if page.directions.tools.window is not None:
        page.directions.tools.window.close()
    _rest(stage)


STATES = [
    State("explore-wandering", _wandering, (_BIG,), _rest),
    State("explore-map", _map, _SIZES, _rest),
    State("explore-map-between", _between, (_BIG,), _rest),
    State("explore-breed", _breed, _SIZES, _rest),
    State("explore-cross", _cross, (_BIG,), _rest),
    State("explore-directions", _named, _SIZES, _rest),
    State("explore-marking", _marking, tear_down=_leave),
    State("explore-strip", _strip, tear_down=_leave),
    State("explore-empty", _empty, (_BIG,)),
    State("explore-live", _live, (*_SIZES, _FULL), _rest),
    State("explore-held", _held, tear_down=_rest),
    State("explore-finished", _finished, _SIZES, _rest),
    State("explore-pixels", _pixels, (*_SIZES, _FULL), _rest),
    State("explore-file", _file, tear_down=_rest),
]
