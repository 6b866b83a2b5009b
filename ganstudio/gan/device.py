"""Where the game is played, on how many threads, and why, in words.

Not responsible for measuring how fast it is there: `probe` does that.
"""

from __future__ import annotations

import ctypes
import dataclasses
import os
import re
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

import torch
from torch import nn

from ganstudio.project.errors import UserError
from ganstudio.project.processes import Place, processes_here
from ganstudio.project.runs import RunInfo

__all__ = [
    "PRECISIONS",
    "DeviceChoice",
    "Precision",
    "choice_of",
    "choose_device",
    "cores",
    "is_device_lost",
    "is_out_of_memory",
    "keep_freed_memory",
    "on_own_gpu",
    "placed",
    "use_threads",
]

Precision = Literal["float32", "bfloat16"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)

# Names of glibc's malloc.h.
_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3

# What torch says where the memory of a GPU, or the computer's own, is used up.
_NO_MEMORY = (
    "CUBLAS_STATUS_ALLOC_FAILED",
    "CUDA error: out of memory",
    "MPS backend out of memory",
    "can't allocate memory",
    "not enough memory",
)

# What torch says where a GPU, or its driver, broke something off; it is of no more use to this
# program then.
_LOST = (
    "CUDA driver error",
    "CUDA error",
    "CUDNN_STATUS_EXECUTION_FAILED",
    "CUDNN_STATUS_INTERNAL_ERROR",
    "command buffer exited with error",
    "unspecified launch failure",
)
# What it says of work that nobody could do: a bug of ours, though it may end the GPU's use too.
_ASKED_WRONGLY = ("device-side assert", "invalid argument", "no kernel image")

