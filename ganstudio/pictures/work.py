"""Reading and decoding many pictures on an executor, in order, with little in memory at a time.

Not responsible for what becomes of the results: `importer`.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from ganstudio.pictures.decode import decode, one_large_at_a_time
from ganstudio.pictures.formats import Unusable
from ganstudio.pictures.sources import PictureRef, Source
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.tasks import Task

__all__ = ["InlineExecutor", "Job", "Result", "content_hash", "decode_all"]

#: A chunk of work holds about so many bytes of results, and at most so many pictures.
_CHUNK_BYTES = 2_000_000
_CHUNK_PICTURES = 32
#: Files beyond this size are read by one worker at a time.
_LARGE_FILE = 64_000_000

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Job:
    """One picture to be read: from which source, which file."""

    source: Source
    ref: PictureRef


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job.

    Attributes:
        hash: Content hash of the file; empty if it could not be read.
        pixels: uint8, (height, width, channels); None if the picture cannot be used.
        width: Pixels across in the file; 0 if unknown.
        height: Pixels down.
        problem: Why it cannot be used; None if it can.
    """

    hash: str = ""
    pixels: npt.NDArray[np.uint8] | None = None
    width: int = 0
    height: int = 0
    problem: Unusable | None = None


class InlineExecutor(Executor):
    """An executor without threads: work is done when it is handed in."""

    def submit(self, fn: Callable[..., ResultT], /, *args: Any, **kwargs: Any) -> Future[ResultT]:
        """Do it now."""
        future: Future[ResultT] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - handed on to whoever asks for the result
            future.set_exception(error)
        return future


def content_hash(data: bytes) -> str:
    """The identity of a picture: a hash of its file's bytes, 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def decode_all(
    jobs: Sequence[Job], framing: FramingSettings, executor: Executor, task: Task
) -> Iterator[Result]:
    """Read and decode pictures; results come in the order of the jobs.

    At most a few chunks for each core are under way, so that memory does not grow with the number
    of pictures. When the iterator is closed early, nothing of it goes on in the executor.

    Raises:
        Cancelled: If the task was cancelled.
    """
    length = max(1, min(_CHUNK_PICTURES, _CHUNK_BYTES // math.prod(framing.shape)))
    starts = iter(range(0, len(jobs), length))
    ahead = 2 * (os.cpu_count() or 1) + 2
    running: deque[Future[list[Result]]] = deque()
    try:
        while True:
            while len(running) < ahead and (start := next(starts, None)) is not None:
                chunk = jobs[start : start + length]
                running.append(executor.submit(_decode_chunk, chunk, framing, task))
            if not running:
                return
            results = running[0].result()
            running.popleft()
            task.check()
            yield from results
    finally:
        for future in running:
            future.cancel()
        for future in running:
            if not future.cancelled():
                future.exception()


def _decode_chunk(jobs: Sequence[Job], framing: FramingSettings, task: Task) -> list[Result]:
    results: list[Result] = []
    for job in jobs:
        if task.cancelled:
            break
        results.append(_decode_one(job, framing))
    return results


def _decode_one(job: Job, framing: FramingSettings) -> Result:
    content = ""
    try:
        with _turn_for(job.ref):
            data = job.source.read(job.ref.name)
            content = content_hash(data)
            decoded = decode(data, framing)
    except Unusable as problem:
        # The exception itself would keep the file's bytes in memory through its traceback.
        return Result(hash=content, problem=Unusable(problem.code, **problem.values))
    return Result(content, decoded.pixels, decoded.width, decoded.height)


def _turn_for(ref: PictureRef) -> AbstractContextManager[object]:
    return one_large_at_a_time if ref.bytes > _LARGE_FILE else nullcontext()
