"""Drawing with a model: a file, or the live weights of a training run.

Not responsible for threads: a model belongs to the thread that opened it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from ganstudio.project.errors import UserError
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint

if TYPE_CHECKING:
    from ganstudio.gan.live import LiveModel
    from ganstudio.gan.modelfile import ModelInfo
    from ganstudio.latent.generator import Generator

__all__ = ["LoadedModel", "generate", "model_info", "open_model"]


class LoadedModel:
    """A generator with its directions, owned by one thread.

    Args:
        path: A `generator.safetensors`, or None for the live weights of a training run.
        live: Where those come from.

    Raises:
        UserError: If the file is no model, damaged, or not to be trusted.
    """

    def __init__(self, path: Path | None, live: LiveModel | None = None) -> None:
        from ganstudio.gan.modelfile import load_generator, network_for
        from ganstudio.latent.points import Renderer

        self.live = live
        if path is not None:
            loaded = load_generator(path)
            network, self.recipe = loaded.network, loaded.recipe
            self.images, self.fingerprint = loaded.images_seen, loaded.fingerprint
        else:
            assert live is not None
            network, self.recipe = network_for(live.recipe), live.recipe
            self.images, self.fingerprint = 0, ""
        self._network = network
        self._renderer = Renderer(cast("Generator", network))
        self.effects: tuple[float, ...] = ()

    def refresh(self) -> bool:
        """Take newer live weights if there are some; ask for the next ones."""
        from ganstudio.gan.modelfile import put_weights
        from ganstudio.latent.points import Renderer

        if self.live is None:
            return False
        self.live.want()
        weights = self.live.take()
        if weights is None:
            return False
        put_weights(self._network, weights.tensors)
        self._renderer = Renderer(self._renderer.network, self._renderer.directions)
        self.images = weights.clock
        return True

    def find_directions(self) -> None:
        """Find directions anew, ordered by how much they change the picture."""
        from ganstudio.latent.directions import find_directions

        self._renderer.directions, effects = find_directions(self._renderer.network)
        self.effects = tuple(effects.tolist())

    def render(self, points: Sequence[LatentPoint]) -> Pictures:
        """Draw points: (N, H, W, C) uint8, read-only."""
        return self._renderer.render(points)


def open_model(path: Path) -> LoadedModel:
    """Open a generator from a file; see `LoadedModel`."""
    return LoadedModel(path)


def model_info(path: Path) -> ModelInfo:
    """What a model file says of itself, from its header alone."""
    from ganstudio.gan.modelfile import read_model_info

    return read_model_info(path)


def generate(path: Path, seeds: Sequence[int], diversity: float) -> Pictures:
    """Draw seeds with a model: (N, H, W, C) uint8; the same pictures as the window's."""
    model = LoadedModel(path)
    points = [LatentPoint(seed_x=seed, diversity=diversity) for seed in seeds]
    chunks = [model.render(points[start : start + 64]) for start in range(0, len(points), 64)]
    if not chunks:
        raise UserError("bad-seeds", text="")
    return np.concatenate(chunks)
