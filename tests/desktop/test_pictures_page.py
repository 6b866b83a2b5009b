"""The Pictures page: what is shown, leaving out and taking it back, framing, reading, errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.pictures import PicturesPage
from ganstudio.desktop.pages.pictures_words import badge, problems, reason, verdict
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import PictureEntry, PictureList
from ganstudio.studio.app import Studio
from ganstudio.studio.states import State


@pytest.fixture
def page(project: Project, window: MainWindow) -> PicturesPage:
    window.show_page("pictures")
    page = window.pages.current
    assert isinstance(page, PicturesPage)
    return page


def test_all_pictures_are_shown_and_counted(page: PicturesPage):
    assert page.browser.grid.model().rowCount() == 12
    assert page.head.sentence() == "All 12 pictures are in the set"
    assert page.next_step.text == "Train with 12 pictures"
    assert page.next_step.enabled


def test_tiles_come_while_they_are_seen(qtbot: QtBot, page: PicturesPage):
    page.window().grab()
    qtbot.waitUntil(lambda: page.browser.grid._pictures.image(0) is not None, timeout=5_000)


def test_leaving_out_is_saved_and_can_be_undone(page: PicturesPage, project: Project):
    page.browser.grid.set_current(3)
    page.commands()["leave-out"]()
    assert project.pictures().usable_count == 11
    assert page.next_step.text == "Train with 11 pictures"
    page.undo_stack.undo()
    assert project.pictures().usable_count == 12
    page.undo_stack.redo()
    assert project.pictures().usable_count == 11


def test_a_picture_is_chosen_alone_also_while_keys_are_held(qtbot: QtBot, page: PicturesPage):
    page.browser.grid.set_current(1)
    qtbot.keyPress(page, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    page.browser.grid.set_current(3)
    assert page.browser.grid.selected() == [3]
    qtbot.keyRelease(page, Qt.Key.Key_Control)


def test_del_on_one_left_out_brings_it_back(page: PicturesPage, project: Project):
    page.turn([5], True)
    page.browser.grid.set_current(5)
    page.commands()["leave-out"]()
    assert project.pictures().usable_count == 12


def test_the_toast_takes_it_back(page: PicturesPage, project: Project, window: MainWindow):
    page.turn([0, 1, 2], True)
    assert window.toaster.is_shown()
    window.toaster._toast.undo.click()
    assert project.pictures().usable_count == 12


def test_the_menu_says_what_undo_would_undo(qtbot: QtBot, page: PicturesPage, window: MainWindow):
    page.turn([0], True)
    qtbot.waitUntil(window.actions_by_key["undo"].isEnabled, timeout=1_000)
    assert window.actions_by_key["undo"].text() == "Undo leaving out"
    window.run_command("undo")
    assert not window.actions_by_key["undo"].isEnabled()


def test_filters_and_names(qtbot: QtBot, page: PicturesPage):
    page.turn([1, 2], True)
    page.browser.filter.show_only("out")
    assert page.browser.grid.model().rowCount() == 2
    page.browser.filter.show_only("in")
    assert page.browser.grid.model().rowCount() == 10
    page.browser.filter.show_only("all")
    page.browser.filter.search.setText("_007")
    qtbot.waitUntil(lambda: page.browser.grid.model().rowCount() == 1, timeout=2_000)


def test_the_chosen_picture_is_described(page: PicturesPage):
    page.browser.grid.set_current(2)
    name = page.browser.strip.accessibleName()
    assert name.startswith("picture_002.png, 40 × 40, PNG, ")


def test_another_size_is_decoded_anew(qtbot: QtBot, page: PicturesPage, window: MainWindow):
    page.framing.chosen.emit({"size": 64, "mode": "pad"})
    qtbot.waitUntil(lambda: not window.desk.imports.busy, timeout=10_000)
    framing = window.desk.pictures.framing
    assert (framing.size, framing.mode) == (64, "pad")
    project, pictures = window.desk.project, window.desk.pictures
    assert page.studio.pictures.tile(project, pictures, 0).shape == (64, 64, 3)


def test_another_shape_and_other_colours_are_decoded_anew(
    qtbot: QtBot, page: PicturesPage, window: MainWindow
):
    shape = page.framing.shape_choice
    shape.setCurrentIndex(shape.findData("3:2"))
    shape.activated.emit(shape.currentIndex())
    qtbot.waitUntil(lambda: not window.desk.imports.busy, timeout=10_000)
    page.colour.colours.set_current("4")
    page.colour.colours.chosen.emit("4")
    qtbot.waitUntil(lambda: not window.desk.imports.busy, timeout=10_000)
    framing = window.desk.pictures.framing
    assert (framing.aspect, framing.channels) == ("3:2", 4)
    assert page.framing.size_choice.currentText() == "48 × 32"
    project, pictures = window.desk.project, window.desk.pictures
    assert page.studio.pictures.tile(project, pictures, 0).shape == (32, 48, 4)


def test_without_folders_there_are_no_kinds_to_choose(page: PicturesPage):
    assert page.kinds.isHidden()


def test_folders_become_kinds_when_a_person_wants_it(page: PicturesPage, project: Project):
    entries = project.pictures().pictures
    foldered = tuple(
        entry.model_copy(update={"name": f"{'ab'[index % 2]}/{entry.name}"})
        for index, entry in enumerate(entries)
    )
    pictures = project.pictures().model_copy(update={"pictures": foldered})
    page.desk.take_pictures(pictures)
    assert not page.kinds.isHidden()
    assert not page.desk.pictures.kinds
    page.kinds.choice.set_current("apart")
    page.kinds.choice.chosen.emit("apart")
    assert project.pictures().kinds
    assert page.kinds.choice.current() == "apart"


def test_framing_is_locked_while_training_and_says_why(
    page: PicturesPage, studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(studio.training, "_state", State.RUNNING)
    page.state_changed(State.RUNNING)
    assert all(row.is_locked() for row in page.framing._rows)
    assert page.next_step.text == "Watch it learn"
    monkeypatch.setattr(studio.training, "_state", State.IDLE)
    page.state_changed(State.IDLE)
    assert not any(row.is_locked() for row in page.framing._rows)


def test_a_broken_picture_is_named_and_the_others_stay(
    qtbot: QtBot, page: PicturesPage, window: MainWindow, tmp_path: Path, make_pictures
):
    folder = make_pictures(3, name="more")
    torn = folder / "torn.png"
    torn.write_bytes((folder / "picture_000.png").read_bytes()[:200])
    window.desk.imports.add([folder])
    qtbot.waitUntil(lambda: not window.desk.imports.busy, timeout=10_000)
    found = problems(window.desk.pictures)
    assert any("torn.png" in problem.line for problem in found if problem.serious)
    assert window.desk.pictures.usable_count >= 12


@pytest.mark.parametrize("what", ["empty", "texts"])
def test_no_usable_picture_is_an_error_card_and_leaves_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, what: str
):
    folder = tmp_path / "letters"
    folder.mkdir()
    if what == "texts":
        (folder / "a.txt").write_text("words")
    window.desk.imports.add([folder])
    qtbot.waitUntil(lambda: not window.desk.imports.busy, timeout=10_000)
    assert window.notice_area.key == "error"
    assert window.desk.project is None
    assert not list((Path(window.studio.settings.value.projects_folder)).glob("*"))
    assert window.pages.current_key == "first-run"


def test_a_source_can_be_removed_and_comes_back(page: PicturesPage, window: MainWindow):
    page._remove_source(0)
    assert not window.desk.pictures.pictures
    assert window.pages.current_key == "first-run"
    window.toaster._toast.undo.click()
    assert window.desk.pictures.usable_count == 12


def test_in_a_narrow_window_the_chosen_picture_stands_in_the_panel(
    page: PicturesPage, window: MainWindow
):
    window.resize(1024, 700)
    page.browser.grid.set_current(1)
    assert page.panel.isAncestorOf(page.browser.strip)
    window.resize(1440, 900)
    assert page.browser.isAncestorOf(page.browser.strip)


@pytest.mark.parametrize("count", [0, 1, 99, 100, 499, 500, 1_999, 2_000, 4_000])
def test_the_verdict_follows_the_number(count: int):
    said = verdict(count)
    assert said.good == (count >= 100)
    assert count == 0 or f"{count:,}" in said.text


def test_every_reason_of_a_picture_can_be_said():
    codes = {
        "picture-too-small": {"width": 9, "height": 9, "size": 64, "needed": 16},
        "picture-duplicate": {"other": "b.png"},
        "picture-cut-short": {},
        "by-hand": {},
    }
    for code, values in codes.items():
        entry = PictureEntry(source=0, name="a.png", left_out=code, values=values)
        assert badge(entry)
        assert reason(entry).endswith(".")
    assert not badge(PictureEntry(source=0, name="a.png"))
    assert not problems(PictureList())


def test_none_yet_is_no_verdict_while_pictures_are_read():
    assert verdict(0, reading=True).good
    assert not verdict(0).good
    assert verdict(150, reading=True) == verdict(150)


def test_another_ground_for_transparent_pictures_reads_nothing_anew(
    qtbot: QtBot, page: PicturesPage, window: MainWindow
):
    page.framing.chosen.emit({"channels": 4})
    qtbot.waitUntil(lambda: not window.desk.imports.busy, timeout=10_000)
    page.colour.chosen.emit({"background": (10, 20, 30)})
    assert not window.desk.imports.busy
    assert window.desk.project.pictures().framing.background == (10, 20, 30)


def test_who_else_works_on_the_project_costs_no_undo(page: PicturesPage):
    page.turn([1], True)
    page.desk.announce_project()
    assert page.undo_stack.canUndo()
