"""Stars and titles on the Train page: film, strip, panel, keys, and what they leave on the disk."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.film_slider import FilmSlider
from ganstudio.desktop.widgets.title_strip import TitleMark, TitleStrip
from ganstudio.project.folder import Project
from ganstudio.project.quality import Estimate, MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best, starred
from ganstudio.studio.events import MomentScored
from tests.another_process import hold_elsewhere
from tests.desktop.helpers_widgets import LEFT, drag, holds_colour, move, press_shortcut
from tests.gallery.invented_run import invent_run
from tests.invented_scores import invented_score

CLOCK, HORIZON = 40_000, 100_000


def scored(run: RunFolder, *distances: float) -> list[int]:
    """Give the first moments after noise these kernel distances; returns their clocks."""
    clocks = run.snapshots()[1 : 1 + len(distances)]
    for clock, value in zip(clocks, distances, strict=True):
        run.add_score(score_of(clock, value))
    return clocks


def score_of(clock: int, distance: float) -> MomentScore:
    score = dataclasses.replace(invented_score(), kernel=Estimate(distance, 1.0))
    return MomentScore(clock, score, None, drawn=76, real=76, honest=True)


@pytest.fixture
def run(project: Project) -> RunFolder:
    run = invent_run(project, "pixel-avatars", CLOCK, HORIZON, moments=8)
    run.scores_path.unlink()
    return run


@pytest.fixture
def look(qtbot: QtBot, window: MainWindow):
    def look_at(run: RunFolder) -> TrainPage:
        window.desk.choose_run(run)
        window.show_page("train")
        page = window.pages.current
        assert isinstance(page, TrainPage)
        qtbot.waitUntil(lambda: bool(page.timeline.rows) and not page.later.busy, timeout=10_000)
        return page

    return look_at


def settle(qtbot: QtBot, page: TrainPage) -> None:
    qtbot.waitUntil(lambda: not page.later.busy, timeout=5_000)


def press_keep(window: MainWindow) -> None:
    press_shortcut(window, "Ctrl+D")


# -- titles ---


def test_titles_stand_on_film_strip_and_panel_as_soon_as_they_are_won(
    run: RunFolder, window: MainWindow, look
):
    first, second, third = scored(run, 90.0, 95.0, 30.0)
    page = look(run)
    strip, film = page.body.titles, page.body.film
    assert [mark.clock for mark in strip._marks] == [first, third]
    assert film._stars.won == {first, third}
    assert page.honours.best == Best(third, "score")
    assert page.parts.quality.best.isVisible()
    assert "Best so far" in page.parts.quality.best.accessibleName()
    tip = strip._marks[-1].tip
    assert "took the title" in tip
    assert "30.0 ± 1.0" in tip
    assert "90.0" in tip
    assert second not in film._stars.won
    newest = run.snapshots()[-1]
    window.bridge.happened.emit(MomentScored(run.path, score_of(newest, 20.0)))
    assert page.honours.best == Best(newest, "score")
    assert [mark.clock for mark in strip._marks] == [first, third, newest]


def test_the_strip_stands_under_the_plots_and_goes_to_a_moment(run: RunFolder, look):
    first, _, third = scored(run, 90.0, 95.0, 30.0)
    page = look(run)
    strip = page.body.titles
    plot = page.body.plots.scores.plot_box()
    for index, clock in ((0, first), (1, third)):
        bar = strip.bar_of(index)
        left, right = page.body.plots.losses.window_shown()
        there = plot.left() + plot.width() * (clock - left) / (right - left)
        assert bar.left() == pytest.approx(there, abs=1.0)
        assert page.body.film._x(clock) == pytest.approx(bar.left(), abs=1.0)
    assert strip.bar_of(1).right() == pytest.approx(plot.right(), abs=1.0)
    QTest.mouseClick(strip, LEFT, pos=strip.bar_of(0).center().toPoint())
    assert page.machine.moment == first
    page.parts.quality.best.chosen.emit()
    assert page.machine.moment == third
    page.body.plots.losses._window.show(0.0, third / 2, third)
    assert strip.bar_of(1).width() == 0, "a zoomed plot takes the strip along"
    page.body.plots.losses.reset_zoom()
    assert strip.bar_of(1).width() > 50


def test_the_strip_is_walked_with_arrows(qtbot: QtBot):
    strip = TitleStrip()
    qtbot.addWidget(strip)
    strip.resize(800, strip.height())
    strip.set_window(0, 1000)
    strip.set_titles([TitleMark(100, "first"), TitleMark(500, "second")], "")
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert "second" in strip.accessibleName()
    QTest.keyClick(strip, Qt.Key.Key_Left)
    with qtbot.waitSignal(strip.chosen) as told:
        QTest.keyClick(strip, Qt.Key.Key_Return)
    assert told.args == [100]
    assert holds_colour(strip, theme.colour("accent_soft"))


# -- stars ---


def test_the_key_stars_the_moment_that_is_shown_and_undo_takes_it_back(
    qtbot: QtBot, run: RunFolder, window: MainWindow, look
):
    page = look(run)
    page.machine.go(2)
    clock = page.machine.moment
    press_keep(window)
    settle(qtbot, page)
    assert starred(run.events()) == [clock]
    assert page.honours.best == Best(clock, "choice")
    assert page.body.film._stars.own == {clock}
    assert window.toaster.is_shown()
    window.toaster._toast.undo.click()
    settle(qtbot, page)
    assert starred(run.events()) == []
    assert page.honours.best is None
    page.undo_stack.redo()
    settle(qtbot, page)
    assert page.honours.stars == [clock]
    press_keep(window)
    settle(qtbot, page)
    assert page.honours.stars == [], "the same key takes it away"


def test_now_stars_the_newest_moment_that_is_kept(
    qtbot: QtBot, run: RunFolder, window: MainWindow, look
):
    page = look(run)
    assert page.machine.moment is None
    assert page.honours.best is None
    assert "No moment is scored yet" in page.body.titles.accessibleName()
    assert not page.parts.quality.best.isVisible()
    press_keep(window)
    settle(qtbot, page)
    assert page.honours.stars == [run.snapshots()[-1]]


def test_my_choice_outranks_the_score_until_its_star_goes(qtbot: QtBot, run: RunFolder, look):
    first, best = scored(run, 90.0, 10.0)
    page = look(run)
    page.honours.star(first)
    settle(qtbot, page)
    assert page.honours.best == Best(first, "choice")
    row = page.parts.quality.best
    assert "Your choice" in row.accessibleName()
    QTest.mouseClick(row._star, LEFT)
    settle(qtbot, page)
    assert page.honours.best == Best(best, "score")


def test_stars_come_back_when_the_project_is_opened_again(
    qtbot: QtBot, run: RunFolder, project: Project, window: MainWindow, look
):
    page = look(run)
    page.machine.go(1)
    press_keep(window)
    settle(qtbot, page)
    window.desk.choose_run(None)
    assert page.honours.stars == []
    assert look(run).honours.stars == [run.snapshots()[1]]


def test_a_project_that_is_held_elsewhere_refuses_politely(
    run: RunFolder, project: Project, window: MainWindow, look
):
    window.studio.projects.close()
    hold_elsewhere(project.lock)
    assert window.desk.open_project(project.path)
    page = look(window.desk.run)
    page.machine.go(1)
    press_keep(window)
    assert "can be looked at here" in window.toaster._toast.accessibleName()
    assert run.events() == []
    assert not page.body.film._star.isEnabled()
    project.lock.release()


# -- the film ---

CLOCKS = [0, 10_000, 20_000, 30_000, 40_000]
LINE = Size.FILM + 8


@pytest.fixture
def film(qtbot: QtBot) -> FilmSlider:
    film = FilmSlider()
    film.resize(800, film.height())
    film.set_moments(CLOCKS, 40_000)
    film.set_starring(True)
    qtbot.addWidget(film)
    film.show()
    return film


def x_of(film: FilmSlider, clock: int) -> int:
    return round(film._x(clock))


def test_a_hollow_star_shows_on_the_line_and_a_click_stars_its_moment(
    film: FilmSlider, qtbot: QtBot
):
    amber = theme.colour("accent_line")
    assert not holds_colour(film, amber)
    place = QPoint(x_of(film, 20_000) + 3, LINE)
    move(film, place)
    assert film._stars.hovered == 20_000
    assert "Star 20 k" in film._stars.tip()
    with qtbot.waitSignal(film.star_clicked) as told, qtbot.assertNotEmitted(film.moved):
        QTest.mouseClick(film, LEFT, pos=place)
    assert told.args == [2]
    move(film, QPoint(place.x(), 20))
    assert film._stars.hovered is None, "on the pictures a click goes there"


def test_a_drag_that_begins_on_a_star_moves_the_knob(film: FilmSlider, qtbot: QtBot):
    with qtbot.assertNotEmitted(film.star_clicked):
        drag(film, QPoint(x_of(film, 20_000), LINE), QPoint(x_of(film, 10_000), LINE))
    assert film.position() == 1


def test_filled_stars_are_drawn_and_where_nobody_may_star_none_shows(film: FilmSlider):
    film.set_stars({10_000})
    assert holds_colour(film, theme.colour("accent_line"))
    film.set_stars(())
    film.set_starring(False, "only to look at")
    move(film, QPoint(x_of(film, 20_000), LINE))
    assert film._stars.hovered is None
    assert film._star.toolTip() == "only to look at"


def test_the_button_at_the_right_stars_what_is_shown(film: FilmSlider, qtbot: QtBot):
    film.set_position(3)
    with qtbot.waitSignal(film.star_clicked) as told:
        QTest.mouseClick(film._star, LEFT)
    assert told.args == [3]
    film.set_stars((), {30_000})
    assert film._star.accessibleName() == "Take the star away"


# -- what opens, and what Stop offers ---


def test_a_finished_run_opens_at_its_best_and_says_so(project: Project, look):
    run = invent_run(project, "pixel-avatars", HORIZON, HORIZON, moments=8)
    run.scores_path.unlink()
    _, best, _ = scored(run, 90.0, 10.0, 60.0)
    page = look(run)
    assert page.situation.kind == "finished"
    assert page.machine.moment == best
    assert page.head.sentence().startswith("Best moment, ")
    assert not page.parts.progress.keep.isVisible(), "nothing was stopped"


def test_after_stop_one_may_be_happy(qtbot: QtBot, run: RunFolder, look):
    scored(run, 90.0, 10.0)
    page = look(run)
    assert page.situation.kind == "stopped"
    assert page.machine.moment is None, "it may go on, so it opens at now"
    keep, end = page.parts.progress.keep, run.snapshots()[-1]
    assert keep.isVisible()
    assert keep.text().startswith("I am happy: keep ")
    QTest.mouseClick(keep, LEFT)
    settle(qtbot, page)
    assert page.honours.best == Best(end, "choice")
    assert not keep.isVisible()
    assert page.next_step.text == "Explore it now", "amber never leads in a circle"
    page.undo_stack.undo()
    settle(qtbot, page)
    assert keep.isVisible()
    assert page.next_step.text != "Explore it now"
