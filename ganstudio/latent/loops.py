"""A closed, smooth path through places: every frame of it is a place itself.

Between two places the path is a cubic (Catmull-Rom, with knots as far apart as the pictures differ,
so that it goes about equally fast everywhere). What happens inside the network fades in and out
around the place that it belongs to.

Not responsible for drawing, nor for how many frames there shall be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ganstudio.project.point import Bend, LatentPoint, Mask, Mix, Share

__all__ = ["loop_points"]

#: Two places that look the same still take a little time.
_LEAST_GAP = 0.05


def loop_points(
    keys: Sequence[LatentPoint], frames: int, gaps: Sequence[float], *, layered: bool
) -> Iterator[LatentPoint]:
    """The places of a loop, from the first key on; the one after the last would be the first again.

    Args:
        keys: Two or more places.
        frames: How many places.
        gaps: How much the pictures of each key and the next one differ, the last and the first one
            too; any unit.
        layered: Whether the generator's layers can be given a w of their own: then the parts that
            other places decide are part of the path.
    """
    knots = _knots(gaps)
    for frame in range(frames):
        time = frame / frames
        segment = max(place for place, knot in enumerate(knots[:-1]) if knot <= time)
        share = (time - knots[segment]) / (knots[segment + 1] - knots[segment])
        yield _between(keys, segment, share, _weights(knots, segment, share), layered)


def _knots(gaps: Sequence[float]) -> list[float]:
    """When the loop is at each key, 0 to 1; the last is the first one again."""
    largest = max(gaps, default=0.0) or 1.0
    gaps = [max(gap / largest, _LEAST_GAP) for gap in gaps]
    knots, total = [0.0], sum(gaps)
    for gap in gaps:
        knots.append(knots[-1] + gap / total)
    return [*knots[:-1], 1.0]


def _weights(knots: Sequence[float], segment: int, share: float) -> list[float]:
    """How much each key counts; they add up to 1, and some are a little below 0."""
    count = len(knots) - 1
    around = [segment - 1, segment, segment + 1, segment + 2]
    times = [knots[place % count] + place // count for place in around]
    width = times[2] - times[1]
    square, cube = share * share, share**3
    weights = [0.0] * count

    def add(place: int, weight: float) -> None:
        weights[place % count] += weight

    add(segment, 2 * cube - 3 * square + 1)
    add(segment + 1, 3 * square - 2 * cube)
    slopes = (cube - 2 * square + share, cube - square)
    for slope, (before, after) in zip(slopes, ((0, 2), (1, 3)), strict=True):
        reach = slope * width / (times[after] - times[before])
        add(around[after], reach)
        add(around[before], -reach)
    return weights


def _between(
    keys: Sequence[LatentPoint], segment: int, share: float, weights: list[float], layered: bool
) -> LatentPoint:
    """The place of one frame."""
    if share == 0:
        return keys[segment]
    one, other = keys[segment], keys[(segment + 1) % len(keys)]
    nearer, strength = (one, 1 - 2 * share) if share < 0.5 else (other, 2 * share - 1)
    shares = [Share(point=key, weight=w) for key, w in zip(keys, weights, strict=True) if w]
    return LatentPoint(
        noise=keys[0].noise,
        blend=tuple(shares),
        mixes=() if layered else tuple(_weaker_mix(mix, strength) for mix in nearer.mixes),
        mask=None if nearer.mask is None else _weaker_mask(nearer.mask, strength),
        bends=(
            *(_weaker_bend(bend, 1 - share) for bend in one.bends),
            *(_weaker_bend(bend, share) for bend in other.bends),
        ),
    )


def _weaker_mix(mix: Mix, strength: float) -> Mix:
    return mix.model_copy(update={"weight": mix.weight * strength})


def _weaker_mask(mask: Mask, strength: float) -> Mask:
    rows = tuple(tuple(shown * strength for shown in row) for row in mask.rows)
    return mask.model_copy(update={"rows": rows})


def _weaker_bend(bend: Bend, strength: float) -> Bend:
    """A bend that does less; none at all at 0."""
    if bend.action == "off":
        return bend.model_copy(update={"action": "amplify", "amount": 1 - strength})
    if bend.action == "amplify":
        return bend.model_copy(update={"amount": 1 + (bend.amount - 1) * strength})
    return bend.model_copy(update={"amount": bend.amount * strength, "down": bend.down * strength})
