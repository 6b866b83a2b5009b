"""Whether generated pictures are copies of the pictures that were learned from.

A picture that nobody learned from has a nearest one among the training pictures too, at some
distance. Only generated pictures that lie clearly nearer than that are suspicious: this is the
comparison of the data-copying test (Meehan, Chaudhuri and Dasgupta 2020), told as a share.

Not responsible for features (`features`), nor for distances (`neighbours`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ganstudio.project.quality import EXPECTED_COPIES
from ganstudio.quality.neighbours import nearest_distances

__all__ = ["CopyCheck", "compared", "copy_check", "suspicious_below"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CopyCheck:
    """How near generated pictures come to the training pictures.

    Attributes:
        rate: Share of generated pictures that are nearer to a training picture than the nearest of
            held-out pictures are. A generator that has learned what all pictures have in common
            reaches `expected`; above it, it copies; below it, its pictures look like none.
        expected: The same share of held-out pictures.
        ratio: Median distance of generated pictures over that of held-out ones: 1 is as new as a
            new picture, 0 a copy.
    """

    rate: float
    expected: float
    ratio: float


def copy_check(
    generated: Floats, training: Floats, held_out: Floats, quantile: float = EXPECTED_COPIES
) -> CopyCheck:
    """Compare how near generated and held-out pictures come to the training pictures.

    Args:
        generated: Features (n, d).
        training: Features (m, d) of all pictures that were learned from.
        held_out: Features (k, d) of pictures of the same kind that were not; near-duplicates of
            training pictures do not belong among them.
        quantile: Which share of held-out pictures counts as suspiciously near.
    """
    return compared(
        nearest_distances(generated, training), nearest_distances(held_out, training), quantile
    )


def compared(ours: Floats, theirs: Floats, quantile: float = EXPECTED_COPIES) -> CopyCheck:
    """As `copy_check`, for distances to the nearest training picture that are known already.

    Args:
        ours: Of generated pictures, (n,).
        theirs: Of held-out pictures, (k,).
        quantile: Which share of held-out pictures counts as suspiciously near.
    """
    limit = suspicious_below(theirs, quantile)
    middle = float(np.median(theirs))
    return CopyCheck(
        rate=float(np.mean(ours <= limit)),
        expected=float(np.mean(theirs <= limit)),
        ratio=float(np.median(ours)) / middle if middle > 0 else float("nan"),
    )


def suspicious_below(theirs: Floats, quantile: float = EXPECTED_COPIES) -> float:
    """How near a picture lies to one that was learned from, at most, to be suspicious.

    Args:
        theirs: Distances of held-out pictures to the nearest training picture, (k,).
        quantile: Which share of held-out pictures counts as suspiciously near.
    """
    return float(np.quantile(theirs, quantile, method="inverted_cdf"))
