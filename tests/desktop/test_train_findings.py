"""What the doctor found, on the Train page: card, evidence, status line, remedy, and leaving it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.desktop.pages.train.plots import TrainPlots
from ganstudio.desktop.pages.train.proof import PROOFS
from ganstudio.desktop.widgets.caption import plain_text
from ganstudio.project.atomic import remove_folder
from ganstudio.project.findings import Finding, Remedy, left_alone
from ganstudio.project.folder import Project
from ganstudio.project.quality import Estimate, InspectorReading, MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import StateChanged
from ganstudio.studio.run_history import rows_of
from ganstudio.studio.states import State
from tests.desktop.helpers_widgets import holds_colour
from tests.gallery.invented_run import collapse, invent_run, plateau, rows_until
from tests.invented_scores import invented_score

CLOCK = 40_000


@pytest.fixture
def run(project: Project) -> RunFolder:
    return invent_run(project, "pixel-avatars", CLOCK, horizon=100_000, moments=24)


def look_at(qtbot: QtBot, window: MainWindow, run: RunFolder) -> TrainPage:
    window.desk.choose_run(run)
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    qtbot.waitUntil(lambda: bool(page.timeline.rows) and not page.later.busy, timeout=10_000)
    return page


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, run: RunFolder) -> TrainPage:
    collapse(run, CLOCK)
    return look_at(qtbot, window, run)


def words(page: TrainPage) -> str:
    labels = page.parts.finding.findChildren(QLabel)
    return " | ".join(label.text() for label in labels if label.text())


def train(window: MainWindow, page: TrainPage, state: State = State.RUNNING) -> None:
    """Let the page believe that the run trains."""
    training, run = window.studio.training, window.desk.run
    assert run is not None
    training.run, training.info, training.recipe = run, run.info(), run.recipe()
    training.host.clock, training.host.newest = CLOCK, page.timeline.newest
    training._state = state
    window.bridge.happened.emit(StateChanged(state))
    page.on_clock()


def test_a_healthy_run_has_no_card(qtbot: QtBot, window: MainWindow, run: RunFolder) -> None:
    page = look_at(qtbot, window, run)
    assert page.findings.doctor.findings == []
    assert not page.parts.finding.isVisible()
    assert page.body.plots.second() is page.body.plots.scores
    assert window.status_line.text("findings") == ""


def test_a_finding_is_a_card_with_its_evidence_and_a_word_in_the_status_line(
    qtbot: QtBot, window: MainWindow, page: TrainPage
) -> None:
    (finding,) = page.findings.doctor.findings
    assert page.parts.finding.isVisible()
    assert "It draws the same few pictures" in words(page)
    assert "mode collapse" in words(page)
    assert "Since" in words(page)
    qtbot.waitUntil(lambda: window.status_line.text("findings") == "1 finding")
    plots = page.body.plots
    assert plots.second() is not plots.scores
    assert plots.second().isVisible()
    assert not plots.scores.isVisible()
    assert "variety" in plots.second().accessibleName().lower()
    assert "The shaded part is the evidence" in plain_text(page.body.caption.text())
    for plot in (plots.losses, plots.second()):
        plot.build()
        plot.redraw()
        assert holds_colour(plot, theme.colour("accent_soft"))
        assert holds_colour(plot, theme.colour("accent_line"))
    assert finding.since > 0.6 * CLOCK


def test_leave_it_hides_it_for_this_run_for_good(
    qtbot: QtBot, window: MainWindow, page: TrainPage, run: RunFolder
) -> None:
    page.parts.finding.leave.click()
    assert not page.parts.finding.isVisible()
    qtbot.waitUntil(lambda: window.status_line.text("findings") == "")
    assert page.body.plots.second() is page.body.plots.scores
    qtbot.waitUntil(lambda: left_alone(run.events()) == {"mode-collapse"}, timeout=5_000)
    page.view.load(run)
    qtbot.waitUntil(lambda: bool(page.timeline.rows) and not page.later.busy, timeout=10_000)
    assert page.findings.doctor.findings == []


def test_another_run_has_findings_of_its_own(
    qtbot: QtBot, window: MainWindow, page: TrainPage, project: Project
) -> None:
    other = invent_run(project, "pixel-avatars", CLOCK, horizon=100_000, moments=8, name="Run 2")
    window.desk.choose_run(other)
    assert page.findings.doctor.findings == []
    qtbot.waitUntil(lambda: bool(page.timeline.rows) and not page.later.busy, timeout=10_000)
    assert not page.parts.finding.isVisible()


def test_the_amber_button_becomes_the_remedy_only_where_that_can_be_done(
    qtbot: QtBot, window: MainWindow, run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    plateau(run, CLOCK)
    page = look_at(qtbot, window, run)
    assert page.findings.doctor.findings == []  # it does not train: nobody has to stop it
    assert page.next_step.text != "Stop here"
    train(window, page)
    assert [one.code for one in page.findings.doctor.findings] == ["stalled"]
    assert "As good as it gets" in words(page)
    assert page.next_step.text == "Stop here"
    asked: list[bool] = []
    monkeypatch.setattr(page.desk, "stop_training", lambda: asked.append(True))
    page.next_step_button.click()
    assert asked == [True]
    page.parts.finding.leave.click()
    assert page.next_step.text != "Stop here"
    window.studio.training._state = State.IDLE


def offer(page: TrainPage, remedy: Remedy) -> None:
    """Let the doctor have found something with this remedy."""
    page.findings.doctor._found = [Finding("memorising", "bad", 20_000, {}, ("copying",), remedy)]
    page.findings.doctor._tell()


def test_a_change_is_made_and_said(
    qtbot: QtBot, window: MainWindow, run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = look_at(qtbot, window, run)
    remedy = Remedy("change", "more-augmentation", {"augment.p": 0.7})
    made: list[object] = []
    monkeypatch.setattr(page.desk, "change_recipe", made.append)
    offer(page, remedy)
    assert page.findings.step() is None, "nothing trains that could be changed"
    train(window, page)
    offer(page, remedy)
    page.next_step_button.click()
    assert made == [{"augment.p": 0.7}]
    assert window.toaster.is_shown()
    window.studio.training._state = State.IDLE


def test_going_back_branches_from_there_if_something_is_saved(
    qtbot: QtBot, window: MainWindow, run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = look_at(qtbot, window, run)
    made: list[tuple[object, ...]] = []
    monkeypatch.setattr(page.desk, "branch", lambda *what: made.append(what))
    remedy = Remedy("branch", "branch-slower", {"optimizer.lr": 1e-4}, 20_000)
    for clock in run.checkpoints():
        remove_folder(run.checkpoint_folder(clock))
    page._refresh_facts()
    offer(page, remedy)
    assert "branch" not in page.commands()
    assert page.findings.step() is None
    folder = run.checkpoint_folder(20_000)
    folder.mkdir()
    (folder / "checkpoint.json").write_text("{}")
    page._refresh_facts()
    assert page.next_step.text == "Go back to 20\u00a0k and branch"
    page.next_step_button.click()
    assert made == [(20_000, {"optimizer.lr": 1e-4})]


def test_the_step_stays_the_same_while_it_is_offered(
    qtbot: QtBot, window: MainWindow, run: RunFolder
) -> None:
    plateau(run, CLOCK)
    page = look_at(qtbot, window, run)
    train(window, page)
    told: list[bool] = []
    page.outlook_changed.connect(lambda: told.append(True))
    page._write_words()
    page._write_words()
    assert told == []
    window.studio.training._state = State.IDLE


def test_of_two_findings_the_second_is_a_line(page: TrainPage) -> None:
    part = page.parts.finding
    second = Finding("oscillating", "poor", 20_000, {"share": 0.3}, ("kernel",))
    part.show_findings([*page.findings.doctor.findings, second])
    assert "Also: It swings back and forth." in words(page)
    part.show_findings(page.findings.doctor.findings)
    assert not part.others.isVisible()


@pytest.mark.parametrize("evidence", list(PROOFS))
def test_every_evidence_has_a_plot(qtbot: QtBot, evidence: str) -> None:
    plots = TrainPlots()
    qtbot.addWidget(plots)
    plots.resize(900, 300)
    plots.show()
    rows = rows_of(rows_until(CLOCK, 100_000, 400))
    reading = InspectorReading(2.0, 1.0, 0.0, Estimate(0.5, 0.1))
    scores = [
        MomentScore(
            clock,
            replace(invented_score(), diversity=0.4, newness=0.3),
            None,
            64,
            64,
            True,
            reading,
        )
        for clock in (10_000, 30_000)
    ]
    finding = Finding("memorising", "bad", 20_000, {}, (evidence,), Remedy("stop", "stop"))
    plots.set_rows(rows)
    plots.set_scores(scores)
    plots.show_finding(finding)
    assert plots.second().isVisible()
    assert not plots.scores.isVisible()
    _, points = plots.second().rows()
    assert len(points) == (len(rows) if evidence == "balance" else 2) or evidence == "copying"
    plots.show_finding(None)
    assert plots.scores.isVisible()
    plots.set_narrow(True)  # one plot at a time
    assert plots.losses.isVisible()
    plots.show_finding(finding)
    assert plots.second().isVisible()
    assert not plots.losses.isVisible()
