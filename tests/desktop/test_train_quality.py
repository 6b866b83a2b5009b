"""Quality on the Train page: of the moment that is shown, in words, bars and for screen readers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ganstudio.desktop import theme
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.desktop.pages.train.quality import QualitySection
from ganstudio.desktop.widgets.share_row import ShareRow
from ganstudio.project.folder import Project
from ganstudio.project.quality import Estimate, Fid, MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import MomentScored
from tests.desktop.helpers_widgets import holds_colour
from tests.gallery.invented_run import invent_run
from tests.invented_scores import invented_score

CLOCK = 40_000


def moment(
    clock: int, realism: float = 0.61, copying: Estimate | None = None, honest: bool = True
) -> MomentScore:
    score = invented_score(realism, copying=copying)
    return MomentScore(clock, score, score if honest else None, drawn=76, real=76, honest=honest)


def words(section: QualitySection) -> str:
    return " | ".join(label.text() for label in section.findChildren(QLabel) if label.text())


@pytest.fixture
def section(qtbot: QtBot) -> QualitySection:
    made = QualitySection()
    qtbot.addWidget(made)
    return made


def test_before_anything_is_measured_it_says_so(section: QualitySection) -> None:
    assert "Not measured yet" in words(section)
    assert section.realism.accessibleName() == "Realism, not measured yet"
    section.show_score(moment(1_000))
    section.show_score(None)
    assert "Not measured yet" in words(section)
    assert "61" not in words(section)


def test_a_score_is_said_in_numbers_and_beside_what(section: QualitySection) -> None:
    section.show_score(moment(412_000))
    assert "61\u00a0%" in words(section)
    assert "72\u00a0%" in words(section)
    assert "At 412 k, beside 76 pictures it never saw." in words(section)
    assert section.coverage.accessibleName() == "Coverage, 72\u00a0%"
    description = section.coverage.accessibleDescription()
    assert "62 and 82" in description
    assert "Your own pictures: 72" in description
    section.show_score(moment(412_000, honest=False))
    assert "learns from" in words(section)
    assert section.copying.accessibleName() == "Copying, not known"


@pytest.mark.parametrize(
    ("copying", "said"),
    [
        (None, "not measured yet"),
        (Estimate(0.05, 0.02), "none found"),
        (Estimate(0.08, 0.02), "none found"),  # it may well be 5 %
        (Estimate(0.40, 0.05), "40\u00a0%"),
    ],
)
def test_copies_are_told_only_where_they_are_sure(
    section: QualitySection, copying: Estimate | None, said: str
) -> None:
    section.show_score(moment(1_000, copying=copying))
    assert section.copying.accessibleName() == f"Copying, {said}"


def test_the_bar_is_as_long_as_the_share_and_the_tick_is_green(qtbot: QtBot) -> None:
    row = ShareRow("Realism", "How many look real.")
    qtbot.addWidget(row)
    row.resize(300, 32)
    assert not holds_colour(row, theme.colour("real"))
    row.set_share(0.5, (0.45, 0.55), None, "50 %")
    assert not holds_colour(row, theme.colour("real"))
    filled = []
    for value in (0.1, 0.5, 1.0):
        row.set_share(value, (value, value), 0.8, "")
        assert holds_colour(row, theme.colour("real"))
        image = row.grab().toImage()
        wanted = theme.colour("text_quiet").rgb()
        line = image.height() // 2 - 2
        filled.append(sum(image.pixel(x, line) == wanted for x in range(image.width())))
    assert filled[0] < filled[1] < filled[2]
    assert filled[1] / filled[2] == pytest.approx(0.5, abs=0.05)


def test_fid_is_named_only_with_weights_and_shown_only_by_these(section: QualitySection) -> None:
    section.show()
    found = replace(moment(412_000), fid=Fid(12.34, "a1", 76, 76))
    section.show_fid(found, "")
    assert not section.fid.isVisible()
    section.show_fid(found, "a1")
    assert section.fid.isVisible()
    assert section.fid.text() == "12.3"
    assert section.fid.accessibleName() == "FID, 12.3"
    assert "76 generated pictures" in section.fid.toolTip()
    assert "10,000" in section.fid.toolTip()
    section.show_fid(found, "b2")
    assert section.fid.text() == "not measured yet"
    section.show_fid(replace(found, fid=Fid(12.34, "b2", 10_000, 10_000)), "b2")
    assert "too high" not in section.fid.toolTip()


def test_the_row_comes_and_goes_with_the_settings(page: TrainPage, window: MainWindow) -> None:
    section, run = page.parts.quality, page.desk.run
    assert isinstance(run, RunFolder)
    assert not section.fid.isVisible()
    window.studio.settings.update(inception_file="w.safetensors", inception_digest="a1")
    page.desk.settings_changed.emit()
    assert section.fid.isVisible()
    assert section.fid.text() == "not measured yet"
    last = run.snapshots()[-1]
    measured = replace(moment(last), fid=Fid(7.0, "a1", 76, 76))
    window.bridge.happened.emit(MomentScored(run.path, measured))
    assert section.fid.text() == "7.0"


@pytest.fixture
def page(qtbot: QtBot, project: Project, window: MainWindow) -> TrainPage:
    run = invent_run(project, "pixel-avatars", CLOCK, horizon=100_000, moments=8)
    run.scores_path.unlink()
    for clock, realism in zip(run.snapshots()[1::3], (0.2, 0.4, 0.6), strict=False):
        run.add_score(moment(clock, realism))
    window.desk.choose_run(run)
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    qtbot.waitUntil(lambda: bool(page.timeline.rows) and not page.later.busy, timeout=10_000)
    return page


def test_the_page_shows_the_score_of_the_moment_that_is_looked_at(page: TrainPage) -> None:
    section = page.parts.quality
    run = page.desk.run
    assert isinstance(run, RunFolder)
    assert section.isVisible()
    scored = sorted(run.scores())
    assert "40\u00a0%" in words(section) or "60\u00a0%" in words(section)
    page.machine.go(1)
    assert page.machine.moment == scored[0]
    assert "20\u00a0%" in words(section)
    page.machine.go(2)  # has none: the last one before it stands
    assert "20\u00a0%" in words(section)
    page.machine.go(0)
    assert "Not measured yet" in words(section)
    page.machine.go(None)
    assert "20\u00a0%" not in words(section)


def test_a_new_score_shows_at_once_and_that_of_another_run_does_not(
    page: TrainPage, window: MainWindow
) -> None:
    section, run = page.parts.quality, page.desk.run
    assert isinstance(run, RunFolder)
    last = run.snapshots()[-1]
    window.bridge.happened.emit(MomentScored(run.path.with_name("other"), moment(last, 0.11)))
    assert "11\u00a0%" not in words(section)
    window.bridge.happened.emit(MomentScored(run.path, moment(last, 0.99)))
    assert "99\u00a0%" in words(section)
    run.rewind(run.snapshots()[2])
    page.view.read_moments()
    assert "99\u00a0%" not in words(section)
