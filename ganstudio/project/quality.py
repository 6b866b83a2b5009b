"""What a score says, as plain values, and how a run writes it down.

Not responsible for measuring anything (`quality`), nor for when it is measured (`studio`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["EXPECTED_COPIES", "Estimate", "MomentScore", "QualityScore"]

#: Of new pictures so many lie as near to one that was learned from as copies do.
EXPECTED_COPIES = 0.05

#: Of a normal distribution, within which 95 of 100 values lie.
_Z = 1.959964
_ESTIMATES = ("precision", "recall", "copying", "kernel", "frechet")
_NUMBERS = ("density", "coverage", "sliced", "colors")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its standard error.

    Attributes:
        value: The number.
        error: Standard deviation that it would have over other pictures of the same kind.
    """

    value: float
    error: float

    @property
    def interval(self) -> tuple[float, float]:
        """Within which the true number lies 95 times in 100."""
        return self.value - _Z * self.error, self.value + _Z * self.error


@dataclass(frozen=True, slots=True)
class QualityScore:
    """What pictures come to beside real ones.

    Attributes:
        precision: Share of them within reach of real ones: realism.
        recall: Share of real ones within reach of them: variety, "coverage" on screen.
        copying: Share of them that lie suspiciously near a picture that was learned from; 5 % of
            new pictures do. None where that cannot be said.
        kernel: Kernel distance, times 1,000; 0 in expectation for equal laws, however few.
        frechet: Frechet distance; above 0 even for equal laws, the more so the fewer there are.
        density: In how many neighbourhoods of real pictures one of them lies; 1 for equal laws.
        coverage: Share of real ones with one of them in their neighbourhood (Naeem 2020).
        sliced: Sliced Wasserstein distance, mean of all scales; needs no network.
        colors: How far colours are off, in levels of 255.
    """

    precision: Estimate
    recall: Estimate
    copying: Estimate | None
    kernel: Estimate
    frechet: Estimate
    density: float
    coverage: float
    sliced: float
    colors: float

    def plain(self) -> dict[str, Any]:
        """As JSON holds it: an estimate is [value, error]."""
        found: dict[str, Any] = {name: getattr(self, name) for name in _NUMBERS}
        for name in _ESTIMATES:
            estimate: Estimate | None = getattr(self, name)
            found[name] = None if estimate is None else [estimate.value, estimate.error]
        return found

    @classmethod
    def parse(cls, plain: Mapping[str, Any]) -> QualityScore:
        """The opposite of `plain`; raises KeyError, TypeError or ValueError for anything else."""
        found: dict[str, Any] = {name: float(plain[name]) for name in _NUMBERS}
        for name in _ESTIMATES:
            pair = plain[name]
            found[name] = None if pair is None else Estimate(float(pair[0]), float(pair[1]))
        if any(found[name] is None for name in _ESTIMATES if name != "copying"):
            raise ValueError("an estimate is missing")
        return cls(**found)


@dataclass(frozen=True, slots=True)
class MomentScore:
    """The score of one moment of a run.

    Attributes:
        images: Its clock.
        score: What its generator comes to.
        own: What as many pictures come to that were learned from; None where none are held out.
        drawn: How many generated pictures were looked at.
        real: How many real ones they were compared with.
        honest: Whether the run never saw those.
    """

    images: int
    score: QualityScore
    own: QualityScore | None
    drawn: int
    real: int
    honest: bool

    def line(self) -> dict[str, Any]:
        """As a line of `scores.jsonl`."""
        return {
            "images": self.images,
            "drawn": self.drawn,
            "real": self.real,
            "honest": self.honest,
            "score": self.score.plain(),
            "own": None if self.own is None else self.own.plain(),
        }

    @classmethod
    def of_line(cls, line: Mapping[str, Any]) -> MomentScore | None:
        """The opposite of `line`; None for a line that is damaged or lacks something."""
        try:
            own = line["own"]
            return cls(
                images=int(line["images"]),
                score=QualityScore.parse(line["score"]),
                own=None if own is None else QualityScore.parse(own),
                drawn=int(line["drawn"]),
                real=int(line["real"]),
                honest=bool(line["honest"]),
            )
        except (KeyError, TypeError, ValueError, IndexError):
            return None
