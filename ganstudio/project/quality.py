"""What a score says, as plain values, and how a run writes it down.

Not responsible for measuring anything (`quality`), nor for when it is measured (`studio`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = [
    "EXPECTED_COPIES",
    "FID_WANTS",
    "Estimate",
    "Fid",
    "InspectorReading",
    "MomentScore",
    "QualityScore",
]

#: Of new pictures so many lie as near to one that was learned from as copies do.
EXPECTED_COPIES = 0.05
#: Of fewer pictures FID is too high by more than models differ (Heusel 2017 asks for so many).
FID_WANTS = 10_000

#: Of a normal distribution, within which 95 of 100 values lie.
_Z = 1.959964
_ESTIMATES = ("precision", "recall", "copying", "kernel", "frechet")
_NUMBERS = ("density", "coverage", "sliced", "colors")
#: Scores of earlier versions have none.
_LATER = ("diversity", "newness")


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
        diversity: Mean distance of the features of two generated pictures, over that of two real
            ones: 0 where all are the same. None in scores that did not measure it.
        newness: Median distance to the nearest picture that was learned from, over that of a
            picture nobody learned from (or, where none are held out, over that of one that was
            learned from to the nearest other): 1 is as new as a new picture, 0 a copy.
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
    diversity: float | None = None
    newness: float | None = None

    def plain(self) -> dict[str, Any]:
        """As JSON holds it: an estimate is [value, error]."""
        found: dict[str, Any] = {name: getattr(self, name) for name in (*_NUMBERS, *_LATER)}
        for name in _ESTIMATES:
            estimate: Estimate | None = getattr(self, name)
            found[name] = None if estimate is None else [estimate.value, estimate.error]
        return found

    @classmethod
    def parse(cls, plain: Mapping[str, Any]) -> QualityScore:
        """The opposite of `plain`; raises KeyError, TypeError or ValueError for anything else."""
        found: dict[str, Any] = {name: float(plain[name]) for name in _NUMBERS}
        for name in _LATER:
            value = plain.get(name)
            found[name] = None if value is None else float(value)
        for name in _ESTIMATES:
            pair = plain[name]
            found[name] = None if pair is None else Estimate(float(pair[0]), float(pair[1]))
        if any(found[name] is None for name in _ESTIMATES if name != "copying"):
            raise ValueError("an estimate is missing")
        return cls(**found)


@dataclass(frozen=True, slots=True)
class InspectorReading:
    """What the inspector of a moment makes of pictures, as means of its logits.

    Attributes:
        learned: Of pictures that it learns from.
        held_out: Of pictures of the same kind that it never saw.
        generated: Of pictures that the generator of that moment draws.
        memorised: How much less it believes those it never saw, of the way down to generated ones:
            0 where it has learned what all have in common, 1 where it knows its own by heart.
    """

    learned: float
    held_out: float
    generated: float
    memorised: Estimate

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "learned": self.learned,
            "held_out": self.held_out,
            "generated": self.generated,
            "memorised": [self.memorised.value, self.memorised.error],
        }

    @classmethod
    def parse(cls, plain: Mapping[str, Any]) -> InspectorReading:
        """The opposite of `plain`; raises KeyError, TypeError or ValueError for anything else."""
        value, error = plain["memorised"]
        return cls(
            learned=float(plain["learned"]),
            held_out=float(plain["held_out"]),
            generated=float(plain["generated"]),
            memorised=Estimate(float(value), float(error)),
        )


@dataclass(frozen=True, slots=True)
class Fid:
    """The Frechet Inception distance (Heusel 2017), with weights that a person supplied.

    Attributes:
        value: The distance.
        weights: Digest of the weights; under another one it is another measure.
        drawn: How many generated pictures were looked at.
        real: How many real ones.
    """

    value: float
    weights: str
    drawn: int
    real: int

    @property
    def biased(self) -> bool:
        """Whether there were so few pictures that it is too high."""
        return min(self.drawn, self.real) < FID_WANTS

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "value": self.value,
            "weights": self.weights,
            "drawn": self.drawn,
            "real": self.real,
        }

    @classmethod
    def parse(cls, plain: Mapping[str, Any]) -> Fid:
        """The opposite of `plain`; raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            float(plain["value"]), str(plain["weights"]), int(plain["drawn"]), int(plain["real"])
        )


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
        inspector: What its inspector makes of pictures; None where none are held out, or where it
            was not asked.
        fid: What it comes to by Inception weights of the person's; None without any.
    """

    images: int
    score: QualityScore
    own: QualityScore | None
    drawn: int
    real: int
    honest: bool
    inspector: InspectorReading | None = None
    fid: Fid | None = None

    def fid_by(self, weights: str) -> Fid | None:
        """The FID, if it was measured with the weights of this digest."""
        return self.fid if self.fid is not None and self.fid.weights == weights else None

    def line(self) -> dict[str, Any]:
        """As a line of `scores.jsonl`."""
        return {
            "images": self.images,
            "drawn": self.drawn,
            "real": self.real,
            "honest": self.honest,
            "score": self.score.plain(),
            "own": None if self.own is None else self.own.plain(),
            "inspector": None if self.inspector is None else self.inspector.plain(),
            "fid": None if self.fid is None else self.fid.plain(),
        }

    @classmethod
    def of_line(cls, line: Mapping[str, Any]) -> MomentScore | None:
        """The opposite of `line`; None for a line that is damaged or lacks something."""
        try:
            own, inspector, fid = line["own"], line.get("inspector"), line.get("fid")
            return cls(
                images=int(line["images"]),
                score=QualityScore.parse(line["score"]),
                own=None if own is None else QualityScore.parse(own),
                drawn=int(line["drawn"]),
                real=int(line["real"]),
                honest=bool(line["honest"]),
                inspector=None if inspector is None else InspectorReading.parse(inspector),
                fid=None if fid is None else Fid.parse(fid),
            )
        except (KeyError, TypeError, ValueError, IndexError):
            return None
