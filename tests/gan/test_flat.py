"""Tensors side by side in one block keep their names, shapes, strides and numbers."""

from __future__ import annotations

import torch
from torch import nn

from ganstudio.gan.flat import flatten, views_of


def _network() -> nn.Module:
    layers = (nn.Conv2d(3, 5, 3), nn.BatchNorm2d(5), nn.Flatten(), nn.Linear(5 * 4, 1))
    return nn.Sequential(*layers).to(memory_format=torch.channels_last).eval()


def test_nothing_changes_but_the_place() -> None:
    network = _network()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    strides = [weight.stride() for weight in network.parameters()]
    drawn = network(torch.ones(2, 3, 4, 4))
    block = flatten(list(network.parameters()))
    assert [weight.stride() for weight in network.parameters()] == strides
    for name, value in network.state_dict().items():
        assert torch.equal(value, before[name])
    start, end = block.data_ptr(), block.data_ptr() + block.nbytes
    for weight in network.parameters():
        assert start <= weight.data_ptr() < end
        assert (weight.data_ptr() - start) % 64 == 0
    network.load_state_dict(before)
    assert torch.equal(network(torch.ones(2, 3, 4, 4)), drawn)


def test_what_is_done_to_the_block_is_done_to_all() -> None:
    network = _network()
    block = flatten(list(network.parameters()))
    block.fill_(2.0)
    assert all(bool((weight == 2.0).all()) for weight in network.parameters())


def test_views_lie_where_the_tensors_lie() -> None:
    weights = list(_network().parameters())
    block = flatten(weights)
    for view, weight in zip(views_of(block, weights), weights, strict=True):
        assert view.data_ptr() == weight.data_ptr()
        assert torch.equal(view, weight)


def test_no_tensors_are_an_empty_block() -> None:
    assert flatten([]).numel() == 0
