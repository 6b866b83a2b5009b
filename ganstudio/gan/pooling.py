"""What several processes found in a turn, put together: as one of them would have found it alone.

Not responsible for gradients: the optimisers add those up.
"""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor

from ganstudio.gan.chance import Share
from ganstudio.gan.distributed import Team
from ganstudio.gan.turn import FirstHalf

__all__ = ["pooled"]


def pooled(
    team: Team, place: Share, first: FirstHalf, loss_g: Tensor, gauge: Tensor | None
) -> tuple[FirstHalf, Tensor, Tensor | None]:
    """Losses and logits of the whole batch, the same in every process.

    Args:
        team: All processes.
        place: This one's pictures.
        first: What the discriminator's half found; losses and penalty are shares of a sum.
        loss_g: Of the generator, a share of a sum.
        gauge: Means over this process's pictures, or None.

    Returns:
        The same three of the whole batch; generated pictures are left out.
    """
    if team.size == 1:
        return first, loss_g, gauge
    logits = torch.zeros(2, place.total, device=loss_g.device)
    logits[:, place.rows] = torch.stack([first.real_logits, first.fake_logits])
    mine = [loss_g, first.loss_d, logits]
    if first.penalty is not None:
        mine.append(first.penalty)
    if gauge is not None:
        mine.append(gauge * place.weight)
    loss_g, loss_d, logits, *others = team.summed(mine)
    whole_gauge = others.pop() if gauge is not None else None
    found = dataclasses.replace(
        first,
        loss_d=loss_d,
        penalty=others.pop() if others else None,
        real_logits=logits[0],
        fake_logits=logits[1],
        fakes=None,
    )
    return found, loss_g, whole_gauge
