"""How much of one direction a place has, for another place to take that one quality over.

Not responsible for taking it over (`project.point`), nor for finding directions (`directions`).
"""

from __future__ import annotations

import math

import torch

from ganstudio.latent.renderer import Renderer
from ganstudio.project.point import LatentPoint

__all__ = ["amount_of"]


@torch.inference_mode()
def amount_of(
    renderer: Renderer, direction: str, there: LatentPoint, here: LatentPoint
) -> float | None:
    """How far `here` has to be moved along a direction to have as much of it as `there`.

    A place that stands where the other one stands, and is moved along the direction, has as much as
    it says. Otherwise the amount is the one that brings w nearest to that of `there`: both w are
    subtracted, the one of `here` without the direction, and the difference is projected onto what a
    step along the direction does there: in its layers alone, and not where other places decide.
    What happens inside the network (masks, bends, parts where layers share one w) does not count.

    Args:
        renderer: Whose w are meant.
        direction: Its key.
        there: Has the quality.
        here: Shall have as much of it.

    Returns:
        In standard deviations, without bounds; None where it cannot be told: `there` is a vector of
        another network, the direction does not move `here`, or the network's weights are no numbers
        any more.
    """
    named = any(move.direction == direction for move in there.moves)
    if named and _ground(there) == _ground(here):
        return there.amount(direction)
    if not _lies_in(renderer, there):
        return None
    ends = (here.with_amount(direction, amount) for amount in (0.0, 1.0))
    wanted, start, end = renderer.latents([there, *ends]).double()
    step = end - start
    amount = float(((wanted - start) * step).sum() / step.square().sum())
    return amount if math.isfinite(amount) else None


def _ground(point: LatentPoint) -> LatentPoint:
    """Where a place stands before anything moves or changes it."""
    return point.model_copy(
        update={"moves": (), "mixes": (), "mask": None, "bends": (), "noise": None}
    )


def _lies_in(renderer: Renderer, point: LatentPoint) -> bool:
    """Whether all vectors that a place is made of are as long as those of a generator."""
    network = renderer.network
    length = network.z_dim if point.space == "z" else network.w_dim
    fits = not point.vector or len(point.vector) == length
    return fits and all(_lies_in(renderer, other) for other in point.others)
