"""What `ganstudio demo` was told reaches the window's settings."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from ganstudio.cli.requests import WindowRequest
from ganstudio.desktop.app import begin
from ganstudio.desktop.main_window import MainWindow
from ganstudio.studio.app import Studio


def test_the_time_to_train_is_taken_over(
    qtbot: QtBot, window: MainWindow, studio: Studio, tmp_path: Path
) -> None:
    request = WindowRequest(project=tmp_path / "demo", demo="pixel-avatars", minutes=7.0)
    studio.load_engine = lambda: None  # type: ignore[method-assign]
    begin(window, request)
    qtbot.waitUntil(lambda: window.desk.pictures.usable_count > 0, timeout=30_000)
    assert studio.projects.current is not None
    plan = studio.projects.current.info().plan
    assert plan.minutes == 7.0
    assert plan.images is None
