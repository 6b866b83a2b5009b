"""What a person reads when a step broke for a reason that is no bug of ours.

Not responsible for saving or going on: the run loop (`session`) does.
"""

from __future__ import annotations

from ganstudio.gan.device import is_device_lost, is_out_of_memory
from ganstudio.gan.distributed import TeamBroken
from ganstudio.gan.trainer import Trainer
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Notice
from ganstudio.project.numbers import say_count

__all__ = ["ended_by", "is_mishap", "smaller_bites"]

_SMALLER_NORM = (
    " Their batch norm sees fewer pictures from here on, so it no longer learns quite the same."
)


def is_mishap(error: BaseException) -> bool:
    """Whether memory, device or another process is to blame."""
    return isinstance(error, TeamBroken) or is_out_of_memory(error) or is_device_lost(error)


def ended_by(error: BaseException, trainer: Trainer, saved: int) -> UserError:
    """The sentence for the end of a training.

    Args:
        error: A mishap.
        trainer: Whose step it was.
        saved: Clock of the newest checkpoint.
    """
    said = say_count(saved)
    reason = error.__cause__ or error if isinstance(error, TeamBroken) else error
    if is_out_of_memory(reason):
        return UserError("training-out-of-memory", saved=said)
    if is_device_lost(reason):
        device = "GPU" if trainer.device.type in ("cuda", "mps") else "processor"
        clock = say_count(trainer.clock)
        return UserError("training-device-lost", device=device, clock=clock, saved=said)
    return UserError("training-process-lost", saved=said)


def smaller_bites(trainer: Trainer) -> Notice:
    """That training goes on with as many pictures at a time as the trainer now takes."""
    told: dict[str, object] = {
        "clock": say_count(trainer.clock),
        "count": trainer.micro_batch,
        "norm": _SMALLER_NORM if trainer.compares_pictures else "",
    }
    return Notice("notice-out-of-memory", "warning", told, trainer.clock)
