"""The tournament in the window, on a game that was invented: who plays, and what comes out."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.judge.lineup import MOST, Lineup
from ganstudio.desktop.pages.judge.page import JudgePage
from ganstudio.desktop.pages.judge.tournament import TournamentOfPage
from ganstudio.desktop.pages.judge.tournament_view import TournamentView
from ganstudio.desktop.pages.judge.tournament_words import (
    cell_line,
    names_of,
    progress_line,
    verdict,
)
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.desktop.tokens import PALETTES, contrast
from ganstudio.desktop.widgets.caption import plain_text
from ganstudio.desktop.widgets.win_board_drawing import cell_colour
from ganstudio.desktop.widgets.win_board_layout import lay_out
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.numbers import say_count
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best
from ganstudio.project.tournament import Player, RunMoments
from ganstudio.studio import engine
from tests.gallery.invented_bench import InventedBench
from tests.gallery.invented_run import bundled, invent_run, leave_snapshot
from tests.gallery.invented_tournament import (
    endless_playing,
    invented_playing,
    invented_tournament,
)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever judges or plays, it is an invention."""
    monkeypatch.setattr(InventedBench, "bundle", "pixel-avatars")
    monkeypatch.setattr(engine, "Bench", InventedBench)
    monkeypatch.setattr(engine, "playing", invented_playing)


