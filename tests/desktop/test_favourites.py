"""Favourites in the window: kept, found after a restart, named, tagged, forgotten, dragged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.dialogs.loop import LoopWindow
from ganstudio.desktop.favourite_mime import favourite_in, mime_of_favourite
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.point_mime import mime_of, place_in
from ganstudio.desktop.thumbnails import image_of, text_of
from ganstudio.project.favourites import FAVOURITES, Favourite, read_favourites
from ganstudio.project.folder import Project
from ganstudio.project.kept import write_kept
from ganstudio.project.point import Bend, LatentPoint, Mask, Mix, Share
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from tests.desktop.conftest import close_window
from tests.desktop.explore_pages import wait_for_here
from tests.desktop.exploring import write_model
from tests.desktop.helpers_widgets import drop_on, press_shortcut, seen
from tests.gallery.invented_model import InventedModel
from tests.gallery.invented_run import invent_run

_REAL_MODEL = engine.LoadedModel


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is opened, it is a blend of bundled pictures."""
    monkeypatch.setattr(InventedModel, "bundle", "pixel-avatars")
    monkeypatch.setattr(engine, "LoadedModel", InventedModel)


@pytest.fixture
def run(project: Project, monkeypatch: pytest.MonkeyPatch) -> RunFolder:
    run = invent_run(project, "pixel-avatars", 10_240, horizon=20_480, moments=2)
    for clock in run.snapshots():
        (run.snapshot_folder(clock) / "generator.safetensors").write_bytes(b"invented")
    monkeypatch.setattr(InventedModel, "clock", run.snapshots()[-1])
    return run


def explore(qtbot: QtBot, window: MainWindow, run: RunFolder) -> ExplorePage:
    window.desk.choose_run(run)
    window.show_page("explore")
    page = window.pages.current
    assert isinstance(page, ExplorePage)
    qtbot.waitUntil(
        lambda: page.showing.frame is not None and bool(page.walk.directions), timeout=10_000
    )
    return page


@pytest.fixture
def page(qtbot: QtBot, run: RunFolder, window: MainWindow) -> ExplorePage:
    return explore(qtbot, window, run)


