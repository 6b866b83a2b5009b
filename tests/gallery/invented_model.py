"""A generator that nobody trained: it blends bundled pictures, so that pages can show some.

For the gallery and for tests of pages. It stands where `studio.engine.LoadedModel` stands.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Generator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ganstudio.project.direction import Direction, Fit, direction_key
from ganstudio.project.inside import Inside, InsideWanted, StageShape
from ganstudio.project.messages import Pictures, frozen_pictures
from ganstudio.project.point import Band, LatentPoint
from ganstudio.project.presets import recipe_for
from tests.gallery.invented_run import bundled

_DIRECTIONS = 16


class InventedModel:
    """What the explorer needs of a model: `refresh`, `render`, `finding`.

    Attributes:
        bundle: Whose pictures it blends; set it before one is opened.
        clock: Its version; raise it and `refresh` tells of newer weights.
    """

    bundle = "open-peeps"
    clock = 412_000
    opened = 0
    bands: Mapping[Band, tuple[int, ...]] = {}

    def __init__(self, path: Path | None, live: object | None) -> None:
        if path is None and live is None:
            raise ValueError("a model is a file, or the weights of a training run")
        type(self).opened += 1
        self.live = live
        self.images = 0
        self.fingerprint = "invented"
        self._pictures = bundled(self.bundle)
        self.recipe = recipe_for(size=self._pictures.shape[1], pictures=1500)
        self.directions: tuple[Direction, ...] = ()
        self.kinds: tuple[str, ...] = ()
        self.layered = False

    def refresh(self) -> bool:
        """Whether there are other weights than before."""
        changed = self.images != self.clock
        self.images = self.clock
        return changed

    def finding(self) -> Generator[None, None, None]:
        """Sixteen directions, each weaker than the one before."""
        yield
        self.directions = tuple(
            _direction(index, model=self.fingerprint, images=self.images)
            for index in range(_DIRECTIONS)
        )

    def make_up(self) -> tuple[tuple[StageShape, ...], tuple[Band, ...]]:
        """One stage, and no parts."""
        return (StageShape(1, 4, 4),), ()

    def marked(
        self, more: Sequence[LatentPoint], less: Sequence[LatentPoint]
    ) -> Generator[None, None, Direction]:
        """One that was not found."""
        yield
        return _direction(_DIRECTIONS, origin="marked", effect=0.6)

    def between(self, start: LatentPoint, end: LatentPoint) -> Generator[None, None, Direction]:
        """Another one that was not found."""
        yield
        return _direction(_DIRECTIONS + 1, origin="between", effect=0.5)

    def between_kinds(self, start: int, end: int) -> Generator[None, None, Direction]:
        """A third one."""
        yield
        return _direction(_DIRECTIONS + 2, origin="kinds", effect=0.4)

    def fitting(self, direction: Direction, older: Sequence[Path]) -> Generator[None, None, Fit]:
        """Every direction does what it did."""
        yield
        return Fit("same", 1.0)

    def amount(self, direction: str, there: LatentPoint, here: LatentPoint) -> float:
        """A place has as much as it says."""
        return there.amount(direction)

    def look_inside(self, wanted: InsideWanted) -> Inside:
        """One channel that is active everywhere."""
        return Inside(wanted, (0,), (1.0,), frozen_pictures(np.full((1, 4, 4), 255, np.uint8)))

    def know(self, directions: Iterable[Direction]) -> None:
        """It knows its own alone."""

    def render(self, points: Sequence[LatentPoint]) -> Pictures:
        """(N, H, W, 3) uint8, read-only."""
        return frozen_pictures(np.stack([self._draw(point) for point in points]))

    def _draw(self, point: LatentPoint) -> Pictures:
        left, top = math.floor(point.seed_x), math.floor(point.seed_y)
        across, down = point.seed_x - left, point.seed_y - top
        total, weights = np.zeros(self._pictures.shape[1:], np.float32), 0.0
        for dx, share_x in ((0, 1 - across), (1, across)):
            for dy, share_y in ((0, 1 - down), (1, down)):
                weight = (share_x * share_y) ** 3
                total += weight * self._at(left + dx, top + dy)
                weights += weight
        average = self._pictures.mean(0)
        if point.blend:
            own = max(0.0, 1.0 - sum(share.weight for share in point.blend))
            total, weights = own * total / weights, 1.0
            total += sum(share.weight * self._draw(share.point) for share in point.blend)
        picture = average + min(1.3, point.diversity) * (total / weights - average)
        for move in point.moves:
            if move.direction in _NUMBERS:
                picture = self._moved(picture, _NUMBERS[move.direction], move.amount)
        return np.clip(picture, 0, 255).astype(np.uint8)

    def _at(self, x: int, y: int) -> Pictures:
        digest = hashlib.blake2b(f"{x} {y}".encode(), digest_size=4).digest()
        number = x if y == 0 else int.from_bytes(digest, "little")
        return self._pictures[number % len(self._pictures)]

    @staticmethod
    def _moved(picture: np.ndarray, index: int, amount: float) -> np.ndarray:
        """A tint of its own for each direction."""
        angle = 2.4 * index
        tint = np.array([math.cos(angle), math.cos(angle + 2.1), math.cos(angle + 4.2)])
        return picture + 14 * amount * 0.9**index * tint


def _direction(index: int, **values: Any) -> Direction:
    values = {"effect": 0.9**index, "low": -3.0, "high": 3.0} | values
    return Direction(key=direction_key(_step(index)), step=_step(index), **values)


def _step(index: int) -> tuple[float, ...]:
    return tuple(float(place == index) for place in range(_DIRECTIONS + 3))


#: Which direction a key stands for; it says which tint it gives.
_NUMBERS = {direction_key(_step(index)): index for index in range(_DIRECTIONS + 3)}
