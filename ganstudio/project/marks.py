"""Marks on a run's time axis: what was changed, where training went back, what a person noted.

They are read out of the run's events. Not responsible for words (`desktop`), nor for drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ganstudio.project.changes import CHANGE
from ganstudio.project.runs import RunFolder

__all__ = ["LONGEST_NOTE", "Mark", "marks_of", "pin_note"]

#: Characters of a note.
LONGEST_NOTE = 80

_NOTE, _ROLLBACK = "note", "rollback"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a clock.

    Attributes:
        images: The clock.
        kind: What it was.
        text: Of a note.
        values: Of a change: dotted field -> what it became.
    """

    images: int
    kind: Literal["note", "change", "rollback"]
    text: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def marks_of(events: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """The marks among events, by their clock; of several notes at one clock the last counts."""
    notes: dict[int, Mark] = {}
    others: list[Mark] = []
    for event in events:
        images, kind = event.get("images"), event.get("event")
        if not isinstance(images, int):
            continue
        if kind == _NOTE:
            notes[images] = Mark(images, "note", str(event.get("text", "")))
        elif kind == CHANGE and isinstance(event.get("values"), dict):
            others.append(Mark(images, "change", values=event["values"]))
        elif kind == _ROLLBACK:
            others.append(Mark(images, "rollback"))
    pinned = [mark for mark in notes.values() if mark.text]
    return sorted([*others, *pinned], key=lambda mark: mark.images)


def pin_note(run: RunFolder, images: int, text: str) -> None:
    """Pin a note to a clock in place of the one before; an empty one takes it away."""
    run.add_event(_NOTE, images, text=text.strip()[:LONGEST_NOTE])
