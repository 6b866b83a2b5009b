"""Closing: nothing is lost, nobody waits, and the question comes only when it must."""

from __future__ import annotations

import signal

import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop import app
from ganstudio.desktop.main_window import MainWindow
from ganstudio.project.errors import UserError
from ganstudio.studio.app import Studio
from ganstudio.studio.events import FavouritesWritten
from ganstudio.studio.states import State


@pytest.fixture
def trains(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Training as the window sees it: the state, and a thread that ends when it is asked to."""
    training = studio.training
    monkeypatch.setattr(training, "_state", State.RUNNING)
    ended: list[bool] = []
    monkeypatch.setattr(training, "stop", lambda: ended.append(True))
    monkeypatch.setattr(type(training), "closed", property(lambda self: bool(ended)))


def test_an_idle_window_closes_at_once(window: MainWindow):
    assert window.close()
    assert not window.isVisible()


def test_while_training_it_asks_first(window: MainWindow, trains: None):
    assert not window.close()
    assert window.isVisible()
    assert window.notice_area.key == "closing"
    assert window.notice_area.first_button.text() == "Save and close"
    assert not window.closing.saving


def test_save_and_close_closes_when_the_thread_has_ended(
    qtbot: QtBot, window: MainWindow, trains: None
):
    window.close()
    window.notice_area.first_button.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=3_000)


def test_stay_keeps_everything(window: MainWindow, trains: None):
    window.close()
    window.notice_area.clear("closing")
    assert window.isVisible()
    assert not window.closing.saving


def test_closing_twice_means_it(qtbot: QtBot, window: MainWindow, trains: None):
    window.close()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=3_000)


def test_a_signal_saves_and_closes_without_asking(qtbot: QtBot, window: MainWindow, trains: None):
    with app._closing_on_signals(window):
        signal.raise_signal(signal.SIGTERM)
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=3_000)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_nothing_can_be_started_while_it_saves(
    window: MainWindow, studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(type(studio), "closed", property(lambda self: False))
    window.closing.begin()
    assert window.notice_area.key == "saving"
    assert not window.commands()
    assert not window.close()
    monkeypatch.undo()


def test_favourites_that_could_not_be_written_are_told_and_asked_about(
    window: MainWindow, studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    error = UserError("favourites-unwritten", reason="The disk is full.", hint="Free 1 MB.")
    window.bridge.happened.emit(FavouritesWritten(error))
    assert window.notice_area.key == "error"
    window.bridge.happened.emit(FavouritesWritten())
    assert window.notice_area.key != "error"
    window.bridge.happened.emit(FavouritesWritten(error))
    window.desk.show_error(UserError("no-amount"))
    window.bridge.happened.emit(FavouritesWritten())
    assert window.notice_area.key == "error", "that is about something else"
    with monkeypatch.context() as patch:
        patch.setattr(type(studio.favourites), "failed", property(lambda self: True))
        assert not window.close()
    assert window.notice_area.key == "closing"
    assert window.close(), "they could be written meanwhile"
