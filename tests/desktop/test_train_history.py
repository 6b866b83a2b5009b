"""Notes and changes of a run: rows in the panel, pins on the plots, Undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop.dialogs.name import NameDialog
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.history import say_mark
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.desktop.widgets.plot_view import PlotView
from ganstudio.project.marks import Mark, marks_of
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import RecipeChanged

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(train_page: TrainPage) -> TrainPage:
    return train_page


@pytest.fixture
def run(invented_run: RunFolder) -> RunFolder:
    return invented_run


def _rows(page: TrainPage) -> list[str]:
    return [row.accessibleName() for row in page.parts.history.rows]


def _type_note(qtbot: QtBot, window: MainWindow, text: str) -> None:
    dialog = window.findChild(NameDialog) or QApplication.activeModalWidget()
    assert isinstance(dialog, NameDialog)
    dialog.field.setText(text)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def test_a_note_is_pinned_to_the_moment_that_is_shown_and_taken_away_again(
    qtbot: QtBot, window: MainWindow, page: TrainPage, run: RunFolder
):
    page.parts.history.set_open(True)
    page.machine.go(2)
    moment = page.machine.moment
    page.commands()["pin-note"]()
    _type_note(qtbot, window, "first eyes")
    qtbot.waitUntil(lambda: _rows(page) == ["first eyes"], timeout=10_000)
    assert marks_of(run.events()) == [Mark(moment, "note", "first eyes")]
    assert [place for place, _ in page.body.plots.losses._marks.pins] == [moment]

    page.machine.go(None)
    row = page.parts.history.rows[0]
    go, remove = (row._row.itemAt(place).widget() for place in (2, 3))
    qtbot.mouseClick(go, LEFT)
    assert page.machine.moment == moment
    qtbot.mouseClick(remove, LEFT)
    qtbot.waitUntil(lambda: _rows(page) == [], timeout=10_000)
    window.toaster._toast.undo.click()
    qtbot.waitUntil(lambda: _rows(page) == ["first eyes"], timeout=10_000)


def test_a_change_while_it_trains_appears_by_itself(
    qtbot: QtBot, window: MainWindow, page: TrainPage, run: RunFolder, trains: None
):
    run.add_event("change", 20_000, values={"optimizer.lr": 0.0005, "optimizer.lr_end": 5e-5})
    window.bridge.happened.emit(RecipeChanged(20_000, run.recipe_now()))
    qtbot.waitUntil(lambda: _rows(page) == ["Learning speed 0.0005"], timeout=10_000)


def test_where_others_write_nothing_can_be_pinned(
    qtbot: QtBot, window: MainWindow, page: TrainPage, monkeypatch
):
    assert "pin-note" in page.commands()
    monkeypatch.setattr(type(page.desk), "barred", property(lambda _: "Somebody else trains it."))
    page.view.events_changed.emit()
    assert "pin-note" not in page.commands()
    assert not page.parts.history.note.isVisibleTo(page.parts.history)


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark(1, "note", "shapes"), "shapes"),
        (Mark(1, "rollback"), "Went back to here, at half the learning speed"),
        (Mark(1, "change", values={"augment.policy": ""}), "Augmentation: none"),
        (
            Mark(1, "change", values={"optimizer.lr": 0.002, "augment.policy": "color+cutout"}),
            "Learning speed 0.002, Augmentation: color, cutout",
        ),
        (Mark(1, "change", values={"augment.p": 0.25}), "Augmentation 0.25"),
        (Mark(1, "change", values={"game.gamma": 2, "game.gamma_end": 1}), "Smoothing 2"),
        (Mark(1, "change", values={"watch.first_seed": 128}), "Seeds 128 to 191"),
        (Mark(1, "change", values={"watch.snapshots": "half"}), "Snapshots: half as many"),
        (Mark(1, "change", values={}), "Changed"),
    ],
)
def test_what_happened_is_said_in_a_few_words(mark: Mark, words: str):
    assert say_mark(mark) == words


def test_the_pointer_at_a_pin_reads_it(qtbot: QtBot, page: TrainPage):
    plot = page.body.plots.losses
    plot.set_pins([(20_000.0, "first eyes")])
    view = plot.findChild(PlotView)
    place = round(view._column(20_000.0))
    QTest.mouseMove(view, QPoint(place + 2, 20))
    qtbot.waitUntil(lambda: "first eyes" in view._hover_words, timeout=5_000)
    QTest.mouseMove(view, QPoint(place + 40, 20))
    qtbot.waitUntil(lambda: "first eyes" not in view._hover_words, timeout=5_000)
