"""The Train, Judge and Explore pages of a project that was really trained: what the README shows.

Not responsible for training it: `ganstudio train` did.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.pages.judge.page import JudgePage
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.project.point import LatentPoint
from tests.gallery.stage import Stage, State

__all__ = ["states_of"]

_BIG = (1440, 900)


def states_of(project: Path) -> list[State]:
    """The project is copied first, and not changed."""

    def opened(stage: Stage, page: str) -> None:
        place = stage.home / project.name
        shutil.copytree(project, place)
        assert stage.desk.open_project(place)
        stage.show(page)

    def train(stage: Stage) -> None:
        opened(stage, "train")
        page = stage.window.pages.page("train")
        assert isinstance(page, TrainPage)
        stage.until(lambda: bool(page.timeline.rows) and not page.later.busy)
        page.body.grid.chosen.emit(4)
        stage.until(lambda: not page.later.busy)
        stage.pump(1.0)

    def judged(stage: Stage) -> JudgePage:
        opened(stage, "judge")
        page = stage.window.pages.page("judge")
        assert isinstance(page, JudgePage)
        stage.until(lambda: page._pile is not None)
        return page

    def pile(stage: Stage) -> None:
        page = judged(stage)
        found = page._pile
        assert found is not None
        generated = [n for n in range(21) if not found.cards[n].real]
        chosen = max(generated, key=lambda n: found.cards[n].score)
        page.body.pile.grid.set_current(chosen)
        page._choose(chosen)
        page.body.pile.set_current(chosen)
        stage.until(lambda: not any(page.bench.waits_for(what) for what in ("heat", "nearest")))
        stage.pump(1.0)

    def played(step: int) -> Callable[[Stage], None]:
        def prepare(stage: Stage) -> None:
            page = judged(stage)
            page.play_round()
            stage.until(lambda: page.body.round.round is not None)
            page.body.round.go(step)

        return prepare

    def tournament(stage: Stage) -> None:
        page = judged(stage)
        others = [run.path for run in stage.project.runs()]
        stage.desk.show_tournament(*others)
        view = page.body.tournament
        stage.until(lambda: bool(view.players) and not page.tournament.later.busy)
        page.tournament.play()
        stage.until(lambda: view.found is not None)

    def explored(stage: Stage) -> None:
        """Three places are kept, two directions moved."""
        opened(stage, "explore")
        page = stage.window.pages.page("explore")
        assert isinstance(page, ExplorePage)
        stage.until(lambda: page.showing.frame is not None and bool(page.walk.directions))
        for seed in (12, 5, 33):
            place = LatentPoint(seed_x=float(seed))
            for key, amount in zip(page.walk.directions, (1.4, 0.0, -0.8), strict=False):
                place = place.with_amount(key, amount)
            page.walk.go(place, "walk")
            stage.until(lambda wanted=place: page.showing.frame.point == wanted)
            page.favourites.keep()
        stage.until(lambda: sum(slider.shows_ends for slider in page.directions.rows) >= 10)
        stage.window.toaster.hide()
        stage.pump(1.5)

    def times(stage: Stage) -> None:
        explored(stage)
        page = stage.window.pages.page("explore")
        assert isinstance(page, ExplorePage)
        page.steps.show_times()
        window = page.steps.times
        assert window is not None
        stage.until(lambda: len(window._drawn) == len(window._clocks))

    return [
        State("explore-real-times", times, (_BIG,)),
        State("explore-real", explored, (_BIG,)),
        State("train-real", train, (_BIG,)),
        State("judge-real", pile, (_BIG,)),
        State("judge-real-tournament", tournament, (_BIG, (1024, 700))),
        *(State(f"judge-real-round-{step + 1}", played(step)) for step in (2, 4, 6)),
    ]
