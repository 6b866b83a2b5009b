"""The Explore page on a generator that was invented: walking, undo, directions, saving."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.numbers import say_count
from ganstudio.project.point import LatentPoint
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from ganstudio.studio.drawn import Sheet
from ganstudio.studio.events import StateChanged
from ganstudio.studio.explorer import Frame
from ganstudio.studio.states import State
from tests.desktop.explore_pages import explored_run, opened_page, shown_point, wait_for_here
from tests.gallery.invented_model import InventedModel
from tests.gallery.invented_run import invent_run


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is opened, it is a blend of bundled pictures."""
    monkeypatch.setattr(InventedModel, "bundle", "pixel-avatars")
    monkeypatch.setattr(InventedModel, "clock", 412_000)
    monkeypatch.setattr(engine, "LoadedModel", InventedModel)


@pytest.fixture
def run(project: Project) -> RunFolder:
    return explored_run(project)


@pytest.fixture
def page(qtbot: QtBot, run: RunFolder, window: MainWindow) -> ExplorePage:
    return opened_page(qtbot, window, run)


def test_it_opens_the_run_and_offers_to_keep(page: ExplorePage):
    assert page.next_step.text == "Keep as favourite"
    assert page.canvas.frame_shape() == (32, 32)
    assert len(page.directions.rows) >= 12
    assert all(row.isEnabled() for row in page.directions.rows[:12])
    assert page.saving.words() == "512 \u00d7 512, sharp squares"