@pytest.fixture
def real_page(
    qtbot: QtBot, run: RunFolder, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    """Drawn by a true generator with layers, small as it is."""
    monkeypatch.setattr(engine, "LoadedModel", _REAL_MODEL)
    for clock in run.snapshots():
        write_model(run.snapshot_folder(clock) / "generator.safetensors", "style")
    return explore(qtbot, window, run)


def keep(qtbot: QtBot, page: ExplorePage, count: int = 1) -> list[str]:
    """Go to new places and keep them; returns their ids."""
    for _ in range(count):
        page.hand.surprise()
        wait_for_here(qtbot, page)
        page.commands()["keep"]()
    return [one.id for one in page.favourites.all()]


def on_disk(page: ExplorePage) -> tuple[Favourite, ...]:
    """What is written, once everything is."""
    page.studio.favourites.close()
    assert page.desk.project is not None
    return read_favourites(page.desk.project.path)


# -- keeping ---


def test_amber_alone_leads_to_a_loop(qtbot: QtBot, window: MainWindow, page: ExplorePage):
    taken = []
    for _ in range(4):
        taken.append(page.next_step.text)
        page.next_step_button.click()
        wait_for_here(qtbot, page)
        assert page.panel._beside is page.steps.save_button
    assert taken == ["Keep as favourite", "Surprise me", "Keep as favourite", "Make a loop of 2"]
    page.undo_stack.undo()
    assert page.next_step.text == "Make a loop of 2"
    assert page.favourites_row.loop.isVisible()
    press_shortcut(window, "Ctrl+D")
    assert len(page.favourites.all()) == 2, "it is kept already"
    page.hand.surprise()
    assert page.next_step.text == "Keep as favourite"
    assert page.favourites_row.loop.isVisible()


def test_a_double_click_on_keep_only_keeps(qtbot: QtBot, page: ExplorePage):
    keep(qtbot, page)
    page.hand.surprise()
    wait_for_here(qtbot, page)
    button = page.next_step_button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.next_step.text == "Make a loop of 2"
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    assert not page.findChildren(LoopWindow)
    assert not page.window().findChildren(LoopWindow)


def test_what_is_kept_is_the_place_its_directions_and_what_it_looked_like(
    qtbot: QtBot, page: ExplorePage, run: RunFolder
):
    page.directions.rows[2]._slider.move_by(5)
    wait_for_here(qtbot, page)
    page.favourites.keep()
    kept = page.favourites.all()[0]
    assert kept.kept.point == page.walk.point
    assert [one.key for one in kept.kept.directions] == [page.walk.directions[2]]
    assert (kept.kept.model, kept.source) == ("invented", run.id)
    assert kept.kept.images == run.snapshots()[-1]
    assert page.showing.frame is not None
    assert image_of(kept.picture).size().toTuple() == page.showing.frame.picture.shape[1::-1]


def test_a_place_is_kept_with_its_own_picture_not_that_of_the_place_before(
    qtbot: QtBot, page: ExplorePage
):
    page.hand.surprise()
    page.favourites.keep()  # its picture is not there yet
    assert page.favourites.all() == ()
    qtbot.waitUntil(lambda: len(page.favourites.all()) == 1, timeout=5_000)
    assert page.showing.frame is not None
    image = image_of(page.favourites.all()[0].picture).convertToFormat(
        image_of(page.favourites.all()[0].picture).Format.Format_RGB888
    )
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    drawn = page.showing.frame.picture
    assert np.array_equal(rows[:, : image.width() * 3].reshape(drawn.shape), drawn)


def test_a_favourite_restores_picture_and_controls_after_a_restart(
    qtbot: QtBot, run: RunFolder, project: Project, studio: Studio
):
    studio.projects.close()

    def live(then: Callable[[ExplorePage], object]) -> object:
        studio = Studio(window_open=True)
        window = MainWindow(studio)
        window.resize(1440, 900)
        window.show()
        window.begin()
        try:
            assert window.desk.open_project(project.path)
            return then(explore(qtbot, window, run))
        finally:
            close_window(qtbot, window)
            studio.close()

    def first(page: ExplorePage) -> tuple[LatentPoint, np.ndarray]:
        page.hand.surprise()
        page.diversity.row._slider.move_by(-20)
        page.directions.rows[4]._slider.move_by(7)
        wait_for_here(qtbot, page)
        page.favourites.keep()
        assert page.showing.frame is not None
        return page.walk.point, page.showing.frame.picture

    def second(page: ExplorePage) -> tuple[LatentPoint, np.ndarray]:
        assert page.favourites_row.count.text() == "1 kept"
        tiles = page.favourites_row.tiles
        QTest.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=tiles.tile_box(0).center().toPoint())
        wait_for_here(qtbot, page)
        assert page.diversity.row.value() == page.walk.point.diversity
        assert page.directions.rows[4].value() == page.walk.point.moves[0].amount
        assert page.showing.frame is not None
        return page.walk.point, page.showing.frame.picture

    before, after = live(first), live(second)
    assert isinstance(before, tuple)
    assert isinstance(after, tuple)
    assert before[0] == after[0]
    assert np.array_equal(before[1], after[1])


# -- names, tags, forgetting ---


def test_names_and_tags_are_kept_and_a_tag_filters(
    qtbot: QtBot, page: ExplorePage, project: Project
):
    first, second = keep(qtbot, page, 2)
    page.steps.show_all()
    window = page.steps.window
    assert window is not None
    window.tiles.set_current(first)
    window.name.setText("Pink bun")
    window.name.editingFinished.emit()
    window.tags.setText("pink, cover")
    window.tags.editingFinished.emit()
    kept = on_disk(page)
    assert (kept[0].name, kept[0].tags) == ("Pink bun", ("pink", "cover"))
    assert [window.tag.itemText(n) for n in range(window.tag.count())] == ["All", "cover", "pink"]
    window.tag.setCurrentIndex(1)
    window.tag.activated.emit(1)
    assert [tile.id for tile in window.tiles.tiles()] == [first]
    page.favourites.set_tags(first, "")
    assert [tile.id for tile in window.tiles.tiles()] == [first, second], "the tag is gone"
    window.tiles.set_current(first)
    image, ring = seen(window.tiles), window.tiles.tile_box(0).topLeft()
    colour = image.pixelColor(round(ring.x()) - 2, round(ring.y()) + 20)
    assert colour.name() == theme.colour("accent_line").name(), "the fields are about this one"
    window.close()


def test_a_damaged_file_is_said_and_never_written_over(
    qtbot: QtBot, window: MainWindow, page: ExplorePage, project: Project
):
    errors: list[object] = []
    window.desk.error_raised.connect(errors.append)
    (project.path / FAVOURITES).write_text("{")
    keep(qtbot, page)
    assert len(errors) == 1
    assert (project.path / FAVOURITES).read_text() == "{"


