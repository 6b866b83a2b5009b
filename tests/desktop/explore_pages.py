"""The Explore page on an invented generator, for tests of its views."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.project.folder import Project
from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine
from tests.gallery.invented_model import InventedModel
from tests.gallery.invented_run import invent_run


def explore_page(
    qtbot: QtBot,
    project: Project,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    model: type[InventedModel] = InventedModel,
) -> ExplorePage:
    """Whatever is opened, it is a blend of bundled pictures; the page has drawn and found."""
    monkeypatch.setattr(InventedModel, "bundle", "pixel-avatars")
    monkeypatch.setattr(InventedModel, "clock", 412_000)
    monkeypatch.setattr(engine, "LoadedModel", model)
    run = invent_run(project, "pixel-avatars", 10_240, horizon=20_480, moments=2)
    (run.snapshot_folder(run.snapshots()[-1]) / "generator.safetensors").write_bytes(b"invented")
    window.desk.choose_run(run)
    window.show_page("explore")
    page = window.pages.current
    assert isinstance(page, ExplorePage)
    qtbot.waitUntil(
        lambda: page.showing.frame is not None and bool(page.walk.directions), timeout=10_000
    )
    return page


def shown_point(page: ExplorePage) -> LatentPoint:
    assert page.showing.frame is not None
    return page.showing.frame.point


def wait_for_here(qtbot: QtBot, page: ExplorePage) -> None:
    qtbot.waitUntil(lambda: shown_point(page) == page.walk.point, timeout=5_000)
