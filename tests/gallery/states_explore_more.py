"""More of the Explore page: the map's zoom, a first sheet, kinds, nothing, a failure, alone."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ganstudio.desktop.pages.explore.breed import BreedView
from ganstudio.desktop.pages.explore.map_view import MapView
from ganstudio.desktop.pages.explore.mix_view import MixView
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.second_screen import PictureWindow
from ganstudio.project.errors import UserError
from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine
from ganstudio.studio.events import ModelFailed
from tests.gallery.invented_model import InventedModel
from tests.gallery.stage import Stage, State
from tests.gallery.states_explore import _open, _rest, _tiles, _walk
from tests.gallery.states_favourites import _keep

_SIZES = ((1440, 900), (1024, 700))


class _Kinds(InventedModel):
    """One that was told what it is to draw."""

    def __init__(self, path: object, live: object) -> None:
        super().__init__(path, live)  # type: ignore[arg-type]
        self.kinds = ("Round glasses", "Beard", "Hat", "Long hair")


def _zoomed(stage: Stage, steps: int) -> None:
    page = _open(stage)
    page.views.show("map")
    view = page.views.current
    assert isinstance(view, MapView)
    _tiles(stage, view)
    for _ in range(abs(steps)):
        view.canvas.zoom(1.5 if steps > 0 else 1 / 1.5)
    _tiles(stage, view)


def _near(stage: Stage) -> None:
    _zoomed(stage, 4)


def _far(stage: Stage) -> None:
    _zoomed(stage, -4)


def _first_sheet(stage: Stage) -> None:
    """Nothing was gone on from yet, nine pictures."""
    page = _open(stage)
    page.views.show("breed")
    view = page.views.current
    assert isinstance(view, BreedView)
    view.head.many._choose(0)
    stage.until(lambda: view.sheet.shown_count() == 9)
    stage.pump(0.3)


def _kinds(stage: Stage) -> None:
    """A blend of two kinds."""
    engine.LoadedModel = _Kinds  # type: ignore[assignment, misc]
    page = _open_with_kinds(stage)
    page.views.show("mix")
    view = page.views.current
    assert isinstance(view, MixView)
    view._fill(view.slots.current(), LatentPoint(seed_x=8))
    view.switch.set_current("kinds")
    view.switch.chosen.emit("kinds")
    stage.until(lambda: all(image is not None for image in view.slots._images))
    stage.pump(0.8)


def _open_with_kinds(stage: Stage) -> ExplorePage:
    from tests.gallery import states_explore

    usual = states_explore.InventedModel
    states_explore.InventedModel = _Kinds  # type: ignore[misc]
    try:
        return _open(stage)
    finally:
        states_explore.InventedModel = usual  # type: ignore[misc]


def _nothing(stage: Stage) -> None:
    """A run that has no moment yet."""
    stage.open_bundle("open-peeps")
    stage.show("explore")
    page = stage.window.pages.page("explore")
    assert isinstance(page, ExplorePage)
    stage.until(lambda: page.showing.frame is not None)
    page.source._close()
    stage.pump(0.3)


def _failed(stage: Stage) -> None:
    """A file that cannot be read."""
    page = _open(stage)
    _walk(stage, page)
    error = UserError(
        "unreadable-file", path="faces-from-anna.safetensors", reason="it ends too early"
    )
    stage.window.bridge.happened.emit(ModelFailed(error))
    stage.pump(0.3)


def _menu(stage: Stage) -> None:
    """All favourites on the row, the loop asked for."""
    page = _open(stage)
    _walk(stage, page)
    _keep(stage, page)
    page.steps.make_loop()
    stage.pump(0.3)


def _alone(stage: Stage) -> None:
    """The picture fills the screen."""
    page = _open(stage)
    _walk(stage, page)
    window = PictureWindow(stage.studio.pools.files, stage.window)
    assert page.showing.frame is not None
    window.canvas.set_frame(page.showing.frame.picture)
    window.resize(1100, 700)
    window.show()
    stage.pump(0.6)


def _leave(stage: Stage) -> None:
    for window in QApplication.topLevelWidgets():
        if window is not stage.window and window.parent() is stage.window:
            window.close()
    _rest(stage)


STATES = [
    State("explore-map-near", _near, _SIZES, _rest),
    State("explore-map-far", _far, _SIZES, _rest),
    State("explore-breed-first", _first_sheet, _SIZES, _rest),
    State("explore-mix-kinds", _kinds, _SIZES, _rest),
    State("explore-nothing", _nothing, _SIZES),
    State("explore-failed", _failed, (), _rest),
    State("explore-loop", _menu, (), _leave),
    State("explore-alone", _alone, (), _leave),
]