def test_where_the_project_may_not_be_written_nothing_is_kept(page: ExplorePage):
    page.studio.projects.read_only = True
    page._refresh()
    assert page.next_step.text == "Save this picture"
    assert "keep" not in page.commands()


def test_where_the_project_may_not_be_written_nothing_is_offered_that_changes_one(
    qtbot: QtBot, page: ExplorePage
):
    favourite = page.favourites.find(keep(qtbot, page)[0])
    assert favourite is not None
    page.studio.projects.read_only = True
    actions = {one.text(): one for one in page.favourites_row.menu(favourite).actions()}
    assert not any(actions[words].isEnabled() for words in ("Rename", "Tags", "Delete"))
    assert actions["Be there"].isEnabled()
    page.steps.show_all()
    window = page.steps.window
    assert window is not None
    assert not any(w.isEnabled() for w in (window.name, window.tags, window.delete_button))
    assert window.pin_button.isEnabled()
    page.favourites.remove(favourite.id)
    assert page.favourites.all() == (favourite,)
    window.close()


def test_the_row_is_gone_along_with_keys_and_a_forgotten_one_comes_back(
    qtbot: QtBot, window: MainWindow, page: ExplorePage, project: Project
):
    ids = keep(qtbot, page, 6)
    tiles = page.favourites_row.tiles
    assert tiles.current() == ids[-1], "the newest is seen"
    assert list(tiles._seen()) == [2, 3, 4, 5]
    assert tiles.rect().contains(tiles.tile_box(5).toRect())
    for width in (1024, 1280, 1440):
        window.resize(width, 800)
        row = page.favourites_row
        qtbot.waitUntil(lambda row=row: row.width() == row.sizeHint().width())
        assert row.count.width() >= row.count.sizeHint().width(), "its words are not cut"
        assert row.rect().contains(tiles.geometry())
    QTest.keyClick(tiles, Qt.Key.Key_Home)
    assert tiles.current() == ids[0]
    assert list(tiles._seen()) == [0, 1, 2, 3]
    QTest.keyClick(tiles, Qt.Key.Key_Return)
    first = page.favourites.find(ids[0])
    assert first is not None
    assert page.walk.point == first.kept.point
    assert "Favourite 1, 1 of 6" in tiles.accessibleName()
    QTest.keyClick(tiles, Qt.Key.Key_Right)
    QTest.keyClick(tiles, Qt.Key.Key_Delete)
    assert [one.id for one in on_disk(page)] == [ids[0], *ids[2:]]
    window.toaster._take_back()
    assert [one.id for one in on_disk(page)] == ids


def test_undo_takes_back_what_was_done_last_also_with_favourites(
    qtbot: QtBot, window: MainWindow, page: ExplorePage
):
    ids = keep(qtbot, page, 2)
    here, index = page.walk.point, page.undo_stack.index()
    page.favourites.remove(ids[0])
    window.toaster.hide()
    press_shortcut(window, "Ctrl+Z")
    assert [one.id for one in page.favourites.all()] == ids
    assert page.walk.point == here, "the path is as it was"
    page.favourites.remove(ids[1])
    page.hand.surprise()
    press_shortcut(window, "Ctrl+Z")
    assert page.walk.point == here, "the step was the last act"
    assert [one.id for one in page.favourites.all()] == ids[:1]
    press_shortcut(window, "Ctrl+Z")
    assert [one.id for one in page.favourites.all()] == ids, "and that before it"
    assert not window.toaster.is_shown()
    press_shortcut(window, "Ctrl+Z")
    assert page.undo_stack.index() == index - 1


def test_a_place_that_is_dropped_on_the_row_is_kept_and_nobody_moves(
    qtbot: QtBot, page: ExplorePage
):
    here, place = page.walk.point, LatentPoint(seed_x=5.5)
    data = mime_of(page.studio.explorer.keep(place))
    assert drop_on(page.favourites_row, data)
    qtbot.waitUntil(lambda: len(page.favourites.all()) == 1, timeout=5_000)
    assert page.favourites.all()[0].kept.point == place
    assert page.walk.point == here
    page.walk.go(place, "visit")
    wait_for_here(qtbot, page)
    frame = page.showing.frame
    assert frame is not None
    assert page.favourites.all()[0].picture == text_of(frame.picture)


