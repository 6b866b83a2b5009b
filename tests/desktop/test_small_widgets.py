from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.balance_gauge import BalanceGauge
from ganstudio.desktop.widgets.bundle_card import BundleCard
from ganstudio.desktop.widgets.buttons import Button, IconButton, NextStepButton
from ganstudio.desktop.widgets.caption import Caption, plain_text
from ganstudio.desktop.widgets.cards import ErrorCard, FindingCard, NoteCard
from ganstudio.desktop.widgets.choice import CheckBox, Choice
from ganstudio.desktop.widgets.drop_zone import DropZone
from ganstudio.desktop.widgets.field import Field
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.list_row import ListRow
from ganstudio.desktop.widgets.overlay_scroll import OverlayScroll
from ganstudio.desktop.widgets.page_head import PageHead
from ganstudio.desktop.widgets.panel import Panel
from ganstudio.desktop.widgets.progress_bar import ProgressBar, ProgressRow
from ganstudio.desktop.widgets.rail import Rail
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.status_line import StatusLine
from ganstudio.desktop.widgets.step_list import StepList
from ganstudio.desktop.widgets.toast import Toast, Toaster
from tests.desktop.helpers_widgets import LEFT, flat, holds_colour, seen

LONG = "A sentence that is far too long for the little room that it is given here."


def test_the_next_step_is_the_amber_one(qtbot: QtBot) -> None:
    button = NextStepButton("Explore it now")
    qtbot.addWidget(button)
    button.resize(296, 40)
    assert button.property("role") == "primary"
    assert holds_colour(button, theme.colour("accent"))
    button.set_step("First shapes in about 1 min", enabled=False, tip="Only noise so far.")
    assert not holds_colour(button, theme.colour("accent"))
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mouseClick(button, LEFT)


