"""The Judge page on an inspector that was invented: pile, game, round, folder; clicks and keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from ganstudio.desktop import file_dialogs, theme
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.pages.judge.framed_picture import heat_picture
from ganstudio.desktop.pages.judge.page import JudgePage
from ganstudio.desktop.pages.judge.round_steps import STEPS
from ganstudio.desktop.pages.judge.words import nearest_line, picture_line, significance
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.judging import HeatMap, JudgedPicture, Nearest, Pile, coin_chance
from ganstudio.project.numbers import say_count
from ganstudio.project.quality import Estimate, MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from ganstudio.studio.events import MomentScored, Saved
from tests.gallery.invented_bench import InventedBench
from tests.gallery.invented_run import bundled, invent_run, leave_snapshot
from tests.invented_scores import invented_score


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever judges, it is an invention."""
    monkeypatch.setattr(InventedBench, "bundle", "pixel-avatars")
    monkeypatch.setattr(InventedBench, "opened", 0)
    monkeypatch.setattr(engine, "Bench", InventedBench)


@pytest.fixture
def run(project: Project) -> RunFolder:
    return invent_run(project, "pixel-avatars", 10_240, horizon=20_480, moments=2)


@pytest.fixture
def page(qtbot: QtBot, run: RunFolder, window: MainWindow) -> JudgePage:
    window.desk.choose_run(run)
    window.show_page("judge")
    page = window.pages.current
    assert isinstance(page, JudgePage)
    wait_for_pile(qtbot, page)
    return page


