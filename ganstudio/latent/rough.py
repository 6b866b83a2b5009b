"""A rough picture before the full one, where that takes long: told from a stage half way through.

What a stage will be painted as is nearly a matter of its channels alone, place by place. So a
linear map from channels to colours is fitted by least squares to some ordinary pictures, and the
rest of the network need not be run.

Not responsible for when that is wanted (`studio.explorer`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from ganstudio.gan.sampling import to_uint8
from ganstudio.latent.renderer import Renderer
from ganstudio.latent.slices import Slices
from ganstudio.project.messages import Pictures, frozen_pictures
from ganstudio.project.point import LatentPoint

__all__ = ["Rough", "fitting"]

_PICTURES = 16
#: A rough picture takes no more than about this share of the time of a full one.
_SHARE = 1 / 2
#: With fewer places a side there is nothing to be seen.
_LEAST_SIDE = 8
_RIDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Rough:
    """The way from a stage to colours.

    Attributes:
        stage: After it nothing more is run.
        colours: (channels + 1, C): what each channel adds, and what is there anyway.
        size: Height and width of a full picture.
    """

    stage: int
    colours: Tensor
    size: tuple[int, int]

    def draw(self, renderer: Renderer, point: LatentPoint) -> Pictures:
        """(H, W, C) uint8, read-only, as large as the full picture."""
        with torch.inference_mode():
            x = _until(renderer, point, self.stage)
            painted = _rows(x) @ self.colours
            small = painted.T.reshape(1, -1, *x.shape[2:]).clamp(-1, 1)
            large = functional.interpolate(small, self.size, mode="bilinear")
            drawn: Pictures = frozen_pictures(to_uint8(large))[0]
            return drawn


class _Reached(Exception):
    """Carries what came out of the stage that was wanted."""

    def __init__(self, x: Tensor) -> None:
        super().__init__()
        self.x = x


def _until(renderer: Renderer, point: LatentPoint, stage: int) -> Tensor:
    """(1, channels, h, w) of a stage; what comes after it is not run."""

    def stop(number: int, x: Tensor) -> Tensor:
        if number == stage:
            raise _Reached(x[:1].float())
        return x

    try:
        renderer.draw_edited(point, stop)
    except _Reached as reached:
        return reached.x
    raise ValueError(f"no stage {stage}")


def fitting(renderer: Renderer) -> Slices[Rough | None]:
    """Fit a rough way, one picture a slice.

    Returns:
        None where no stage with places to be seen is reached early enough.
    """
    points = [
        LatentPoint(seed_x=7.0 * place, kind=place % max(1, renderer.kinds))
        for place in range(_PICTURES)
    ]
    stage, size = _early_stage(renderer, points[0])
    yield
    if stage is None:
        return None
    gram = moment = torch.zeros(())
    for point in points:
        with torch.inference_mode():
            x = _rows(_until(renderer, point, stage[0]))
            full = renderer.draw_edited(point).float()
            wanted = functional.adaptive_avg_pool2d(full, stage[1])[0].flatten(1).T
            gram, moment = gram + x.T @ x, moment + x.T @ wanted
        yield
    ridge = _RIDGE * gram.diagonal().mean() * torch.eye(len(gram), device=gram.device)
    return Rough(stage[0], torch.linalg.solve(gram + ridge, moment), size)


def _early_stage(
    renderer: Renderer, point: LatentPoint
) -> tuple[tuple[int, tuple[int, int]] | None, tuple[int, int]]:
    """The last stage that is reached early enough, with its size; and the size of a picture."""
    reached: list[tuple[int, tuple[int, int], float]] = []

    def note(number: int, x: Tensor) -> Tensor:
        if x.ndim == 4 and min(x.shape[2:]) >= _LEAST_SIDE:
            reached.append((number, (x.shape[2], x.shape[3]), time.perf_counter()))
        return x

    with torch.inference_mode():
        renderer.draw_edited(point)  # the first time is never like the others
        begun = time.perf_counter()
        full = renderer.draw_edited(point, note)
        whole = time.perf_counter() - begun
    early = [(number, size) for number, size, at in reached if at - begun <= _SHARE * whole]
    return (early[-1] if early else None), (full.shape[2], full.shape[3])


def _rows(x: Tensor) -> Tensor:
    """(1, channels, h, w) to (h * w, channels + 1); the last one is always 1."""
    rows = x[0].flatten(1).T
    return torch.cat([rows, torch.ones_like(rows[:, :1])], dim=1)
