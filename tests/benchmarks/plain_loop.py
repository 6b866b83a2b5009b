"""The training loop that one writes first, and the measures that make it faster, one by one.

Written plainly, it plays a recipe's game in float32 and the default memory format, with
`torch.optim.Adam`, fresh pictures for the generator's half, penalties by differentiating twice, and
an `ImageFolder` behind a `DataLoader` with two workers. Networks, losses, penalties and the average
are the recipe's own.

Not responsible for measuring (`training_speed`).
"""

from __future__ import annotations

import contextlib
import copy
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import softplus

from ganstudio.gan.networks import build_discriminator, build_generator
from ganstudio.gan.networks.sketch import SketchDiscriminator
from ganstudio.gan.pieces import look_with_penalty
from ganstudio.project.recipe import Recipe

#: In the order in which they are taken, each on top of those before it.
MEASURES = {
    "memory": "pictures in memory instead of a loader",
    "format": "channels last in memory",
    "passes": "fewer passes",
    "fused": "one kernel for Adam, one for the average",
    "bfloat16": "bfloat16",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is trained, and how.

    Attributes:
        recipe: Of sketch's networks and the relativistic loss.
        folder: Pictures, as `ImageFolder` wants them.
        taken: Which of `MEASURES`.
    """

    recipe: Recipe
    folder: Path
    taken: frozenset[str] = frozenset()


class PlainLoop:
    """Two networks and their optimisers.

    Args:
        plan: What to do.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan, self._recipe = plan, plan.recipe
        network, rng = plan.recipe.network, torch.Generator().manual_seed(0)
        self.g, self.d = build_generator(network, rng), build_discriminator(network, rng)
        if "format" in plan.taken:
            self.g.to(memory_format=torch.channels_last)
            self.d.to(memory_format=torch.channels_last)
        self.ema = copy.deepcopy(self.g)
        fused = True if "fused" in plan.taken else None
        self.opt_g, self.opt_d = (
            torch.optim.Adam(
                one.parameters(), lr=plan.recipe.optimizer.lr, betas=(0.0, 0.99), fused=fused
            )
            for one in (self.g, self.d)
        )
        self._step = 0

    def train(self, should_stop: Callable[[], bool]) -> None:
        """Train until the answer is yes, which is asked before every step."""
        turn = self._quick_turn if "passes" in self._plan.taken else self._plain_turn
        for real in self._batches():
            if should_stop():
                return
            turn(real)
            self._follow()
            self._step += 1

    # -- pictures -------------------------------------------------------------------------------

    def _batches(self) -> Iterator[Tensor]:
        last = "format" in self._plan.taken
        kind = torch.channels_last if last else torch.contiguous_format
        found = self._held() if "memory" in self._plan.taken else self._loaded()
        return (real.contiguous(memory_format=kind) for real in found)

    def _loaded(self) -> Iterator[Tensor]:
        from torch.utils.data import DataLoader
        from torchvision import transforms
        from torchvision.datasets import ImageFolder

        size = self._recipe.network.size
        steps = transforms.Compose(  # as in PyTorch's own DCGAN tutorial
            [
                transforms.Resize(size),
                transforms.CenterCrop(size),
                transforms.ToTensor(),
                transforms.Normalize([0.5] * 3, [0.5] * 3),
            ]
        )
        loader = DataLoader(
            ImageFolder(str(self._plan.folder), steps),
            self._recipe.batch_size,
            shuffle=True,
            num_workers=2,
            drop_last=True,
            persistent_workers=True,
        )
        for _ in itertools.count():
            for real, _ in loader:
                yield real

    def _held(self) -> Iterator[Tensor]:
        import numpy as np
        from PIL import Image

        files = sorted((self._plan.folder / "all").iterdir())
        rows = [np.asarray(Image.open(file).convert("RGB")) for file in files]
        pictures = torch.from_numpy(np.stack(rows))
        batch = self._recipe.batch_size
        while True:
            for places in torch.randperm(len(pictures)).split(batch):
                if len(places) == batch:
                    chosen = pictures[places].permute(0, 3, 1, 2)
                    yield chosen.float().mul_(2 / 255).sub_(1)

    # -- a turn ---------------------------------------------------------------------------------

    @property
    def _penalty(self) -> float:
        """Weight of |slope|^2 on this turn: 0 on a turn without."""
        game = self._recipe.game
        due = self._step % game.penalty_every == 0
        return game.penalty_every * game.gamma / 2 if due else 0.0

    def _latents(self) -> Tensor:
        return torch.randn(self._recipe.batch_size, self._recipe.network.z_dim)

    def _arithmetic(self) -> contextlib.AbstractContextManager[object]:
        if "bfloat16" in self._plan.taken:
            return torch.autocast("cpu", dtype=torch.bfloat16)
        return contextlib.nullcontext()

    def _slope(self, pictures: Tensor) -> Tensor:
        (grad,) = torch.autograd.grad(self.d(pictures).sum(), pictures, create_graph=True)
        return grad.square().sum(dim=(1, 2, 3)).mean()

    def _plain_turn(self, real: Tensor) -> None:
        self.opt_d.zero_grad()
        with torch.no_grad():
            fake = self.g(self._latents())
        loss_d = softplus(self.d(fake) - self.d(real)).mean()
        if weight := self._penalty:
            penalty = self._slope(real.requires_grad_()) + self._slope(fake.requires_grad_())
            loss_d = loss_d + weight * penalty
        loss_d.backward()
        self.opt_d.step()
        self.opt_g.zero_grad()
        fake = self.g(self._latents())
        loss_g = softplus(self.d(real) - self.d(fake)).mean()
        loss_g.backward()
        self.opt_g.step()
        loss_d.item(), loss_g.item()

    def _quick_turn(self, real: Tensor) -> None:
        """Pictures are drawn once, looked at together, and real ones are not looked at again."""
        self.opt_d.zero_grad()
        with self._arithmetic():
            fake = self.g(self._latents()).float()
        seen = torch.cat([real, fake.detach()])
        first = self._penalised(seen) if self._penalty else self._unpenalised(seen)
        loss_d, logits = first
        self.opt_d.step()
        self.opt_g.zero_grad()
        self.d.requires_grad_(False)
        with self._arithmetic():
            judged = self.d(fake)
        loss_g = softplus(logits[: len(real)] - judged.float()).mean()
        loss_g.backward()
        self.d.requires_grad_(True)
        self.opt_g.step()
        loss_d.item(), loss_g.item()

    def _unpenalised(self, seen: Tensor) -> tuple[Tensor, Tensor]:
        with self._arithmetic():
            logits = self.d(seen)
        loss = _relativistic(logits.float())
        loss.backward()
        return loss, logits.detach().float()

    def _penalised(self, seen: Tensor) -> tuple[Tensor, Tensor]:
        assert isinstance(self.d, SketchDiscriminator)
        narrow = seen.bfloat16() if "bfloat16" in self._plan.taken else seen
        start, pieces = self.d.in_pieces(narrow)
        half = len(seen) // 2
        weights = torch.full((len(seen),), self._penalty / half)
        look = look_with_penalty(pieces, start, _relativistic, weights)
        return look.loss, look.logits

    @torch.no_grad()
    def _follow(self) -> None:
        pairs = [list(one.parameters()) for one in (self.ema, self.g)]
        if "fused" in self._plan.taken:
            torch._foreach_lerp_(*pairs, 0.01)
        else:
            for mine, theirs in zip(*pairs, strict=True):
                mine.lerp_(theirs, 0.01)
        for mine, theirs in zip(self.ema.buffers(), self.g.buffers(), strict=True):
            mine.copy_(theirs)


def _relativistic(logits: Tensor) -> Tensor:
    real, fake = logits.chunk(2)
    return softplus(fake - real).mean()
