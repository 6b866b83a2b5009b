"""The small windows: what they say, what they tell, and that none of them is modal."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop import file_dialogs, theme
from ganstudio.desktop.commands import COMMANDS
from ganstudio.desktop.dialogs.name import NameDialog
from ganstudio.desktop.dialogs.report import ReportDialog
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.widgets.label import Label
from ganstudio.studio import engine


def _small_window(title: str):
    return next(
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.windowTitle() == title and widget.isVisible()
    )


@pytest.mark.parametrize(
    ("command", "title"),
    [("settings", "Settings"), ("shortcuts", "All shortcuts"), ("about", "About GAN Studio")],
)
def test_it_opens_once_stops_nothing_and_closes(window: MainWindow, command: str, title: str):
    window.run_command(command)
    window.run_command(command)
    dialog = _small_window(title)
    assert dialog.windowModality() == Qt.WindowModality.NonModal
    shown = [w for w in QApplication.topLevelWidgets() if w.windowTitle() == title]
    assert sum(w.isVisible() for w in shown) == 1
    dialog.close()


def test_settings_are_taken_at_once_and_saved(window: MainWindow, qapp: QApplication):
    window.run_command("settings")
    dialog = _small_window("Settings")
    dialog.palette_choice.setCurrentIndex(dialog.palette_choice.findData("light"))
    dialog.palette_choice.activated.emit(1)
    assert theme.name() == "light"
    assert window.studio.settings.value.palette == "light"
    dialog.motion_box.setChecked(not dialog.motion_box.isChecked())
    assert window.studio.settings.value.reduce_motion
    dialog.close()
    theme.apply(qapp, "dark", reduce_motion=True)


def test_the_projects_folder_can_be_chosen(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(file_dialogs, "ask_folder", lambda *_: tmp_path)
    window.run_command("settings")
    dialog = _small_window("Settings")
    dialog.folder_button.click()
    assert window.studio.settings.value.projects_folder == str(tmp_path)
    dialog.close()


def choose_inception(qtbot: QtBot, window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch):
    """The settings, once weights were chosen in them and read."""
    monkeypatch.setattr(file_dialogs, "ask_files", lambda *_, **__: [path])
    window.run_command("settings")
    dialog = _small_window("Settings")
    dialog.inception_button.click()
    assert not dialog.inception_button.isEnabled(), "a moment passes"
    qtbot.waitUntil(dialog.inception_button.isEnabled, timeout=20_000)
    return dialog


def test_inception_weights_are_read_before_they_are_taken(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "weights.safetensors"
    monkeypatch.setattr(engine, "inception_digest", lambda path: "a1")
    dialog = choose_inception(qtbot, window, path, monkeypatch)
    settings = window.studio.settings
    assert settings.value.inception_file == str(path)
    assert settings.value.inception_digest == "a1"
    assert dialog.inception_label.text() == path.name
    assert not dialog.inception_problem.isVisible()
    dialog.no_inception_button.click()
    assert (settings.value.inception_file, settings.value.inception_digest) == ("", "")
    assert "no FID" in dialog.inception_label.text()
    assert not dialog.no_inception_button.isVisible()
    dialog.close()


def test_another_file_is_refused_in_the_settings_and_the_weights_before_it_stay(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    window.studio.settings.update(inception_file="good.safetensors", inception_digest="a1")
    path = tmp_path / "weights.pth"
    path.write_bytes(b"\x80\x02}.")
    dialog = choose_inception(qtbot, window, path, monkeypatch)
    assert "could run programs" in dialog.inception_problem.text()
    assert "save_file" in dialog.inception_problem.text()
    assert dialog.inception_problem.isVisible()
    assert dialog.inception_label.text() == "good.safetensors"
    assert window.studio.settings.value.inception_digest == "a1"
    dialog.close()


def test_every_shortcut_is_listed(window: MainWindow):
    window.run_command("shortcuts")
    dialog = _small_window("All shortcuts")
    words = {label.text() for label in dialog.findChildren(Label)}
    for command in COMMANDS.values():
        if command.keys and command.menu != "help":
            assert command.text in words
    dialog.close()


def test_about_names_the_licences(window: MainWindow):
    window.run_command("about")
    dialog = _small_window("About GAN Studio")
    text = " ".join(label.text() for label in dialog.findChildren(Label))
    for word in ("Lesser General Public License", "Inter", "SIL Open Font", "MIT", "CC0"):
        assert word in text
    dialog.close()


def test_a_name_is_asked_for_and_an_empty_one_refused(qtbot: QtBot):
    answers: list[str] = []
    dialog = NameDialog("Rename", "Name", "Old", "Rename")
    dialog.ask(answers.append)
    dialog.field.setText("   ")
    assert not dialog.accept_button.isEnabled()
    dialog.field.setText(" New ")
    dialog.accept_button.click()
    assert answers == ["New"]


def test_a_report_can_be_copied(qtbot: QtBot):
    dialog = ReportDialog("what broke")
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "what broke"
