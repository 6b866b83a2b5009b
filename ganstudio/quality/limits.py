"""From where on the training doctor calls something by its name: every threshold, in one table.

"guide" is the project's own training notes (rules of thumb from published runs), "measured" what
healthy runs and runs that were trained to be sick come to (`tests/benchmarks/doctor.py`).

Not responsible for the rules that use them (`doctor`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["LIMITS", "Limit", "limit"]


@dataclass(frozen=True, slots=True)
class Limit:
    """One threshold.

    Attributes:
        value: The number.
        unit: Of what.
        source: Where it comes from.
    """

    value: float
    unit: str
    source: str


LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        # -- how long something has to be so ---
        "window-steps": Limit(200, "steps", "guide"),
        "window-share": Limit(0.02, "of the horizon", "guide: 2 to 5 k of 250 k pictures"),
        "window-most": Limit(0.05, "of the horizon", "measured: short runs"),
        "warm-steps": Limit(100, "steps, before which there is nothing to judge", "measured"),
        "window-rows": Limit(3, "rows", "so that one odd row decides nothing"),
        "lasts": Limit(2, "windows, or scored moments", "guide"),
        # -- the inspector is far ahead ---
        "ahead": Limit(0.99, "balance", "measured: healthy runs reach 0.98 (guide: 0.97)"),
        "ahead-windows": Limit(4, "windows", "measured"),
        "ahead-gain": Limit(0.1, "fall of the kernel distance", "measured"),
        "hints-gone": Limit(0.01, "of the generator's gradient after warm-up", "guide"),
        # -- the inspector pulls away ---
        "drift-share": Limit(0.12, "of the horizon", "guide: 30 of 250 k pictures"),
        "drift-windows": Limit(6, "windows at least", "measured: short runs"),
        "drift": Limit(
            0.075, "rise of the balance, surely", "guide: 0.15 of the relativistic sign"
        ),
        # -- the generator is far ahead ---
        "behind": Limit(0.52, "balance", "guide"),
        "fooled": Limit(0.4, "balance; below it no score is needed", "measured"),
        "rough": Limit(5.0, "times the kernel distance of one's own pictures", "guide"),
        # -- mode collapse ---
        "few-kinds": Limit(0.5, "diversity", "guide"),
        "lost": Limit(0.75, "of the best diversity so far", "guide: mode dropping, a quarter"),
        "never-many": Limit(0.3, "of the horizon, after which it should be there", "measured"),
        # -- kinds are left out ---
        "dropped": Limit(0.75, "of the best coverage so far", "guide: mode dropping, a quarter"),
        "dropped-least": Limit(0.2, "coverage, before there is much to lose", "measured"),
        "dropped-moments": Limit(3, "scored moments", "so that chance decides little"),
        # -- memorising ---
        "copied": Limit(0.1, "share of copies, surely", "twice what is expected by chance"),
        "too-near": Limit(0.5, "newness", "guide"),
        "by-heart": Limit(0.5, "memorised, surely", "guide"),
        # -- oscillating ---
        "swing": Limit(0.25, "balance, from turn to turn", "measured"),
        "swing-turns": Limit(4, "turns", "measured"),
        "swing-windows": Limit(15, "windows that are looked at", "measured"),
        "swing-score": Limit(0.2, "of the kernel distance", "guide"),
        # -- stalled ---
        "plateau": Limit(0.3, "of all pictures seen", "guide"),
        "plateau-gain": Limit(0.02, "fall of the distances", "guide"),
        "plateau-surely": Limit(0.1, "fall of the distances at most, 95 times in 100", "measured"),
        "climbed": Limit(0.5, "of the first distance, once it has learned much", "measured"),
        "matched": Limit(0.97, "balance", "guide"),
        "plateau-moments": Limit(4, "scored moments in each part", "so that chance decides little"),
        # -- exploding ---
        "wild": Limit(10.0, "times the usual loss", "guide"),
        "wild-least": Limit(8.0, "loss", "guide: relativistic generator loss"),
        "immense": Limit(100.0, "loss", "measured"),
        "winning": Limit(0.93, "balance, where large losses mean that the inspector wins", "guide"),
        # -- not a number ---
        "skipped": Limit(0.005, "of the steps", "guide: 0.1 % of gradients"),
        "skipped-least": Limit(3, "steps", "as many in a row make training go back"),
        "broken-lately": Limit(10, "windows", "measured"),
    }
)


def limit(name: str) -> float:
    """The value of a threshold."""
    return LIMITS[name].value
