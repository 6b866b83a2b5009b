"""`ganstudio tournament` on a run that was really trained."""

import json
from pathlib import Path

import numpy as np
import pytest

from ganstudio.project.folder import Project
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


@pytest.mark.parametrize("words", [("--moments", "1"), ("--moments", "many"), ("open-peeps",)])
def test_who_cannot_play_is_said(run: Run, trained: Path, words: tuple[str, ...]) -> None:
    told = run("tournament", trained, *words)
    assert told.code == 2
    assert told.err