def test_the_first_picture_waits_for_no_directions(
    qtbot: QtBot, run: RunFolder, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    shown = threading.Event()
    find = InventedModel.finding
    monkeypatch.setattr(InventedModel, "finding", lambda model: shown.wait(10) and find(model))
    window.bridge._timer.setInterval(300)  # the news of the model comes late
    window.desk.choose_run(run)
    window.show_page("explore")
    page = window.pages.current
    assert isinstance(page, ExplorePage)
    try:
        qtbot.waitUntil(lambda: page.showing.frame is not None, timeout=5_000)
    finally:
        shown.set()
    qtbot.waitUntil(lambda: bool(page.walk.directions))


def test_before_there_is_a_run_it_draws_with_a_model_that_came_along(
    qtbot: QtBot, project: Project, window: MainWindow
):
    window.show_page("explore")
    page = window.pages.current
    assert isinstance(page, ExplorePage)
    qtbot.waitUntil(lambda: page.showing.frame is not None, timeout=10_000)
    assert page.source.bundled == "Open Peeps"
    assert "came with GAN Studio" in page.canvas.accessibleDescription()
    assert page.next_step.text == "Keep as favourite"
    run = invent_run(project, "pixel-avatars", 10_240, horizon=20_480, moments=2)
    model = run.snapshot_folder(run.snapshots()[-1]) / "generator.safetensors"
    model.write_bytes(b"invented")
    window.desk.choose_run(run)
    qtbot.waitUntil(lambda: page.walk.model is not None and not page.source.bundled)
    assert page.source._opened is not None
    assert page.source._opened.run == run.path


def test_without_any_model_amber_leads_back(
    project: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_given: object) -> None:
        raise UserError("model-damaged", path="generator.safetensors")

    monkeypatch.setattr(engine, "LoadedModel", refuse)
    window.show_page("explore")
    page = window.pages.current
    assert isinstance(page, ExplorePage)
    assert page.next_step.text == "Train"
    assert page.canvas.frame_shape() is not None  # noise
    assert page.canvas.accessibleDescription() == "Nothing learned yet"
    assert page.commands() == {}
    assert not page.where.isEnabled()
    page.next_step_button.click()
    assert window.pages.current_key == "train"


# -- newest wins ---


def test_a_picture_of_another_place_that_was_asked_for_before_is_not_shown(page: ExplorePage):
    before = page.showing.frame
    old = np.zeros((32, 32, 3), np.uint8)
    elsewhere = LatentPoint(seed_x=77)
    page.studio.explorer.frames.put(Frame(page.walk._floor - 1, elsewhere, old, 5))
    page.on_explorer()
    assert page.showing.frame is before


def test_a_sheet_that_was_not_asked_for_last_is_never_shown(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    grid = page.body.nearby.grid
    qtbot.waitUntil(lambda: grid._pictures is not None, timeout=5_000)
    before = grid._pictures
    old = np.zeros((8, 32, 32, 3), np.uint8)
    points = tuple(LatentPoint(seed_x=9 + i) for i in range(8))
    late = Sheet("nearby", points, old, 5, page.walk._sheets["nearby"] - 1)
    waits = {late.name: [late]}
    monkeypatch.setattr(page.studio.explorer, "collect", lambda name: waits.get(name, []))
    page.walk.collect()
    assert grid._pictures is before


def test_pictures_around_are_not_drawn_while_nobody_looks(window: MainWindow, page: ExplorePage):
    window.show_page("pictures")
    page.walk._sheets.clear()
    page.walk.rested.emit()
    assert page.walk._sheets == {}


# -- live ---


@pytest.fixture
def live(qtbot: QtBot, window: MainWindow, studio: Studio, page: ExplorePage) -> Iterator[None]:
    """Make believe that the run trains."""
    training = studio.training
    training.run, training.live = page.desk.run, object()  # type: ignore[assignment]
    training._state = State.RUNNING
    window.bridge.happened.emit(StateChanged(State.RUNNING))
    qtbot.waitUntil(lambda: page.source.is_live, timeout=5_000)
    yield
    training._state, training.live = State.IDLE, None


def test_live_says_so_and_can_be_held(
    qtbot: QtBot, window: MainWindow, page: ExplorePage, live: None, monkeypatch: pytest.MonkeyPatch
):
    qtbot.waitUntil(lambda: page.canvas.accessibleDescription() == "Live, 412 k", timeout=5_000)
    assert page.tools.hold.isVisible()
    page.commands()["hold-version"]()
    assert "hold-version" in page.checked_commands()
    assert page.canvas.accessibleDescription() == "Held at 412 k"
    monkeypatch.setattr(InventedModel, "clock", 500_000)
    page.hand.surprise()
    wait_for_here(qtbot, page)
    assert page.showing.frame.images == 412_000
    page.tools.hold.click()
    qtbot.waitUntil(lambda: page.showing.frame.images == 500_000, timeout=5_000)
    assert page.canvas.accessibleDescription() == "Live, 500 k"


def test_when_training_ends_its_last_weights_stay(
    window: MainWindow, studio: Studio, page: ExplorePage, live: None
):
    opened = InventedModel.opened
    studio.training.live = None
    studio.training._state = State.IDLE
    window.bridge.happened.emit(StateChanged(State.IDLE))
    assert InventedModel.opened == opened
    assert not page.tools.hold.isVisible()
    assert "hold-version" not in page.commands()
    assert not page.canvas.accessibleDescription().startswith("Live")


# -- files ---


def test_a_dropped_model_is_opened_and_there_is_a_way_back(
    qtbot: QtBot, window: MainWindow, page: ExplorePage, tmp_path: Path
):
    page.open_file(tmp_path / "faces.safetensors")
    qtbot.waitUntil(lambda: page.walk.model.title == "faces", timeout=5_000)
    words = page.canvas.accessibleDescription
    qtbot.waitUntil(lambda: words().startswith("faces.safetensors"))
    assert page.tools.back.isVisible()
    page.tools.back.click()
    qtbot.waitUntil(lambda: page.walk.model.title != "faces", timeout=5_000)
    assert not page.tools.back.isVisible()


def test_a_model_that_cannot_be_opened_is_said_and_loses_nothing(
    qtbot: QtBot,
    window: MainWindow,
    page: ExplorePage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    def refuse(path: Path, live: object) -> None:
        raise UserError("model-damaged", path=path)

    monkeypatch.setattr(engine, "LoadedModel", refuse)
    errors: list[UserError] = []
    window.desk.error_raised.connect(errors.append)
    before = page.walk.model
    page.open_file(tmp_path / "broken.safetensors")
    qtbot.waitUntil(lambda: bool(errors), timeout=5_000)
    assert errors[0].code == "model-damaged"
    assert page.walk.model is before
    assert page.source.file is None
    page.hand.surprise()
    wait_for_here(qtbot, page)


def test_an_explorer_that_broke_says_so_and_shows_nothing_old(
    qtbot: QtBot, window: MainWindow, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(InventedModel, "render", lambda self, points: 1 / 0)
    page.hand.surprise()
    qtbot.waitUntil(lambda: page.walk.model is None, timeout=5_000)
    assert page.next_step.text == "Train"


def test_saving_asks_where_and_writes_the_size_that_was_chosen(
    qtbot: QtBot,
    window: MainWindow,
    page: ExplorePage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    path = tmp_path / "place.png"
    monkeypatch.setattr(window.desk, "ask_path_to_save", lambda *words: path)
    page.saving.scale.setCurrentIndex(page.saving.scale.findData(4))
    page.saving.scale.activated.emit(page.saving.scale.currentIndex())
    page.hand.surprise()
    page.steps.save_button.click()
    qtbot.waitUntil(lambda: window.toaster.is_shown(), timeout=10_000)
    with Image.open(path) as picture:
        assert picture.size == (128, 128)
        assert f"{page.walk.point.seed_x}" in str(picture.info)


def test_copying_puts_the_picture_on_the_clipboard(qtbot: QtBot, page: ExplorePage):
    QGuiApplication.clipboard().clear()
    page.saving.copy_button.click()
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull(), timeout=10_000)
    assert QGuiApplication.clipboard().image().width() == 512


def test_changing_ones_mind_saves_nothing(
    window: MainWindow, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(window.desk, "ask_path_to_save", lambda *words: None)
    page.taking.save()
    assert not page.taking.busy


def test_larger_and_smaller_go_through_the_sizes(page: ExplorePage):
    assert page.tools.zoom.current() == "fit"
    page.commands()["smaller"]()
    assert page.canvas.shown_factor() == 8
    page.commands()["smaller"]()
    assert page.canvas.shown_factor() == 4
    page.commands()["smaller"]()
    assert page.canvas.shown_factor() == 4
    assert page.tools.words.text() == "32 \u00d7 32, shown 4\u00d7"
    page.commands()["fit"]()
    assert page.canvas.shown_factor() > 8


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> list[LatentPoint]:
    """The generator can be told what to draw; every point that it draws is noted."""
    drawn: list[LatentPoint] = []
    plain_init, plain_draw = InventedModel.__init__, InventedModel._draw

    def knows_kinds(self: InventedModel, *args: object) -> None:
        plain_init(self, *args)
        self.kinds = ("cats", "dogs", "owls")

    def noted(self: InventedModel, point: LatentPoint) -> np.ndarray:
        drawn.append(point)
        return plain_draw(self, point)

    monkeypatch.setattr(InventedModel, "__init__", knows_kinds)
    monkeypatch.setattr(InventedModel, "_draw", noted)
    return drawn


def test_another_kind_is_drawn_at_the_same_place(
    qtbot: QtBot, kinds: list[LatentPoint], page: ExplorePage
):
    where = page.where
    assert not where.kind.isHidden()
    assert [where.kind.itemText(n) for n in range(3)] == ["cats", "dogs", "owls"]
    before = page.walk.point
    where.kind.setCurrentIndex(2)
    where.kind.activated.emit(2)
    wanted = before.model_copy(update={"kind": 2})
    qtbot.waitUntil(lambda: shown_point(page) == wanted)
    page.undo_stack.undo()
    assert page.walk.point == before
    assert where.kind.currentText() == "cats"


def test_the_pictures_around_are_of_the_same_kind(
    qtbot: QtBot, kinds: list[LatentPoint], page: ExplorePage
):
    page.where.kind.activated.emit(1)
    kinds.clear()
    around = 8 + 18
    qtbot.waitUntil(  # those asked for before may still come first
        lambda: [point.kind for point in kinds[-around:]] == [1] * around, timeout=5_000
    )


def test_a_place_of_the_grid_is_of_the_kind_that_it_was_drawn_as(
    kinds: list[LatentPoint], page: ExplorePage, run: RunFolder
):
    """Also if its model is not open yet: what counts is the run that drew the grid."""
    run.write_info(run.info().model_copy(update={"kinds": ("cats", "dogs", "owls")}))
    page.walk.model = None
    page.desk.seed_wanted.emit(5)
    assert (page.walk.point.seed_x, page.walk.point.kind) == (5.0, 2)


def test_without_kinds_there_is_nothing_to_choose(page: ExplorePage):
    assert page.where._kind_row.isHidden()


# -- the best moment ---


def test_a_run_that_rests_is_explored_at_its_best_and_says_so(
    qtbot: QtBot, run: RunFolder, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    opened: list[tuple[Path, str]] = []
    explorer = window.studio.explorer
    real = explorer.open_file
    monkeypatch.setattr(
        explorer,
        "open_file",
        lambda path, title="": (opened.append((path, title)), real(path, title)),
    )
    first = run.snapshots()[0]
    run.star(first)
    monkeypatch.setattr(InventedModel, "clock", first)
    window.desk.choose_run(run)
    window.show_page("explore")
    page = window.pages.current
    assert isinstance(page, ExplorePage)
    qtbot.waitUntil(lambda: page.showing.frame is not None, timeout=10_000)
    assert [path for path, _ in opened] == [run.snapshot_folder(first) / "generator.safetensors"]
    assert page.canvas.accessibleDescription() == "Your choice, 0"
    last = run.snapshots()[-1]
    run.star(last)
    monkeypatch.setattr(InventedModel, "clock", last)
    window.show_page("train")
    window.show_page("explore")
    said = f"Your choice, {say_count(last)}"
    qtbot.waitUntil(lambda: page.canvas.accessibleDescription() == said)
    assert len(opened) == 2
    window.show_page("train")
    window.show_page("explore")
    assert len(opened) == 2, "nothing was chosen since"


def test_who_comes_back_from_a_file_finds_the_moment_that_was_left(
    qtbot: QtBot,
    run: RunFolder,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    first = run.snapshots()[0]
    run.star(first)
    window.desk.choose_run(run)
    window.show_page("explore")
    page = window.pages.current
    assert isinstance(page, ExplorePage)
    qtbot.waitUntil(lambda: page.showing.frame is not None, timeout=10_000)
    opened: list[Path] = []
    real = window.studio.explorer.open_file
    monkeypatch.setattr(
        window.studio.explorer,
        "open_file",
        lambda path, title="": (opened.append(path), real(path, title)),
    )
    page.open_file(tmp_path / "faces.safetensors")
    run.star(run.snapshots()[-1])
    page.source.back_to_run()
    assert opened[-1] == run.snapshot_folder(first) / "generator.safetensors"
    assert page.source.best is not None
    assert page.source.best.clock == first


@pytest.mark.parametrize("key", ["mix", "inside"])
def test_what_is_done_elsewhere_is_seen_in_every_view(qtbot: QtBot, page: ExplorePage, key: str):
    page.views.show(key)
    view = page.views.current
    assert view is not None
    page.hand.surprise()
    wait_for_here(qtbot, page)
    assert view.canvas.frame_shape() == page.canvas.frame_shape()  # type: ignore[attr-defined]  # both have one
    page.commands()["reset-all"]()
    assert page.undo_stack.count() == 1  # nothing was to be reset
    page.undo_stack.undo()
    wait_for_here(qtbot, page)
    assert page.walk.point == LatentPoint()
