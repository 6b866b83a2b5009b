"""The Explore page's views for mixing and for looking inside, with a model that came along."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from ganstudio.desktop.pages.explore.inside_view import InsideView
from ganstudio.desktop.pages.explore.mix_view import MixView
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.project.point import LatentPoint
from tests.desktop.helpers_widgets import drag
from tests.gallery.stage import Stage, State

_SIZES = ((1440, 900), (1024, 700))


def _open(stage: Stage, view: str) -> ExplorePage:
    stage.open_bundle("open-peeps")
    stage.show("explore")
    page = stage.window.pages.page("explore")
    assert isinstance(page, ExplorePage)
    stage.until(lambda: page.showing.frame is not None and bool(page.walk.directions))
    page.walk.go(LatentPoint(seed_x=23), "walk")
    page.views.show(view)
    stage.pump(0.5)
    return page


def _mix(stage: Stage, seeds: tuple[int, ...]) -> MixView:
    """Some slots filled."""
    page = _open(stage, "mix")
    view = page.views.current
    assert isinstance(view, MixView)
    view.pool._roll = 3
    for seed in seeds:
        view._fill(view.slots.current(), LatentPoint(seed_x=seed))
    _drawn(stage, view)
    return view


def _drawn(stage: Stage, view: MixView) -> None:
    stage.until(lambda: all(image is not None for image in view.slots._images))
    stage.until(lambda: view.pool.tiles.pictures() is not None)
    stage.pump(0.5)


def _empty(stage: Stage) -> None:
    _mix(stage, ())


def _blend(stage: Stage) -> None:
    view = _mix(stage, (8, 31))
    triangle = view.blend.triangle
    middle = (triangle.corner_at(0) + triangle.corner_at(1) + triangle.corner_at(2)) / 3
    drag(triangle, triangle.handle().toPoint(), middle.toPoint())
    _drawn(stage, view)


def _parts(stage: Stage) -> None:
    view = _mix(stage, (8, 31, 5))
    view.switch._choose(1)
    view.parts.switches["coarse"]._choose(1)
    view.parts.switches["fine"]._choose(3)
    _drawn(stage, view)


def _mask(stage: Stage) -> None:
    view = _mix(stage, (8,))
    view.switch._choose(2)
    stage.pump(0.2)
    box = view.canvas.picture_box().toRect()
    for left in (20, 30, 40):
        start = box.topLeft() + QPoint(box.width() * left // 100, box.height() // 10)
        drag(view.canvas, start, start + QPoint(0, box.height() * 7 // 10))
    _drawn(stage, view)


def _inside(stage: Stage) -> None:
    """Three channels of the third stage off, one amplified, two chosen."""
    page = _open(stage, "inside")
    view = page.views.current
    assert isinstance(view, InsideView)
    view.stages._choose(2)
    stage.until(lambda: bool(view.channels.grid.channels()))
    view.channels.grid.set_chosen(view.channels.grid.channels()[:3])
    view.channels._chosen()
    view.channels.acts["off"].click()
    view.channels.grid.set_chosen(view.channels.grid.channels()[5:6])
    view.channels.acts["turn"].click()
    view.channels.grid.set_chosen(view.channels.grid.channels()[9:11])
    view.channels._chosen()
    stage.until(
        lambda: page.showing.frame is not None and page.showing.frame.point == page.walk.point
    )
    stage.pump(0.5)


STATES = [
    State("explore-mix-empty", _empty, _SIZES),
    State("explore-mix-blend", _blend, _SIZES),
    State("explore-mix-parts", _parts, _SIZES),
    State("explore-mix-mask", _mask, _SIZES),
    State("explore-inside", _inside, _SIZES),
]
