"""From `LatentPoint`s to pictures with one generator.

Not responsible for finding directions (`directions`), nor for what happens inside the network
(`editing`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

from ganstudio.gan.chance import Chance, OwnChance
from ganstudio.gan.sampling import to_uint8
from ganstudio.latent import editing
from ganstudio.latent.bands import band_layers, band_stages
from ganstudio.latent.generator import Edit, Generator
from ganstudio.latent.points import mean_latent, point_vector
from ganstudio.project.direction import Direction
from ganstudio.project.messages import Pictures, frozen_pictures
from ganstudio.project.point import LatentPoint

__all__ = ["Renderer"]

_KEPT = 256


class Renderer:
    """Draws points with one generator.

    Args:
        network: A generator in eval mode; nobody else may use it at the same time.
        directions: Those that points may move along; more can be told later.
        kinds: How many kinds of pictures it can be told to draw; 0: it is not told.
    """

    def __init__(
        self, network: Generator, directions: Iterable[Direction] = (), kinds: int = 0
    ) -> None:
        self.network = network
        self.device = next(network.parameters()).device
        self.kinds = kinds
        self._means: dict[int, Tensor] = {}
        self._steps: dict[str, Tensor] = {}
        self._stages = 0
        # While directions are moved, or a loop goes around, places stay what they are.
        self._mapped = functools.lru_cache(_KEPT)(self._map)
        self.know(directions)

    def know(self, directions: Iterable[Direction]) -> None:
        """Let points move along more directions; one of another w_dim is passed over."""
        for direction in directions:
            if len(direction.step) == self.network.w_dim and direction.key not in self._steps:
                self._steps[direction.key] = self._step(direction)

    def _step(self, direction: Direction) -> Tensor:
        """(w_dim,) for all layers, (layers, w_dim) for some."""
        step = torch.tensor(direction.step, device=self.device)
        if not direction.layers or self.network.layers == 1:
            return step
        chosen = torch.zeros(self.network.layers, 1, device=self.device)
        chosen[[layer for layer in direction.layers if layer < self.network.layers]] = 1.0
        return chosen * step

    @property
    def stages(self) -> int:
        """How many stages the generator has."""
        if not self._stages:
            with torch.inference_mode():
                self._stages = len(self.network.features(self.mean()[None]))
        return self._stages

    def mean(self, kind: int = 0) -> Tensor:
        """See `mean_latent`; found once."""
        if kind not in self._means:
            chosen = kind if self.kinds else None
            self._means[kind] = mean_latent(self.network, self.device, chosen)
        return self._means[kind]

    # -- where it is -----------------------------------------------------------------------------

    @torch.inference_mode()
    def latents(self, points: Sequence[LatentPoint]) -> Tensor:
        """The w of each point: `mean + psi (map(z) - mean)`, blended, moved and mixed.

        A kind that the generator does not know is its last one.

        Returns:
            (N, w_dim) float32 on the network's device; (N, layers, w_dim) where some point wants
            another w in some layers.
        """
        return torch.stack(self._alike([self._latent(point) for point in points]))

    def _alike(self, rows: list[Tensor]) -> list[Tensor]:
        """Each (w_dim,), or each (layers, w_dim) if one of them is."""
        if all(row.ndim == 1 for row in rows):
            return rows
        return [row.expand(self.network.layers, -1) for row in rows]

    def _latent(self, point: LatentPoint) -> Tensor:
        """One point's w: (w_dim,), or (layers, w_dim)."""
        place = (point.seed_x, point.seed_y, point.vector, point.space)
        mean, w = self._mapped(*place, point.kinds or ((point.kind, 1.0),))
        w = self._drawn_in(point, mean, w)
        if point.blend:
            w = self._blended(point, w)
        for move in point.moves:
            step = self._steps.get(move.direction)
            if step is not None:
                w = (w if w.ndim >= step.ndim else w.expand_as(step)).add(step, alpha=move.amount)
        if self.network.layers > 1 and point.mixes:
            w = self._mixed(point, w)
        return w

    def _drawn_in(self, point: LatentPoint, mean: Tensor, w: Tensor) -> Tensor:
        """Drawn towards the average, in all layers or in the first ones."""
        if point.diversity == 1.0:
            return w
        drawn = torch.lerp(mean, w, point.diversity)
        if self.network.layers == 1 or point.cutoff is None:
            return drawn
        layer = torch.arange(self.network.layers, device=self.device)[:, None]
        return torch.where(layer < point.cutoff, drawn, w)

    def _map(
        self,
        seed_x: float,
        seed_y: float,
        vector: tuple[float, ...],
        space: str,
        kinds: tuple[tuple[int, float], ...],
    ) -> tuple[Tensor, Tensor]:
        """The average w of the kinds, and the place's own before it is drawn towards that."""
        z_dim = self.network.z_dim
        if space == "z" and len(vector) == z_dim:
            z = torch.tensor(vector)
        else:
            z = point_vector(seed_x, seed_y, z_dim)
        z = z.to(self.device)
        if not self.kinds:
            mean, w = self.mean(), self.network.map(z[None])[0]
        else:
            mean, w = self._of_kinds(z, kinds)
        if space == "w" and len(vector) == self.network.w_dim:
            w = torch.tensor(vector, device=self.device)
        return mean, w

    def _of_kinds(self, z: Tensor, kinds: tuple[tuple[int, float], ...]) -> tuple[Tensor, Tensor]:
        """Mean and w as weighted sums over kinds."""
        known = [min(kind, self.kinds - 1) for kind, _ in kinds]
        weights = torch.tensor([[weight] for _, weight in kinds], device=self.device)
        weights = weights / weights.sum()
        w = self.network.map(z.expand(len(known), -1), torch.tensor(known, device=self.device))
        means = torch.stack([self.mean(kind) for kind in known])
        return (weights * means).sum(0), (weights * w).sum(0)

    def _blended(self, point: LatentPoint, w: Tensor) -> Tensor:
        """Between places. What is drawn by chance keeps its length, as on the pad."""
        others = [self._latent(share.point) for share in point.blend]
        weights = [share.weight for share in point.blend]
        stack = torch.stack(self._alike([w, *others]))
        shares = torch.tensor([1.0 - sum(weights), *weights], device=self.device)
        blend: Tensor = torch.tensordot(shares, stack, dims=1)
        if self.network.has_mapping:
            return blend
        z_dim = self.network.z_dim
        length = (shares * stack[:, :z_dim].norm(dim=1)).sum()
        z = blend[:z_dim]
        blend[:z_dim] = z * (length / z.norm().clamp_min(1e-6))
        return blend

    def _mixed(self, point: LatentPoint, w: Tensor) -> Tensor:
        """Each band's layers with the w of the place that decides it."""
        layers = self.network.layers
        w = w.expand(layers, -1).clone()
        for mix in point.mixes:
            other = self._latent(mix.point).expand(layers, -1)
            chosen = list(band_layers(mix.band, layers, self.stages))
            w[chosen] = torch.lerp(w[chosen], other[chosen], mix.weight)
        return w

    # -- what it looks like ----------------------------------------------------------------------

    def render(self, points: Sequence[LatentPoint]) -> Pictures:
        """Draw points: plain ones in one batch, edited ones one by one.

        Returns:
            (N, H, W, C) uint8, read-only.
        """
        with torch.inference_mode():
            edited = any(point.is_edited for point in points)
            grainy = {point.noise is None for point in points}
            if not edited and len(grainy) == 1:
                drawn = self._drawn(points)
            else:
                drawn = torch.cat([self._drawn([point]) for point in points])
            return frozen_pictures(to_uint8(drawn))

    def features(self, point: LatentPoint) -> list[Tensor]:
        """What comes out of every stage for a point, (1, C, H, W) each, as it goes on."""
        seen: list[Tensor] = []

        def keep(stage: int, x: Tensor) -> Tensor:
            seen.append(x[:1])
            return x

        with torch.inference_mode():
            self.draw_edited(point, keep)
        return seen

    def _drawn(self, points: Sequence[LatentPoint]) -> Tensor:
        """(N, C, H, W) of plain points, or of one; all have a grain of their own, or none has."""
        if len(points) == 1 and points[0].is_edited:
            return self.draw_edited(points[0])
        return self.network.synthesize(self.latents(points), _chance(points, self.device))

    def draw_edited(self, point: LatentPoint, *more: Edit) -> Tensor:
        """(1, C, H, W) in [-1, 1] of one point, with what happens to it inside the network.

        Args:
            point: Any place.
            more: Edits of one's own, after the point's.
        """
        edits = self._mixes(point)
        mask = None if point.mask is None else editing.Shown(point.mask.rows)
        points = [point]
        if point.mask is not None and mask is not None:
            if self.network.layers > 1:
                points.append(point.mask.point.model_copy(update={"noise": point.noise}))
                edits.append(mask.pair)
            else:
                edits.append(mask.through(self._plain_features(point.mask.point)))
        edit = editing.together([*edits, editing.bends(point.bends), *more])
        w, chance = self.latents(points), _chance(points, self.device)
        drawn = self.network.synthesize(w, chance, edit)
        return drawn if mask is None or len(points) == 1 else mask.between(drawn[:1], drawn[1:])

    def _mixes(self, point: LatentPoint) -> list[Edit]:
        """Parts of other places, where all layers share one w; otherwise `latents` has them."""
        if self.network.layers > 1:
            return []
        return [
            editing.follows(
                self._plain_features(mix.point), band_stages(mix.band, self.stages), mix.weight
            )
            for mix in point.mixes
        ]

    def _plain_features(self, point: LatentPoint) -> list[Tensor]:
        """Another place's activations, without its own masks and bends."""
        return self.network.features(self.latents([point]))


def _chance(points: Sequence[LatentPoint], device: torch.device) -> Chance | None:
    seeds = [point.noise for point in points if point.noise is not None]
    return OwnChance(seeds, device) if seeds else None