@pytest.mark.parametrize("role", ["plain", "quiet", "link"])
def test_other_buttons_are_not_amber_fills(qtbot: QtBot, role: str) -> None:
    button = Button("Pause", role, "pause", tip="Pause")
    qtbot.addWidget(button)
    image = seen(button)
    corner = image.pixelColor(3, button.height() // 2)
    assert corner != theme.colour("accent")
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_a_button_never_cuts_its_words(qtbot: QtBot) -> None:
    button = Button("Choose a folder", icon="folder")
    qtbot.addWidget(button)
    longer = Button("Choose a folder on this computer", icon="folder")
    qtbot.addWidget(longer)
    assert longer.minimumSizeHint().width() > button.minimumSizeHint().width()


def test_an_icon_button_says_its_name(qtbot: QtBot) -> None:
    button = IconButton("undo", "Undo", "Take it back", framed=True)
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Undo", "Take it back")
    assert button.width() == button.height() == 28
    seen(button)


def test_segments_are_chosen_with_mouse_and_keys(qtbot: QtBot) -> None:
    views = SegmentControl([("a", "Grid"), ("b", "Map"), ("c", "Classes")], "View")
    qtbot.addWidget(views)
    views.resize(views.sizeHint())
    with qtbot.waitSignal(views.chosen) as told:
        QTest.mouseClick(views, LEFT, pos=QPoint(views.width() - 10, 10))
    assert told.args == ["c"]
    views.set_item_enabled("b", False, "Not yet")
    with qtbot.waitSignal(views.chosen) as told:
        QTest.keyClick(views, Qt.Key.Key_Left)
    assert told.args == ["a"]
    assert views.accessibleName() == "View: Grid"
    with qtbot.assertNotEmitted(views.chosen):
        views.set_current("b")
    seen(views)


def test_a_label_elides_and_tells_the_rest(qtbot: QtBot) -> None:
    label = Label(LONG)
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.toolTip() == LONG
    label.resize(900, 20)
    assert label.toolTip() == ""
    assert isinstance(label, QLabel)
    assert label.text() == LONG


def test_a_label_wraps_at_the_line_height_of_its_role(qtbot: QtBot) -> None:
    label = Label(LONG, "body", wrap=True)
    qtbot.addWidget(label)
    one = label.heightForWidth(2000)
    assert one == 20
    assert label.heightForWidth(150) % 20 == 0
    assert label.heightForWidth(150) > one
    seen(label)


def test_a_wrapped_label_gets_its_height_from_a_layout(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    label = Label(LONG, wrap=True)
    column.addWidget(label)
    column.addStretch(1)
    box.resize(160, 400)
    box.show()
    assert label.height() == label.heightForWidth(label.width())


def test_a_locked_row_shows_the_value_and_why(qtbot: QtBot) -> None:
    choice = Choice("Picture size")
    row = FormRow("Picture size", choice, "How large")
    qtbot.addWidget(row)
    row.show()
    row.set_locked("64 × 64", "Fixed while training. Branch to change it.")
    assert row.is_locked()
    assert not choice.isVisible()
    seen(row)
    row.set_unlocked()
    assert choice.isVisible()
    assert choice.accessibleName() == "Picture size"


def test_a_choice_ignores_the_wheel_and_takes_keys(qtbot: QtBot) -> None:
    choice = Choice("Size")
    qtbot.addWidget(choice)
    choice.addItem("32 × 32", 32)
    choice.addItem("64 × 64", 64)
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentData() == 64
    assert isinstance(choice, QComboBox)
    seen(choice)


def test_the_words_of_a_check_box_belong_to_it(qtbot: QtBot) -> None:
    box = CheckBox("May flip")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    QTest.mouseClick(box, LEFT, pos=QPoint(box.width() - 4, 10))
    assert box.isChecked()
    assert holds_colour(box, theme.colour("accent"))


def test_a_field_is_painted_at_rest_and_while_typing(qtbot: QtBot) -> None:
    field = Field("Find", "File name")
    qtbot.addWidget(field)
    field.resize(160, 28)
    field.show()
    empty = seen(field)
    QTest.keyClicks(field, "scan")
    assert field.text() == "scan"
    assert seen(field) != empty


def test_a_section_folds_with_click_and_key(qtbot: QtBot) -> None:
    section = Section("More", "Augmentation", opened=False)
    inside = Label("inside")
    section.add(inside)
    qtbot.addWidget(section)
    section.resize(328, 200)
    section.show()
    assert not inside.isVisible()
    head = section.childAt(5, 20)
    with qtbot.waitSignal(section.toggled) as told:
        QTest.mouseClick(head, LEFT, pos=QPoint(200, 20))
    assert told.args == [True]
    assert inside.isVisible()
    with qtbot.waitSignal(section.toggled) as told:
        QTest.keyClick(head, Qt.Key.Key_Return)
    assert told.args == [False]
    assert head.accessibleName() == "More, folded"
    seen(section)


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "not known yet"), (0.5, "even"), (0.58, "slightly towards the inspector"),
     (0.1, "far towards the generator"), (float("nan"), "not known yet"), (1.7, "far towards")],
)  # fmt: skip
def test_the_gauge_says_who_is_ahead(qtbot: QtBot, value: float | None, words: str) -> None:
    gauge = BalanceGauge("Generator ahead", "Inspector ahead")
    qtbot.addWidget(gauge)
    gauge.set_value(value)
    gauge.set_sentence("A real picture beats a generated one 58 times in 100.")
    assert words in gauge.accessibleName()
    seen(gauge)


def test_a_bar_only_moves_forward(qtbot: QtBot) -> None:
    bar = ProgressBar()
    qtbot.addWidget(bar)
    bar.set_fraction(0.6)
    bar.set_fraction(0.4)
    assert bar.fraction() == 0.6
    bar.restart()
    assert bar.fraction() == 0
    bar.set_fraction(None)
    bar.set_fraction(7)
    assert bar.fraction() == 1
    seen(bar)


def test_long_work_can_be_cancelled(qtbot: QtBot) -> None:
    row = ProgressRow("Reading pictures")
    qtbot.addWidget(row)
    row.set_progress(912, 1524, "912 of 1,524, 8 s left")
    button = row.findChild(Button)
    with qtbot.waitSignal(row.cancelled):
        QTest.mouseClick(button, LEFT)
    seen(row)


def test_a_caption_lights_the_word_that_is_clicked(qtbot: QtBot) -> None:
    caption = Caption()
    qtbot.addWidget(caption)
    caption.set_text("The [inspector|inspector] gives [your pictures|real] 58 %.")
    caption.resize(400, 20)
    assert caption.text() == caption.accessibleName() == "The inspector gives your pictures 58 %."
    assert not holds_colour(caption, theme.colour("inspector_soft"))
    with qtbot.waitSignal(caption.word_clicked) as told:
        QTest.mouseClick(caption, LEFT, pos=QPoint(40, 10))
    assert told.args == ["inspector"]
    assert holds_colour(caption, theme.colour("inspector_soft"))
    with qtbot.waitSignal(caption.word_clicked) as told:
        QTest.mouseClick(caption, LEFT, pos=QPoint(40, 10))
    assert told.args == [""]


