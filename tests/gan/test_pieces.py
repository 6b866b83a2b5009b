"""The penalty's gradient by one more look against differentiating twice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from ganstudio.gan.networks import NETWORKS, build_discriminator
from ganstudio.gan.pieces import InPieces, Look, Piece, look_with_penalty
from ganstudio.project.recipe import NetworkRecipe

WEIGHT = 0.7


def chance(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def weights(pictures: Tensor) -> Tensor:
    """One a picture: the first one's counts most."""
    return torch.linspace(WEIGHT, 0.1, len(pictures), dtype=pictures.dtype)


def loss(logits: Tensor) -> Tensor:
    """Pairs, so that every picture pulls with a strength of its own."""
    real, fake = logits.chunk(2)
    return softplus(fake - real).mean()


def network() -> tuple[nn.Sequential, list[Piece]]:
    """Strides, padding, groups, dilation, layers with and without bias or ReLU."""
    convolutions = [
        nn.Conv2d(2, 6, 3, padding=1),
        nn.Conv2d(6, 8, 4, 2, 1, bias=False, groups=2),
        nn.Conv2d(8, 4, 3, dilation=2, padding=2),
    ]
    score = nn.Linear(4 * 5 * 4, 1)
    stack = nn.Sequential(
        convolutions[0],
        nn.LeakyReLU(0.2),
        convolutions[1],
        nn.LeakyReLU(0.1),
        convolutions[2],
        nn.Flatten(),
        score,
    ).double()
    with torch.no_grad():
        for weight in stack.parameters():
            weight.normal_(0, 0.4, generator=chance(1))
    slopes = (0.2, 0.1, 1.0)
    pieces = [Piece(layer, slope) for layer, slope in zip(convolutions, slopes, strict=True)]
    return stack, [*pieces, Piece(score)]


def twice_differentiated(
    discriminator: nn.Module, pictures: Tensor
) -> tuple[Look, Sequence[Tensor]]:
    pictures = pictures.clone().requires_grad_()
    logits = discriminator(pictures).flatten()
    (slopes,) = torch.autograd.grad(logits.sum(), pictures, create_graph=True)
    squares = slopes.square().sum(dim=(1, 2, 3))
    value = loss(logits)
    gradients = torch.autograd.grad(
        value + (weights(pictures) * squares).sum(), list(discriminator.parameters())
    )
    return Look(logits.detach(), value.detach(), squares.detach()), gradients


def assert_same(discriminator: nn.Module, found: Look, pictures: Tensor) -> None:
    gradients = [weight.grad for weight in discriminator.parameters()]
    expected, by_autograd = twice_differentiated(discriminator, pictures)
    torch.testing.assert_close(found.logits, expected.logits)
    torch.testing.assert_close(found.loss, expected.loss)
    torch.testing.assert_close(found.squares, expected.squares)
    torch.testing.assert_close(gradients, list(by_autograd), rtol=1e-7, atol=1e-10)


def test_it_equals_differentiating_twice() -> None:
    stack, pieces = network()
    pictures = torch.randn(6, 2, 10, 8, generator=chance(2), dtype=torch.float64)
    found = look_with_penalty(pieces, pictures.clone(), loss, weights(pictures))
    assert_same(stack, found, pictures)


def test_without_weight_the_loss_alone_pulls() -> None:
    stack, pieces = network()
    pictures = torch.randn(6, 2, 10, 8, generator=chance(2), dtype=torch.float64)
    look_with_penalty(pieces, pictures, loss, 0 * weights(pictures))
    gradients = [weight.grad for weight in stack.parameters()]
    expected = torch.autograd.grad(loss(stack(pictures).flatten()), list(stack.parameters()))
    torch.testing.assert_close(gradients, list(expected))


@pytest.mark.parametrize("size", [32, 64])
@pytest.mark.parametrize("name", list(NETWORKS))
def test_a_network_in_pieces_is_that_very_network(name: str, size: int) -> None:
    recipe = NetworkRecipe(name=name, size=size, width=8, d_width=4, z_dim=8)
    discriminator = build_discriminator(recipe, chance(3)).double()
    if not isinstance(discriminator, InPieces):
        assert name != "sketch"  # its speed rests on it
        return
    with torch.no_grad():
        for weight in discriminator.parameters():
            weight.normal_(0, 0.2, generator=chance(4))
    pictures = torch.randn(4, 3, size, size, generator=chance(5), dtype=torch.float64)
    start, pieces = discriminator.in_pieces(pictures)
    found = look_with_penalty(pieces, start, loss, weights(pictures))
    assert_same(discriminator, found, pictures)


def test_the_pictures_are_left_as_they_are() -> None:
    _, pieces = network()
    pictures = torch.randn(6, 2, 10, 8, generator=chance(2), dtype=torch.float64)
    before = pictures.clone()
    look_with_penalty(pieces, pictures, loss, weights(pictures))
    assert torch.equal(pictures, before)


def test_in_bfloat16_the_gradients_point_the_same_way() -> None:
    stack, pieces = network()
    stack.float()
    pictures = torch.randn(64, 2, 10, 8, generator=chance(2))
    exact = look_with_penalty(pieces, pictures, loss, weights(pictures))
    expected = torch.cat([weight.grad.flatten() for weight in stack.parameters()])
    stack.zero_grad()
    rough = look_with_penalty(pieces, pictures.bfloat16(), loss, weights(pictures))
    found = torch.cat([weight.grad.flatten() for weight in stack.parameters()])
    assert found.dtype == rough.logits.dtype == rough.squares.dtype == torch.float32
    torch.testing.assert_close(rough.loss, exact.loss, rtol=0.02, atol=0.02)
    assert torch.nn.functional.cosine_similarity(found, expected, dim=0) > 0.999
    assert float(found.norm() / expected.norm()) == pytest.approx(1, abs=0.02)
