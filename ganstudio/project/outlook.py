"""What to expect of a run before it begins: when there is something to see, and whether it fits.

Not responsible for measuring (`gan.probe`), nor for how a window says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ganstudio.project.messages import Notice
from ganstudio.project.numbers import say_bytes, say_duration
from ganstudio.project.preset_table import PRESETS
from ganstudio.project.recipe import Recipe

__all__ = [
    "FIRST_SHAPES",
    "Outlook",
    "Speed",
    "first_shapes",
    "memory_notice",
    "outlook",
    "what_would_fit",
]

#: Pictures seen after which first shapes are there (seen in runs at 64 px, a rough figure).
FIRST_SHAPES = 4_000


@dataclass(frozen=True, slots=True)
class Speed:
    """What a short probe found.

    Attributes:
        images_per_s: Rate of training; 0 if it could not be measured.
        memory_bytes: What training needs; 0 if unknown.
        memory_free: What there was for it.
    """

    images_per_s: float
    memory_bytes: int = 0
    memory_free: int = 0

    @property
    def fits(self) -> bool:
        """Whether training fits the memory, as far as anybody knows."""
        return self.memory_bytes <= self.memory_free or self.memory_free == 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """When there is something to see.

    Attributes:
        first_s: Seconds to a first look.
        good_s: Seconds to pictures that are usually good; 0 where the recipe is not known.
        ends_before: Whether the run is planned to end before that.
    """

    first_s: float
    good_s: float
    ends_before: bool

    @property
    def sentence(self) -> str:
        """Both, in one sentence."""
        first = f"A first look in about {say_duration(self.first_s)}"
        if not self.good_s:
            return f"{first}."
        good = say_duration(self.good_s)
        if self.ends_before:
            return f"{first}; good ones would take about {good}."
        return f"{first}, good in about {good}."


def first_shapes(horizon: int) -> int:
    """Pictures seen after which first shapes are expected; sooner in a run planned short."""
    return min(FIRST_SHAPES, max(1, horizon // 4)) if horizon else FIRST_SHAPES


def outlook(recipe: Recipe, images_per_s: float, end: int | None = None) -> Outlook | None:
    """What to expect of a run that begins; None while its speed is not known.

    Args:
        recipe: Its horizon counts as the end.
        images_per_s: As measured here.
        end: Another end, in pictures seen; None for the horizon.
    """
    if images_per_s <= 0:
        return None
    planned = end if end is not None else recipe.horizon
    preset = PRESETS.get(recipe.name)
    good = preset.good_images if preset is not None else 0
    return Outlook(first_shapes(planned) / images_per_s, good / images_per_s, planned < good)


def memory_notice(recipe: Recipe, speed: Speed) -> Notice | None:
    """A warning if training does not fit the memory, with what would; None if it does."""
    if speed.fits:
        return None
    told: Mapping[str, object] = {
        "needed": say_bytes(speed.memory_bytes),
        "free": say_bytes(max(0, speed.memory_free)),
        "advice": what_would_fit(recipe, speed),
    }
    return Notice("notice-memory", "warning", dict(told))


def what_would_fit(recipe: Recipe, speed: Speed) -> str:
    """What a person can do about it, in one sentence."""
    fewer = recipe.batch_size // 2
    while fewer > 1 and speed.memory_bytes * fewer > speed.memory_free * recipe.batch_size:
        fewer //= 2
    if fewer > 1:
        few = f"{fewer} pictures a step (batch_size={fewer})"
        return f"Close other programs, choose a smaller network, or {few}."
    return "Close other programs, or choose a smaller network or picture size."
