"""Directions found from the generator itself: each once, ordered by how much it changes pictures.

Not responsible for how they are found (`principal`, `sefa`), nor for naming them: what they change
is for a person to say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from torch import Tensor
from torch.nn import functional

from ganstudio.latent.generator import Generator
from ganstudio.latent.ground import Ground
from ganstudio.latent.measuring import Probes
from ganstudio.latent.principal import principal_steps
from ganstudio.latent.sefa import sefa_steps
from ganstudio.latent.slices import Slices
from ganstudio.project.direction import ALIKE, WAYS, Direction, Origin, direction_key
from ganstudio.project.errors import UserError

__all__ = ["Found", "finding", "measured"]

_COUNT = 16


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        directions: The strongest first; they name no model yet.
        strongest: Mean change of a pixel (range 2) along the first; effects are shares of it.
    """

    directions: tuple[Direction, ...]
    strongest: float


def finding(
    network: Generator,
    kinds: int = 0,
    ways: Collection[Origin] = WAYS,
    count: int = _COUNT,
) -> Slices[Found]:
    """Find directions of a generator.

    Each is a step of one standard deviation. Of two that are nearly parallel (`ALIKE`) the one
    that changes pictures less is left out.

    Args:
        network: A generator in eval mode.
        kinds: How many kinds of pictures it can be told to draw: directions are sought among all.
        ways: How to look for them.
        count: How many of each way are tried, and how many are kept, at most.
    """
    ground = Ground(network, kinds)
    yield
    candidates: list[tuple[Origin, Tensor]] = []
    if "pca" in ways:
        steps = yield from principal_steps(ground, count)
        candidates += [("pca", step) for step in steps]
    if "sefa" in ways:
        candidates += [("sefa", step) for step in sefa_steps(ground, count)]
        yield
    probes = Probes(ground)
    effects = []
    for _, step in candidates:
        effects.append((yield from probes.effect(step)))
    order = sorted(range(len(candidates)), key=lambda place: -effects[place])
    kept: list[int] = []
    for place in order:
        if len(kept) < count and not any(
            _alike(candidates[place][1], candidates[other][1]) for other in kept
        ):
            kept.append(place)
    strongest = effects[kept[0]] if kept else 0.0
    found = []
    for place in kept:
        origin, step = candidates[place]
        reach = yield from probes.reach(step)
        found.append(_direction(step, origin, effects[place], strongest, reach))
    return Found(tuple(found), strongest)


def measured(ground: Ground, step: Tensor, origin: Origin, strongest: float) -> Slices[Direction]:
    """A direction of a step that was found another way, with its effect and its range.

    Args:
        ground: Of the generator.
        step: (w_dim,).
        origin: How it was found.
        strongest: Of `Found`.

    Raises:
        UserError: "no-direction" if the step leads nowhere.
    """
    if not step.any():
        raise UserError("no-direction")
    probes = Probes(ground)
    effect = yield from probes.effect(step)
    reach = yield from probes.reach(step)
    return _direction(step, origin, effect, strongest, reach)


def _alike(one: Tensor, other: Tensor) -> bool:
    return abs(float(functional.cosine_similarity(one, other, dim=0))) > ALIKE


def _direction(
    step: Tensor, origin: Origin, effect: float, strongest: float, reach: tuple[float, float]
) -> Direction:
    numbers = tuple(step.tolist())
    return Direction(
        key=direction_key(numbers),
        step=numbers,
        origin=origin,
        effect=min(1.0, effect / strongest) if strongest > 0 else 0.0,
        low=reach[0],
        high=reach[1],
    )
