"""Favourites on the Explore page: none, six, one of another model, all of them, before held."""

from __future__ import annotations

from ganstudio.desktop.pages.explore.mix_view import MixView
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.point_mime import mime_of
from tests.desktop.helpers_widgets import hang_over
from tests.gallery.stage import Stage, State
from tests.gallery.states_explore import _open, _rest, _walk

_BIG = (1440, 900)
_SMALL = (1024, 700)
_SIZES = (_BIG, _SMALL)

_KEPT = (
    ((21.0, 4.0), "Pink bun", ("cover",)),
    ((30.0, 2.0), "Round glasses", ()),
    ((44.3, 1.0), "", ()),
    ((57.0, 3.0), "For the poster", ("cover", "blue")),
    ((62.0, 0.0), "", ("blue",)),
    ((70.5, 2.5), "The tall one", ()),
)


def _keep(stage: Stage, page: ExplorePage, count: int = 6) -> None:
    for (x, y), name, tags in _KEPT[:count]:
        place = page.walk.point.model_copy(update={"seed_x": x, "seed_y": y})
        page.walk.go(place, "walk")
        stage.until(lambda: page.showing.frame.point == page.walk.point)
        page.favourites.keep()
        newest = page.favourites.all()[-1].id
        page.favourites.set_name(newest, name)
        page.favourites.set_tags(newest, ", ".join(tags))
    stage.window.toaster.hide()
    stage.pump(0.6)


def _none(stage: Stage) -> None:
    _walk(stage, _open(stage))


def _six(stage: Stage) -> None:
    page = _open(stage)
    _walk(stage, page)
    _keep(stage, page)


def _foreign(stage: Stage) -> None:
    page = _open(stage)
    _keep(stage, page, 4)
    other = page.favourites.all()[1]
    kept = other.kept.model_copy(update={"model": "another", "images": 270_000})
    stage.studio.favourites.put(other.model_copy(update={"kept": kept, "source": "Run of Anna"}))
    page.favourites.look()
    page.favourites.go(other.id)
    stage.until(lambda: page.showing.frame.point == page.walk.point)
    stage.pump(0.6)


def _all(stage: Stage) -> None:
    page = _open(stage)
    _walk(stage, page)
    _keep(stage, page)
    page.steps.show_all()


def _before(stage: Stage) -> None:
    page = _open(stage)
    _keep(stage, page, 3)
    page.before.pin(page.favourites.all()[0].id)
    stage.pump(0.4)
    page.before.hold(True)
    stage.pump(0.4)


def _over_slider(stage: Stage) -> None:
    page = _open(stage)
    _walk(stage, page)
    _keep(stage, page)
    walk, row = page.walk, page.directions.rows[5]
    place = walk.point.with_amount(walk.directions[5], 1.8)
    assert hang_over(row, mime_of(page.studio.explorer.keep(place)))
    stage.until(lambda: row._slider.landing() is not None)
    stage.pump(0.2)


def _over_diversity(stage: Stage) -> None:
    page = _open(stage)
    _keep(stage, page)
    place = page.walk.point.model_copy(update={"diversity": 0.4})
    assert hang_over(page.diversity.row, mime_of(page.studio.explorer.keep(place)))
    stage.pump(0.2)


def _mixed(stage: Stage) -> None:
    page = _open(stage)
    _keep(stage, page)
    page.views.show("mix")
    view = page.views.current
    assert isinstance(view, MixView)
    view.pool.source._choose(3)
    stage.until(lambda: view.pool.tiles.pictures() is not None)
    stage.pump(0.4)


def _one_screen(stage: Stage) -> None:
    page = _open(stage)
    _keep(stage, page, 1)
    page.second.toggle()


STATES = [
    State("favourites-none", _none, _SIZES, _rest),
    State("favourites-six", _six, _SIZES, _rest),
    State("favourites-foreign", _foreign, _SIZES, _rest),
    State("favourites-all", _all, tear_down=_rest),
    State("favourites-before", _before, _SIZES, _rest),
    State("favourites-over-slider", _over_slider, _SIZES, _rest),
    State("favourites-over-diversity", _over_diversity, (_SMALL,), _rest),
    State("favourites-mixed", _mixed, _SIZES, _rest),
    State("favourites-one-screen", _one_screen, tear_down=_rest),
]
