"""The views of the Explore page: one is seen at a time, and only that one asks for anything."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore import page as page_module
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.pages.explore.views import View
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from tests.desktop.helpers_widgets import press_shortcut
from tests.gallery.invented_model import InventedModel
from tests.gallery.invented_run import invent_run


class _Plain(View):
    key, title, tip, sentence = "plain", "Plain", "Nothing much.", "A plain view."

    def entered(self) -> None:
        entered.append(self.key)

    def left(self) -> None:
        left.append(self.key)


class _Other(_Plain):
    key, title = "other", "Other"


entered: list[str] = []
left: list[str] = []


@pytest.fixture
def page(
    qtbot: QtBot, project: object, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    monkeypatch.setattr(InventedModel, "bundle", "pixel-avatars")
    monkeypatch.setattr(engine, "LoadedModel", InventedModel)
    monkeypatch.setattr(page_module, "VIEWS", (_Plain, _Other))
    entered.clear()
    left.clear()
    window.desk.choose_run(_run(project))
    window.show_page("explore")
    page = window.pages.current
    assert isinstance(page, ExplorePage)
    qtbot.waitUntil(
        lambda: page.showing.frame is not None and bool(page.walk.directions), timeout=10_000
    )
    return page


def _run(project: object) -> RunFolder:
    run = invent_run(project, "pixel-avatars", 10_240, horizon=20_480, moments=2)
    (run.snapshot_folder(run.snapshots()[-1]) / "generator.safetensors").write_bytes(b"invented")
    return run


def test_a_view_stands_in_place_of_the_picture_and_the_path_stays(page: ExplorePage):
    assert page.canvas.isVisible()
    page.views.show("plain")
    plain = page.views.current
    assert plain is not None
    assert plain.isVisible()
    assert not page.canvas.isVisible()
    assert not page.body.nearby.isVisible()
    assert page.body.path.isVisible()
    assert not page.tools.zoom.isVisible()
    assert page.head.sentence() == "A plain view."
    page.views.show("picture")
    assert page.canvas.isVisible()
    assert not plain.isVisible()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1024, 700), (1920, 1080)])
def test_tiles_end_where_the_picture_ends_and_the_path_never_moves(
    page: ExplorePage, window: MainWindow, size: tuple[int, int]
):
    window.resize(*size)
    QApplication.processEvents()
    body = page.body
    canvas, near = body.canvas.geometry(), body.nearby.geometry()
    assert near.bottom() == canvas.bottom()
    assert near.right() <= body.width() - 1
    grid = body.nearby.grid
    last = body.nearby.count - 1
    assert grid.shown_count() > last
    assert grid.height() - 2 <= grid.tile_box(last).bottom() <= grid.height()
    assert (body.nearby.count > 8) == (size[0] > 1440), "more of them where there is room"
    path = body._path_row.geometry()
    page.views.show("plain")
    assert body._path_row.geometry() == path
    assert path.top() > canvas.bottom()


def test_only_the_view_that_is_seen_is_at_work(window: MainWindow, page: ExplorePage):
    page.views.show("plain")
    page.views.show("other")
    assert (entered, left) == (["plain", "other"], ["plain"])
    window.show_page("train")
    assert left == ["plain", "other"]
    window.show_page("explore")
    assert entered == ["plain", "other", "other"]


def test_alt_and_a_number_show_a_view_and_the_menu_has_its_name(
    window: MainWindow, page: ExplorePage
):
    window.refresh_now()
    actions = window.actions_by_key
    assert [actions[f"view-{n}"].text() for n in (1, 2, 3)] == ["Picture", "Plain", "Other"]
    assert not actions["view-4"].isVisible()
    press_shortcut(window, "Alt+3")
    assert page.views.current is not None
    assert page.views.current.key == "other"
    assert actions["view-3"].isChecked()
    press_shortcut(window, "Alt+1")
    assert page.views.shows_picture


def test_the_picture_nearby_is_not_drawn_while_another_view_is_seen(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []
    monkeypatch.setattr(page.walk, "ask_sheet", lambda name, points: asked.append(name))
    page.views.show("plain")
    page.hand.surprise()
    qtbot.waitUntil(lambda: "pad" in asked, timeout=5_000)
    assert "nearby" not in asked
    page.views.show("picture")
    assert "nearby" in asked


def test_without_a_generator_there_is_no_other_view(page: ExplorePage):
    page.views.show("plain")
    page._closed()
    assert page.views.shows_picture
    assert not page.views.switch.isVisible()