_Network = TypeVar("_Network", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """Where to train.

    Attributes:
        device: "cpu", "cuda:0" or "mps".
        threads: CPU threads for tensor work.
        reason: What a person reads: "no GPU found: training on 2 CPU cores".
        precision: Of the networks' arithmetic; losses and penalties are always float32.
        fewer_threads: Another number that a probe may find to be faster; None where there is none,
            or a person chose.
    """

    device: str
    threads: int
    reason: str
    precision: Precision = "float32"
    fewer_threads: int | None = None

    def with_precision(self, precision: Precision) -> DeviceChoice:
        """The same place once a probe has said which arithmetic is faster there."""
        plain = self.reason.removesuffix(" in bfloat16")
        reason = f"{plain} in bfloat16" if precision == "bfloat16" else plain
        return dataclasses.replace(self, precision=precision, reason=reason)

    def with_threads(self, count: int) -> DeviceChoice:
        """The same place once a probe has said how many threads are faster there."""
        reason = self.reason.replace(_say_cores(self.threads), _say_cores(count))
        return dataclasses.replace(self, threads=count, reason=reason, fewer_threads=None)


def cores() -> int:
    """CPU cores this process may use: its part, where several of them train together here."""
    if hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    else:
        count = os.cpu_count() or 1
    return max(1, count // processes_here())


def choose_device(
    wanted: str = "auto", threads: int | None = None, window_open: bool = False
) -> DeviceChoice:
    """Choose a device and a number of threads.

    Args:
        wanted: "auto", "cpu", "cuda", "cuda:1" or "mps".
        threads: So many; None or 0 for the rule: every core, but one less while a window is open,
            because a busy window starves tensor threads that wait for each other (measured: 3 to
            17 times slower), and they starve the window.
        window_open: Whether this process shows a window.

    Raises:
        UserError: "no-such-device" or "bad-threads".
    """
    count = _threads(threads, window_open)
    device = _best_device() if wanted == "auto" else _checked(wanted)
    if device == "cpu":
        why = "no GPU found" if wanted == "auto" else "as chosen"
        # Two threads share the arithmetic of one core where the processor has them twice (SMT).
        half = (cores() + 1) // 2
        fewer = half if not threads and half < count else None
        reason = f"{why}: training on {_say_cores(count)}"
        return DeviceChoice(device, count, reason, fewer_threads=fewer)
    why = "found" if wanted == "auto" else "chosen"
    return DeviceChoice(device, count, f"{_name(device)} {why}: training on it")


def choice_of(
    info: RunInfo, wanted: str | None = None, threads: int | None = None, window_open: bool = False
) -> DeviceChoice:
    """Where a run that exists goes on: where it began, unless that is not there or not wanted.

    Args:
        info: What was decided when the run was created.
        wanted: Another device, if a person asks for one.
        threads: Another number, if a person asks for one.
        window_open: As in `choose_device`; counts only where the run's own number cannot be had.

    Raises:
        UserError: "no-such-device" or "bad-threads".
    """
    if not threads:
        threads = info.threads if info.threads <= cores() else None
    if wanted in (None, "auto") and _is_there(info.device):
        count = _threads(threads, window_open)
        if info.device != "cpu" or count == info.threads:
            return DeviceChoice(info.device, count, info.device_reason, _precision(info))
        return choose_device(info.device, count).with_precision(_precision(info))
    return choose_device(wanted or "auto", threads, window_open).with_precision(_precision(info))


def on_own_gpu(choice: DeviceChoice, place: Place) -> DeviceChoice:
    """The same choice, but where it is a GPU, the one of this process's number on its host.

    Raises:
        UserError: "no-such-device" where this host has fewer GPUs than processes.
    """
    if not choice.device.startswith("cuda"):
        return choice
    return dataclasses.replace(choice, device=_checked(f"cuda:{place.local_rank}"))


def use_threads(count: int) -> None:
    """Set the number of tensor threads. It holds for the whole process; restore it in tests."""
    if torch.get_num_threads() != count:
        torch.set_num_threads(count)


def keep_freed_memory() -> None:
    """Let glibc keep freed memory for the next tensor instead of giving it back to the system.

    By default it returns every large block at once, and each step faults all its pages in again:
    training is 10 to 15 % slower (measured). Nothing happens where the C library is another one.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, 1 << 25)  # the most that glibc accepts
        mallopt(_M_TRIM_THRESHOLD, (1 << 31) - 1)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a device or the computer had no memory left; only CUDA has an error of its own."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    words = str(error)
    return isinstance(error, RuntimeError) and any(sign in words for sign in _NO_MEMORY)


def is_device_lost(error: BaseException) -> bool:
    """Whether the device itself broke off, which is neither its memory nor a bug of ours."""
    if not isinstance(error, RuntimeError) or is_out_of_memory(error):
        return False
    words = str(error).lower()
    if any(sign in words for sign in _ASKED_WRONGLY):
        return False
    named = type(error).__name__ == "AcceleratorError"  # not every version of torch has it
    return named or any(sign.lower() in words for sign in _LOST)


def placed(network: _Network, device: torch.device) -> _Network:
    """A network on a device, its weights channels last, which convolutions like best."""
    return network.to(device).to(memory_format=torch.channels_last)


def _precision(info: RunInfo) -> Precision:
    return "bfloat16" if info.precision == "bfloat16" else "float32"


def _threads(wanted: int | None, window_open: bool) -> int:
    available = cores()
    if not wanted:
        return max(1, available - 1) if window_open else available
    if not 1 <= wanted <= available:
        raise UserError("bad-threads", count=wanted, cores=available)
    return wanted


def _best_device() -> str:
    if torch.cuda.is_available():
        return "cuda:0"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _is_there(device: str) -> bool:
    if device == "cpu":
        return True
    if device == "mps":
        return torch.backends.mps.is_available()
    match = re.fullmatch(r"cuda(?::(\d{1,3}))?", device)
    return match is not None and int(match[1] or 0) < torch.cuda.device_count()


def _checked(wanted: str) -> str:
    if not _is_there(wanted):
        places = ["cpu", *(f"cuda:{index}" for index in range(torch.cuda.device_count()))]
        if torch.backends.mps.is_available():
            places.append("mps")
        raise UserError("no-such-device", name=wanted, available=", ".join(places))
    return "cuda:0" if wanted == "cuda" else wanted


def _name(device: str) -> str:
    return "Apple GPU" if device == "mps" else str(torch.cuda.get_device_name(device))


def _say_cores(count: int) -> str:
    available = cores()
    if count == available:
        return "1 CPU core" if count == 1 else f"{count} CPU cores"
    return f"{count} of {available} CPU cores"