def test_of_places_that_are_dropped_quickly_none_is_lost(qtbot: QtBot, page: ExplorePage):
    places = [LatentPoint(seed_x=x) for x in (5.5, 6.5, 6.5, 7.5)]
    for place in places:
        assert drop_on(page.favourites_row, mime_of(page.studio.explorer.keep(place)))
    wanted = list(dict.fromkeys(places))
    qtbot.waitUntil(lambda: len(page.favourites.all()) >= len(wanted), timeout=5_000)
    assert [one.kept.point for one in page.favourites.all()] == wanted


# -- another model ---


def test_a_favourite_of_another_model_says_so_and_opens_it(
    qtbot: QtBot, window: MainWindow, page: ExplorePage, tmp_path: Path, monkeypatch
):
    id_ = keep(qtbot, page)[0]
    favourite = page.favourites.find(id_)
    assert favourite is not None
    real = InventedModel.__init__

    def strange(self: InventedModel, path: Path, live: object) -> None:
        real(self, path, live)
        self.fingerprint = str(path)

    monkeypatch.setattr(InventedModel, "__init__", strange)
    page.open_file(tmp_path / "faces.safetensors")
    qtbot.waitUntil(lambda: page.walk.model is not None and page.walk.model.title == "faces")
    tile = page.favourites_row.tiles.tiles()[0]
    assert tile.foreign
    assert "another model" in tile.tip
    assert page.next_step.text == "Keep as favourite"
    page.favourites.go(id_)
    assert window.toaster.is_shown()
    assert page.favourites.can_open_model(favourite)
    page.hand.surprise()
    monkeypatch.setattr(InventedModel, "__init__", real)
    page.favourites.open_model(id_)
    qtbot.waitUntil(lambda: not page.favourites_row.tiles.tiles()[0].foreign, timeout=5_000)
    assert page.walk.point == favourite.kept.point
    assert page.source.title.startswith("Run 1")


# -- dragging and dropping ---


def test_a_favourite_that_is_dropped_on_the_picture_is_where_one_is(
    qtbot: QtBot, page: ExplorePage
):
    id_ = keep(qtbot, page)[0]
    favourite = page.favourites.find(id_)
    assert favourite is not None
    page.hand.surprise()
    data = mime_of_favourite(favourite)
    assert favourite_in(data) == id_
    assert place_in(data) == favourite.kept, "whatever takes a place takes a favourite"
    assert drop_on(page.canvas, data)
    assert page.walk.point == favourite.kept.point


def test_a_file_of_a_place_is_dropped_and_a_strange_picture_is_said(
    qtbot: QtBot, window: MainWindow, page: ExplorePage, tmp_path: Path
):
    kept = page.studio.explorer.keep(LatentPoint(seed_x=5.5))
    write_kept(tmp_path / "place.json", kept)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "place.json"))])
    assert drop_on(page.canvas, data)
    assert page.walk.point == kept.point
    errors: list[object] = []
    window.desk.error_raised.connect(errors.append)
    (tmp_path / "odd.json").write_text("[" * 9_999)
    page.landing.open(tmp_path / "odd.json")
    assert len(errors) == 1
    data.setText("words")
    data.clear()
    assert not drop_on(page.canvas, data)


# -- before ---


def press_b(page: ExplorePage) -> None:
    window = page.window()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    page.canvas.setFocus()
    QTest.keyPress(page.canvas, Qt.Key.Key_B)


def canvas_shows(page: ExplorePage, picture: np.ndarray) -> bool:
    return page.canvas._seen is not None and np.array_equal(page.canvas._seen, picture)


def test_holding_b_shows_the_step_before_and_letting_go_shows_now(qtbot: QtBot, page: ExplorePage):
    wait_for_here(qtbot, page)
    assert page.showing.frame is not None
    before = page.showing.frame.picture
    page.walk.go(LatentPoint(seed_x=1), "step")
    wait_for_here(qtbot, page)
    now, point = page.showing.frame.picture, page.walk.point
    press_b(page)
    qtbot.waitUntil(lambda: canvas_shows(page, before), timeout=5_000)
    assert page.canvas.accessibleDescription() == "Before this step"
    assert "show-before" in page.checked_commands()
    QTest.keyRelease(page.canvas, Qt.Key.Key_B)
    assert canvas_shows(page, now)
    assert page.walk.point == point
    assert page.canvas.accessibleDescription() != "Before this step"
    page.where.across.setFocus()
    QTest.keyPress(page.where.across, Qt.Key.Key_B)
    assert not page.before.held, "in a field it is a letter"
    id_ = keep(qtbot, page)[0]
    kept = page.showing.frame.picture
    page.hand.surprise()
    page.hand.surprise()
    wait_for_here(qtbot, page)
    page.before.pin(id_)
    press_b(page)
    qtbot.waitUntil(lambda: canvas_shows(page, kept), timeout=5_000)
    assert page.canvas.accessibleDescription() == "Before: Favourite 1"
    QTest.keyRelease(page.canvas, Qt.Key.Key_B)
    assert not page.before.held


