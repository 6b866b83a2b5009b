"""Which recipe to take, by three answers: which pictures, how much time, how strong a computer.

Not responsible for measuring the computer: whoever asks brings how fast each candidate trains here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from ganstudio.project.numbers import say_count, say_duration
from ganstudio.project.presets import PRESETS

__all__ = ["Advice", "Candidate", "PictureKind", "advise", "candidates"]

#: A preset and a strength.
Candidate = tuple[str, str]

#: What a person says of their pictures: faces or one subject; drawings and icons; all sorts; or
#: nothing.
PictureKind = Literal["faces", "drawings", "mixed", "any"]

#: Kind -> (changed fields, why). A face or an animal seen in a mirror is as good, and counts as one
#: more (Karras 2020 mirrors faces); letters and drawings often are not.
_KINDS: Mapping[PictureKind, tuple[Mapping[str, bool], str]] = MappingProxyType(
    {
        "faces": (
            MappingProxyType({"augment.flip": True}),
            " Seen mirrored too, each counts twice.",
        ),
        "drawings": (MappingProxyType({}), " Not mirrored: letters and signs would be wrong."),
        "mixed": (
            MappingProxyType({}),
            " Of all sorts: they take longer than pictures of one subject.",
        ),
        "any": (MappingProxyType({}), ""),
    }
)

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
        why: A sentence or two for each of the three answers.
        values: Fields of the recipe that the kind of pictures changes.
    """

    preset: str
    strength: str
    images: int
    images_per_s: float
    enough: bool
    why: tuple[str, str, str]
    values: Mapping[str, bool]


def candidates(pictures: int, gpu: bool, kind: PictureKind = "any") -> tuple[Candidate, ...]:
    """What may be right for such pictures, the best first; the last one is the quickest.

    Few-shot learning is proven on sets of one subject (Liu 2021), so all sorts go without.
    """
    quick: tuple[Candidate, ...] = (("sketch", "medium"), ("sketch", "small"))
    if not gpu:
        return quick
    if pictures <= _FEW and kind != "mixed":
        return ("few-shot", "medium"), ("style", "small"), *quick
    style: tuple[Candidate, ...] = (("style", "medium"), ("style", "small"))
    if pictures > _MANY:
        return ("modern", "medium"), *style, *quick
    return *style, *quick


def advise(
    pictures: int,
    minutes: float,
    gpu: bool,
    rates: Mapping[Candidate, float],
    device: str,
    kind: PictureKind = "any",
) -> Advice:
    """The best candidate that is worth looking at in time; else the quickest.

    Args:
        pictures: How many there are to learn from.
        minutes: How long training may take.
        gpu: Whether it would run on one.
        rates: Images a second of every candidate, 0 for one that does not train here.
        device: What a person reads about the computer.
        kind: What the pictures show.
    """
    offered = candidates(pictures, gpu, kind)
    reached = {found: rates.get(found, 0.0) * minutes * 60 for found in offered}
    good = [found for found in offered if reached[found] >= PRESETS[found[0]].good_images]
    chosen = good[0] if good else max(offered, key=lambda found: reached[found])
    preset, rate = PRESETS[chosen[0]], rates.get(chosen, 0.0)
    computer = device[:1].upper() + device[1:]
    return Advice(
        preset=chosen[0],
        strength=chosen[1],
        images=round(reached[chosen]),
        images_per_s=rate,
        enough=bool(good),
        why=(
            f"{say_count(pictures)} pictures: {preset.why}{_KINDS[kind][1]}",
            _time_words(preset.good_images, reached[chosen], rate, minutes),
            f"{computer}: {_say_rate(rate)} images/s with {preset.title}, {chosen[1]}.",
        ),
        values=_KINDS[kind][0],
    )


def _say_rate(rate: float) -> str:
    return f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"


def _time_words(good_images: int, images: float, rate: float, minutes: float) -> str:
    spent = say_duration(minutes * 60)
    seen = f"{spent}: about {say_count(round(images))} pictures seen"
    if images >= good_images:
        return f"{seen}, and {say_count(good_images)} are usually enough for good ones."
    if rate <= 0:
        return f"{seen}."
    needed = say_duration(good_images / rate)
    return f"{seen}: a first look; good ones take about {needed}."
