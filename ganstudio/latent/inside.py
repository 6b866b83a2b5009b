"""Looking inside a generator: which channels are active, where, and which of them do alike.

Not responsible for changing anything (`bending`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from ganstudio.latent.bands import band_stages
from ganstudio.latent.renderer import Renderer
from ganstudio.project.inside import Inside, InsideWanted, StageShape
from ganstudio.project.messages import frozen_pictures
from ganstudio.project.point import BANDS, Band, LatentPoint

__all__ = ["clusters", "look_inside", "stage_shapes", "used_bands"]

#: Maps are shown at no more than so many places a side.
_LARGEST = 64
#: A channel that is weaker than this share of the strongest is not made to look strong.
_FAINT = 0.1
#: Weak activity is shown brighter than it is, or only a few places would be seen.
_GAMMA = 0.6
#: Channels do alike if they do at so many places, each seen at so many places a side.
_LOOKED_AT, _COARSE = 8, 8
#: Clusters a stage (Broad 2021 has 5 to 10), and about how many channels are in one.
_FEWEST, _MOST, _EACH = 5, 10, 8
_ROUNDS = 20


def stage_shapes(renderer: Renderer) -> tuple[StageShape, ...]:
    """What comes out of every stage."""
    features = renderer.features(LatentPoint())
    return tuple(
        StageShape(x.shape[1], *(x.shape[2:] if x.ndim == 4 else (0, 0))) for x in features
    )


def used_bands(shapes: Sequence[StageShape]) -> tuple[Band, ...]:
    """The bands that decide something of their own.

    Without places every stage decides the whole picture, and there is nothing to share out.
    """
    if not any(shape.has_places for shape in shapes):
        return ()
    return tuple(band for band in BANDS if band_stages(band, len(shapes)))


def look_inside(renderer: Renderer, wanted: InsideWanted) -> Inside:
    """Answer a question; a stage that is not there is the last one."""
    with torch.inference_mode():
        features = renderer.features(wanted.point)
        stage = min(wanted.stage, len(features) - 1)
        maps = _maps(features[stage])
        strength = maps.abs().mean((1, 2))
        channels = _chosen(wanted, strength)
        strongest = max(float(maps.abs().max()), 1e-9)
        pictures = frozen_pictures(_heat(maps[list(channels)].abs(), strongest).numpy())
        top = max(float(strength.max()), 1e-9)
        activity = tuple(float(strength[channel]) / top for channel in channels)
        similar = _similar(renderer, wanted, stage) if wanted.similar_to else ()
    return Inside(wanted, channels, activity, pictures, similar)


def _maps(x: Tensor) -> Tensor:
    """(1, C, H, W), or (1, C) without places, to (C, H, W) float32."""
    x = x[0].float()
    return x if x.ndim == 3 else x[:, None, None]


def _chosen(wanted: InsideWanted, strength: Tensor) -> tuple[int, ...]:
    count = len(strength)
    if wanted.channels:
        return tuple(channel for channel in wanted.channels if channel < count)
    if wanted.order == "number":
        ordered = list(range(count))
    else:
        ordered = torch.argsort(strength, descending=True, stable=True).tolist()
    return tuple(ordered[wanted.first : wanted.first + wanted.count])


def _heat(maps: Tensor, strongest: float) -> Tensor:
    """(N, H, W), 0 and more, to uint8: each channel's own strongest place is brightest.

    Without places there is nothing to compare with but the other channels.
    """
    if max(maps.shape[1:]) > _LARGEST:
        maps = _coarser(maps, _LARGEST)
    own = maps.amax((1, 2), keepdim=True)
    if maps[0].numel() == 1:
        own = torch.full_like(own, strongest)
    share = maps / own.clamp_min(_FAINT * strongest)
    return (255 * share**_GAMMA).round().to(torch.uint8).cpu()


def _similar(renderer: Renderer, wanted: InsideWanted, stage: int) -> tuple[int, ...]:
    """All channels in the clusters of those asked for, as they are before anything bends them."""
    own = wanted.point.model_copy(update={"bends": ()})
    others = [own.moved(7.0 * step, 0.0) for step in range(1, _LOOKED_AT)]
    seen = [_shape_of(_maps(renderer.features(point)[stage])) for point in (own, *others)]
    groups = clusters(torch.cat(seen, dim=1))
    asked = {groups[channel] for channel in wanted.similar_to if channel < len(groups)}
    return tuple(channel for channel, group in enumerate(groups) if group in asked)


def _shape_of(maps: Tensor) -> Tensor:
    """(C, H, W) to (C, places): where each channel is active, few places, whatever its strength."""
    return _coarser(maps, _COARSE).flatten(1)


def _coarser(maps: Tensor, side: int) -> Tensor:
    """(C, H, W) with no more than so many places on the longer side."""
    height, width = maps.shape[1:]
    share = min(1.0, side / max(height, width))
    size = (max(1, round(height * share)), max(1, round(width * share)))
    return functional.adaptive_avg_pool2d(maps, size)


def clusters(seen: Tensor) -> list[int]:
    """Group channels by what they do with k-means; the same maps give the same groups.

    Args:
        seen: (C, places) activations.

    Returns:
        The number of each channel's group.
    """
    deviation = seen.std(1, correction=0, keepdim=True)
    level = seen - seen.mean(1, keepdim=True) if seen.shape[1] > 1 else seen
    directions = functional.normalize(torch.where(deviation > 0, level, seen), dim=1)
    count = min(_MOST, max(_FEWEST, math.ceil(len(seen) / _EACH)), len(seen))
    centres = _spread(directions, count)
    groups = torch.zeros(len(seen), dtype=torch.long)
    for _ in range(_ROUNDS):
        nearest = torch.cdist(directions, centres).argmin(1)
        if torch.equal(nearest, groups):
            break
        groups = nearest
        for group in range(count):
            if (groups == group).any():
                centres[group] = directions[groups == group].mean(0)
    return groups.tolist()


def _spread(points: Tensor, count: int) -> Tensor:
    """So many of the points, each as far as can be from those before (Gonzalez 1985)."""
    chosen = [points[points.norm(dim=1).argmax()]]
    far = (points - chosen[0]).norm(dim=1)
    while len(chosen) < count:
        chosen.append(points[far.argmax()])
        far = torch.minimum(far, (points - chosen[-1]).norm(dim=1))
    return torch.stack(chosen)
