from __future__ import annotations

import torch
from torch import Tensor, nn

from ganstudio.gan.chance import Chance
from ganstudio.latent.directions import find_directions, found_directions
from ganstudio.latent.generator import Edit
from ganstudio.latent.renderer import Renderer
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


def test_known_directions_of_a_mapped_generator_are_found_in_their_order() -> None:
    network = Linear(mapped=True)
    steps, effects = find_directions(network, 8)
    cosines = nn.functional.normalize(steps, dim=1) @ network.turn
    assert cosines.abs().diagonal().min().item() > 0.95
    assert torch.allclose(steps.norm(dim=1), network.scales, rtol=0.1)
    assert torch.equal(effects, effects.sort(descending=True).values)


def test_known_directions_without_a_mapping_are_found_through_the_first_layer() -> None:
    network = Linear(mapped=False)
    steps, _ = find_directions(network, 8)
    cosines = steps @ network.turn
    assert cosines.abs().diagonal().min().item() > 0.95
    assert torch.allclose(steps.norm(dim=1), torch.ones(8), atol=1e-5)


def test_finding_twice_gives_the_same_and_leaves_the_global_random_state_alone() -> None:
    before = torch.get_rng_state()
    first, _ = find_directions(Linear(mapped=False), 6)
    second, _ = find_directions(Linear(mapped=False), 6)
    assert torch.equal(first, second)
    assert torch.equal(before, torch.get_rng_state())


def test_diversity_zero_is_the_average_picture_whatever_the_seed() -> None:
    renderer = Renderer(Linear(mapped=True))
    pictures = renderer.render([LatentPoint(seed_x=seed, diversity=0) for seed in range(3)])
    assert (pictures == pictures[0]).all()


def test_a_direction_that_nobody_told_of_is_passed_over() -> None:
    network = Linear(mapped=False)
    found = found_directions(network)
    renderer = Renderer(network, found)
    point = LatentPoint().with_amount(found[0].key, 1.0)
    assert torch.equal(
        renderer.latents([point.with_amount("unknown", 9.0)]), renderer.latents([point])
    )
    step = renderer.latents([point]) - renderer.latents([LatentPoint()])
    assert torch.allclose(step[0], torch.tensor(found[0].step), atol=1e-6)
