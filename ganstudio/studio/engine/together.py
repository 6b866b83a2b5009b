"""Training by several processes: the first one's word to the others, and what the others do.

Not responsible for threads: each function says who calls it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ganstudio.pictures import TrainingSet, indices_of, open_training_set
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.processes import Place, processes_here
from ganstudio.studio.machine import Machine

if TYPE_CHECKING:
    from ganstudio.gan.device import DeviceChoice
    from ganstudio.gan.together import Leader, Terms

__all__ = ["help_train", "in_memory", "leading"]

#: A set is held in memory up to this share of what is free; a larger one is read from the cache.
_MEMORY_SHARE = 0.25


@contextlib.contextmanager
def leading(place: Place | None) -> Iterator[Leader]:
    """The word to the processes that torchrun started beside this one; they go when it ends.

    Called in the trainer's thread.

    Args:
        place: Of this process, the first; None if it trains alone.

    Raises:
        UserError: "processes-apart".
    """
    from ganstudio.gan.distributed import join
    from ganstudio.gan.together import Leader

    leader = Leader(join(place) if place is not None else None)
    try:
        yield leader
    finally:
        leader.end()
        leader.team.leave()


def help_train(project: Project, place: Place, begins: Callable[[], object]) -> None:
    """Play along with the first process until it says that it is over, or is gone.

    Called in the main thread; writes nothing.

    Args:
        project: With the pictures of the run.
        place: Of this process.
        begins: Called when training begins: from there on, signals are the first process's affair.

    Raises:
        UserError: "processes-apart", "helper-without-pictures", "helper-out-of-memory",
            "no-such-device" and others; the first process notices when this one has ended.
    """
    from ganstudio.gan.distributed import TeamBroken, join
    from ganstudio.gan.together import Helper

    team = join(place)
    helper = Helper(team)
    with contextlib.ExitStack() as stack:
        stack.callback(team.leave)
        stack.enter_context(contextlib.suppress(TeamBroken))  # the first process says why
        terms = helper.begin()
        if terms is None:
            return
        begins()
        from ganstudio.gan.opening import opened

        pictures = stack.enter_context(open_training_set(project))
        images, rows = in_memory(pictures, _rows_of(pictures, terms.pictures, place), Machine())
        trainer, batches = opened(
            terms.recipe,
            terms.seed,
            images,
            _choice(terms, place),
            rows=rows,
            labels=terms.labels,
            held_out=pictures.gather(_rows_of(pictures, terms.held_out, place)),
            held_out_labels=terms.held_out_labels,
            team=team,
        )
        helper.play(trainer, batches)


def _rows_of(pictures: TrainingSet, hashes: Sequence[str], place: Place) -> npt.NDArray[np.int64]:
    """Where the pictures lie that a helper has to have.

    Raises:
        UserError: "helper-without-pictures" unless all of them are there.
    """
    rows = indices_of(pictures.hashes, hashes)
    if len(rows) != len(hashes):
        raise UserError(
            "helper-without-pictures", rank=place.rank, found=len(rows), wanted=len(hashes)
        )
    return rows


def in_memory(
    pictures: TrainingSet, rows: npt.NDArray[np.int64], machine: Machine
) -> tuple[npt.NDArray[np.uint8] | TrainingSet, npt.NDArray[np.int64] | None]:
    """Some of the pictures, in memory if they fit into this process's part of what is free.

    Returns:
        The pictures and None; or the whole set and which of it are meant.
    """
    needed = int(np.prod(pictures.shape[1:])) * len(rows)
    if needed < machine.memory_free() * _MEMORY_SHARE / processes_here():
        return pictures.gather(rows), None
    return pictures, rows


def _choice(terms: Terms, place: Place) -> DeviceChoice:
    from ganstudio.gan.device import DeviceChoice, cores, on_own_gpu

    threads = min(terms.threads, cores())
    reason = f"as process 0 does: {terms.device}"
    return on_own_gpu(DeviceChoice(terms.device, threads, reason, terms.precision), place)
