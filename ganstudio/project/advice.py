"""Which recipe to take, by three answers: how many pictures, how much time, how strong a computer.

Not responsible for measuring the computer: whoever asks brings how fast each candidate trains here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ganstudio.project.numbers import say_count, say_duration
from ganstudio.project.presets import PRESETS

__all__ = ["Advice", "Candidate", "advise", "candidates"]

#: A preset and a strength.
Candidate = tuple[str, str]

_FEW = 1_000
_MANY = 5_000


@dataclass(frozen=True, slots=True)
class Advice:
    """What to train, and why.

    Attributes:
        preset: A key of `PRESETS`.
        strength: A key of `STRENGTHS`.
        images: Pictures seen when the time is over.
        images_per_s: How fast it trains here.
        enough: Whether that many pictures are usually worth looking at.
        why: One sentence for each of the three answers.
    """

    preset: str
    strength: str
    images: int
    images_per_s: float
    enough: bool
    why: tuple[str, str, str]


def candidates(pictures: int, gpu: bool) -> tuple[Candidate, ...]:
    """What may be right for so many pictures, the best first; the last one is the quickest."""
    quick: tuple[Candidate, ...] = (("sketch", "medium"), ("sketch", "small"))
    if not gpu:
        return quick
    if pictures <= _FEW:
        return ("few-shot", "medium"), ("style", "small"), *quick
    style: tuple[Candidate, ...] = (("style", "medium"), ("style", "small"))
    if pictures > _MANY:
        return ("modern", "medium"), *style, *quick
    return *style, *quick


def advise(
    pictures: int, minutes: float, gpu: bool, rates: Mapping[Candidate, float], device: str
) -> Advice:
    """The best candidate that is worth looking at in time; else the quickest.

    Args:
        pictures: How many there are to learn from.
        minutes: How long training may take.
        gpu: Whether it would run on one.
        rates: Images a second of every candidate, 0 for one that does not train here.
        device: What a person reads about the computer.
    """
    offered = candidates(pictures, gpu)
    reached = {found: rates.get(found, 0.0) * minutes * 60 for found in offered}
    good = [found for found in offered if reached[found] >= PRESETS[found[0]].good_images]
    chosen = good[0] if good else max(offered, key=lambda found: reached[found])
    preset, rate = PRESETS[chosen[0]], rates.get(chosen, 0.0)
    return Advice(
        preset=chosen[0],
        strength=chosen[1],
        images=round(reached[chosen]),
        images_per_s=rate,
        enough=bool(good),
        why=(
            f"{say_count(pictures)} pictures: {preset.why}",
            _time_words(preset.good_images, reached[chosen], rate, minutes),
            f"{device}: {rate:.0f} images/s with {preset.title}, {chosen[1]}.",
        ),
    )


def _time_words(good_images: int, images: float, rate: float, minutes: float) -> str:
    spent = say_duration(minutes * 60)
    seen = f"{spent}: about {say_count(round(images))} pictures seen"
    if images >= good_images:
        return f"{seen}, and {say_count(good_images)} are usually enough for good ones."
    if rate <= 0:
        return f"{seen}."
    needed = say_duration(good_images / rate)
    return f"{seen}: a first look; good ones take about {needed}."