def wait_for_pile(qtbot: QtBot, page: JudgePage) -> Pile:
    qtbot.waitUntil(lambda: page._pile is not None and not page.later.busy, timeout=10_000)
    assert page._pile is not None
    return page._pile


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    """A key of the keyboard, wherever the focus is, once the menus are in step."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.waitUntil(lambda: not window._refresher.isActive())
    qtbot.keyClick(QApplication.focusWidget(), key)


def words(page: JudgePage) -> str:
    labels = [*page.findChildren(QLabel), *page.panel.findChildren(QLabel)]
    return " | ".join(label.text() for label in labels if label.isVisible() and label.text())


def test_a_run_that_rests_opens_at_its_best_and_says_so(
    qtbot: QtBot, run: RunFolder, window: MainWindow
) -> None:
    first = run.snapshots()[0]
    run.star(first)
    window.desk.choose_run(run)
    window.show_page("judge")
    page = window.pages.current
    assert isinstance(page, JudgePage)
    wait_for_pile(qtbot, page)
    at = say_count(first)
    assert page.bench.clock == first
    assert f"your choice ({at})" in page.head.sentence()
    assert page.show_section.moment.currentText() == f"{at}, your choice"
    assert not page.tools.newer.isVisible(), "what was there before is not news"
    newest = run.snapshots()[-1]
    assert page.show_section.moment.itemText(0) == f"{say_count(newest)}, newest"
    run.star(newest)
    window.show_page("train")
    window.show_page("judge")
    qtbot.waitUntil(lambda: f"{say_count(newest)}, your choice" in moments_of(page))
    assert page.bench.clock == first, "what lies on the table stays"
    assert "your choice" not in page.head.sentence()


def moments_of(page: JudgePage) -> list[str]:
    moment = page.show_section.moment
    return [moment.itemText(place) for place in range(moment.count())]


def test_a_run_that_trains_opens_at_its_newest(
    qtbot: QtBot, run: RunFolder, window: MainWindow
) -> None:
    run.star(run.snapshots()[0])
    training = window.studio.training
    training.run, training.live = run, object()  # type: ignore[assignment]
    window.desk.choose_run(run)
    window.show_page("judge")
    page = window.pages.current
    assert isinstance(page, JudgePage)
    wait_for_pile(qtbot, page)
    assert page.bench.clock == run.snapshots()[-1]
    training.run = training.live = None


def test_after_playing_amber_explores_the_best_moment_also_while_it_trains(
    qtbot: QtBot, window: MainWindow, page: JudgePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        window.studio.explorer, "open_file", lambda path, title="": opened.append(path)
    )
    monkeypatch.setattr(window.studio.explorer, "open_live", lambda live, title: None)
    run = page.desk.run
    assert run is not None
    best = run.best()
    assert best is not None
    for card in start_game(qtbot, page).cards:
        page.answer(card.real)
    page.playing.show_result()
    assert page.next_step.text == "Explore the best moment"
    assert page.next_step.hint.startswith(say_count(best.clock))
    training = window.studio.training
    training.run, training.live = run, object()  # type: ignore[assignment]
    qtbot.mouseClick(page.next_step_button, Qt.MouseButton.LeftButton)
    explore = window.pages.current
    assert isinstance(explore, ExplorePage)
    assert opened == [run.snapshot_folder(best.clock) / "generator.safetensors"]
    assert explore.source.best == best
    assert not explore.source.is_live
    assert explore.source.is_kept
    window.show_page("train")
    window.show_page("explore")
    assert explore.source.is_kept, "it stays until a person wants the newest again"
    explore.source.back_to_run()
    assert explore.source.is_live
    training.run = training.live = None


def test_it_begins_with_a_pile_of_which_all_is_told(page: JudgePage) -> None:
    pile = page._pile
    assert pile is not None
    grid = page.body.pile.grid
    assert grid.shown_count() == 32
    tile, card = grid.tiles()[0], pile.cards[0]
    assert tile.real == card.real
    assert tile.caption == f"{round(100 * card.score)}\u00a0% real"
    assert (tile.strong == ", wrong") == (not card.right)
    kind = "Real" if card.real else "Generated"
    assert tile.name.startswith(f"{kind} picture 1, {tile.caption}")
    assert page.next_step.text == "Play inspector: 10 pictures"
    assert "62\u00a0% right" in words(page)
    assert "A real one beats a generated one 64 times in 100" in words(page)
    assert "it never saw the real ones" in words(page)


def test_choosing_a_picture_explains_it_and_finds_its_nearest(
    qtbot: QtBot, page: JudgePage
) -> None:
    pile = page._pile
    assert pile is not None
    place = next(n for n in range(32) if not pile.cards[n].real)
    grid = page.body.pile.grid
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.tile_box(place).center().toPoint())
    qtbot.waitUntil(lambda: "Not a copy" in words(page), timeout=5_000)
    assert page.picture.number.text() == f"{round(100 * pile.cards[place].score)}\u00a0% real"
    assert "generated" in page.picture.sentence.text()
    assert page.picture.heat._image is not None
    assert [label.text() for label in page.nearest.distances[:2]] == ["0.41", "0.43"]
    assert page.body.pile.strip.accessibleName().endswith("%")
    real = next(n for n, card in enumerate(pile.cards) if card.real)
    strip = page.body.pile.strip
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.point(real).toPoint())
    assert "It is yours" in words(page)
    assert pile.cards[page._index].real


def test_the_verdict_on_the_whole_model_is_that_of_its_score(
    window: MainWindow, page: JudgePage
) -> None:
    run = page.desk.run
    assert run is not None
    score = invented_score(copying=Estimate(0.40, 0.05))
    found = MomentScore(run.snapshots()[-1], score, score, drawn=76, real=76, honest=True)
    window.bridge.happened.emit(MomentScored(run.path, found))
    assert "40\u00a0% of what the model draws is suspiciously near" in words(page)
    first = run.snapshots()[0]  # before that score, nothing is known
    page.show_section.moment_chosen.emit(first)
    assert "suspiciously" not in words(page)


def test_f_hides_every_sign_of_what_is_real_and_n_deals_a_pile_nobody_has_seen(
    qtbot: QtBot, window: MainWindow, page: JudgePage
) -> None:
    page.body.pile.grid.setFocus()
    page._choose(0)
    press(qtbot, window, Qt.Key.Key_F)
    assert not page.body.pile.told
    tiles = page.body.pile.grid.tiles()
    assert all(tile.real is None and not tile.strong for tile in tiles)
    assert not any(word in tile.name for tile in tiles for word in ("Real", "Generated", "wrong"))
    assert "Show the frames" in words(page)
    assert "yours" not in words(page)
    assert page.picture.picture._real is None
    assert not window.actions_by_key["frames"].isChecked()
    press(qtbot, window, Qt.Key.Key_F)
    assert page.body.pile.told
    before = page._pile
    assert before is not None
    press(qtbot, window, Qt.Key.Key_N)
    assert page._pile is None
    after = wait_for_pile(qtbot, page)
    seeds = [{card.seed for card in pile.cards if card.seed} for pile in (before, after)]
    assert not seeds[0] & seeds[1]
    assert InventedBench.opened == 1
    page.new_pile()  # and the window may be closed meanwhile


def start_game(qtbot: QtBot, page: JudgePage) -> Pile:
    qtbot.mouseClick(page.next_step_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.playing.game is not None, timeout=5_000)
    assert page.playing.game is not None
    return page.playing.game.pile


def test_a_game_is_played_with_r_and_g_and_told_only_afterwards(
    qtbot: QtBot, window: MainWindow, page: JudgePage
) -> None:
    pile = start_game(qtbot, page)
    assert page.next_step.text == "Show the result"
    assert not page.next_step_button.isEnabled()
    assert not page.picture.isVisible()
    for number, card in enumerate(pile.cards):
        assert page.body.game.picture._real is None, "the picture asked for is never framed"
        assert f"Picture {number + 1} of 10" in words(page)
        answer = card.real if number < 7 else not card.real
        press(qtbot, window, Qt.Key.Key_R if answer else Qt.Key.Key_G)
        told = page.body.game.last.tiles()
        assert told[-1].real == card.real
        assert (told[-1].strong == ", fooled you") == (number >= 7)
    press(qtbot, window, Qt.Key.Key_R)  # it is over: nothing is asked any more
    assert page.playing.game is not None
    assert len(page.playing.game.answers) == 10
    qtbot.mouseClick(page.next_step_button, Qt.MouseButton.LeftButton)
    assert f"You: 7 of 10. The inspector: {pile.right}" in words(page)
    assert "a coin would do as well 17 times in 100" in words(page)
    assert "70\u00a0% right" in words(page)
    assert page.next_step.text == "Explore the best moment"
    qtbot.mouseClick(page.body.game.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: page.playing.game is not None and not page.playing.game.answers, timeout=5_000
    )
    again = page.playing.game.pile
    assert not {c.seed for c in pile.cards if c.seed} & {c.seed for c in again.cards if c.seed}
    assert not page.body.game.again.isVisible()
    for card in again.cards:
        page.answer(card.real)
    page.playing.show_result()
    assert page.who.you.accessibleName() == "You, 85\u00a0% right", "all games count together"


def test_the_buttons_play_as_the_keys_do_and_50_are_offered(qtbot: QtBot, page: JudgePage) -> None:
    page.tools.views.chosen.emit("play")
    qtbot.mouseClick(page.body.game.lengths[50], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.playing.game is not None, timeout=5_000)
    game = page.playing.game
    assert game is not None
    assert game.total == 50
    qtbot.mouseClick(page.body.game.real, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.body.game.generated, Qt.MouseButton.LeftButton)
    assert game.answers == [True, False]
    assert "48 to go" in page.next_step.hint


def test_one_round_goes_step_by_step_and_back(qtbot: QtBot, page: JudgePage) -> None:
    page.tools.views.chosen.emit("round")
    view = page.body.round
    qtbot.waitUntil(lambda: view.round is not None, timeout=5_000)
    assert page.next_step.text == "Next"
    titles, sentences = [], []
    for _ in range(STEPS):
        titles.append(view.title.text())
        sentences.append(view.caption.text())
        if view.next.isEnabled():
            qtbot.mouseClick(view.next, Qt.MouseButton.LeftButton)
    assert len(set(titles)) == STEPS
    assert "You said" in sentences[2]
    assert not view.next.isEnabled()
    assert page.next_step.text == "Play inspector: 10 pictures"
    assert len(view.grid.tiles()) == 12  # before, now, and what changed
    for _ in range(STEPS):
        qtbot.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert view.step == 0
    assert all(tile.real is None for tile in view.grid.tiles())


def test_a_folder_is_sorted_with_its_warning_and_what_was_left_out(
    qtbot: QtBot, page: JudgePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "ask_folder", lambda title, start: Path("scans-march"))
    page.tools.views.chosen.emit("folder")
    assert "Which pictures would pass?" in words(page)
    qtbot.mouseClick(page.body.folder.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "scans-march: 40 pictures" in words(page), timeout=5_000)
    assert "knows only what this run learned from" in words(page)
    assert "scan_017.jpg ends too early" in words(page)
    captions = [int(tile.caption.split("\u00a0")[0]) for tile in page.body.folder.pile.grid.tiles()]
    assert captions == sorted(captions)


def test_a_newer_moment_offers_itself_the_pile_stays_and_any_moment_can_be_chosen(
    qtbot: QtBot, window: MainWindow, page: JudgePage
) -> None:
    pile, run = page._pile, page.desk.run
    assert run is not None
    assert not page.tools.newer.isVisible()
    leave_snapshot(run, 12_000, bundled("pixel-avatars"))
    window.bridge.happened.emit(Saved("snapshot", 12_000))
    qtbot.waitUntil(page.tools.newer.isVisible, timeout=5_000)
    assert page.tools.newer.text() == "Newer moment: 12 k"
    assert page._pile is pile
    qtbot.mouseClick(page.tools.newer, Qt.MouseButton.LeftButton)
    newer = wait_for_pile(qtbot, page)
    assert newer.court.images == 12_000
    assert not page.tools.newer.isVisible()
    moment = page.show_section.moment
    moment.setCurrentIndex(moment.count() - 1)
    moment.activated.emit(moment.count() - 1)
    assert wait_for_pile(qtbot, page).court.images == run.snapshots()[0]


def test_before_anything_was_trained_it_says_what_to_do(
    qtbot: QtBot, project: Project, window: MainWindow
) -> None:
    window.show_page("judge")
    page = window.pages.current
    assert isinstance(page, JudgePage)
    assert "Train a little first" in words(page)
    assert page.next_step.text == "Train"
    assert not page.commands()
    assert not page.panel.findChildren(QComboBox)[0].isVisible()
    qtbot.mouseClick(page.body.empty.button, Qt.MouseButton.LeftButton)
    assert window.pages.current_key == "train"
    assert InventedBench.opened == 0


def test_the_first_moment_of_a_running_training_fills_the_empty_page(
    qtbot: QtBot, project: Project, window: MainWindow
) -> None:
    run = invent_run(project, "pixel-avatars", 10_240, horizon=20_480, moments=2)
    clocks = run.snapshots()
    away = run.snapshots_path.rename(run.path / "away")
    window.desk.choose_run(run)
    window.show_page("judge")
    page = window.pages.current
    assert isinstance(page, JudgePage)
    assert "Train a little first" in words(page)
    away.rename(run.snapshots_path)
    window.bridge.happened.emit(Saved("snapshot", clocks[-1]))
    wait_for_pile(qtbot, page)


def test_what_cannot_be_judged_says_why_instead(
    qtbot: QtBot, run: RunFolder, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise UserError("score-other-pictures")

    monkeypatch.setattr(engine, "Bench", refuse)
    window.desk.choose_run(run)
    window.show_page("judge")
    page = window.pages.current
    assert isinstance(page, JudgePage)
    qtbot.waitUntil(lambda: "framed otherwise" in words(page), timeout=5_000)
    assert page.next_step.text == "Train"


def test_where_the_newest_moment_is_damaged_the_last_good_one_judges(
    qtbot: QtBot, run: RunFolder, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, good, newest = run.snapshots()

    def opened(project: Project, run: RunFolder, clock: int, seed: int) -> InventedBench:
        if clock == newest:
            raise UserError("model-damaged", path="discriminator.safetensors")
        return InventedBench(project, run, clock, seed)

    monkeypatch.setattr(engine, "Bench", opened)
    window.desk.choose_run(run)
    window.show_page("judge")
    page = window.pages.current
    assert isinstance(page, JudgePage)
    assert wait_for_pile(qtbot, page).court.images == good


def test_another_run_gets_another_inspector_and_nothing_stays_of_the_first(
    qtbot: QtBot, project: Project, window: MainWindow, page: JudgePage
) -> None:
    start_game(qtbot, page)
    other = invent_run(project, "pixel-avatars", 5_120, horizon=20_480, moments=2, name="Run 2")
    window.desk.choose_run(other)
    pile = wait_for_pile(qtbot, page)
    assert pile.court.images == other.snapshots()[-1]
    assert page.playing.game is None
    assert InventedBench.opened == 2


def test_a_page_that_nobody_visits_judges_nothing(run: RunFolder, window: MainWindow) -> None:
    window.desk.choose_run(run)
    window.pages.page("judge")
    window.bridge.happened.emit(Saved("snapshot", 10_240))
    assert InventedBench.opened == 0
    assert window.studio.explorer.closed


def test_the_rail_opens_the_third_page_and_every_control_has_a_name_and_a_tip(
    window: MainWindow, page: JudgePage
) -> None:
    window.run_command("page-judge")
    assert window.rail.current() == "judge"
    for view in ("pile", "play", "round", "folder", "tournament"):
        page._go_to_view(view)
        for kind in (QAbstractButton, QComboBox):
            for widget in [*page.findChildren(kind), *page.panel.findChildren(kind)]:
                if widget.isVisible():
                    text = widget.text() if isinstance(widget, QAbstractButton) else ""
                    assert text or widget.accessibleName()
                    assert widget.toolTip(), text


@pytest.mark.parametrize(
    ("right", "total", "said"),
    [
        (7, 10, "17 times in 100"),
        (10, 10, "less than once in 100"),
        (0, 10, "nearly always"),
        (25, 50, "nearly indistinguishable"),
        (40, 50, "You can tell them apart"),
    ],
)
def test_a_result_is_said_beside_a_coin(right: int, total: int, said: str) -> None:
    sentence = significance(right, total)
    assert said in sentence
    assert ("You can tell" in sentence) == (coin_chance(right, total) < 0.05)


def test_heat_is_blue_where_the_evidence_lies_and_said_in_words() -> None:
    weights = np.zeros((30, 30), np.float32)
    weights[:8, 20:] = 1
    weights[22:, :8] = -1
    picture = np.full((30, 30, 3), 128, np.uint8)
    for for_real, (row, column) in ((True, (3, 25)), (False, (26, 3))):
        shown = heat_picture(picture, weights, for_real)
        assert shown[row, column, 2] > shown[row, column, 0] + 40
        assert shown[15, 15, 2] == shown[15, 15, 0]
    heat = HeatMap(0, weights)
    assert "upper right" in picture_line(JudgedPicture(False, 0.7), heat)
    assert "lower left gave it away" in picture_line(JudgedPicture(False, 0.2), heat)
    assert theme.colour("inspector").blue() > theme.colour("inspector").red()


def test_without_a_limit_nothing_is_called_a_copy() -> None:
    assert "runs of 200 pictures" in nearest_line(Nearest(0, (), None, 24))
