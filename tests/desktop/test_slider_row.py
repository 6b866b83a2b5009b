from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.slider_row import Slider, SliderRow
from tests.desktop.helpers_widgets import LEFT, SHIFT, drag, holds_colour, seen, turn_wheel

MINUS = "\u2212"


@pytest.fixture
def row(qtbot: QtBot) -> SliderRow:
    row = SliderRow("Direction 1", -3, 3, signed=True, lockable=True, tip="Along one direction.")
    row.resize(296, 32)
    qtbot.addWidget(row)
    row.show()
    return row


def _reset(row: SliderRow) -> IconButton:
    return row.findChildren(IconButton)[0]


def _lock(row: SliderRow) -> IconButton:
    return row.findChildren(IconButton)[1]


def _track(row: SliderRow) -> Slider:
    found = row.findChild(Slider)
    assert found is not None
    return found


def _field(row: SliderRow) -> QLineEdit:
    found = row.findChild(QLineEdit)
    assert found is not None
    return found


def test_reset_can_be_pressed_only_off_the_default(row: SliderRow) -> None:
    assert not _reset(row).isEnabled()
    row.set_value(1.5)
    assert _reset(row).isEnabled()
    QTest.mouseClick(_reset(row), LEFT)
    assert row.value() == 0
    assert not _reset(row).isEnabled()


def test_where_something_would_land_is_shown_and_changes_nothing(row: SliderRow) -> None:
    values: list[float] = []
    ends: list[float] = []
    row.value_changed.connect(values.append)
    row.released.connect(ends.append)
    row.set_landing(1.5)
    assert _field(row).text() == "+1.5"
    assert holds_colour(row, "#F5B041")
    assert row.value() == 0
    row.set_landing(None)
    assert _field(row).text() == "0.0"
    assert not holds_colour(row, "#F5B041")
    assert not values
    row.go_to(7.0)
    assert (values, ends, row.value()) == ([3.0], [3.0], 3.0), "as far as its end, as one gesture"
    row.set_locked(True)
    row.go_to(0.0)
    assert row.value() == 3.0


def test_a_drag_follows_the_hand_and_ends_in_one_release(row: SliderRow) -> None:
    values: list[float] = []
    ends: list[float] = []
    row.value_changed.connect(values.append)
    row.released.connect(ends.append)
    track = _track(row)
    middle = track.rect().center()
    drag(track, middle, middle + QPoint(20, 0))
    assert len(values) >= 2
    assert values == sorted(values)
    assert ends == [pytest.approx(row.value(), abs=1e-3)]


def test_shift_drags_at_a_tenth(row: SliderRow) -> None:
    track = _track(row)
    middle = track.rect().center()
    drag(track, middle, middle + QPoint(20, 0))
    fast = row.value()
    row.set_value(0)
    drag(track, middle, middle + QPoint(20, 0), SHIFT)
    assert row.value() == pytest.approx(fast / 10, rel=0.05)


def test_a_double_click_is_the_default(row: SliderRow) -> None:
    row.set_value(2)
    QTest.mouseDClick(_track(row), LEFT, pos=_track(row).rect().center())
    assert row.value() == 0


def test_setting_a_value_is_silent(row: SliderRow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(row.value_changed), qtbot.assertNotEmitted(row.released):
        row.set_value(1)
    assert _field(row).text() == "+1.0"


@pytest.mark.parametrize(
    ("typed", "value"), [("-1.3", -1.3), ("1,5", 1.5), (MINUS + "2", -2.0), ("9", 3.0)]
)
def test_a_number_can_be_typed(row: SliderRow, typed: str, value: float) -> None:
    _field(row).setText(typed)
    QTest.keyClick(_field(row), Qt.Key.Key_Return)
    assert row.value() == pytest.approx(value)


@pytest.mark.parametrize("typed", ["", "much", "nan", "1.2.3"])
def test_what_is_no_number_changes_nothing(row: SliderRow, typed: str) -> None:
    row.set_value(0.5)
    _field(row).setText(typed)
    QTest.keyClick(_field(row), Qt.Key.Key_Return)
    assert row.value() == 0.5
    assert _field(row).text() == "+0.5"


def test_zero_has_no_sign_and_a_minus_is_a_minus(row: SliderRow) -> None:
    row.set_value(-0.01)
    assert _field(row).text() == "0.0"
    row.set_value(-1.3)
    assert _field(row).text() == MINUS + "1.3"


def test_arrows_change_return_types_and_escape_gives_up(row: SliderRow, qtbot: QtBot) -> None:
    row.window().activateWindow()
    qtbot.waitUntil(row.window().isActiveWindow)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Right)
    assert row.value() == pytest.approx(0.1)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert _field(row).hasFocus()
    QTest.keyClicks(_field(row), "2.5")
    QTest.keyClick(_field(row), Qt.Key.Key_Escape)
    assert row.hasFocus()
    assert row.value() == pytest.approx(0.1)
    assert _field(row).text() == "+0.1"


def test_a_locked_row_does_not_move(row: SliderRow, qtbot: QtBot) -> None:
    row.set_value(-1.3)
    with qtbot.waitSignal(row.lock_changed) as told:
        QTest.mouseClick(_lock(row), LEFT)
    assert told.args == [True]
    middle = _track(row).rect().center()
    drag(_track(row), middle, middle + QPoint(20, 0))
    QTest.keyClick(row, Qt.Key.Key_Right)
    row.reset()
    assert row.value() == pytest.approx(-1.3)
    assert not _reset(row).isEnabled()


def test_the_wheel_works_only_after_a_click(row: SliderRow, qtbot: QtBot) -> None:
    row.window().activateWindow()
    qtbot.waitUntil(row.window().isActiveWindow)
    track = _track(row)
    turn_wheel(track, 1)
    assert row.value() == 0
    QTest.mouseClick(track, LEFT, pos=track.rect().center())
    row.set_value(0)
    turn_wheel(track, 1)
    assert row.value() == pytest.approx(0.1)


def test_it_says_its_name_and_value(row: SliderRow) -> None:
    row.set_value(1.2)
    assert row.accessibleName() == "Direction 1, +1.2"


def test_all_its_states_are_painted_differently(row: SliderRow) -> None:
    rest = seen(row)
    row.set_value(1.7)
    moved = seen(row)
    row.set_locked(True)
    locked = seen(row)
    row.setEnabled(False)
    off = seen(row)
    assert len({bytes(image.constBits()) for image in (rest, moved, locked, off)}) == 4
