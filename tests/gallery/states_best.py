"""The Train page's past: stars and titles, two moments behind a curtain, a family of runs."""

from __future__ import annotations

from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.project.runs import RunFolder, RunParent
from tests.gallery.invented_run import bundled, drawn, invent_run, leave_snapshot
from tests.gallery.stage import Stage, State

_BIG = (1440, 900)
_SMALL = (1024, 700)
_SIZES = (_BIG, _SMALL)


def _look_at(stage: Stage, run: RunFolder) -> TrainPage:
    stage.desk.choose_run(run)
    stage.show("train")
    page = stage.window.pages.page("train")
    assert isinstance(page, TrainPage)
    stage.until(lambda: bool(page.timeline.rows) and not page.later.busy)
    page.body.grid.chosen.emit(13)
    stage.until(lambda: not page.later.busy)
    return page


def _starred(stage: Stage) -> None:
    """A stopped run with several titles, two stars of one's own, and the pointer on the line."""
    run = invent_run(stage.open_bundle("open-peeps"), "open-peeps", 412_000, 1_000_000)
    leave_snapshot(run, 412_000, drawn(bundled("open-peeps"), 1.0))
    for moment in (run.snapshots()[9], run.snapshots()[-4]):
        run.star(moment)
    page = _look_at(stage, run)
    film = page.body.film
    film._stars.hovered = page.timeline.moments[14]
    film.update()


def _finished(stage: Stage) -> None:
    run = invent_run(stage.open_bundle("open-peeps"), "open-peeps", 1_000_000, 1_000_000)
    _look_at(stage, run)


def _curtain(stage: Stage) -> None:
    run = invent_run(stage.open_bundle("open-peeps"), "open-peeps", 412_000, 1_000_000)
    page = _look_at(stage, run)
    page.machine.go(8)
    stage.until(lambda: not page.later.busy)
    page.views.show("compare")
    page.machine.go(len(page.timeline.moments) - 2)
    stage.until(lambda: not page.later.busy)


def _runs(stage: Stage) -> None:
    """A family: one run, two that branched off it, one of those again, and one of its own."""
    project = stage.open_bundle("open-peeps")
    ends = (412_000, 380_000, 120_000, 640_000, 250_000)
    runs = [
        invent_run(project, "open-peeps", end, 1_000_000, 6, f"Run {number}")
        for number, end in enumerate(ends, 1)
    ]
    for child, parent, clock in ((1, 0, 270_000), (2, 1, 90_000), (3, 0, 120_000)):
        found = RunParent(run=runs[parent].id, images=clock)
        runs[child].write_info(runs[child].info().model_copy(update={"parent": found}))
    note = runs[3].info().model_copy(update={"name": "Softer", "note": "stronger augmentation"})
    runs[3].write_info(note)
    page = _look_at(stage, runs[0])
    page.views.show("runs")
    view = page.views.runs
    assert view is not None
    stage.until(lambda: len(view.model.lines) == 5 and not view.later.busy)


def _compared_runs(stage: Stage) -> None:
    _runs(stage)
    page = stage.window.pages.page("train")
    assert isinstance(page, TrainPage)
    view = page.views.runs
    assert view is not None
    file = view.model.lines[0].run.path / "recipe.json"
    plain = file.read_text().replace('"half_life_images": ', '"half_life_images": 1')
    file.write_text(plain.replace('"flip": false', '"flip": true'))
    view.list.selectAll()
    selection = view.list.selectionModel()
    for row in range(2, 5):
        selection.select(view.model.index(row), selection.SelectionFlag.Deselect)


def _film(stage: Stage) -> None:
    """The small window that saves a time-lapse."""
    run = invent_run(stage.open_bundle("open-peeps"), "open-peeps", 412_000, 1_000_000)
    _look_at(stage, run)
    stage.window.run_command("export-film")


STATES = [
    State("train-save-film", _film),
    State("train-stars", _starred, _SIZES),
    State("train-opens-at-best", _finished, (_BIG,)),
    State("train-compare", _curtain, _SIZES),
    State("train-runs", _runs, _SIZES),
    State("train-runs-compared", _compared_runs, (_BIG,)),
]
