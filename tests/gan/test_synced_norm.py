"""Batch norm of several processes, as far as one of them can tell; see also test_distributed."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from ganstudio.gan.distributed import Team
from ganstudio.gan.synced_norm import SyncedNorm, with_synced_norm


def _norms() -> tuple[nn.BatchNorm2d, SyncedNorm]:
    """Two of the same weights, neither of which is 1 or 0."""
    norms = nn.BatchNorm2d(6), nn.BatchNorm2d(6)
    for norm in norms:
        chance = torch.Generator().manual_seed(2)
        with torch.no_grad():
            norm.weight.normal_(1.0, 0.5, generator=chance)
            norm.bias.normal_(generator=chance)
    return norms[0], SyncedNorm(norms[1], Team.alone())


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("layout", [torch.channels_last, torch.contiguous_format])
def test_it_is_torchs_batch_norm(kind: torch.dtype, layout: torch.memory_format) -> None:
    chance = torch.Generator().manual_seed(1)
    x, pull = (
        torch.randn(8, 6, 5, 4, generator=chance).to(kind, memory_format=layout) for _ in range(2)
    )
    results = []
    for norm in _norms():
        mine = (3 * x + 1).requires_grad_()
        out = norm(mine)
        out.backward(pull)
        assert out.dtype == mine.dtype
        assert out.is_contiguous(memory_format=layout)
        results.append([out, mine.grad, norm.weight.grad, norm.bias.grad, *norm.buffers()])
    rough = {"rtol": 2e-2, "atol": 2e-2} if kind == torch.bfloat16 else {"rtol": 1e-5, "atol": 1e-5}
    for one, other in zip(*results, strict=True):
        torch.testing.assert_close(one, other, **rough)


def test_in_eval_mode_it_is_the_very_same() -> None:
    x = torch.randn(2, 6, 3, 3, generator=torch.Generator().manual_seed(1))
    plain, synced = (norm.eval() for norm in _norms())
    assert torch.equal(plain(x), synced(x))


def test_every_batch_norm_of_a_network_is_replaced_and_keeps_its_tensors() -> None:
    network = nn.Sequential(nn.BatchNorm2d(3), nn.Sequential(nn.ReLU(), nn.BatchNorm2d(4)))
    before = dict(network.state_dict(keep_vars=True))
    with_synced_norm(network, Team.alone())
    after = network.state_dict(keep_vars=True)
    assert list(before) == list(after)
    assert all(value is after[name] for name, value in before.items())
    kinds = [type(module) for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    assert kinds == [SyncedNorm, SyncedNorm]


def test_slopes_of_slopes_are_refused_and_not_wrong() -> None:
    """Penalties do not go with batch norm in the discriminator; see `project.combinations`."""
    _, norm = _norms()
    x = torch.randn(4, 6, 3, 3, generator=torch.Generator().manual_seed(1)).requires_grad_()
    (slope,) = torch.autograd.grad(norm(x).square().sum(), x, create_graph=True)
    with pytest.raises(RuntimeError, match="once_differentiable"):
        slope.square().sum().backward()
