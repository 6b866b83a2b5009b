"""Works of a round are done in order, with the window alive in between."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from ganstudio.desktop.by_turns import ByTurns


def test_a_round_does_all_works_in_order_and_lets_others_in_between(qtbot: QtBot):
    done: list[str] = []
    owner = QObject()
    others = QTimer(owner, interval=1)
    others.timeout.connect(lambda: done.append("-"))
    turns = ByTurns([[lambda: done.append("a"), lambda: done.append("b")]], owner)
    others.start()
    turns.begin()
    assert done == ["a"]
    qtbot.waitUntil(lambda: not turns.going, timeout=2_000)
    others.stop()
    assert [work for work in done if work != "-"] == ["a", "b"]
    assert "-" in done[1 : done.index("b")]


def test_no_round_begins_before_the_last_one_is_over(qtbot: QtBot):
    done: list[str] = []
    owner = QObject()
    turns = ByTurns([[lambda: done.append("a"), lambda: done.append("b")]], owner)
    turns.begin()
    turns.begin()
    qtbot.waitUntil(lambda: not turns.going, timeout=2_000)
    assert done == ["a", "b"]
    turns.begin()
    assert done == ["a", "b", "a"]


def test_a_work_that_fails_does_not_stop_the_round(qtbot: QtBot):
    done: list[str] = []
    owner = QObject()

    def fail() -> None:
        raise ValueError("on purpose")

    turns = ByTurns([[fail, lambda: done.append("b")]], owner)
    with qtbot.captureExceptions() as found:
        QTimer.singleShot(0, owner, turns.begin)
        qtbot.waitUntil(lambda: bool(done), timeout=2_000)
    assert len(found) == 1


def test_rounds_follow_each_other_and_begin_again(qtbot: QtBot):
    done: list[str] = []
    owner = QObject()
    turns = ByTurns([[lambda: done.append("a")], [lambda: done.append("b")]], owner)
    for _ in range(3):
        turns.begin()
    assert done == ["a", "b", "a"]
