from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.picture_list import PictureItem, PictureList
from ganstudio.desktop.widgets.picture_model import PictureModel
from ganstudio.desktop.widgets.picture_tile import TileDelegate
from tests.desktop.helpers_widgets import LEFT, SHIFT, flat, holds_colour, move, seen

STATES = {3: PictureItem("d.png", "left-out", "Blurred"), 4: PictureItem("e.png", "unreadable")}


def _item(index: int) -> PictureItem:
    return STATES.get(index, PictureItem(f"{index}.png"))


@pytest.fixture
def pictures(qtbot: QtBot) -> PictureList:
    pictures = PictureList()
    pictures.resize(520, 400)
    qtbot.addWidget(pictures)
    pictures.show()
    return pictures


def test_only_what_is_seen_is_asked_for_and_once(pictures: PictureList) -> None:
    asked: list[int] = []
    pictures.set_source(5000, _item, asked.append)
    seen(pictures)
    seen(pictures)
    first, last = pictures.visible()
    assert set(asked) == set(range(first, last + 1)) - {4}
    assert len(asked) == len(set(asked))
    assert len(asked) < 60


def test_an_answer_is_painted(pictures: PictureList) -> None:
    pictures.set_source(9, _item, lambda _index: None)
    assert not holds_colour(pictures, "#c80a14")
    pictures.set_picture(0, flat((200, 10, 20))[0])
    assert holds_colour(pictures, "#c80a14")


def test_every_state_is_painted_differently(pictures: PictureList) -> None:
    pictures.set_source(5, _item, lambda _index: None)
    for index in range(4):
        pictures.set_picture(index, flat((200, 10, 20), side=64)[0])
    pictures.set_current(1)
    image = seen(pictures)
    boxes = [
        pictures.tile_rect(pictures.visualRect(pictures.model().index(row, 0))).toRect()
        for row in range(5)
    ]
    copies = [image.copy(box.adjusted(-3, -3, 3, 3)) for box in boxes]  # bits die with their image
    parts = [bytes(copy.constBits()) for copy in copies]
    assert parts[0] == parts[2]
    assert len(set(parts)) == 4


def test_a_million_pictures_open_at_once(pictures: PictureList) -> None:
    start = time.perf_counter()
    pictures.set_source(1_000_000, _item, lambda _index: None)
    pictures.set_current(900_000)
    seen(pictures)
    assert time.perf_counter() - start < 1
    first, last = pictures.visible()
    assert first <= 900_000 <= last


def test_delete_leaves_out_and_brings_back(pictures: PictureList, qtbot: QtBot) -> None:
    pictures.set_source(9, _item, lambda _index: None)
    pictures.set_current(2)
    with qtbot.waitSignal(pictures.left_out) as told:
        QTest.keyClick(pictures, Qt.Key.Key_Delete)
    assert told.args == [[2]]
    pictures.set_current(3)
    with qtbot.waitSignal(pictures.brought_back) as told:
        QTest.keyClick(pictures, Qt.Key.Key_Delete)
    assert told.args == [[3]]
    pictures.set_current(4)
    with qtbot.assertNotEmitted(pictures.left_out), qtbot.assertNotEmitted(pictures.brought_back):
        QTest.keyClick(pictures, Qt.Key.Key_Delete)


def test_the_cross_of_a_tile_turns_that_one(pictures: PictureList, qtbot: QtBot) -> None:
    pictures.set_source(9, _item, lambda _index: None)
    cell = pictures.visualRect(pictures.model().index(5, 0))
    with qtbot.waitSignal(pictures.left_out) as told:
        place = pictures.cross_rect(cell).center().toPoint()
        QTest.mouseClick(pictures.viewport(), LEFT, pos=place)
    assert told.args == [[5]]


def test_arrows_choose_and_return_opens(pictures: PictureList, qtbot: QtBot) -> None:
    pictures.set_source(9, _item, lambda _index: None)
    pictures.set_current(0)
    with qtbot.waitSignal(pictures.chosen) as told:
        QTest.keyClick(pictures, Qt.Key.Key_Right)
    assert told.args == [1]
    with qtbot.waitSignal(pictures.opened) as told:
        QTest.keyClick(pictures, Qt.Key.Key_Return)
    assert told.args == [1]