# -- every kind of move, there and back ---


def test_two_hundred_moves_of_every_kind_and_back_give_equal_points_and_pixels(
    qtbot: QtBot, real_page: ExplorePage
):
    page = real_page
    random = np.random.default_rng(5)
    walk, keys = page.walk, page.walk.directions
    page.where.pad._go(3.0, 1.0)
    page.where.pad.released.emit(3.0, 1.0)

    def other(**values: object) -> LatentPoint:
        return LatentPoint(seed_x=float(random.integers(90)), **values)  # type: ignore[arg-type]

    def change(**values: object) -> None:
        walk.go(walk.point.model_copy(update=values), "change")

    kinds: list[Callable[[], object]] = [
        page.hand.surprise,
        page.hand.small_jump,
        lambda: QTest.keyClick(page.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier),
        lambda: page.diversity.row._slider.move_by(int(random.choice([-7, 9]))),
        lambda: page.directions.rows[int(random.integers(6))]._slider.move_by(3),
        lambda: change(kinds=((0, 0.25), (1, float(random.uniform(0.1, 0.9))))),
        lambda: change(mixes=(Mix(band="fine", point=other().with_amount(keys[1], 1.0)),)),
        lambda: change(bends=(Bend(stage=1, channels=(int(random.integers(9)),), action="blur"),)),
        lambda: change(vector=tuple(map(float, random.normal(size=16))), space="w"),
        lambda: change(blend=(Share(point=other(), weight=float(random.uniform(0.1, 0.9))),)),
        lambda: change(mask=Mask(point=other(), rows=((float(random.uniform()), 1.0),))),
        lambda: page.where.pad.released.emit(float(random.integers(9)), 2.0),
    ]
    walked = [walk.point]
    while len(walked) < 201:
        kinds[int(random.integers(len(kinds)))]()
        walk.journey._kind = ""  # quick steps of one kind would count as one
        if walk.point != walked[-1]:
            walked.append(walk.point)
    assert page.undo_stack.index() >= 200
    count = page.undo_stack.index()
    places = list(page.walk.journey.places)
    samples = page.studio.explorer.draw([places[0], places[97], places[-1]]).result(20)
    back = []
    while page.undo_stack.canUndo():
        page.undo_stack.undo()
        back.append(walk.point)
    assert back == places[-2::-1]
    wait_for_here(qtbot, page)
    assert page.showing.frame is not None
    assert np.array_equal(page.showing.frame.picture, samples[0])
    on = []
    while page.undo_stack.canRedo():
        page.undo_stack.redo()
        on.append(walk.point)
        if len(on) == 97:
            wait_for_here(qtbot, page)
            assert np.array_equal(page.showing.frame.picture, samples[1])
    assert on == places[1:]
    assert len(on) == count
    wait_for_here(qtbot, page)
    assert np.array_equal(page.showing.frame.picture, samples[2])


def test_a_step_asks_no_file_about_favourites(
    qtbot: QtBot, page: ExplorePage, monkeypatch: pytest.MonkeyPatch
):
    first, last = keep(qtbot, page, 2)
    page.studio.explorer.fingerprint = "another"
    page.favourites_row.refresh()
    page.studio.explorer.fingerprint = ""

    def asked(project: Project) -> list[RunFolder]:
        raise AssertionError("a step waits for no disk")

    monkeypatch.setattr(Project, "runs", asked)
    page.undo_stack.undo()
    chosen = {tile.id: tile.chosen for tile in page.favourites_row.tiles.tiles()}
    assert chosen == {first: True, last: False}


def test_favourites_of_a_run_that_cannot_be_read_are_shown_like_all_others(
    qtbot: QtBot, window: MainWindow, page: ExplorePage, run: RunFolder
):
    id_ = keep(qtbot, page)[0]
    page.studio.explorer.fingerprint = "another"
    (run.path / "run.json").write_text("{")
    favourite = page.favourites.find(id_)
    assert favourite is not None
    page.favourites_row.refresh()
    assert run.id in page.favourites.tip(favourite)
    assert not page.favourites.can_open_model(favourite)
    page.favourites.go(id_)
