"""The Explore page on an invented generator, for tests of its views."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.project.folder import Project
from ganstudio.project.point import LatentPoint
from ganstudio.project.runs import RunFolder
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
    return opened_page(qtbot, window, explored_run(project))


def explored_run(project: Project, model: bytes = b"invented") -> RunFolder:
    """A run whose newest moment has a model file."""
    run = invent_run(project, "pixel-avatars", 10_240, horizon=20_480, moments=2)
    (run.snapshot_folder(run.snapshots()[-1]) / "generator.safetensors").write_bytes(model)
    return run


def opened_page(qtbot: QtBot, window: MainWindow, run: RunFolder) -> ExplorePage:
    """The page on a run, once it has drawn and found."""
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
