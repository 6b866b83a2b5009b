"""What the second plot shows: chosen from a list, kept up with rows and scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.pages.train.plots import TrainPlots
from ganstudio.desktop.pages.train.proof import PLOTS
from ganstudio.project.findings import Finding
from ganstudio.project.quality import Estimate, InspectorReading, MomentScore
from ganstudio.studio.run_history import rows_of
from tests.gallery.invented_run import rows_until
from tests.invented_scores import invented_score

ROWS = [replace(row, gpu_memory_mb=310.0) for row in rows_of(rows_until(40_000, 100_000, 400))]
READING = InspectorReading(2.0, 1.0, -1.0, Estimate(0.5, 0.1))
SCORE = replace(
    invented_score(), diversity=0.4, newness=0.3, kernel=Estimate(20.0, 2.0), copying=Estimate(0, 0)
)


def moment(clock: int) -> MomentScore:
    return MomentScore(clock, SCORE, None, 64, 64, True, READING)


@pytest.fixture
def plots(qtbot: QtBot) -> TrainPlots:
    plots = TrainPlots()
    qtbot.addWidget(plots)
    plots.resize(900, 300)
    plots.show()
    plots.set_rows(ROWS[:-1])
    plots.set_scores([moment(30_000), moment(10_000)])
    return plots


@pytest.mark.parametrize("key", PLOTS)
def test_each_can_be_chosen_and_follows_rows_and_scores(plots: TrainPlots, key: str):
    plots.choice.actions_by_key()[key].trigger()
    second = plots.second()
    assert second.isVisible()
    assert not plots.scores.isVisible()
    header, table = second.rows()
    assert len(header) == 1 + len(PLOTS[key].curves)
    before = 2 if PLOTS[key].of_moments else len(ROWS) - 1
    assert len(table) == before
    assert np.isfinite(np.array(table)).all()
    plots.append(ROWS[-1:])
    plots.set_scores([moment(30_000), moment(10_000), moment(35_000)])
    _, table = second.rows()
    assert len(table) == before + 1
    assert [line[0] for line in table] == sorted(line[0] for line in table)
    plots.choice.actions_by_key()[""].trigger()
    assert plots.second() is plots.scores


def test_the_score_stands_within_its_interval(plots: TrainPlots):
    plots.choose("kernel")
    header, table = plots.second().rows()
    most, value, least = table[-1][1:]
    assert header[1:] == ["At most", "Distance", "At least"]
    assert most == pytest.approx(20 + 1.96 * 2, abs=0.01)
    assert (value, least) == (20.0, pytest.approx(20 - 1.96 * 2, abs=0.01))


def test_a_finding_goes_first_and_the_choice_comes_back(plots: TrainPlots):
    plots.choose("rate")
    chosen = plots.second()
    plots.show_finding(Finding("memorising", "bad", 20_000, {}, ("copying",)))
    assert plots.second() is not chosen
    plots.show_finding(None)
    assert plots.second() is chosen
    assert chosen.isVisible()


def test_rows_of_before_memory_was_measured_have_none(plots: TrainPlots):
    """They are read all the same, and their line begins where it was measured first."""
    lines = rows_until(40_000, 100_000, 400)
    for line in lines[:-10]:
        del line["memory_mb"]
    assert len(rows_of(lines)) == len(lines)
    plots.set_rows(rows_of(lines))
    plots.choose("memory")
    header, table = plots.second().rows()
    assert header[1:] == ["Program", "On the GPU"]
    assert len(table) == 10
    assert [line[1] for line in table] == [line["memory_mb"] for line in lines[-10:]]
    assert np.isnan([line[2] for line in table]).all()
