"""What a plot marks besides its lines: a moment, pins, evidence, how an undecided inspector scores.

Plain values. Not responsible for drawing them (`plot_view`, `plot_labels`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from ganstudio.desktop.widgets.plot_book import PlotBook
from ganstudio.desktop.widgets.plot_labels import Mark
from ganstudio.desktop.widgets.plot_scale import say_value
from ganstudio.project.numbers import say_count

__all__ = ["PlotMarks"]


@dataclass(slots=True)
class PlotMarks:
    """Of one plot.

    Attributes:
        moment: The chosen one; None is the end.
        pins: Where something happened, and what, in words.
        evidence: Where it begins, the last good moment before it, and words; None for none.
        even: The value of an undecided inspector, and its name.
        lit: The line that is lit; None lights all alike.
    """

    moment: float | None = None
    pins: Sequence[tuple[float, str]] = ()
    evidence: tuple[float | None, float | None, str] = (None, None, "")
    even: tuple[float, str] | None = None
    lit: str | None = None

    def words_at(self, place: float, reach: float) -> str:
        """A clock, and what happened within reach of it."""
        near = [words for pin, words in self.pins if abs(pin - place) <= reach]
        return " \u00b7 ".join([say_count(round(place)), *near])

    def even_place(self, logarithmic: bool) -> float | None:
        """Where the undecided inspector lies on the scale; None if that is nowhere."""
        if self.even is None or not logarithmic:
            return None if self.even is None else self.even[0]
        return math.log10(self.even[0]) if self.even[0] > 0 else None

    def names(self, book: PlotBook, values: Mapping[str, float], box: QRectF) -> list[Mark]:
        """Names and values, to stand at the ends of the lines."""
        marks = []
        for name, value in values.items():
            line = book.lines[name]
            place = box.bottom() - book.share(value) * box.height()
            words, bright = say_value(value, book.unit), self.lit in (None, name)
            marks.append(Mark(line.label, line.token, line.style, place, words, bright))
        if self.even is not None and self.even[1] and marks:
            place = box.bottom() - book.share(self.even[0]) * box.height()
            marks.append(Mark(self.even[1], "text_quiet", "fine", place, "", True))
        return marks
