"""Drawing with a model: a file, or the live weights of a training run.

Not responsible for threads: a model belongs to the thread that opened it.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ganstudio.project.direction import WAYS, Direction, Fit, Origin
from ganstudio.project.errors import UserError
from ganstudio.project.inside import Inside, InsideWanted, StageShape
from ganstudio.project.kinds import kind_of_seed
from ganstudio.project.messages import Pictures
from ganstudio.project.point import BANDS, Band, LatentPoint
from ganstudio.project.runs import RunFolder

if TYPE_CHECKING:
    from ganstudio.gan.live import LiveModel
    from ganstudio.gan.modelfile import ModelInfo
    from ganstudio.latent.generator import Generator as Network
    from ganstudio.latent.ground import Ground
    from ganstudio.latent.rough import Rough

__all__ = [
    "LoadedModel",
    "followed_model",
    "generate",
    "model_info",
    "open_model",
    "points_of_seeds",
]


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
        from ganstudio.latent.renderer import Renderer

        self.live = live
        self._taken: int | None = None
        if path is not None:
            loaded = load_generator(path)
            network, self.recipe = loaded.network, loaded.recipe
            self.images, self.fingerprint = loaded.images_seen, loaded.fingerprint
            names = loaded.class_names
        else:
            assert live is not None
            network, self.recipe = network_for(live.recipe), live.recipe
            self.images, self.fingerprint = 0, ""
            names = live.class_names
        self._network = network
        self.kinds = _named(names, self.recipe.network.classes)
        self._renderer = Renderer(cast("Network", network), kinds=len(self.kinds))
        self._known: dict[str, Direction] = {}
        self.directions: tuple[Direction, ...] = ()
        self._ground: Ground | None = None
        self._rough: Rough | None = None
        self._strongest = 0.0

    @property
    def layered(self) -> bool:
        """Whether its layers can each be given a w of their own."""
        return self._renderer.network.layers > 1

    def refresh(self) -> bool:
        """Take newer live weights if there are some; ask for the next ones."""
        from ganstudio.gan.modelfile import put_weights
        from ganstudio.latent.renderer import Renderer

        if self.live is None:
            return False
        self.live.want()
        weights = self.live.take(after=self._taken)
        if weights is None:
            return False
        self._taken = weights.clock
        put_weights(self._network, weights.tensors)
        self._renderer = Renderer(self._renderer.network, self._known.values(), len(self.kinds))
        self._ground = None
        self.images = weights.clock
        return True

    @property
    def bands(self) -> Mapping[Band, tuple[int, ...]]:
        """Which layers are coarse, middle and fine; empty where all share one w."""
        from ganstudio.latent.bands import band_layers

        layers = self._renderer.network.layers
        if layers == 1:
            return {}
        stages = self._renderer.stages
        return {band: band_layers(band, layers, stages) for band in BANDS}

    # -- directions, in slices ---

    def finding(self, ways: Collection[Origin] = WAYS) -> Generator[None, None, None]:
        """Find `directions` anew, ordered by how much they change the picture."""
        from ganstudio.latent.directions import finding

        images = self.images
        found = yield from finding(self._still(), len(self.kinds), ways)
        self._strongest = found.strongest
        self.directions = tuple(self._of_here(one, images) for one in found.directions)
        self.know(self.directions)

    def _still(self) -> Network:
        """The network as it is now: live weights go on between two slices of a search."""
        network = self._renderer.network
        return copy.deepcopy(network) if self.live is not None else network

    def marked(
        self, more: Sequence[LatentPoint], less: Sequence[LatentPoint]
    ) -> Generator[None, None, Direction]:
        """The direction from places that were marked "less like this" to "more like this"."""
        from ganstudio.latent.marked import marked_step

        ground = self._known_ground()
        yield
        step = marked_step(ground, *(self._renderer.latents(points) for points in (more, less)))
        return (yield from self._made(step, "marked"))

    def between(self, start: LatentPoint, end: LatentPoint) -> Generator[None, None, Direction]:
        """The direction from one place towards another.

        Raises:
            UserError: "no-direction" if they are the same.
        """
        from ganstudio.latent.contrast import between_places

        ground = self._known_ground()
        yield
        step = between_places(ground, *self._renderer.latents([start, end]))
        return (yield from self._made(step, "between"))

    def between_kinds(self, start: int, end: int) -> Generator[None, None, Direction]:
        """The direction from the average picture of a kind towards that of another.

        Raises:
            UserError: "no-direction" if they are the same.
        """
        from ganstudio.latent.contrast import between_kinds

        step = between_kinds(self._known_ground(), start, end)
        yield
        return (yield from self._made(step, "kinds"))

    def fitting(self, direction: Direction, older: Sequence[Path]) -> Generator[None, None, Fit]:
        """What becomes here of a direction that was found in another moment of the run.

        Args:
            direction: As long as a w of this generator.
            older: Models among which that moment may be.
        """
        from ganstudio.latent.alignment import compared, within
        from ganstudio.latent.ground import Ground

        ground, found = self._known_ground(), [one.step for one in self.directions]
        yield
        for path in older:
            if path.is_file() and model_info(path).fingerprint == direction.model:
                before = LoadedModel(path)
                yield
                past = Ground(before._renderer.network, len(before.kinds))
                yield
                return (yield from compared(ground, past, direction.step, found))
        return within(ground, direction.step, found)

    def amount(self, direction: str, there: LatentPoint, here: LatentPoint) -> float:
        """How much of a direction, by its key, another place has: as much for `here` to take over.

        Raises:
            UserError: "no-amount" if it cannot be told.
        """
        from ganstudio.latent.amounts import amount_of

        amount = amount_of(self._renderer, direction, there, here)
        if amount is None:
            raise UserError("no-amount")
        return amount

    def _known_ground(self) -> Ground:
        from ganstudio.latent.ground import Ground

        if self._ground is None:
            self._ground = Ground(self._still(), len(self.kinds))
        return self._ground

    def _made(self, step: Any, origin: Origin) -> Generator[None, None, Direction]:
        """A step (w_dim,) measured, and known to points from now on."""
        from ganstudio.latent.directions import measured

        images = self.images
        slices = measured(self._known_ground(), step, origin, self._strongest)
        direction = self._of_here((yield from slices), images)
        self.know([direction])
        return direction

    def _of_here(self, direction: Direction, images: int) -> Direction:
        return direction.model_copy(update={"model": self.fingerprint, "images": images})

    def know(self, directions: Iterable[Direction]) -> None:
        """Let points move along more directions than those found here."""
        self._known |= {direction.key: direction for direction in directions}
        self._renderer.know(directions)

    def fitting_rough(self) -> Generator[None, None, None]:
        """Learn to draw rough pictures, from now on."""
        from ganstudio.latent.rough import fitting

        self._rough = yield from fitting(self._renderer)

    def rough(self, point: LatentPoint) -> Pictures | None:
        """About what a point looks like, (H, W, C) uint8, early; None where that was not learned.

        Newer weights of the same run are near enough to those it was learned from.
        """
        return self._rough.draw(self._renderer, point) if self._rough is not None else None

    def render(self, points: Sequence[LatentPoint]) -> Pictures:
        """Draw points: (N, H, W, C) uint8, read-only."""
        return self._renderer.render(points)

    def make_up(self) -> tuple[tuple[StageShape, ...], tuple[Band, ...]]:
        """What its stages are, and which bands decide something of their own."""
        from ganstudio.latent.inside import stage_shapes, used_bands

        shapes = stage_shapes(self._renderer)
        return shapes, used_bands(shapes)

    def look_inside(self, wanted: InsideWanted) -> Inside:
        """What channels of a stage do at a place."""
        from ganstudio.latent.inside import look_inside

        return look_inside(self._renderer, wanted)


def followed_model(run: RunFolder) -> LiveModel:
    """The newest snapshots of a run that another process trains. Called in the explorer's thread.

    Raises:
        UserError: If its recipe cannot be read.
    """
    from ganstudio.gan.followed import FollowedModel

    return FollowedModel(run)


def open_model(path: Path) -> LoadedModel:
    """Open a generator from a file; see `LoadedModel`."""
    return LoadedModel(path)


def model_info(path: Path) -> ModelInfo:
    """What a model file says of itself, from its header alone."""
    from ganstudio.gan.modelfile import read_model_info

    return read_model_info(path)


def points_of_seeds(
    model: LoadedModel, seeds: Sequence[int], diversity: float, kind: str | None = None
) -> list[LatentPoint]:
    """The places of seeds on the pad.

    Args:
        model: That shall draw them.
        seeds: Whole numbers from 0 on.
        diversity: Truncation psi.
        kind: The name of a kind; None takes all kinds in turn, as snapshots do.

    Raises:
        UserError: "no-such-kind".
    """
    count, chosen = len(model.kinds), None
    if kind is not None:
        if kind not in model.kinds:
            known = ", ".join(model.kinds) or "none"
            raise UserError("no-such-kind", name=kind, available=known)
        chosen = model.kinds.index(kind)
    return [
        LatentPoint(
            seed_x=seed,
            diversity=diversity,
            kind=kind_of_seed(seed, count) if chosen is None else chosen,
        )
        for seed in seeds
    ]


def generate(
    path: Path, seeds: Sequence[int], diversity: float, kind: str | None = None
) -> Pictures:
    """Draw seeds with a model: (N, H, W, C) uint8; the same pictures as the window's.

    Raises:
        UserError: "bad-seeds", "no-such-kind", or as `LoadedModel`.
    """
    model = LoadedModel(path)
    points = points_of_seeds(model, seeds, diversity, kind)
    chunks = [model.render(points[start : start + 64]) for start in range(0, len(points), 64)]
    if not chunks:
        raise UserError("bad-seeds", text="")
    return np.concatenate(chunks)


def _named(names: tuple[str, ...], count: int) -> tuple[str, ...]:
    """A name for every kind; a file need not have any."""
    return names if len(names) == count else tuple(f"Kind {n + 1}" for n in range(count))