def test_words_of_a_caption_can_be_reached_with_keys(qtbot: QtBot) -> None:
    caption = Caption()
    qtbot.addWidget(caption)
    caption.set_text("[a|generator] and [b|real]")
    QTest.keyClick(caption, Qt.Key.Key_Right)
    with qtbot.waitSignal(caption.word_clicked) as told:
        QTest.keyClick(caption, Qt.Key.Key_Return)
    assert told.args == ["real"]
    assert plain_text("[a|generator] and [b|real]") == "a and b"
    caption.set_text("No words")
    assert caption.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_caption_wraps(qtbot: QtBot) -> None:
    caption = Caption()
    qtbot.addWidget(caption)
    caption.set_text("The [inspector of all the many pictures|inspector] gives " + LONG)
    caption.resize(160, 200)
    assert caption.heightForWidth(160) >= 4 * 20
    seen(caption)


@pytest.mark.parametrize("make", [FindingCard, ErrorCard, NoteCard])
def test_cards_say_what_they_mean_and_offer_something(qtbot: QtBot, make: type) -> None:
    card = make("Training stopped: the disk is full", LONG)
    qtbot.addWidget(card)
    card.resize(330, card.heightForWidth(330))
    button = card.add_button("Details", tip="Show the log")
    with qtbot.waitSignal(button.clicked):
        button.click()
    assert card.accessibleName() == "Training stopped: the disk is full"
    assert card.accessibleDescription() == LONG
    card.set_texts("Other", "")
    seen(card)


def test_one_toast_at_a_time_with_undo(qtbot: QtBot) -> None:
    stage = QWidget()
    stage.resize(800, 600)
    qtbot.addWidget(stage)
    stage.show()
    toaster = Toaster(stage)
    undone: list[int] = []
    toaster.show_toast("Left out 3", lambda: undone.append(3))
    toaster.show_toast("Left out 4", lambda: undone.append(4))
    (toast,) = stage.findChildren(Toast)
    assert toast.isVisible()
    assert toast.accessibleName() == "Left out 4"
    assert abs(toast.geometry().center().x() - 400) <= 1
    seen(stage)
    toast.undo.click()
    assert undone == [4]
    assert not toaster.is_shown()
    toaster.show_toast("Saved")
    assert not toast.undo.isVisible()
    toaster.hide()


def test_the_rail_opens_pages_and_dims_some(qtbot: QtBot) -> None:
    rail = Rail(
        [("pictures", "Pictures", "pictures"), ("train", "Train", "train")],
        [("help", "Help", "help")],
    )
    qtbot.addWidget(rail)
    rail.resize(72, 500)
    rail.show()
    rail.set_current("pictures")
    with qtbot.waitSignal(rail.page_chosen) as told:
        QTest.mouseClick(rail.childAt(36, 100), LEFT)
    assert told.args == ["train"]
    assert rail.current() == "train"
    with qtbot.waitSignal(rail.foot_chosen) as told:
        QTest.mouseClick(rail.childAt(36, 470), LEFT)
    assert told.args == ["help"]
    assert rail.current() == "train"
    rail.set_dim("pictures", True, "Add pictures first.")
    rail.set_dot("train", "full")
    plain = seen(rail)
    rail.set_dot("train", "hollow")
    assert seen(rail) != plain
    assert rail.childAt(36, 100).accessibleName() == "Train, paused"
    rail.set_narrow(True)
    assert rail.width() == 56


