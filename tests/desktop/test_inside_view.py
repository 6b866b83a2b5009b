"""The Look inside view by hand, on real generators: stages, channels, bends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.pages.explore.inside_view import InsideView
from ganstudio.project.inside import Inside, InsideWanted
from ganstudio.project.point import Bend, LatentPoint
from tests.desktop.exploring import Exploring, exploring, write_model
from tests.desktop.helpers_widgets import LEFT, NO_KEYS, SHIFT, move

CTRL = Qt.KeyboardModifier.ControlModifier
HERE = LatentPoint(seed_x=3)


@pytest.fixture
def it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exploring]:
    with exploring(qtbot, monkeypatch) as it:
        it.walk.go(HERE, "start")
        yield it


def inside(it: Exploring, tmp_path: Path, name: str = "sketch", stage: int = 1) -> InsideView:
    it.open(write_model(tmp_path / "model.safetensors", name))
    view = InsideView(it.walk, it.explorer)
    it.show(view)
    view.stages._choose(stage)
    it.until(lambda: bool(view.channels.grid.channels()))
    return view


def tile(view: InsideView, place: int) -> QPoint:
    return view.channels.grid.tile_box(place).center().toPoint()


def click(view: InsideView, place: int, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    QTest.mouseClick(view.channels.grid, LEFT, keys, tile(view, place))


@pytest.mark.parametrize("name", ["sketch", "style", "mlp"])
def test_chosen_channels_are_switched_off_as_part_of_the_place(
    it: Exploring, tmp_path: Path, name: str
) -> None:
    view = inside(it, tmp_path, name)
    assert it.shown is not None
    before = it.shown.picture
    shown = view.channels.grid.channels()
    assert not view.channels.acts["off"].isEnabled()
    click(view, 0)
    click(view, 2, CTRL)
    click(view, 4, SHIFT)
    chosen = view.channels.grid.chosen_channels()
    assert set(chosen) == {shown[0], *shown[2:5]}
    view.channels.acts["off"].click()
    assert it.walk.point.bends == (Bend(stage=1, channels=chosen, action="off"),)
    assert it.stack.count() == 2
    it.drawn()
    assert (it.shown.picture != before).any()
    it.looked_inside()
    assert view.channels.grid.channels() == shown  # nothing jumps away under the hand
    assert not view.channels.grid.heat(0).any()  # type: ignore[union-attr]  # it is shown
    it.stack.undo()
    assert it.walk.point == HERE
    assert not view.bends.rows


@pytest.mark.parametrize(("name", "places"), [("sketch", True), ("mlp", False)])
def test_what_would_do_nothing_is_not_offered(
    it: Exploring, tmp_path: Path, name: str, places: bool
) -> None:
    view = inside(it, tmp_path, name)
    offered = {action for action, button in view.channels.acts.items() if not button.isHidden()}
    assert offered == ({"off", "amplify", "move", "turn", "blur"} if places else {"off", "amplify"})
    model = it.walk.model
    assert model is not None
    words = view.stages.accessibleName()
    assert f"{model.stages[1].channels} channels" in words
    assert ("8 \u00d7 8" in words) == places


def test_never_more_channels_are_asked_for_than_are_seen_and_pages_show_the_rest(
    it: Exploring, tmp_path: Path
) -> None:
    view = inside(it, tmp_path, "mlp")  # 200 units
    room = view.channels.grid.capacity()
    model = it.walk.model
    assert model is not None
    count = model.stages[1].channels
    view.channels.order._choose(1)
    it.until(lambda: view.channels.grid.channels()[0] == 0)
    assert view.channels.grid.channels() == tuple(range(min(room, count)))
    view.resize(500, 300)
    room = view.channels.grid.capacity()
    assert room < count
    it.until(lambda: len(view.channels.grid.channels()) == room)
    view.channels.on.click()
    it.until(lambda: view.channels.grid.channels()[0] == room)
    assert view.channels.page_words.text().startswith(f"{room + 1} to ")
    view.channels.grid.setFocus()
    QTest.keyClick(view.channels.grid, Qt.Key.Key_PageUp)
    it.until(lambda: view.channels.grid.channels()[0] == 0)
    assert not view.channels.back.isEnabled()


def test_similar_ones_are_chosen_with_it(it: Exploring, tmp_path: Path) -> None:
    view = inside(it, tmp_path)
    click(view, 1)
    before = view.channels.grid.chosen_channels()
    view.channels.similar.click()
    it.until(lambda: len(view.channels.grid.chosen_channels()) > 1)
    chosen = view.channels.grid.chosen_channels()
    assert set(before) < set(chosen)
    assert view.channels.count.text() == f"{len(chosen)} chosen"
    view.channels.none.click()
    assert not view.channels.grid.chosen_channels()


def test_a_bend_has_a_switch_an_amount_an_order_and_an_end(it: Exploring, tmp_path: Path) -> None:
    view = inside(it, tmp_path)
    for place, action in ((0, "amplify"), (1, "move")):
        click(view, place)
        view.channels.acts[action].click()  # type: ignore[index]  # both are actions
    first, second = view.bends.rows
    steps = it.stack.count()
    first.sliders[0][1]._slider.move_by(10)
    assert it.walk.point.bends[0].amount == pytest.approx(3.0)
    assert it.stack.count() == steps + 1
    across, down = (slider for _, slider in second.sliders)
    across._slider.move_by(35)
    down._slider.move_by(-25)
    moved = it.walk.point.bends[1]
    assert (moved.amount, moved.down) == pytest.approx((0.5, -0.25))
    second.on.click()
    assert not it.walk.point.bends[1].on
    assert not across.isEnabled()
    assert view.stages._bent == {1}
    second.up.click()
    assert [bend.action for bend in it.walk.point.bends] == ["move", "amplify"]
    view.bends.rows[1].remove.click()
    assert [bend.action for bend in it.walk.point.bends] == ["move"]
    assert not view.without.isEnabled()  # the one that is left is off
    view.bends.rows[0].sliders[0][1].reset()
    view.remove_all.click()
    assert it.walk.point == HERE
    assert not view.remove_all.isEnabled()


def test_a_held_key_shows_the_picture_without_and_loses_nothing(
    it: Exploring, tmp_path: Path
) -> None:
    view = inside(it, tmp_path)
    click(view, 0)
    view.channels.acts["off"].click()
    bent, steps = it.walk.point, it.stack.count()
    view.channels.grid.setFocus()
    QTest.keyPress(view.channels.grid, Qt.Key.Key_W)
    assert it.walk.point == HERE
    assert len(view.bends.rows) == 1  # the list stays
    QTest.keyRelease(view.channels.grid, Qt.Key.Key_W)
    assert it.walk.point == bent
    QTest.mousePress(view.without, LEFT)
    assert it.walk.point == HERE
    view.active = False
    view.left()  # another view is chosen meanwhile
    assert it.walk.point == bent
    QTest.mouseRelease(view.without, LEFT)
    assert (it.walk.point, it.stack.count()) == (bent, steps)
    view.active = True
    QTest.keyPress(view.channels.grid, Qt.Key.Key_W)
    it.stack.undo()
    QTest.keyRelease(view.channels.grid, Qt.Key.Key_W)
    assert it.walk.point == HERE  # what happened meanwhile holds


def test_the_channel_under_the_pointer_lights_its_part_of_the_picture(
    it: Exploring, tmp_path: Path
) -> None:
    view = inside(it, tmp_path)
    assert not view.canvas.tinted()
    move(view.channels.grid, tile(view, 0))
    assert view.canvas.tinted()
    QTest.keyClick(view.channels.grid, Qt.Key.Key_Escape)
    view.channels.grid.leaveEvent(None)  # type: ignore[arg-type]  # it looks at none
    assert not view.canvas.tinted()


def test_the_channels_follow_the_place_and_a_bend_leads_back_to_its_channels(
    it: Exploring, tmp_path: Path
) -> None:
    view = inside(it, tmp_path)
    click(view, 3)
    chosen = view.channels.grid.chosen_channels()
    view.channels.acts["blur"].click()
    it.looked_inside()
    before = view.channels.grid.heat(0)
    it.walk.go(it.change(seed_x=9.0), "walk")
    it.looked_inside()
    after = view.channels.grid.heat(0)
    assert before is not None
    assert after is not None
    assert not np.array_equal(before, after)
    view.stages._choose(0)
    assert not view.channels.grid.chosen_channels()
    view.bends.rows[0].show_button.click()
    assert view.stages.current() == 1
    it.until(lambda: view.channels.grid.channels()[:1] == chosen)
    assert view.channels.grid.chosen_channels() == chosen


def test_an_answer_to_an_older_question_is_not_shown(it: Exploring, tmp_path: Path) -> None:
    view = inside(it, tmp_path)
    it.looked_inside()
    shown = view.channels.grid.channels()
    older = InsideWanted(HERE, 1, channels=(0,))
    nothing = np.zeros((1, 8, 8), np.uint8)
    it.explorer.insides.put(Inside(older, (0,), (0.0,), nothing))
    it.walk.collect()
    assert view.channels.grid.channels() == shown