def test_columns_fill_the_width_at_every_size(pictures: PictureList) -> None:
    pictures.set_source(200, _item, lambda _index: None)
    for side in (48, 94, 150, 192):
        pictures.set_tile(side)
        columns = pictures.columns()
        assert pictures.tile_side() >= min(side, pictures.viewport().width() - 6)
        assert pictures.cell(columns - 1).right() == pictures.viewport().width() - 4
        assert pictures.cell(columns).left() == pictures.cell(0).left() == 3


def test_rows_are_as_high_as_the_pictures_are(pictures: PictureList) -> None:
    pictures.set_source(200, _item, lambda _index: None)
    pictures.set_tile(94)
    pictures.set_proportion(2 / 3)
    first, below = pictures.cell(0), pictures.cell(pictures.columns())
    assert first.height() == round(first.width() * 2 / 3)
    gap = pictures.cell(1).left() - first.right()
    assert abs(below.top() - first.bottom() - gap) <= 1
    assert pictures.indexAt(below.center()).row() == pictures.columns()
    pictures.verticalScrollBar().setValue(pictures.verticalScrollBar().maximum())
    assert pictures.cell(199).bottom() < pictures.viewport().height()
    assert pictures.visible()[1] == 199


def test_the_model_forgets_what_was_seen_long_ago(qtbot: QtBot) -> None:
    asked: list[int] = []
    model = PictureModel()
    model.set_source(400, _item, asked.append)
    for index in range(400):
        model.set_picture(index, flat((1, 2, 3), side=512)[0])
    assert model.image(399) is not None
    assert model.image(0) is None
    assert asked == [0]


def test_an_empty_list_says_what_to_do(pictures: PictureList) -> None:
    before = seen(pictures)
    pictures.set_empty_text("Drop a folder here.")
    assert seen(pictures) != before
    assert pictures.visible() == (0, -1)


def test_shift_chooses_everything_between(pictures: PictureList) -> None:
    pictures.set_source(100, _item, lambda _index: None)
    pictures.set_current(6)
    for _ in range(2):
        QTest.keyClick(pictures, Qt.Key.Key_Down, SHIFT)
    assert pictures.selected() == list(range(6, 6 + 2 * pictures.columns() + 1))


def test_the_place_stays_when_tiles_change_their_size(pictures: PictureList) -> None:
    pictures.set_source(2000, _item, lambda _index: None)
    pictures.set_current(1500)
    pictures.set_tile(150)
    first, last = pictures.visible()
    assert first <= 1500 <= last + 3 * pictures.columns()
    assert first > 1000


def test_hovering_shows_the_cross(pictures: PictureList) -> None:
    pictures.set_source(9, _item, lambda _index: None)
    pictures.set_picture(0, flat((200, 10, 20))[0])
    before = seen(pictures)
    move(pictures.viewport(), pictures.cell(0).center())
    assert seen(pictures) != before


def test_tiles_are_drawn_anew_only_when_something_about_them_changed(
    pictures: PictureList, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    plain = TileDelegate.paint

    def spy(self: TileDelegate, painter: Any, option: Any, index: Any) -> None:
        drawn.append(index.row())
        plain(self, painter, option, index)

    monkeypatch.setattr(TileDelegate, "paint", spy)
    items = {0: PictureItem("a.png")}
    pictures.set_source(400, lambda row: items.get(row, PictureItem("")), lambda _index: None)
    seen(pictures)
    changes = (
        lambda: pictures.set_picture(0, flat((200, 10, 20))[0]),
        lambda: (items.update({0: PictureItem("a.png", "left-out")}), pictures.refresh(0)),
        lambda: pictures.set_current(1),
        lambda: pictures.verticalScrollBar().setValue(30),
        lambda: pictures.set_tile(120),
        lambda: pictures.resize(480, 300),
        lambda: move(pictures.viewport(), pictures.cell(3).center()),
        lambda: theme.apply(QApplication.instance(), "light"),
    )
    for change in changes:
        before = seen(pictures)
        drawn.clear()
        assert seen(pictures) == before
        assert not drawn
        change()
        assert seen(pictures) != before
        assert drawn
