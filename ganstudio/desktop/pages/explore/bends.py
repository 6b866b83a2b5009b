"""The bends of a place: pure functions from a point to points, and from bends to words.

Not responsible for what a bend does to activations (`latent.bending`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.translate import marked
from ganstudio.project.point import Bend, BendAction, LatentPoint

__all__ = [
    "ACTIONS",
    "Amount",
    "amounts",
    "channel_words",
    "move_bend",
    "new_bend",
    "unbent",
    "verb",
    "with_bend",
    "with_bends",
    "without_bend",
]

_CONTEXT = "Bends"
#: Action -> its word on a button, what it does, and whether it needs places.
ACTIONS: dict[BendAction, tuple[str, str, bool]] = {
    "off": (
        marked(_CONTEXT, "Switch off"),
        marked(_CONTEXT, "What these channels draw is left out. (Ablation)"),
        False,
    ),
    "amplify": (
        marked(_CONTEXT, "Amplify"),
        marked(_CONTEXT, "Make these channels stronger or weaker; below 0 they turn over. (Gain)"),
        False,
    ),
    "move": (
        marked(_CONTEXT, "Move"),
        marked(_CONTEXT, "Shift what these channels draw across and down. (Translation)"),
        True,
    ),
    "turn": (
        marked(_CONTEXT, "Turn"),
        marked(_CONTEXT, "Turn what these channels draw around the middle. (Rotation)"),
        True,
    ),
    "blur": (
        marked(_CONTEXT, "Blur"),
        marked(_CONTEXT, "Take the detail out of these channels. (Gaussian)"),
        True,
    ),
}
#: What a new bend begins with: enough to be seen.
_FIRST: dict[BendAction, float] = {
    "off": 0.0,
    "amplify": 2.0,
    "move": 0.15,
    "turn": 45.0,
    "blur": 0.08,
}
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Amount:
    """One slider of a bend: which of its fields, its ends, where it does nothing, and its unit."""

    field: str
    label: str
    low: float
    high: float
    rest: float
    decimals: int = 0
    scale: float = 1.0


_AMOUNTS: dict[BendAction, tuple[Amount, ...]] = {
    "off": (),
    "amplify": (Amount("amount", marked(_CONTEXT, "Times"), -4.0, 8.0, 1.0, 1),),
    "move": (
        Amount("amount", marked(_CONTEXT, "Across, %"), -100.0, 100.0, 0.0, 0, 100.0),
        Amount("down", marked(_CONTEXT, "Down, %"), -100.0, 100.0, 0.0, 0, 100.0),
    ),
    "turn": (Amount("amount", marked(_CONTEXT, "Degrees"), -180.0, 180.0, 0.0),),
    "blur": (Amount("amount", marked(_CONTEXT, "Width, %"), 0.0, 40.0, 0.0, 0, 100.0),),
}


def amounts(action: BendAction) -> tuple[Amount, ...]:
    """The sliders of an action; labels are not translated yet."""
    return _AMOUNTS[action]


def verb(action: BendAction) -> str:
    """The word of an action."""
    return QCoreApplication.translate(_CONTEXT, ACTIONS[action][0])


def channel_words(channels: tuple[int, ...]) -> str:
    """Channels as a person counts them, such as "3, 5, 8" or "12 channels"."""
    if not channels:
        return QCoreApplication.translate(_CONTEXT, "all channels")
    if len(channels) > _SHOWN:
        words = QCoreApplication.translate(_CONTEXT, "{n} channels")
        return words.format(n=len(channels))
    numbers = ", ".join(str(channel + 1) for channel in channels)
    one = QCoreApplication.translate(_CONTEXT, "channel {n}")
    several = QCoreApplication.translate(_CONTEXT, "channels {n}")
    return (one if len(channels) == 1 else several).format(n=numbers)


def new_bend(stage: int, channels: Iterable[int], action: BendAction) -> Bend:
    """A bend that can be seen."""
    return Bend(stage=stage, channels=tuple(sorted(channels)), action=action, amount=_FIRST[action])


def with_bends(point: LatentPoint, bends: Iterable[Bend]) -> LatentPoint:
    """A place with these bends."""
    return point.model_copy(update={"bends": tuple(bends)})


def with_bend(point: LatentPoint, index: int, bend: Bend) -> LatentPoint:
    """Another bend in the place of one."""
    bends = list(point.bends)
    bends[index] = bend
    return with_bends(point, bends)


def without_bend(point: LatentPoint, index: int) -> LatentPoint:
    """One bend less."""
    return with_bends(point, (*point.bends[:index], *point.bends[index + 1 :]))


def move_bend(point: LatentPoint, index: int, by: int) -> LatentPoint:
    """One bend earlier or later; at the ends it stays."""
    to = index + by
    if not 0 <= to < len(point.bends):
        return point
    bends = list(point.bends)
    bends.insert(to, bends.pop(index))
    return with_bends(point, bends)


def unbent(point: LatentPoint) -> LatentPoint:
    """The place as it is without any bend."""
    return with_bends(point, ())
