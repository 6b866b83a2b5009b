"""Processes that train together: what they add up, and what the first one tells the others.

Messages and the tensors of a CPU go through gloo, tensors of an Nvidia GPU through NCCL, both of
them to processes that the person started and to nobody else. No message is ever a pickle.

Not responsible for who plays which pictures and when (`together`), nor for starting processes:
torchrun does that.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from ganstudio.gan.chance import Share
from ganstudio.project.errors import UserError
from ganstudio.project.processes import Place

__all__ = ["Team", "TeamBroken", "join"]


class TeamBroken(Exception):
    """The processes are no longer in step: one of them has ended, or broke off amid a step."""


class Team:
    """All processes of a training, as one of them sees them.

    What it sums up comes out the same in all of them, to the last bit. Alone, nothing is sent and
    torch's distributed part is left alone.

    Attributes:
        rank: Number of this process; 0 leads.
        size: How many there are.
    """

    def __init__(self, rank: int = 0, size: int = 1) -> None:
        self.rank, self.size = rank, size
        self._gpus: Any = None  # torch's ProcessGroup, from the first sum on a GPU on

    @classmethod
    def alone(cls) -> Team:
        """A single process."""
        return cls()

    def share(self, total: int) -> Share:
        """Which pictures of a batch are this process's: as many as everyone's."""
        count = total // self.size
        return Share(self.rank * count, (self.rank + 1) * count, total)

    def sum_(self, tensor: Tensor) -> None:
        """Replace a dense tensor by the sum over all processes.

        Raises:
            TeamBroken: If a process is gone; as all others here.
        """
        if self.size == 1:
            return
        import torch.distributed as dist

        with _in_touch():
            if tensor.device.type == "cuda" and dist.is_nccl_available():
                if self._gpus is None:
                    self._gpus = dist.new_group(backend="nccl")
                dist.all_reduce(tensor, group=self._gpus)
            else:
                near = tensor.cpu()  # the very same tensor, where it is there already
                dist.all_reduce(near)
                tensor.copy_(near)

    def summed(self, tensors: Sequence[Tensor]) -> list[Tensor]:
        """Sums over all processes, in one go: of float32 tensors in any shapes, on one device."""
        block = torch.cat([tensor.flatten() for tensor in tensors])
        self.sum_(block)
        parts = torch.split(block, [tensor.numel() for tensor in tensors])
        return [part.view(like.shape) for part, like in zip(parts, tensors, strict=True)]

    def gathered(self, tensor: Tensor) -> Tensor:
        """Everyone's tensor (...), side by side: (size, ...)."""
        everyone = tensor.new_zeros(self.size, *tensor.shape)
        everyone[self.rank] = tensor
        self.sum_(everyone)
        return everyone

    def agree(self, flag: bool) -> bool:
        """Whether it is so in any process. Nobody goes on before everyone has come here."""
        if self.size == 1:
            return flag
        import torch.distributed as dist

        said = torch.tensor([int(flag)])
        with _in_touch():
            dist.all_reduce(said, op=dist.ReduceOp.MAX)
        return bool(said)

    def tell(self, word: int, data: bytes = b"") -> None:
        """The first process says something to the others, who `hear` it."""
        if self.size > 1:
            self._spread(torch.tensor([word, len(data)]))
            if data:
                self._spread(torch.frombuffer(bytearray(data), dtype=torch.uint8))

    def hear(self) -> tuple[int, bytes]:
        """Wait for what the first process tells."""
        head = torch.zeros(2, dtype=torch.int64)
        self._spread(head)
        word, length = head.tolist()
        data = torch.empty(length, dtype=torch.uint8)
        if length:
            self._spread(data)
        return word, data.numpy().tobytes()

    def leave(self) -> None:
        """Let go of the others. Whoever still waits for this process notices."""
        if self.size > 1:
            import torch.distributed as dist

            with contextlib.suppress(RuntimeError):
                dist.destroy_process_group()

    @staticmethod
    def _spread(tensor: Tensor) -> None:
        import torch.distributed as dist

        with _in_touch():
            dist.broadcast(tensor, 0)


def join(place: Place, meeting: str = "env://") -> Team:
    """Wait for all the others, and be one of them.

    Args:
        place: Of this process.
        meeting: Where they meet, as `torch.distributed.init_process_group` takes it; by default
            where torchrun said.

    Raises:
        UserError: "processes-apart".
    """
    import torch.distributed as dist

    try:
        dist.init_process_group("gloo", init_method=meeting, rank=place.rank, world_size=place.size)
    except (RuntimeError, ValueError) as error:
        raise UserError("processes-apart", reason=str(error).splitlines()[0]) from error
    return Team(place.rank, place.size)


@contextlib.contextmanager
def _in_touch() -> Iterator[None]:
    """Torch says in many ways that another process is gone."""
    try:
        yield
    except RuntimeError as error:
        raise TeamBroken("a process of this training is gone") from error
