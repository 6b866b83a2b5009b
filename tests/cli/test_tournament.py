"""`ganstudio tournament` on a run that was really trained."""

import json
from pathlib import Path

import numpy as np
import pytest

from ganstudio.project.folder import Project
from ganstudio.project.tournament import Player
from ganstudio.studio.app import Studio
from ganstudio.studio.events import TournamentEnded
from tests.cli.conftest import Run


def test_moments_play_and_the_same_is_said_in_words_and_in_json(run: Run, trained: Path) -> None:
    facts = json.loads(run("tournament", trained, "--moments", "3", "--json").out)
    clocks = [player["images"] for player in facts["players"]]
    moments = Project.open(trained).newest_run().snapshots()
    assert (clocks[0], clocks[-1], len(clocks)) == (moments[0], moments[-1], 3)
    wins = np.array(facts["wins"])
    assert wins.shape == (3, 3)
    assert ((wins >= 0) & (wins <= 1)).all()
    every = [*facts["generators"], *facts["inspectors"]]
    assert np.mean(every) == pytest.approx(1500)
    told = run("tournament", trained, "--moments", "3")
    assert told.code == 0
    assert f"{100 * wins[1, 2]:.0f} %" in told.out
    assert f"{facts['generators'][0]:.0f} +- " in told.out
    again = json.loads(run("tournament", *(f"{trained}@{clock}" for clock in clocks), "--json").out)
    assert again["wins"] == facts["wins"], "as when they are named one by one"


def test_the_window_comes_to_the_same_figures(run: Run, trained: Path) -> None:
    facts = json.loads(run("tournament", trained, "--moments", "3", "--json").out)
    project = Project.open(trained)
    played = project.newest_run()
    players = [Player(played.path, "Run 1", one["images"]) for one in facts["players"]]
    studio = Studio(window_open=False)
    try:
        ticket = studio.tournaments.play(project, played, players)
        ended = None
        while ended is None:
            found = studio.events.wait(10)
            assert found, "it does not end"
            ended = next((e for e in found if isinstance(e, TournamentEnded)), None)
    finally:
        studio.close()
    assert (ended.ticket, ended.players, ended.error) == (ticket, tuple(players), None)
    assert ended.found is not None
    assert ended.found.wins.tolist() == facts["wins"]
    assert ended.found.generators.tolist() == facts["generators"]
    assert ended.found.inspectors.tolist() == facts["inspectors"]
    assert ended.found.errors.tolist() == facts["errors"]
    assert not ended.found.wins.flags.writeable


@pytest.mark.parametrize("words", [("--moments", "1"), ("--moments", "many"), ("open-peeps",)])
def test_who_cannot_play_is_said(run: Run, trained: Path, words: tuple[str, ...]) -> None:
    told = run("tournament", trained, *words)
    assert told.code == 2
    assert told.err
