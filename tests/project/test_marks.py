"""Marks on the time axis, as events tell of them."""

from __future__ import annotations

from pathlib import Path

from ganstudio.project.marks import LONGEST_NOTE, Mark, marks_of, pin_note
from ganstudio.project.presets import recipe_for
from ganstudio.project.runs import RunFolder, RunInfo


def _run(tmp_path: Path) -> RunFolder:
    info = RunInfo(name="Run 1", created="2026-01-01T00:00:00+00:00", seed=1)
    return RunFolder.create(tmp_path, recipe_for(size=32, pictures=100), info, ["a"])


def test_the_last_note_of_a_clock_counts_and_an_empty_one_is_none(tmp_path):
    run = _run(tmp_path)
    for images, text in ((10, "shapes"), (20, " eyes "), (10, "noise"), (20, "  ")):
        pin_note(run, images, text)
    assert marks_of(run.events()) == [Mark(10, "note", "noise")]
    pin_note(run, 30, "x" * 500)
    assert len(marks_of(run.events())[-1].text) == LONGEST_NOTE


def test_marks_stand_in_the_order_of_their_clocks(tmp_path):
    run = _run(tmp_path)
    run.add_event("change", 50, values={"optimizer.lr": 0.001})
    run.add_event("title", 45)
    run.add_event("rollback", 40, broke_at=60, returns=1)
    pin_note(run, 45, "here")
    marks = marks_of(run.events())
    assert [(mark.images, mark.kind) for mark in marks] == [
        (40, "rollback"),
        (45, "note"),
        (50, "change"),
    ]
    assert marks[-1].values == {"optimizer.lr": 0.001}


def test_damaged_events_are_passed_over():
    events = [
        {},
        {"event": "note"},
        {"event": "note", "images": "many", "text": "a"},
        {"event": "change", "images": 3},
        {"event": "change", "images": 4, "values": [1]},
        {"event": "note", "images": 5, "text": 7},
    ]
    assert marks_of(events) == [Mark(5, "note", "7")]
