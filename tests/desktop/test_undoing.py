"""What stands on no stack is taken back in its turn, and never where it does not belong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QUndoCommand, QUndoStack
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.undoing import Undoing
from ganstudio.project.folder import Project
from tests.desktop.helpers_widgets import press_shortcut

Keeper = tuple[Undoing, QUndoStack, list[str], Callable[[], object]]


@pytest.fixture
def kept(window: MainWindow) -> Keeper:
    """After two steps something was kept, which a toast offers to take back."""
    undoing, stack, taken = Undoing(window), QUndoStack(window), list[str]()
    for _ in range(2):
        stack.push(QUndoCommand("step"))
    offer = undoing.offer(lambda: taken.append("kept"), stack)
    assert offer is not None
    return undoing, stack, taken, offer


def test_steps_from_an_earlier_one_on_are_later_than_what_was_kept(kept: Keeper):
    undoing, stack, taken, offer = kept
    stack.undo()
    stack.push(QUndoCommand("another step"))
    undoing.commands(stack)["undo"]()
    assert stack.index() == 1
    assert not taken
    offer()
    assert taken == ["kept"], "its toast takes it back all the same"


def test_a_step_more_and_back_leads_to_what_was_kept(kept: Keeper):
    undoing, stack, taken, _offer = kept
    stack.push(QUndoCommand("step"))
    stack.undo()
    undoing.commands(stack)["undo"]()
    assert taken == ["kept"]
    undoing.commands(stack)["undo"]()
    assert stack.index() == 1


def test_what_was_removed_does_not_come_into_another_project(project: Project, window: MainWindow):
    window.show_page("pictures")
    window.pages.current._remove_source(0)
    assert window.toaster.is_shown()
    window.desk.new_project("Other")
    assert not window.toaster.is_shown()
    press_shortcut(window, "Ctrl+Z")
    assert not window.desk.pictures.pictures


def test_pictures_that_came_later_stay(
    project: Project, window: MainWindow, qtbot: QtBot, make_pictures: Callable[..., Path]
):
    def add(count: int, name: str) -> int:
        window.desk.imports.add([make_pictures(count, name=name)])
        qtbot.waitUntil(lambda: not window.desk.imports.busy, timeout=10_000)
        return window.desk.pictures.usable_count

    window.show_page("pictures")
    both = add(3, "more")
    window.pages.current._remove_source(0)
    assert window.desk.pictures.usable_count < both
    now = add(4, "later")
    press_shortcut(window, "Ctrl+Z")
    assert window.desk.pictures.usable_count == now
