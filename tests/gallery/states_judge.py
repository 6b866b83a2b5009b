"""The Judge page: empty, a pile hidden and told, a game, its result, one round, a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ganstudio.desktop import file_dialogs
from ganstudio.desktop.pages.judge.page import JudgePage
from ganstudio.project.errors import UserError
from ganstudio.project.quality import Estimate, MomentScore
from ganstudio.studio import engine
from tests.gallery.invented_bench import InventedBench
from tests.gallery.invented_run import bundled, drawn, invent_run, leave_snapshot
from tests.gallery.stage import Stage, State
from tests.invented_scores import invented_score

_BIG = (1440, 900)
_SMALL = (1024, 700)
_SIZES = (_BIG, _SMALL)
_REAL_BENCH = engine.Bench
_REAL_ASK = file_dialogs.ask_folder


def _open(stage: Stage, bundle: str = "open-peeps") -> JudgePage:
    """A run whose inspector was invented, with a pile on the table."""
    InventedBench.bundle = bundle
    engine.Bench = InventedBench  # type: ignore[assignment, misc]
    project = stage.open_bundle(bundle)
    run = invent_run(project, bundle, moments=6)
    last = run.snapshots()[-1]
    score = invented_score(copying=Estimate(0.04, 0.02))
    run.add_score(MomentScore(last, score, score, drawn=76, real=76, honest=True))
    stage.desk.choose_run(run)
    stage.show("judge")
    page = stage.window.pages.page("judge")
    assert isinstance(page, JudgePage)
    stage.until(lambda: page._pile is not None and not page.later.busy)
    return page


def _rest(stage: Stage) -> None:
    engine.Bench = _REAL_BENCH  # type: ignore[misc]
    file_dialogs.ask_folder = _REAL_ASK


def _choose(stage: Stage, page: JudgePage, wanted: Callable[[int], bool]) -> None:
    page._choose(next(place for place in range(15) if wanted(place)))
    stage.until(lambda: not page.bench.waits_for("heat") and not page.bench.waits_for("nearest"))
    page.body.pile.set_current(page._index)
    stage.pump(0.3)


def _empty(stage: Stage) -> None:
    stage.open_bundle("open-peeps")
    stage.show("judge")


def _failed(stage: Stage) -> None:
    page = _open(stage)
    page._failed("pile", UserError("score-other-pictures"))


def _told(stage: Stage) -> None:
    page = _open(stage)
    pile = page._pile
    assert pile is not None
    _choose(stage, page, lambda place: not pile.cards[place].real and not pile.cards[place].right)


def _real(stage: Stage) -> None:
    page = _open(stage)
    pile = page._pile
    assert pile is not None
    _choose(stage, page, lambda place: pile.cards[place].real and pile.cards[place].right)


def _hidden(stage: Stage) -> None:
    page = _open(stage)
    page._set_told(False)
    _choose(stage, page, lambda place: place == 12)


def _pixels(stage: Stage) -> None:
    page = _open(stage, "pixel-avatars")
    pile = page._pile
    assert pile is not None
    _choose(stage, page, lambda place: not pile.cards[place].real)


def _newer(stage: Stage) -> None:
    page = _open(stage)
    run = stage.desk.run
    assert run is not None
    leave_snapshot(run, 440_000, drawn(bundled("open-peeps"), 0.9))
    page._look_for_newer()
    stage.until(lambda: not page.later.busy)


def _before(stage: Stage) -> None:
    _open(stage).tools.views.chosen.emit("play")


def _play(stage: Stage, page: JudgePage, count: int, answers: int) -> None:
    page.play(count)
    stage.until(lambda: page.playing.game is not None)
    game = page.playing.game
    assert game is not None
    for place in range(answers):
        page.answer(game.pile.cards[place].real != (place % 4 == 2))


def _playing(stage: Stage) -> None:
    _play(stage, _open(stage), 10, 6)


def _result(stage: Stage) -> None:
    page = _open(stage)
    _play(stage, page, 10, 10)
    page.playing.show_result()


def _long(stage: Stage) -> None:
    page = _open(stage)
    _play(stage, page, 50, 50)
    page.playing.show_result()


def _round(step: int) -> Callable[[Stage], None]:
    def prepare(stage: Stage) -> None:
        page = _open(stage)
        page.play_round()
        stage.until(lambda: page.body.round.round is not None)
        page.body.round.go(step)

    return prepare


def _folder(stage: Stage) -> None:
    page = _open(stage)
    file_dialogs.ask_folder = lambda title, start: Path("scans-march")
    page.sort_folder()
    stage.until(lambda: not page.bench.waits_for("folder"))
    stage.pump(0.3)


STATES = [
    State("judge-empty", _empty, (_BIG,)),
    State("judge-failed", _failed, tear_down=_rest),
    State("judge-pile", _told, _SIZES, _rest),
    State("judge-pile-real", _real, tear_down=_rest),
    State("judge-hidden", _hidden, _SIZES, _rest),
    State("judge-pixels", _pixels, (_BIG,), _rest),
    State("judge-newer", _newer, _SIZES, _rest),
    State("judge-play-before", _before, tear_down=_rest),
    State("judge-playing", _playing, _SIZES, _rest),
    State("judge-result", _result, _SIZES, _rest),
    State("judge-result-50", _long, _SIZES, _rest),
    State("judge-round-truth", _round(2), _SIZES, _rest),
    State("judge-round-end", _round(6), _SIZES, _rest),
    State("judge-folder", _folder, _SIZES, _rest),
]
