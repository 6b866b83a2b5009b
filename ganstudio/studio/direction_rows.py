"""Which directions a person can walk along in the generator at hand: plain values, pure functions.

Not responsible for files, nor for asking the generator (`directions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ganstudio.project.direction import Direction, Fit, alike, direction_key
from ganstudio.project.directions_file import KeptDirection
from ganstudio.project.point import Band, LatentPoint

__all__ = ["DirectionRow", "limited", "rows_of"]

#: "own": it does here what it is known for. "checking": that is not known yet. "network": it is of
#: another network. "lost": nothing here does what it did.
State = Literal["own", "checking", "network", "lost"]
_ORDER: tuple[State, ...] = ("own", "checking", "network", "lost")


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """A direction with everything a person set about it.

    Attributes:
        kept: What is, or would be, written of it.
        direction: What moves points here: that of `kept`, or what took its place.
        state: Whether it can be used.
        bands: Which layers are coarse, middle and fine; empty where all share one w.
        aligned: Whether it was made anew to do what it did in another moment.
        elsewhere: Whether it was found in another moment, where others had numbers too.
    """

    kept: KeptDirection
    direction: Direction
    state: State
    bands: Mapping[Band, tuple[int, ...]]
    aligned: bool = False
    elsewhere: bool = False

    @property
    def number(self) -> int:
        """Its number among those that were found here; 0 for none."""
        return 0 if self.elsewhere else self.kept.number

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all its limits to layers, and of none."""
        return frozenset(self.limited(band).key for band in (None, *self.bands))

    @property
    def key(self) -> str:
        """What a move along it is called: of the layers that were chosen."""
        return self.limited(self.kept.band).key

    def limited(self, band: Band | None) -> Direction:
        """The direction for some layers alone; for all where they share one w."""
        return limited(self.direction, self.bands.get(band, ()) if band is not None else ())

    def key_at(self, point: LatentPoint) -> str:
        """The key that a place moves along it with; the chosen one where it does not."""
        moved = [move.direction for move in point.moves if move.direction in self.keys]
        return moved[0] if moved and self.key not in moved else self.key

    @property
    def reach(self) -> tuple[float, float]:
        """Both ends of its slider, in standard deviations."""
        times = self.kept.reach
        return max(-20.0, self.direction.low * times), min(20.0, self.direction.high * times)


def limited(direction: Direction, layers: Sequence[int]) -> Direction:
    """The same step in some layers alone; empty for all."""
    if not layers:
        return direction
    key = direction_key(direction.step, layers)
    return direction.model_copy(update={"layers": tuple(layers), "key": key})


def rows_of(
    found: Sequence[Direction],
    kept: Iterable[KeptDirection],
    fits: Mapping[str, Fit],
    bands: Mapping[Band, tuple[int, ...]],
) -> tuple[DirectionRow, ...]:
    """The rows of a generator: named ones, the others, what cannot be used; by visible effect.

    Args:
        found: What it has of its own, the strongest first.
        kept: What a person named, made, limited, locked or deleted.
        fits: Of kept ones of other moments, by their keys, as far as known.
        bands: See `DirectionRow`.
    """
    kept = list(kept)
    own = {direction.key for direction in found}
    listed = [_row_of(one, found, own, fits, bands) for one in kept if not one.deleted]
    known = [row.direction for row in listed if row.state == "own"]
    away = [*known, *(one.direction for one in kept if one.deleted)]
    fresh = [
        DirectionRow(KeptDirection(direction=one, number=number), one, "own", bands)
        for number, one in enumerate(found, 1)
        if not any(alike(one.step, other.step) for other in away)
    ]
    rows = [*listed, *fresh]
    return tuple(sorted(rows, key=_rank))


def _rank(row: DirectionRow) -> tuple[int, bool, float]:
    """What can be used first, of that what a person named, and the strongest first of each."""
    named = bool(row.kept.direction.name)
    return _ORDER.index(row.state), not named, -row.direction.effect


def _row_of(
    kept: KeptDirection,
    found: Sequence[Direction],
    own: set[str],
    fits: Mapping[str, Fit],
    bands: Mapping[Band, tuple[int, ...]],
) -> DirectionRow:
    direction, fit = kept.direction, fits.get(kept.key)
    if found and len(found[0].step) != len(direction.step):
        return DirectionRow(kept, direction, "network", bands)
    if kept.key in own:
        return DirectionRow(kept, direction, "own", bands)
    if fit is not None and fit.verdict == "same":
        return DirectionRow(kept, direction, "own", bands, elsewhere=True)
    if fit is None:
        return DirectionRow(kept, direction, "checking", bands)
    if fit.verdict == "lost":
        return DirectionRow(kept, direction, "lost", bands)
    step = {"step": fit.step, "key": direction_key(fit.step)}
    return DirectionRow(
        kept, direction.model_copy(update=step), "own", bands, aligned=True, elsewhere=True
    )
