"""The mailbox between trainer and explorer holds copies, the newest."""

from __future__ import annotations

import torch
from torch import nn

from ganstudio.gan.live import LiveModel
from ganstudio.project.recipe import Recipe


def test_nothing_is_copied_unless_wanted(recipe: Recipe) -> None:
    live, network = LiveModel(recipe), nn.Linear(2, 2)
    live.publish_if_wanted(4, network)
    assert live.take() is None
    live.want()
    live.publish_if_wanted(8, network)
    weights = live.take()
    assert weights is not None
    assert weights.clock == 8
    live.publish_if_wanted(12, network)
    assert live.take(after=8) is None


def test_what_was_taken_does_not_change_with_the_network(recipe: Recipe) -> None:
    live, network = LiveModel(recipe), nn.Linear(2, 2)
    live.publish(4, network)
    weights = live.take()
    assert weights is not None
    before = weights.tensors["weight"].clone()
    with torch.no_grad():
        network.weight.add_(1)
    assert torch.equal(weights.tensors["weight"], before)


def test_only_the_newest_is_there(recipe: Recipe) -> None:
    live, network = LiveModel(recipe), nn.Linear(2, 2)
    for clock in (4, 8, 12):
        live.publish(clock, network)
    weights = live.take()
    assert weights is not None
    assert weights.clock == 12
    assert live.take(after=12) is None


def test_who_begins_anew_finds_what_another_took(recipe: Recipe) -> None:
    live, network = LiveModel(recipe), nn.Linear(2, 2)
    live.publish(4, network)
    assert live.take() is not None
    assert live.take() is not None
