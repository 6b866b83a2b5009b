"""From `LatentPoint`s to pictures with one generator.

Not responsible for finding directions (`directions`), nor for what happens inside the network
(`editing`).
"""

from __future__ import annotations

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

    def latents(self, points: Sequence[LatentPoint]) -> Tensor:
        """The w of each point: `mean + psi (map(z) - mean)`, blended, moved and mixed.

        A kind that the generator does not know is its last one.

        Returns:
            (N, w_dim) float32 on the network's device; (N, layers, w_dim) where some point wants
            another w in some layers.
        """
        w = self._drawn_in(points)
        rows = [self._changed(point, row) for point, row in zip(points, w, strict=True)]
        if any(row.ndim == 2 for row in rows):
            layers = self.network.layers
            rows = [row if row.ndim == 2 else row.expand(layers, -1) for row in rows]
        return torch.stack(rows)

    def _drawn_in(self, points: Sequence[LatentPoint]) -> Tensor:
        """(N, w_dim), or (N, layers, w_dim) if diversity holds for some layers alone."""
        mean, w = self._mapped(points)
        psi = torch.tensor([[point.diversity] for point in points], device=self.device)
        drawn = mean + psi * (w - mean)
        if self.network.layers == 1 or all(point.cutoff is None for point in points):
            return drawn
        layer = torch.arange(self.network.layers, device=self.device)[None, :, None]
        most = [len(layer[0]) if point.cutoff is None else point.cutoff for point in points]
        holds = layer < torch.tensor(most, device=self.device)[:, None, None]
        return torch.where(holds, drawn[:, None], w[:, None])

    def _mapped(self, points: Sequence[LatentPoint]) -> tuple[Tensor, Tensor]:
        """The mean w of each point's kinds, and its own w before it is drawn towards that."""
        z = torch.stack([self._z(point) for point in points]).to(self.device)
        if not self.kinds:
            mean, w = self.mean().expand(len(points), -1), self.network.map(z)
        else:
            mean, w = self._of_kinds(points, z)
        for row, point in enumerate(points):
            if point.space == "w" and len(point.vector) == self.network.w_dim:
                w[row] = torch.tensor(point.vector, device=self.device)
        return mean, w

    def _z(self, point: LatentPoint) -> Tensor:
        if point.space == "z" and len(point.vector) == self.network.z_dim:
            return torch.tensor(point.vector)
        return point_vector(point, self.network.z_dim)

    def _of_kinds(self, points: Sequence[LatentPoint], z: Tensor) -> tuple[Tensor, Tensor]:
        """Means and w as weighted sums over each point's kinds."""
        means, ws = [], []
        for row, point in enumerate(points):
            shares = point.kinds or ((point.kind, 1.0),)
            known = [(min(kind, self.kinds - 1), weight) for kind, weight in shares]
            labels = torch.tensor([kind for kind, _ in known], device=self.device)
            weights = torch.tensor([[weight] for _, weight in known], device=self.device)
            weights = weights / weights.sum()
            w = self.network.map(z[row].expand(len(known), -1), labels)
            means.append((weights * torch.stack([self.mean(kind) for kind, _ in known])).sum(0))
            ws.append((weights * w).sum(0))
        return torch.stack(means), torch.stack(ws)

    def _changed(self, point: LatentPoint, w: Tensor) -> Tensor:
        """One point's w, blended, moved along its directions, and with parts of other places."""
        if point.blend:
            w = self._blended(point, w)
        for move in point.moves:
            step = self._steps.get(move.direction)
            if step is not None:
                w = (w if w.ndim >= step.ndim else w.expand_as(step)) + move.amount * step
        if self.network.layers > 1 and point.mixes:
            w = self._mixed(point, w)
        return w

    def _blended(self, point: LatentPoint, w: Tensor) -> Tensor:
        """Between places. What is drawn by chance keeps its length, as on the pad."""
        others = self.latents([share.point for share in point.blend])
        weights = [share.weight for share in point.blend]
        own = 1.0 - sum(weights)
        places = [w, *others]
        if any(place.ndim == 2 for place in places):
            places = [place.expand(self.network.layers, -1) for place in places]
        shares = torch.tensor([own, *weights], device=self.device)
        stack = torch.stack(places)
        blend: Tensor = torch.tensordot(shares, stack, dims=1)
        if self.network.has_mapping:
            return blend
        length = (shares * stack[:, : self.network.z_dim].norm(dim=1)).sum()
        z = blend[: self.network.z_dim]
        blend[: self.network.z_dim] = z * (length / z.norm().clamp_min(1e-6))
        return blend

    def _mixed(self, point: LatentPoint, w: Tensor) -> Tensor:
        """Each band's layers with the w of the place that decides it."""
        layers = self.network.layers
        w = w.expand(layers, -1).clone()
        for mix in point.mixes:
            other = self.latents([mix.point])[0].expand(layers, -1)
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
            self._edited(point, keep)
        return seen

    def _drawn(self, points: Sequence[LatentPoint]) -> Tensor:
        """(N, C, H, W) of plain points, or of one; all have a grain of their own, or none has."""
        if len(points) == 1 and points[0].is_edited:
            return self._edited(points[0])
        return self.network.synthesize(self.latents(points), _chance(points, self.device))

    def _edited(self, point: LatentPoint, *more: Edit) -> Tensor:
        """(1, C, H, W) of one point, with what happens to it inside the network."""
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
