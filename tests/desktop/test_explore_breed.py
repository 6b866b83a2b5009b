"""Breed: variations to go on from, two that are crossed, and a family that is kept."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.breed import BreedView
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.project.family import Family
from ganstudio.project.folder import Project
from ganstudio.project.point import LatentPoint
from tests.desktop.explore_pages import explore_page
from tests.desktop.helpers_widgets import LEFT, NO_KEYS
from tests.gallery.invented_model import InventedModel

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(
    qtbot: QtBot, project: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    page = explore_page(qtbot, project, window, monkeypatch)
    page.views.show("breed")
    return page


@pytest.fixture
def view(qtbot: QtBot, page: ExplorePage) -> BreedView:
    view = page.views.current
    assert isinstance(view, BreedView)
    wait_for_all(qtbot, view)
    return view


def wait_for_all(qtbot: QtBot, view: BreedView) -> None:
    count = len(view._brood.points)
    qtbot.waitUntil(lambda: count > 0 and view.sheet.shown_count() == count, timeout=10_000)


def click(view: BreedView, index: int, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    place = view.sheet.place_box(index).center().toPoint()
    QTest.mouseClick(view.sheet, LEFT, keys, place)


def test_every_picture_is_that_of_its_place_and_a_click_goes_on_from_it(
    qtbot: QtBot, page: ExplorePage, view: BreedView
):
    points = view._brood.points
    assert len(points) == 25
    assert points[12] == page.walk.point
    assert view.sheet._ringed == {12}
    wanted = InventedModel(page.source.folder, None).render(points)
    for point, picture in zip(points, wanted, strict=True):
        image = view._shelf.get(point)
        assert image is not None
        colour = image.pixelColor(7, 9)
        assert (colour.red(), colour.green(), colour.blue()) == tuple(picture[9, 7])
    before = view._brood
    click(view, 3)
    assert page.walk.point == before.points[3]
    assert view._brood.points[12] == before.points[3]
    assert len(page.walk.journey) == 2
    wait_for_all(qtbot, view)
    page.undo_stack.undo()
    assert view._brood == before, "nothing that was seen is lost"
    assert view.sheet.shown_count() == 25, "and it is there at once"


def test_the_one_in_the_middle_follows_the_hand_before_it_rests(
    qtbot: QtBot, page: ExplorePage, view: BreedView
):
    before, others = view._brood, list(view.sheet._images)
    page.walk.set_amount(page.walk.directions[0], 3.0)
    point = page.walk.point
    page.walk._rest.stop()  # the hand stays on its way
    qtbot.waitUntil(lambda: view._shelf.get(point) is not None, timeout=10_000)
    assert view.sheet._images[12] is view._shelf.get(point)
    assert view._brood == before, "its relatives wait"
    assert view.sheet._images[:12] == others[:12]
    page.walk.settle("change")
    assert view._brood.points[12] == point
    assert view.sheet._images[12] is not None, "and it need not be drawn again"


def test_another_throw_another_dial_and_another_number_give_another_sheet(
    qtbot: QtBot, page: ExplorePage, view: BreedView
):
    first = view._brood
    view.head.dice.click()
    second = view._brood
    assert second != first
    view.head.dial.reset()
    view.head.dial.move_by(20)
    assert view._brood not in (first, second)
    view.head.many._choose(0)
    assert len(view._brood.points) == 9
    assert view._brood.points[4] == page.walk.point
    wait_for_all(qtbot, view)
    # Tall pictures fill the room as well.
    view.sheet.set_places(25, (32, 48))
    boxes = [view.sheet.place_box(index) for index in range(25)]
    assert boxes[0].height() == pytest.approx(boxes[0].width() * 1.5, abs=1)
    assert boxes[24].bottom() <= view.sheet.height()


def test_two_are_crossed_with_ctrl_and_a_click(qtbot: QtBot, page: ExplorePage, view: BreedView):
    mother, father = view._brood.points[2], view._brood.points[20]
    click(view, 2, _CTRL)
    assert view.sheet._marks == {2: "1"}
    assert view.head.cross.text() == "Choose one more"
    click(view, 20, _CTRL)
    assert view.head.title.text() == "Children of two"
    points = view._brood.points
    assert (points[0], points[-1]) == (mother, father)
    assert view.sheet._marks == {0: "1", 24: "2"}
    wait_for_all(qtbot, view)
    click(view, 10)
    family = view.lineage.family
    child = family.members[family.number_of(points[10])]
    assert [family.members[parent].point for parent in child.parents] == [mother, father]
    assert child.generation == 2
    assert view.head.title.text() == "Variations"


def test_two_are_crossed_with_the_button_also_from_two_throws(
    qtbot: QtBot, page: ExplorePage, view: BreedView
):
    view.head.cross.click()
    click(view, 5)
    mother = view._brood.points[5]
    assert page.walk.point == view._base, "choosing goes nowhere"
    view.head.dice.click()
    father = view._brood.points[6]
    click(view, 6)
    assert (view._brood.points[0], view._brood.points[-1]) == (mother, father)
    QTest.keyClick(view.sheet, Qt.Key.Key_Escape)
    assert view.head.title.text() == "Variations"
    assert view._brood.points[12] == page.walk.point
    # Choosing can be given up.
    click(view, 5, _CTRL)
    click(view, 5, _CTRL)
    assert view._chosen == []
    click(view, 5)
    QTest.keyClick(view.sheet, Qt.Key.Key_Escape)
    assert view.head.cross.text() == "Cross two"
    assert view.sheet._marks == {}


def test_the_family_is_kept_with_the_run_and_can_be_walked(
    qtbot: QtBot, page: ExplorePage, view: BreedView, project: Project
):
    start = page.walk.point
    for index in (3, 8, 20):
        click(view, index)
        wait_for_all(qtbot, view)
    lineage = view.lineage
    assert [len(row) for row in lineage.family.generations()] == [1, 1, 1, 1]
    QTest.mouseClick(lineage.tree, LEFT, NO_KEYS, lineage.tree.box_of(0).center().toPoint())
    assert page.walk.point == start
    page.undo_stack.undo()
    assert page.walk.point == lineage.family.members[3].point
    run = page.desk.run
    assert run is not None
    kept = Family(project.path / "explored" / run.path.name / "family.jsonl")
    assert kept.members == lineage.family.members
    QTest.keyClick(lineage.tree, Qt.Key.Key_Up)
    assert page.walk.point == lineage.family.members[2].point
    # Going on from an ancestor branches, and loses nobody.
    wait_for_all(qtbot, view)
    click(view, 4)
    assert [len(row) for row in lineage.family.generations()] == [1, 1, 1, 2]


def test_arrows_and_return_do_what_clicks_do(page: ExplorePage, view: BreedView):
    wanted = view._brood.points[6]
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(view.sheet, key)
    assert view.sheet.accessibleName() == "Variation 7"
    QTest.keyClick(view.sheet, Qt.Key.Key_Return, _CTRL)
    assert view._chosen[0][0] == wanted
    QTest.keyClick(view.sheet, Qt.Key.Key_Escape)
    QTest.keyClick(view.sheet, Qt.Key.Key_Return)
    assert page.walk.point == wanted


def test_a_sheet_of_another_place_never_comes_into_this_one(
    qtbot: QtBot, page: ExplorePage, view: BreedView, monkeypatch: pytest.MonkeyPatch
):
    """Clicks in quick succession: only pictures of the places that are shown may show."""
    monkeypatch.setattr(InventedModel, "_draw", _tell_tale)
    view._shelf.clear()
    for seed in range(20):
        page.walk.go(LatentPoint(seed_x=float(seed)), "leap", "test")
        QCoreApplication.processEvents()
    wait_for_all(qtbot, view)
    for index, point in enumerate(view._brood.points):
        image = view.sheet._images[index]
        assert image is not None
        assert image.pixelColor(0, 0).red() == _colour_of(point)


def _colour_of(point: LatentPoint) -> int:
    return hash(point) % 251


def _tell_tale(model: InventedModel, point: LatentPoint) -> np.ndarray:
    return np.full((32, 32, 3), _colour_of(point), np.uint8)


def test_nothing_is_asked_for_while_nobody_looks_and_another_model_has_another_family(
    qtbot: QtBot, page: ExplorePage, view: BreedView
):
    page.views.show("picture")
    asked: list[str] = []
    real = page.walk.ask_sheet
    page.walk.ask_sheet = lambda name, *more, **how: (asked.append(name), real(name, *more, **how))
    page.hand.surprise()
    qtbot.waitUntil(lambda: "nearby" in asked, timeout=5_000)
    assert not {"breed", "family"} & set(asked)
    view.lineage.born(LatentPoint(seed_x=9.0), ((page.walk.point, page.walk.point),))
    page.open_file(page.source.folder.parent / "faces.safetensors")
    qtbot.waitUntil(lambda: page.walk.model.title == "faces", timeout=5_000)
    page.views.show("breed")
    assert view.lineage.family.members == []
    assert not view.lineage.tree.isVisible()
