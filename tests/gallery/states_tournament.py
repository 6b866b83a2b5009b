"""The tournament of the Judge page: before, while they play, what came out; several runs."""

from __future__ import annotations

from collections.abc import Callable

from ganstudio.desktop.pages.judge.page import JudgePage
from ganstudio.project.errors import UserError
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from ganstudio.studio.events import TournamentEnded
from tests.gallery.invented_bench import InventedBench
from tests.gallery.invented_run import bundled, drawn, invent_run, leave_snapshot
from tests.gallery.invented_tournament import endless_playing, invented_playing
from tests.gallery.stage import Stage, State

_BIG = (1440, 900)
_SMALL = (1024, 700)
_SIZES = (_BIG, _SMALL)
_REAL_BENCH, _REAL_PLAYING = engine.Bench, engine.playing


def _open(
    stage: Stage, runs: int = 1, playing: Callable[..., object] = invented_playing
) -> JudgePage:
    """Some runs, and the tournament of the first one."""
    InventedBench.bundle = "open-peeps"
    engine.Bench = InventedBench  # type: ignore[assignment, misc]
    engine.playing = playing  # type: ignore[assignment]
    project = stage.open_bundle("open-peeps")
    made: list[RunFolder] = []
    for number, end in zip(range(runs), (412_000, 380_000, 640_000), strict=False):
        run = invent_run(project, "open-peeps", end, 1_000_000, 12, f"Run {number + 1}")
        leave_snapshot(run, end, drawn(bundled("open-peeps"), 1.0))
        made.append(run)
    stage.desk.choose_run(made[0])
    stage.show("judge")
    page = stage.window.pages.page("judge")
    assert isinstance(page, JudgePage)
    stage.until(lambda: page._pile is not None and not page.later.busy)
    stage.desk.show_tournament(*(run.path for run in made[1:2]))
    stage.until(lambda: bool(page.body.tournament.players) and not page.tournament.later.busy)
    return page


def _rest(stage: Stage) -> None:
    stage.studio.tournaments.cancel()
    engine.Bench, engine.playing = _REAL_BENCH, _REAL_PLAYING  # type: ignore[misc]


def _too_few(stage: Stage) -> None:
    """A run that has saved one moment so far."""
    InventedBench.bundle = "open-peeps"
    engine.Bench = InventedBench  # type: ignore[assignment, misc]
    run = invent_run(stage.open_bundle("open-peeps"), "open-peeps", 64, 1_000_000, 1)
    stage.desk.choose_run(run)
    stage.show("judge")
    page = stage.window.pages.page("judge")
    assert isinstance(page, JudgePage)
    stage.until(lambda: page._pile is not None and not page.later.busy)
    stage.desk.show_tournament()
    stage.until(lambda: bool(page.tournament.section.lineup.runs))


def _before(stage: Stage) -> None:
    _open(stage)


def _running(stage: Stage) -> None:
    page = _open(stage, playing=endless_playing)
    page.tournament.play()
    stage.until(lambda: stage.studio.tournaments.progress.done > 0)
    stage.pump(1.6)


def _play(stage: Stage, runs: int) -> JudgePage:
    page = _open(stage, runs)
    page.tournament.play()
    stage.until(lambda: page.body.tournament.found is not None)
    return page


def _done(stage: Stage) -> None:
    _play(stage, 1)


def _runs(stage: Stage) -> None:
    page = _play(stage, 3)
    page.body.tournament.board.set_current(2, 6)
    page.body.tournament._say_cell(2, 6)


def _failed(stage: Stage) -> None:
    page = _open(stage)
    page.tournament._ticket = 0
    error = UserError("too-few-to-score", least=20)
    page.tournament.on_event(TournamentEnded(0, page.body.tournament.players, None, error))


STATES = [
    State("judge-tournament-too-few", _too_few, tear_down=_rest),
    State("judge-tournament-before", _before, _SIZES, _rest),
    State("judge-tournament-running", _running, _SIZES, _rest),
    State("judge-tournament-done", _done, _SIZES, _rest),
    State("judge-tournament-runs", _runs, _SIZES, _rest),
    State("judge-tournament-failed", _failed, tear_down=_rest),
]
