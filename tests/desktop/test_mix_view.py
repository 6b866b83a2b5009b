"""The Mix view by hand, on real generators: slots, triangle, parts, kinds, mask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.pages.explore.mix_view import MixView
from ganstudio.desktop.pages.explore.mixing import is_mixed, places, weights, with_place
from ganstudio.desktop.point_mime import mime_of
from ganstudio.project.favourites import new_favourite
from ganstudio.project.point import LatentPoint
from tests.desktop.exploring import Exploring, exploring, write_model
from tests.desktop.helpers_widgets import LEFT, NO_KEYS, drag, drop_on

#: One share of w for all layers, one w for each, and no places at all: the rest is alike.
UNLIKE = ("sketch", "style", "mlp")
HERE = LatentPoint(seed_x=3)
THERE, BEYOND = LatentPoint(seed_x=8), LatentPoint(seed_x=31)


@pytest.fixture
def it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exploring]:
    with exploring(qtbot, monkeypatch) as it:
        it.walk.go(HERE, "start")
        yield it


def mix(it: Exploring, tmp_path: Path, name: str = "sketch", classes: int = 0) -> MixView:
    it.open(write_model(tmp_path / "model.safetensors", name, classes))
    view = MixView(it.walk, it.explorer)
    it.show(view)
    it.until(lambda: view.pool.tiles.pictures() is not None)
    return view


def choose(view: MixView, way: str) -> None:
    keys = [segment.key for segment in view.switch._segments]
    view.switch._choose(keys.index(way))


def drop(view: MixView, slot: int, place: LatentPoint) -> None:
    data = mime_of(view.explorer.keep(place))
    assert drop_on(view.slots, data, view.slots.tile_box(slot).center())


@pytest.mark.parametrize("name", UNLIKE)
def test_only_the_ways_that_a_network_has_are_offered(
    it: Exploring, tmp_path: Path, name: str
) -> None:
    view = mix(it, tmp_path, name)
    offered = [segment.key for segment in view.switch._segments]
    assert offered == (["blend"] if name == "mlp" else ["blend", "parts", "mask"])
    assert view.note.isHidden() == (name != "mlp")
    if name != "mlp":
        model = it.walk.model
        assert model is not None
        shown = [band for band, row in view.parts.rows.items() if not row.isHidden()]
        assert shown == list(model.bands)
        assert (view.parts.labels["coarse"].text() == "Where things are") == (name == "style")
        assert ("of each channel" in view.parts.rows["fine"].toolTip()) == (name != "style")


@pytest.mark.parametrize("name", UNLIKE)
def test_a_dragged_blend_shows_while_the_hand_moves_and_is_one_step(
    it: Exploring, tmp_path: Path, name: str
) -> None:
    view = mix(it, tmp_path, name)
    it.drawn()
    assert it.shown is not None
    before = it.shown.picture
    drop(view, 1, THERE)
    assert it.stack.count() == 2
    triangle = view.blend.triangle
    start, end = triangle.handle(), triangle.corner_at(1)
    drag(triangle, start.toPoint(), ((start + end) / 2).toPoint())
    assert weights(it.walk.point) == pytest.approx((0.5, 0.5), abs=0.03)
    assert it.stack.count() == 3
    it.drawn()
    assert (it.shown.picture != before).any()
    assert it.shown.point == it.walk.point
    it.stack.undo()
    assert not is_mixed(it.walk.point)
    assert triangle.weights() == (1.0, 0.0, 0.0)
    it.stack.setIndex(1)
    assert it.walk.point == HERE
    assert view.slots.count() == 1


def test_pictures_come_to_slots_by_click_and_the_next_free_one_is_chosen(
    it: Exploring, tmp_path: Path
) -> None:
    view = mix(it, tmp_path)
    assert view.slots.current() == 1
    offered = view.pool.places()
    assert len(offered) == 8
    for index in (0, 3, 5):
        box = view.pool.tiles.tile_box(index)
        QTest.mouseClick(view.pool.tiles, LEFT, pos=box.center().toPoint())
    assert places(it.walk.point) == (HERE, offered[0], offered[3], offered[5])
    assert view.slots.current() == 3
    it.until(lambda: all(image is not None for image in view.slots._images))
    view.slots.set_current(2)
    view.slots.setFocus()
    QTest.keyClick(view.slots, Qt.Key.Key_Delete)
    assert places(it.walk.point) == (HERE, offered[0], offered[5])
    view.pool.dice.click()
    assert not set(view.pool.places()) & set(offered)
    view.pool.source._choose(2)
    mixed = with_place(with_place(with_place(HERE, 1, offered[0]), 2, offered[3]), 3, offered[5])
    assert view.pool.places()[0] == mixed  # a step is what it was, mixed or not
    assert view.pool.places()[-1] == LatentPoint()
    assert not view.pool.dice.isEnabled()


def test_favourites_are_offered_eight_at_a_time(it: Exploring, tmp_path: Path) -> None:
    view = mix(it, tmp_path)
    pool, source = view.pool, view.pool.source
    source._choose(3)
    assert source.current() == "surprise", "nothing is kept yet"
    seeds = range(20, 30)
    kept = [it.explorer.keep(LatentPoint(seed_x=seed)) for seed in seeds]
    kept[1] = kept[1].model_copy(update={"model": "another"})
    names = [f"Favourite {seed}" for seed in seeds]
    view.offer_favourites(
        [
            new_favourite(one).model_copy(update={"name": name})
            for one, name in zip(kept, names, strict=True)
        ]
    )
    source._choose(3)
    assert [place.seed_x for place in pool.places()] == [*range(20, 28)]
    assert pool.tiles.tile_tip(0).startswith("Favourite 20. Click")
    assert pool.tiles.tile_name(1) == "Favourite 21, of another model"
    it.until(lambda: pool.tiles.pictures() is not None)
    QTest.mouseClick(pool.tiles, LEFT, pos=pool.tiles.tile_box(2).center().toPoint())
    assert places(it.walk.point) == (HERE, LatentPoint(seed_x=22))
    pool.dice.click()
    assert [place.seed_x for place in pool.places()] == [28, 29]
    pool.dice.click()
    assert pool.places()[0].seed_x == 20
    view.offer_favourites([new_favourite(kept[0])])
    assert [place.seed_x for place in pool.places()] == [20]
    assert not pool.dice.isEnabled()
    view.offer_favourites(())
    assert source.current() == "surprise"
    assert pool.dice.isEnabled()


def test_what_was_dragged_lands_where_it_was_dropped(it: Exploring, tmp_path: Path) -> None:
    view = mix(it, tmp_path)
    drop(view, 3, THERE)  # slots fill from the left
    assert places(it.walk.point) == (HERE, THERE)
    drop(view, 0, BEYOND)
    assert places(it.walk.point) == (BEYOND, THERE)
    carried: list[int] = []
    view.pool.tiles.carried.disconnect()
    view.pool.tiles.carried.connect(carried.append)
    start = view.pool.tiles.tile_box(2).center().toPoint()
    drag(view.pool.tiles, start, start + QPoint(0, 60))
    assert carried == [2]
    assert places(it.walk.point) == (BEYOND, THERE)  # nothing was clicked


def test_weights_are_typed_and_the_keyboard_moves_the_handle(it: Exploring, tmp_path: Path) -> None:
    view = mix(it, tmp_path)
    for slot, place in ((1, THERE), (2, BEYOND), (3, LatentPoint(seed_x=40))):
        drop(view, slot, place)
    row = view.blend.rows[3]
    row.field.setText("40")
    row.field.editingFinished.emit()
    assert weights(it.walk.point) == pytest.approx((0.6, 0, 0, 0.4))
    triangle = view.blend.triangle
    triangle.setFocus()
    QTest.keyClick(triangle, Qt.Key.Key_Down)
    after = weights(it.walk.point)
    assert after[3] == pytest.approx(0.4)  # the triangle leaves the fourth alone
    assert after[1] == pytest.approx(after[2], abs=1e-3)
    assert 0 < after[1] < 0.1
    row.field.setText("lots")
    row.field.editingFinished.emit()
    assert row.field.text() == "40"
    assert view.blend.shares.reset.isEnabled()
    view.blend.shares.reset.click()
    assert weights(it.walk.point)[:3] == pytest.approx((0.6, 0, 0))
    view.blend.rows[0].field.setText("100")
    view.blend.rows[0].field.editingFinished.emit()
    assert not is_mixed(it.walk.point)
    assert not view.blend.shares.reset.isEnabled()
    assert "A 100" in triangle.accessibleName()


@pytest.mark.parametrize("name", ["sketch", "style"])
def test_each_part_may_be_another_places(it: Exploring, tmp_path: Path, name: str) -> None:
    view = mix(it, tmp_path, name)
    it.drawn()
    assert it.shown is not None
    before = it.shown.picture
    choose(view, "parts")
    switch = view.parts.switches["fine"]
    switch._choose(1)
    assert not it.walk.point.mixes  # nothing lies in B yet
    drop(view, 1, THERE)
    switch._choose(1)
    assert [(mix.band, mix.point) for mix in it.walk.point.mixes] == [("fine", THERE)]
    it.drawn()
    assert (it.shown.picture != before).any()
    view.parts.reset.click()
    assert not it.walk.point.mixes
    it.stack.undo()
    view.commands()["reset-all"]()
    assert it.walk.point == with_place(HERE, 1, THERE)
    assert switch.current() == "A"
    assert not view.parts.reset.isEnabled()


@pytest.mark.parametrize("name", ["sketch", "style"])
def test_a_painted_mask_lets_the_other_place_through_where_it_was_painted(
    it: Exploring, tmp_path: Path, name: str
) -> None:
    view = mix(it, tmp_path, name)
    choose(view, "mask")
    assert not view.masking.hint.isHidden()
    box = view.canvas.picture_box()
    left = box.topLeft() + QPointF(0.2 * box.width(), 0)
    drag(view.canvas, left.toPoint(), (left + QPointF(0, box.height())).toPoint())
    assert it.walk.point == HERE  # nothing could show
    drop(view, 1, THERE)
    steps = it.stack.count()
    drag(view.canvas, left.toPoint(), (left + QPointF(0, box.height() - 1)).toPoint())
    assert it.stack.count() == steps + 1
    mask = it.walk.point.mask
    assert mask is not None
    rows = np.array(mask.rows)
    assert rows[4:-4, 4:8].min() > 0.9
    assert not rows[:, 20:].any()
    it.drawn()
    assert it.shown is not None
    plain = it.explorer.draw([HERE, THERE]).result(10).astype(int)
    apart = [np.abs(it.shown.picture.astype(int) - picture).mean((0, 2)) for picture in plain]
    assert apart[1][2:7].sum() < apart[0][2:7].sum()
    assert apart[0][-8:].sum() < apart[1][-8:].sum()
    assert view.canvas.tinted()


def test_the_brush_rubs_out_inverts_clears_and_obeys_the_keyboard(
    it: Exploring, tmp_path: Path
) -> None:
    view = mix(it, tmp_path)
    drop(view, 1, THERE)
    choose(view, "mask")
    tool = view.masking
    assert not tool.clear.isEnabled()
    view.canvas.setFocus()
    QTest.keyClick(view.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view.canvas, Qt.Key.Key_Space)
    painted = it.walk.point.mask
    assert painted is not None
    assert np.array(painted.rows)[16, 20] > 0.9
    tool.invert.click()
    tool.invert.click()
    assert it.walk.point.mask == painted
    tool.size_row._slider.move_by(60)
    QTest.keyClick(view.canvas, Qt.Key.Key_Backspace)
    assert it.walk.point.mask is None
    it.stack.undo()
    assert tool.clear.isEnabled()
    tool.clear.click()
    assert it.walk.point.mask is None
    assert places(it.walk.point) == (HERE, THERE)


def test_esc_gives_a_stroke_up(it: Exploring, tmp_path: Path) -> None:
    view = mix(it, tmp_path)
    drop(view, 1, THERE)
    choose(view, "mask")
    before, middle = it.walk.point, view.canvas.rect().center()
    QTest.mousePress(view.canvas, LEFT, NO_KEYS, middle)
    assert it.walk.point.mask is not None
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert it.walk.point == before
    QTest.mouseRelease(view.canvas, LEFT, NO_KEYS, middle)
    assert it.walk.point == before


def test_kinds_blend_on_a_triangle_of_their_own(it: Exploring, tmp_path: Path) -> None:
    view = mix(it, tmp_path, classes=4)
    choose(view, "kinds")
    tool = view.kinds
    triangle = tool.triangle
    assert len(triangle.corners()) == 3
    drag(triangle, triangle.handle().toPoint(), triangle.corner_at(2).toPoint())
    assert (it.walk.point.kind, it.walk.point.kinds) == (2, ())
    tool.rows[0].field.setText("25")
    tool.rows[0].field.editingFinished.emit()
    assert it.walk.point.kinds == ((0, 0.25), (2, 0.75))
    tool.choices[2].activated.emit(3)
    assert it.walk.point.kinds == ((0, 0.25), (3, 0.75))
    it.drawn()
    tool.shares.reset.click()
    assert (it.walk.point.kind, it.walk.point.kinds) == (0, ())
    it.walk.go(it.change(kinds=((1, 0.5), (2, 0.5))), "from elsewhere")
    assert {1, 2} <= set(tool._chosen)


def test_nobody_asks_for_pictures_that_nobody_sees(it: Exploring, tmp_path: Path) -> None:
    view = mix(it, tmp_path)
    view.active = False
    asked: list[str] = []
    it.walk.ask_sheet = lambda name, points: asked.append(name)  # type: ignore[method-assign]
    it.walk.go(THERE, "walk")
    it.walk.rested.emit()
    assert not asked


@pytest.mark.parametrize("size", [(655, 570), (992, 670), (1472, 850)])
def test_slots_are_seen_whole_in_every_window(
    it: Exploring, tmp_path: Path, size: tuple[int, int]
) -> None:
    view = mix(it, tmp_path)
    view.resize(*size)
    it.until(lambda: view.slots.height() >= view.slots.tile_box(0).height())
    assert view.slots.tile_box(3).right() <= view.slots.width()
