"""What the Train page knows of a run's time: rows of metrics, and the moments that were kept.

Plain values. Not responsible for reading files nor for drawing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ganstudio.project.messages import MetricsRow

__all__ = ["Timeline"]


class Timeline:
    """Rows and moments of one run, by its clock; the clock of both rises.

    A row whose clock is not after the last one means that training went back: what lay behind it is
    forgotten, as it is on the disk.
    """

    def __init__(self) -> None:
        self.rows: list[MetricsRow] = []
        self.moments: list[int] = []
        self._clocks: list[int] = []

    @property
    def newest(self) -> MetricsRow | None:
        """The last row."""
        return self.rows[-1] if self.rows else None

    @property
    def end(self) -> int:
        """The last clock of all that is known, 0 if nothing is."""
        return max(self._clocks[-1:] + self.moments[-1:], default=0)

    def clear(self) -> None:
        """Forget everything: another run is looked at."""
        self.rows.clear()
        self._clocks.clear()
        self.moments.clear()

    def append(self, rows: Sequence[MetricsRow]) -> int | None:
        """Add rows as they come.

        Returns:
            The clock training went back to, if it did: everything after it is forgotten now.
        """
        went_back = None
        for row in rows:
            if self._clocks and row.images <= self._clocks[-1]:
                went_back = self.cut_after(row.images - 1)
            self.rows.append(row)
            self._clocks.append(row.images)
        return went_back

    def prepend(self, rows: Sequence[MetricsRow]) -> None:
        """Put what was read from the disk before the rows that came meanwhile."""
        first = self._clocks[0] if self._clocks else None
        past = [row for row in rows if first is None or row.images < first]
        self.rows[:0] = past
        self._clocks[:0] = [row.images for row in past]

    def cut_after(self, clock: int) -> int:
        """Forget rows and moments beyond a clock. Returns that clock."""
        keep = bisect_right(self._clocks, clock)
        del self.rows[keep:], self._clocks[keep:]
        del self.moments[bisect_right(self.moments, clock) :]
        return clock

    def set_moments(self, clocks: Iterable[int]) -> None:
        """All moments that are kept."""
        self.moments = sorted(set(clocks))

    def add_moment(self, clock: int) -> None:
        """One more moment was kept; one that is known changes nothing."""
        if not self.moments or clock > self.moments[-1]:
            self.moments.append(clock)
        elif clock not in self.moments:
            self.set_moments([*self.moments, clock])

    def row_at(self, clock: int | None) -> MetricsRow | None:
        """The last row at or before a clock, or the very first one; None is now."""
        if clock is None or not self.rows:
            return self.newest
        return self.rows[max(0, bisect_right(self._clocks, clock) - 1)]

    def mean_at(self, clock: int | None, name: str, rows: int = 12) -> float | None:
        """A field averaged over the last rows up to a clock, so that a caption does not flicker."""
        last = bisect_right(self._clocks, clock) if clock is not None else len(self.rows)
        values = [getattr(row, name) for row in self.rows[max(0, last - rows) : max(1, last)]]
        finite = [value for value in values if value == value and abs(value) != float("inf")]
        return sum(finite) / len(finite) if finite else None
