"""The table of commands: complete, without double keys, and every command can be done somewhere."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ganstudio.desktop import icons
from ganstudio.desktop.actions import sequences
from ganstudio.desktop.commands import COMMANDS, MENUS
from ganstudio.desktop.main_window import MainWindow
from ganstudio.project.folder import Project


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.key)
def test_every_command_has_words_a_menu_and_an_icon_that_exists(command):
    assert command.menu in MENUS
    assert re.fullmatch(r"[A-Z][^.!?]*", command.text), "a verb with its object, no full stop"
    assert command.tip.endswith("."), "a tip is a sentence"
    assert not command.icon or command.icon in icons.names()


def test_no_shortcut_means_two_things():
    keys = Counter(
        sequence.toString() for command in COMMANDS.values() for sequence in sequences(command)
    )
    assert not [key for key, count in keys.items() if count > 1]


def test_no_shortcut_is_ambiguous_in_the_window(window: MainWindow):
    keys = Counter(
        sequence.toString() for action in window.actions() for sequence in action.shortcuts()
    )
    assert not [key for key, count in keys.items() if count > 1]


def test_menus_have_no_entry_that_is_not_in_the_table(window: MainWindow):
    ours = {action for _, action in window.actions_by_key.items()}
    for title in window.menuBar().actions():
        for entry in title.menu().actions():
            assert entry.isSeparator() or entry in ours or entry.menu() is not None


def test_only_what_somebody_offers_is_enabled(window: MainWindow):
    possible = window.commands()
    for key, action in window.actions_by_key.items():
        assert action.isEnabled() == (key in possible), key
    assert "rename-project" not in possible, "nothing is open yet"
    assert {"new-project", "open-project", "add-pictures", "settings"} <= possible.keys()


def test_a_command_works_through_its_action(window: MainWindow):
    assert window.pages.panel_shown
    window.actions_by_key["panel"].trigger()
    assert not window.pages.panel_shown
    window.actions_by_key["panel"].trigger()
    assert window.pages.panel_shown


def test_every_control_has_a_name_and_a_tooltip(qtbot: QtBot, project: Project, window: MainWindow):
    window.desk.announce_project()
    for page in ("first-run", "pictures"):
        window.pages.show_page(page)
        assert not _nameless(window), page


def _nameless(window: MainWindow) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    inner = {"qt_toolbar_ext_button", "qt_spinbox_lineedit"}
    found = []
    for kind in kinds:
        for widget in window.findChildren(kind):
            if not widget.isVisible() or widget.objectName() in inner:
                continue
            if isinstance(widget.parentWidget(), (QComboBox, QLineEdit)):
                continue
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (text or widget.accessibleName()) or not widget.toolTip():
                found.append(widget)
    return found