@pytest.fixture(scope="module")
def invented_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented once; tests work on copies."""
    project = Project.create(tmp_path_factory.mktemp("invented") / "project")
    for number in (1, 2):
        invent_run(project, "pixel-avatars", 20_000, 100_000, moments=12, name=f"Run {number}")
    return project.runs_path


@pytest.fixture
def runs(project: Project, invented_runs: Path) -> list[RunFolder]:
    """Two runs of many moments, of which the second is looked at; the first one has a star."""
    shutil.copytree(invented_runs, project.runs_path, dirs_exist_ok=True)
    made = project.runs()
    made[0].star(made[0].snapshots()[1])
    return made


@pytest.fixture
def page(qtbot: QtBot, runs: list[RunFolder], window: MainWindow) -> JudgePage:
    window.desk.choose_run(runs[1])
    window.show_page("judge")
    page = window.pages.current
    assert isinstance(page, JudgePage)
    page.tools.views.chosen.emit("tournament")
    wait_for_lineup(qtbot, page)
    return page


def wait_for_lineup(qtbot: QtBot, page: JudgePage) -> None:
    qtbot.waitUntil(
        lambda: bool(page.body.tournament.players) and not page.tournament.later.busy,
        timeout=10_000,
    )


def parts(page: JudgePage) -> tuple[TournamentOfPage, TournamentView]:
    return page.tournament, page.body.tournament


def play(qtbot: QtBot, page: JudgePage) -> TournamentView:
    qtbot.mouseClick(page.next_step_button, LEFT)
    view = page.body.tournament
    qtbot.waitUntil(lambda: view.found is not None, timeout=5_000)
    return view


def tick(page: JudgePage, name: str) -> None:
    box = next(
        box for box in page.tournament.section.boxes() if name in (box.text(), box.accessibleName())
    )
    box.click()


def test_the_best_the_newest_and_an_even_spread_are_proposed_and_play(
    qtbot: QtBot, runs: list[RunFolder], page: JudgePage
) -> None:
    tournament, view = parts(page)
    clocks, best = runs[1].snapshots(), runs[1].best()
    assert best is not None
    chosen = [player.clock for player in view.players]
    assert {clocks[0], clocks[-1], best.clock} <= set(chosen)
    assert 6 <= len(chosen) <= 8
    assert chosen == sorted(chosen)
    assert all(head.picture is not None for head in view.board._heads)
    assert page.next_step.text == f"Let {len(chosen)} moments play"
    assert not view.table.isVisible()
    assert not page.who.isVisible()
    assert not page.show_section.isVisible()
    view = play(qtbot, page)
    assert [player.clock for player in view.players] == chosen
    assert view.title.text().startswith("Strongest generator: ")
    assert page.next_step.text == "Explore the best moment"
    assert tournament.section.isEnabled()


def test_a_click_on_a_cell_says_its_number_and_so_do_the_arrows(
    qtbot: QtBot, page: JudgePage
) -> None:
    view = play(qtbot, page)
    found, board = view.found, view.board
    assert found is not None
    names = [name for name, _ in names_of(view.players)]
    for row, column in ((0, 3), (4, 1)):
        qtbot.mouseClick(board, LEFT, pos=board.cell_box(row, column).center().toPoint())
        times = round(100 * found.wins[row, column])
        said = f"generator of {names[row]} fools the inspector of {names[column]} {times} times"
        assert said in plain_text(view.caption.text())
        assert said in board.accessibleName()
    board.setFocus()
    qtbot.keyClick(board, Qt.Key.Key_Right)
    assert board.current() == (4, 2)
    qtbot.keyClick(board, Qt.Key.Key_Up)
    assert board.current() == (3, 2)
    assert f"generator of {names[3]}" in plain_text(view.caption.text())
    assert board._tip(board._layout().picture(2).center()) == f"Generator of {names[2]}"
    assert "as in chess" in board._tip(board._layout().row_bar(2).center())


def test_other_moments_and_other_runs_can_be_ticked_in_and_there_is_a_way_back(
    qtbot: QtBot, runs: list[RunFolder], page: JudgePage
) -> None:
    tournament, view = parts(page)
    usual = view.players
    play(qtbot, page)
    tick(page, "Run 1")
    qtbot.waitUntil(lambda: not tournament.later.busy)
    assert view.found is None, "what came out among others goes"
    guests = [player.clock for player in view.players if player.folder == runs[0].path]
    assert guests == [runs[0].snapshots()[1], runs[0].snapshots()[-1]]
    assert view.board._heads[-1].second == "Run 1"
    tick(page, f"Run 2, {say_count(0)}")
    assert len(view.players) == len(usual) + 1
    more = tournament.section.more
    added = more.itemText(1)
    more.setCurrentIndex(1)
    more.activated.emit(1)
    assert added.partition(", ")[2] in [name for name, _ in names_of(view.players)]
    qtbot.mouseClick(tournament.section.reset, LEFT)
    assert view.players == usual
    assert not tournament.section.reset.isEnabled()
    qtbot.waitUntil(lambda: not tournament.later.busy)


def test_too_few_and_too_many_cannot_play_and_it_says_why(qtbot: QtBot, page: JudgePage) -> None:
    tournament, _ = parts(page)
    tick(page, "Run 2")
    assert not page.next_step.enabled
    assert page.next_step.hint == "Tick two moments or more."
    own = tournament.section.lineup.runs[0]
    for clock in own.clocks:
        tournament.section.lineup.set_moment(own, clock, True)
    tick(page, "Run 1")
    count = len(tournament.section.lineup.players())
    assert count > MOST
    assert not page.next_step.enabled
    assert f"untick {count - MOST}" in page.next_step.hint
    qtbot.waitUntil(lambda: not tournament.later.busy)


def test_before_there_are_two_moments_amber_leads_to_training(
    qtbot: QtBot, project: Project, window: MainWindow
) -> None:
    run = invent_run(project, "pixel-avatars", 64, 100_000, moments=1)
    assert len(run.snapshots()) == 1
    window.desk.choose_run(run)
    window.desk.show_tournament()
    page = window.pages.current
    assert isinstance(page, JudgePage)
    qtbot.waitUntil(lambda: "Two moments" in page.body.tournament.title.text(), timeout=5_000)
    assert not page.body.tournament.board.isVisible()
    qtbot.mouseClick(page.next_step_button, LEFT)
    assert window.pages.current_key == "train"


def test_a_run_with_other_pictures_is_there_but_cannot_play(
    qtbot: QtBot, project: Project, page: JudgePage
) -> None:
    invent_run(project, "open-peeps", 20_000, 100_000, moments=2, name="Large")
    page.tools.views.chosen.emit("tournament")
    named = {}

    def found() -> bool:
        named.update({box.text(): box for box in page.tournament.section.boxes()})
        return "Large" in named

    qtbot.waitUntil(found)
    assert not named["Large"].isEnabled()
    assert "another size" in named["Large"].toolTip()


@pytest.mark.slow
def test_while_they_play_it_says_how_far_and_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, page: JudgePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "playing", endless_playing)
    tournament, view = parts(page)
    qtbot.mouseClick(page.next_step_button, LEFT)
    assert not page.next_step.enabled
    assert not tournament.section.isEnabled()
    page.tools.views.chosen.emit("pile")
    page.new_pile()
    qtbot.waitUntil(lambda: page._pile is not None, timeout=5_000)  # a person does not wait for it
    page.tools.views.chosen.emit("tournament")
    qtbot.waitUntil(lambda: "30 of 100 done" in view.progress._line.text(), timeout=5_000)
    assert tournament.plays
    qtbot.mouseClick(view.progress._cancel, LEFT)
    qtbot.waitUntil(lambda: not tournament.plays, timeout=5_000)
    assert view.found is None
    assert tournament.section.isEnabled()
    monkeypatch.setattr(engine, "playing", invented_playing)
    play(qtbot, page)


def test_another_run_ends_it(
    qtbot: QtBot,
    runs: list[RunFolder],
    window: MainWindow,
    page: JudgePage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "playing", endless_playing)
    page.tournament.play()
    window.desk.choose_run(runs[0])
    assert not page.tournament.plays
    qtbot.waitUntil(lambda: window.studio.tournaments._asked is None, timeout=5_000)
    page.tools.views.chosen.emit("tournament")
    wait_for_lineup(qtbot, page)
    assert page.body.tournament.players[0].folder == runs[0].path
    assert page.tournament.section.isEnabled()
    assert page.next_step.enabled


def test_what_keeps_them_from_playing_is_said_where_they_would(
    qtbot: QtBot, page: JudgePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> Iterator[None]:
        raise UserError("too-few-to-score", least=20)
        yield

    monkeypatch.setattr(engine, "playing", refuse)
    qtbot.mouseClick(page.next_step_button, LEFT)
    view = page.body.tournament
    qtbot.waitUntil(lambda: "too few pictures" in view.title.text(), timeout=5_000)
    assert page.next_step.enabled


def test_the_table_and_the_picture_can_be_kept(
    qtbot: QtBot, page: JudgePage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    view = play(qtbot, page)
    monkeypatch.setattr(
        type(page.desk), "ask_path_to_save", lambda self, title, name, kinds: tmp_path / name
    )
    said: list[str] = []
    page.desk.toast_wanted.connect(lambda text, undo: said.append(text))
    qtbot.mouseClick(view.table, LEFT)
    qtbot.waitUntil(lambda: said == ["tournament.csv is saved"], timeout=5_000)
    with (tmp_path / "tournament.csv").open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    found = view.found
    assert found is not None
    many = len(view.players)
    assert head[3:] == [f"Run 2 at {player.clock}" for player in view.players]
    for row, wins in enumerate(found.wins):
        assert [float(cell) for cell in rows[row][3:]] == wins.tolist()
        assert float(rows[row][1]) == found.generators[row]
    assert [float(cell) for cell in rows[many][3:]] == found.inspectors.tolist()
    assert [float(cell) for cell in rows[many + 1][3:]] == found.errors[many:].tolist()
    qtbot.mouseClick(view.picture, LEFT)
    assert QImage(str(tmp_path / "tournament.png")).width() == 2 * view.board.width()
    assert said[-1] == "tournament.png is saved"


def test_the_list_of_runs_leads_to_it_with_the_runs_that_are_chosen(
    qtbot: QtBot, runs: list[RunFolder], window: MainWindow
) -> None:
    window.desk.choose_run(runs[1])
    window.show_page("train")
    train = window.pages.current
    assert isinstance(train, TrainPage)
    window.run_command("all-runs")
    view = train.views.runs
    assert view is not None
    qtbot.waitUntil(lambda: len(view.model.lines) == 2 and not view.later.busy, timeout=10_000)
    view.list.selectAll()
    qtbot.mouseClick(view.compete, LEFT)
    page = window.pages.current
    assert isinstance(page, JudgePage)
    wait_for_lineup(qtbot, page)
    assert {player.name for player in page.body.tournament.players} == {"Run 1", "Run 2"}
    window.show_page("train")
    window.run_command("tournament")
    assert window.pages.current_key == "judge"
    assert page.tools.views.current() == "tournament"


# -- parts ---


def _moments(name: str, *clocks: int, best: int | None = None) -> RunMoments:
    found = Best(best, "score") if best is not None else None
    return RunMoments(Path(name), name, clocks, found)


def test_what_a_person_chose_stays_when_moments_come_and_go() -> None:
    lineup = Lineup()
    lineup.take((_moments("a", 0, 10, 20, best=10),))
    lineup.take((_moments("a", 0, 10, 20, 30, best=10),))
    assert [player.clock for player in lineup.players()] == [0, 10, 20, 30], "nobody chose yet"
    lineup.set_moment(lineup.runs[0], 0, False)
    lineup.take((_moments("a", 0, 20, 30, 40, best=40),))
    assert [player.clock for player in lineup.players()] == [20, 30], "10 made room"
    assert [clock for _, clock in lineup.rest()] == [40]
    lineup.take((_moments("b", 5, 6),))
    assert [player.clock for player in lineup.players()] == [5, 6], "another run is looked at"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "The generator of 1 k never fools the inspector of 2 k."),
        (0.001, "The generator of 1 k fools the inspector of 2 k less than once in 100."),
        (0.01, "The generator of 1 k fools the inspector of 2 k once in 100."),
        (0.38, "The generator of 1 k fools the inspector of 2 k 38 times in 100."),
        (0.999, "The generator of 1 k fools the inspector of 2 k nearly always."),
        (1.0, "The generator of 1 k always fools the inspector of 2 k."),
    ],
)
def test_a_cell_in_words(share: float, said: str) -> None:
    assert plain_text(cell_line(("1 k", ""), ("2 k", ""), share)) == said


def test_who_cannot_be_told_apart_is_named_too() -> None:
    players = [Player(Path("a"), "Run 1", clock) for clock in (1_000, 2_000)]
    even = invented_tournament([1, 1])
    assert " or " in verdict(players, even)
    clear = invented_tournament([0, 100])
    assert verdict(players, clear).startswith("Strongest generator: 2 k. Strongest inspector: 2 k.")


def test_time_left_is_said_at_the_pace_so_far() -> None:
    assert progress_line(0, 0, 3.0) == "Waiting for its turn"
    assert progress_line(50, 100, 30.0) == "50 of 100 done, about 30 s left"


@pytest.mark.parametrize("palette", PALETTES)
def test_the_number_in_a_cell_can_be_read_on_every_colour(
    palette: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme._state(), "palette", PALETTES[palette])
    for share in (0.0, 0.2, 0.5, 0.8, 1.0):
        assert contrast(PALETTES[palette].text, cell_colour(share).name()) >= 4.5
    seen = {cell_colour(share).name() for share in (0.0, 0.25, 0.5, 0.75, 1.0)}
    assert len(seen) == 5


@pytest.mark.parametrize("count", [2, 7, MOST])
@pytest.mark.parametrize("room", [(992, 620), (832, 520), (656, 430)])
def test_everything_has_its_place_at_every_size(count: int, room: tuple[int, int]) -> None:
    layout = lay_out(*room, count, 60, two_lines=True)
    last = layout.cell(count - 1, count - 1)
    assert layout.row_number(count - 1).right() <= room[0]
    assert layout.height() <= room[1]
    assert layout.row_bar(0).left() > last.right()
    assert layout.column_number(0).bottom() <= layout.height() + 1
    assert layout.cell(0, 0).width() >= 30
    assert layout.at(last.center()) == (count - 1, count - 1)
    assert layout.at(layout.picture(0).center()) is None
    assert layout.head_at(layout.picture(1).center()) == (1, -1)
    assert layout.head_at(layout.column_name(1).center()) == (-1, 1)
    assert layout.head_at(layout.row_bar(1).center()) is None


def test_a_newer_moment_is_proposed_at_the_next_look(
    qtbot: QtBot, runs: list[RunFolder], page: JudgePage
) -> None:
    page.tools.views.chosen.emit("pile")
    leave_snapshot(runs[1], 30_000, bundled("pixel-avatars"))
    page.tools.views.chosen.emit("tournament")
    qtbot.waitUntil(lambda: page.body.tournament.players[-1].clock == 30_000, timeout=5_000)
    wait_for_lineup(qtbot, page)
    view, section = play(qtbot, page), page.tournament.section
    leave_snapshot(runs[1], 40_000, bundled("pixel-avatars"))
    page.tools.views.chosen.emit("pile")
    page.tools.views.chosen.emit("tournament")
    qtbot.waitUntil(lambda: section.lineup.runs[0].clocks[-1] == 40_000, timeout=5_000)
    assert view.found is not None, "what came out stays until a person wants another one"
    qtbot.mouseClick(section.reset, LEFT)
    assert view.players[-1].clock == 40_000
    qtbot.waitUntil(lambda: not page.tournament.later.busy)
