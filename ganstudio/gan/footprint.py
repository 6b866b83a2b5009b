"""How much memory training takes, found out before it begins, by turns that are small enough.

Every tensor that a turn makes is counted for as long as it lives, so that the highest sum says what
the networks, their optimisers and a batch of pictures need, on any device. It grows by the picture,
so two small batches tell of a large one (measured on a CPU: to the byte). What libraries take
beside is allowed for by a factor (measured there, in memory of the process: 1.12 to 1.14 of what is
counted for 0.4 to 1.2 GB).

Not responsible for going on where the memory is full after all: the run loop halves its bites.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psutil
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

__all__ = ["Footprint", "PeakMemory", "gpu_memory_taken", "memory_free", "memory_held"]

#: Workspaces of convolutions, and gaps between tensors.
_BESIDE = 1.2


class _Counting:
    """Counts the bytes of tensors that pass, for as long as they live."""

    def __init__(self) -> None:
        super().__init__()
        self.peak = 0
        self._live = 0
        self._known: dict[int, weakref.ref[Any]] = {}

    def __torch_dispatch__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Do what is asked for, and count what comes out."""
        found = func(*args, **(kwargs or {}))
        for leaf in tree_leaves(found):
            if isinstance(leaf, torch.Tensor):
                self._count(leaf.untyped_storage())
        return found

    def _count(self, storage: torch.UntypedStorage) -> None:
        key, size = id(storage), storage.nbytes()
        known = self._known.get(key)
        if known is not None and known() is storage:
            return
        self._known[key] = weakref.ref(storage, lambda _gone: self._let_go(key, size))
        self._live += size
        self.peak = max(self.peak, self._live)

    def _let_go(self, key: int, size: int) -> None:
        self._live -= size
        self._known.pop(key, None)


# The mark: torch's own class says nothing of types where it is told to be a base.
class PeakMemory(_Counting, TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch's
    """Counts the bytes of tensors made while it is entered.

    (The counting stands in a class of its own, as a method of the mode itself would load torch's
    compiler, which takes seconds.)

    Attributes:
        peak: Most bytes that lived at one time.
    """


@dataclass(frozen=True, slots=True)
class Footprint:
    """Memory of a turn: so many bytes in any case, and so many for each picture of a batch."""

    fixed: float
    each: float

    @classmethod
    def measured(cls, few: int, few_bytes: int, more: int, more_bytes: int) -> Footprint:
        """The line through turns of `few` and `more` pictures; if equal, one stands for all."""
        if more == few:
            return cls(more_bytes, 0.0)
        each = max(0.0, (more_bytes - few_bytes) / (more - few))
        return cls(few_bytes - each * few, each)

    def of(self, pictures: int) -> int:
        """Bytes for a batch of so many, with what libraries take beside."""
        return round((self.fixed + self.each * pictures) * _BESIDE)


def memory_free(device: torch.device) -> int:
    """Bytes that training could take on a device."""
    if device.type == "cuda":
        free, _whole = torch.cuda.mem_get_info(device)
        unused = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
        return int(free + unused)
    if device.type == "mps":
        return int(torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    return int(psutil.virtual_memory().available)


def memory_held() -> int:
    """Bytes of the computer's memory that this process holds."""
    return int(psutil.Process().memory_info().rss)


def gpu_memory_taken(device: torch.device) -> int | None:
    """The most bytes that tensors took on a GPU since the last time this was asked.

    MPS keeps no such record: there it is what they take now. None without a GPU.
    """
    if device.type == "cuda":
        most = torch.cuda.max_memory_allocated(device)
        torch.cuda.reset_peak_memory_stats(device)
        return int(most)
    if device.type == "mps":
        return int(torch.mps.current_allocated_memory())
    return None
