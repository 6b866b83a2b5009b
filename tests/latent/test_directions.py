from __future__ import annotations

import torch
from torch import Tensor, nn

from ganstudio.gan.chance import Chance
from ganstudio.latent.contrast import between_places
from ganstudio.latent.directions import Found, finding, measured
from ganstudio.latent.generator import Edit
from ganstudio.latent.ground import Ground
from ganstudio.latent.marked import marked_step
from ganstudio.latent.renderer import Renderer
from ganstudio.latent.slices import finished
from ganstudio.project.direction import ALIKE, Origin
from ganstudio.project.point import LatentPoint


class Linear(nn.Module):
    """A generator whose directions are known: pictures are A w, with A's columns orthogonal."""

    z_dim = w_dim = 8
    layers = 1

    def __init__(self, mapped: bool) -> None:
        super().__init__()
        random = torch.Generator().manual_seed(3)
        basis, _ = torch.linalg.qr(torch.randn(3 * 16 * 16, 8, generator=random))
        self.turn, _ = torch.linalg.qr(torch.randn(8, 8, generator=random))
        self.scales = torch.tensor([8.0, 5.0, 3.0, 2.0, 1.0, 0.7, 0.4, 0.2])
        self.has_mapping = mapped
        self.matrix = nn.Parameter(basis)

    def map(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        return (z * self.scales) @ self.turn.T if self.has_mapping else z

    def first_features(self, w: Tensor) -> Tensor:
        return (w @ self.turn) * self.scales

    def features(self, w: Tensor) -> list[Tensor]:
        return [self.first_features(w)]

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        latent = w if self.has_mapping else self.first_features(w)
        return (latent @ self.matrix.T).reshape(-1, 3, 16, 16)


class Weighed(Linear):
    """A first layer whose weights have known singular vectors: what SeFa shall find."""

    def __init__(self) -> None:
        super().__init__(mapped=False)
        self.weights = self.matrix.detach() * self.scales @ self.turn.T

    def first_features(self, w: Tensor) -> Tensor:
        return w @ self.weights.T

    def first_weights(self) -> list[Tensor]:
        return [self.weights]

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        return self.first_features(w).reshape(-1, 3, 16, 16)


def _find(network: Linear, *ways: Origin) -> Found:
    return finished(finding(network, ways=ways, count=8))


def _steps(found: Found) -> Tensor:
    return torch.tensor([direction.step for direction in found.directions])


def _cosines(network: Linear, found: Found) -> Tensor:
    """(D, D): of what was found with what is there, in its order."""
    return (nn.functional.normalize(_steps(found), dim=1) @ network.turn).abs()


def test_known_directions_of_a_mapped_generator_are_found_in_their_order() -> None:
    network = Linear(mapped=True)
    found = _find(network, "pca")
    assert _cosines(network, found).diagonal().min().item() > 0.95
    assert torch.allclose(_steps(found).norm(dim=1), network.scales, rtol=0.1)
    effects = [direction.effect for direction in found.directions]
    assert effects[0] == 1.0
    assert effects == sorted(effects, reverse=True)


def test_known_directions_without_a_mapping_are_found_through_the_first_layer() -> None:
    network = Linear(mapped=False)
    found = _find(network, "pca")
    assert _cosines(network, found).diagonal().min().item() > 0.95
    assert torch.allclose(_steps(found).norm(dim=1), torch.ones(8), atol=1e-5)


def test_known_directions_are_found_in_the_weights_alone() -> None:
    network = Weighed()
    found = _find(network, "sefa")
    assert {direction.origin for direction in found.directions} == {"sefa"}
    assert _cosines(network, found).diagonal().min().item() > 0.95


def test_what_two_ways_find_alike_is_kept_once() -> None:
    network = Weighed()
    found = _find(network, "pca", "sefa")
    assert len(found.directions) == 8
    cosines = nn.functional.normalize(_steps(found), dim=1)
    between = (cosines @ cosines.T - torch.eye(8)).abs().max().item()
    assert between <= ALIKE


def test_finding_twice_gives_the_same_and_leaves_the_global_random_state_alone() -> None:
    before = torch.get_rng_state()
    first, second = (_find(Linear(mapped=False), "pca") for _ in range(2))
    keys = [[direction.key for direction in found.directions] for found in (first, second)]
    assert keys[0] == keys[1]
    assert torch.equal(before, torch.get_rng_state())


def test_twenty_marks_find_what_was_marked() -> None:
    network = Weighed()
    ground = Ground(network)
    wanted = network.turn[:, 1] + network.turn[:, 2]
    w = ground.w[100:120]
    more = w @ wanted > 0
    step = marked_step(ground, w[more], w[~more])
    assert nn.functional.cosine_similarity(step, wanted, dim=0).item() > 0.9


def test_ten_marks_are_not_taken_for_more_than_they_are() -> None:
    network = Weighed()
    ground = Ground(network)
    wanted = network.turn[:, 0]
    likeness = []
    for w in ground.w[:200].split(10):
        more = w @ wanted > (w @ wanted).median()
        step = marked_step(ground, w[more], w[~more])
        likeness.append(nn.functional.cosine_similarity(step, wanted, dim=0))
    assert torch.stack(likeness).mean().item() > 0.9


def test_marks_that_are_all_the_same_lead_nowhere() -> None:
    ground = Ground(Weighed())
    assert not marked_step(ground, ground.w[:1], ground.w[:1]).any()


class Flat(Linear):
    """Bright pictures stand still beyond two steps, dark ones lose themselves."""

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        along = w[:, :1]
        along = torch.where(along > 0, 4 * torch.tanh(along), along * along.abs())
        return (0.2 * along).reshape(-1, 1, 1, 1).expand(-1, 3, 16, 16)


def test_a_suggested_range_ends_where_nothing_new_comes() -> None:
    ground = Ground(Flat(mapped=False))
    first = torch.eye(8)[0]
    found = finished(measured(ground, first, "between", 1.0))
    assert found.high < 6
    assert found.low > -6
    other = finished(measured(ground, -first, "between", 1.0))
    assert (other.low, other.high) == (-found.high, -found.low)


def test_between_two_places_leads_from_one_to_the_other() -> None:
    network = Linear(mapped=True)
    ground = Ground(network)
    start, end = ground.w[:2]
    step = between_places(ground, start, end)
    assert nn.functional.cosine_similarity(step, end - start, dim=0).item() > 0.9999
    assert step.norm().item() < network.scales[0]


def test_diversity_zero_is_the_average_picture_whatever_the_seed() -> None:
    renderer = Renderer(Linear(mapped=True))
    pictures = renderer.render([LatentPoint(seed_x=seed, diversity=0) for seed in range(3)])
    assert (pictures == pictures[0]).all()


def test_a_direction_that_nobody_told_of_is_passed_over() -> None:
    network = Linear(mapped=False)
    found = finished(finding(network, ways=("pca",))).directions
    renderer = Renderer(network, found)
    point = LatentPoint().with_amount(found[0].key, 1.0)
    assert torch.equal(
        renderer.latents([point.with_amount("unknown", 9.0)]), renderer.latents([point])
    )
    step = renderer.latents([point]) - renderer.latents([LatentPoint()])
    assert torch.allclose(step[0], torch.tensor(found[0].step), atol=1e-6)