def test_the_status_line_keeps_its_order_and_hides_what_is_empty(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(900, 28)
    line.show()
    line.set_item("device", "2 CPU cores", "chip")
    line.set_item("rate", "286 images/s")
    line.set_right("Saved 40 s ago", "check")
    line.set_item("device", "1 GPU", "chip")
    assert line.text("device") == "1 GPU"
    full = seen(line)
    line.set_item("rate", "")
    assert seen(line) != full
    line.set_item("rate", "300 images/s")
    line.set_narrow({"device"})
    assert "300 images/s" in line.toolTip()
    line.set_item("rate", "310 images/s")
    assert "310 images/s" in line.toolTip()
    line.set_narrow(None)
    assert line.toolTip() == ""


def test_dropped_files_are_told_as_paths(qtbot: QtBot) -> None:
    zone = DropZone("What shall it learn?", "Drop a folder.")
    qtbot.addWidget(zone)
    zone.resize(500, 300)
    button = zone.add_button("Choose a folder", "folder", "Choose")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/faces"), QUrl("https://example.org/a.png")])
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(zone.dropped) as told:
        zone.dropEvent(event)
    assert told.args == [["/tmp/faces"]]
    with qtbot.waitSignal(button.clicked):
        button.click()
    zone.set_compact(True)
    seen(zone)


def test_a_bundle_is_chosen_and_shows_it(qtbot: QtBot) -> None:
    card = BundleCard("open-peeps", "Open Peeps", ["1,500 pictures", "First shapes in 6 min"])
    qtbot.addWidget(card)
    card.resize(320, card.heightForWidth(320))
    card.set_thumbnails(flat(*[(9, 99, 199)] * 12))
    assert holds_colour(card, "#0963c7")
    assert not holds_colour(card, theme.colour("accent_line"))
    with qtbot.waitSignal(card.chosen) as told:
        QTest.keyClick(card, Qt.Key.Key_Space)
    assert told.args == ["open-peeps"]
    card.set_chosen(True)
    assert holds_colour(card, theme.colour("accent_line"))


def test_a_page_head_gives_its_sentence_up_when_narrow(qtbot: QtBot) -> None:
    head = PageHead("Train", "The same 40, redrawn as it learns.")
    head.add_tool(IconButton("film", "Film"))
    qtbot.addWidget(head)
    head.resize(600, 56)
    wide = seen(head)
    head.set_narrow(True)
    assert head.height() == 48
    assert seen(head) != wide
    assert head.sentence() == "The same 40, redrawn as it learns."


def test_a_page_head_says_the_short_sentence_where_the_long_one_would_be_cut(qtbot: QtBot) -> None:
    head, short = PageHead("Explore"), PageHead("Explore", "Drag to walk.")
    head.set_sentence("Drag on the picture to walk.", "Drag to walk.")
    for one in (head, short):
        qtbot.addWidget(one)
        one.resize(600, 56)
    assert seen(head) != seen(short)
    for one in (head, short):
        one.resize(220, 56)
    assert seen(head) == seen(short)


def test_a_panel_has_one_foot_and_scrolls_above_it(qtbot: QtBot) -> None:
    panel = Panel()
    qtbot.addWidget(panel)
    panel.resize(328, 300)
    for number in range(12):
        panel.add(Section(f"Part {number}", opened=False))
    panel.set_foot(NextStepButton("Train"), "You can pause at any time.")
    panel.show()
    button = panel.findChild(NextStepButton)
    assert button.isVisible()
    bottom = button.mapTo(panel, QPoint(0, button.height())).y()
    assert panel.height() - 92 < bottom < panel.height()
    seen(panel)


def test_nothing_in_a_panel_moves_or_is_cut_when_its_bar_comes(qtbot: QtBot) -> None:
    panel = Panel()
    qtbot.addWidget(panel)
    panel.resize(328, 300)
    section = Section("Part")
    panel.add(section)
    panel.show()
    scroll = panel.findChild(OverlayScroll)
    wide = section.width()
    assert not scroll.bar.isVisible()
    tall = QWidget()
    tall.setMinimumSize(400, 900)
    panel.add(tall)
    qtbot.waitUntil(scroll.bar.isVisible)
    assert section.width() == wide == scroll.width()
    scroll.bar.setValue(scroll.bar.maximum())
    assert section.visibleRegion().isEmpty()


def test_rows_and_steps_are_painted(qtbot: QtBot) -> None:
    row = ListRow("9 near-duplicates", "best of each kept", "warning")
    qtbot.addWidget(row)
    row.set_right(Button("Review", "link"))
    row.set_picture(flat((1, 2, 3))[0])
    row.set_line_above(True)
    seen(row)
    steps = StepList([("Pictures", "Choose."), ("Train", "A [generator|generator] forges.")])
    qtbot.addWidget(steps)
    steps.set_current(1)
    assert holds_colour(steps, theme.colour("accent"))
