"""Convolutions in groups: torch's own numbers, and no group by group in their second slopes."""

from collections import Counter
from typing import Any

import pytest
import torch
from torch.nn import functional
from torch.utils._python_dispatch import TorchDispatchMode

from ganstudio.gan.networks.grouped import GroupedConvolution, convolve

# Stride, padding, groups, kernel, rows and columns.
WAYS = [
    (1, 1, 3, (3, 3), (5, 6)),
    (2, 1, 6, (3, 3), (6, 8)),
    (2, 1, 2, (3, 3), (5, 7)),
    (2, 1, 1, (4, 4), (4, 6)),
    (1, 0, 6, (4, 6), (4, 6)),
]
every_way = pytest.mark.parametrize(("stride", "padding", "groups", "kernel", "sides"), WAYS)


def things(groups: int, kernel: tuple[int, int], sides: tuple[int, int]) -> list[torch.Tensor]:
    """x, weight and bias."""
    chance = torch.Generator().manual_seed(4)
    shapes = (2, 6, *sides), (6, 6 // groups, *kernel), (6,)
    drawn = [torch.randn(shape, dtype=torch.float64, generator=chance) for shape in shapes]
    return [thing.requires_grad_() for thing in drawn]


@every_way
def test_it_convolves_as_torch_does(
    stride: int, padding: int, groups: int, kernel: tuple[int, int], sides: tuple[int, int]
) -> None:
    x, weight, bias = things(groups, kernel, sides)
    found = convolve(x, weight, bias, stride, padding, groups)
    expected = functional.conv2d(x, weight, bias, stride, padding, groups=groups)
    torch.testing.assert_close(found, expected)


@every_way
def test_its_slopes_and_their_slopes_are_right(
    stride: int, padding: int, groups: int, kernel: tuple[int, int], sides: tuple[int, int]
) -> None:
    def convolved(*given: torch.Tensor) -> torch.Tensor:
        return convolve(*given, stride, padding, groups)

    given = things(groups, kernel, sides)
    assert torch.autograd.gradcheck(convolved, given, fast_mode=True)
    assert torch.autograd.gradgradcheck(convolved, given, fast_mode=True)


class _Calls(TorchDispatchMode):
    """Counts every operator that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> object:
        self.counts[func.overloadpacket.__name__] += 1
        return func(*args, **(kwargs or {}))


def calls(layer: torch.nn.Conv2d) -> Counter[str]:
    """Operators that a penalty on slopes runs."""
    x = torch.ones(2, 32, 4, 4, requires_grad=True)
    with _Calls() as found:
        (slope,) = torch.autograd.grad(layer(x).square().sum(), x, create_graph=True)
        slope.square().sum().backward()
    return found.counts


def test_many_groups_are_looked_at_as_often_as_one() -> None:
    few, many = (GroupedConvolution(32, 32, 3, padding=1, groups=n) for n in (1, 32))
    assert calls(few) == calls(many)


def test_it_works_in_the_type_of_its_input_and_learns_in_its_own() -> None:
    layer = GroupedConvolution(8, 8, 3, padding=1, groups=2)
    x = torch.ones(2, 8, 4, 4, dtype=torch.bfloat16, requires_grad=True)
    out = layer(x)
    assert out.dtype == torch.bfloat16
    (slope,) = torch.autograd.grad(out.sum(), x, create_graph=True)
    (out.sum() + slope.float().square().sum()).backward()
    assert layer.weight.grad is not None
    assert layer.weight.grad.dtype == torch.float32
    torch.testing.assert_close(
        out.float(), torch.nn.Conv2d.forward(layer, x.float()), atol=0.05, rtol=0
    )


def test_what_nobody_learns_is_not_computed() -> None:
    kernel = torch.ones(8, 1, 3, 3)
    x = torch.ones(2, 8, 4, 4, requires_grad=True)
    with _Calls() as found:
        (slope,) = torch.autograd.grad(
            convolve(x, kernel, None, 2, 1, 8).square().sum(), x, create_graph=True
        )
        slope.square().sum().backward()
    assert found.counts["convolution_backward"] == 0
