"""The pools: two threads for files, as many as there are cores for decoding, one for measuring.

Not responsible for the trainer's and the explorer's thread, which belong to their services.
"""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor

__all__ = ["Pools"]


class Pools:
    """Thread pools that start with their first work and end with `close`."""

    def __init__(self, cores: int) -> None:
        self._files: ThreadPoolExecutor | None = None
        self._decoding: ThreadPoolExecutor | None = None
        self._measuring: ThreadPoolExecutor | None = None
        self._cores = cores

    @property
    def files(self) -> Executor:
        """For reading and writing files behind the window's back."""
        if self._files is None:
            self._files = ThreadPoolExecutor(2, thread_name_prefix="files")
        return self._files

    @property
    def decoding(self) -> Executor:
        """For decoding pictures; never work that itself waits for this pool."""
        if self._decoding is None:
            self._decoding = ThreadPoolExecutor(self._cores, thread_name_prefix="decode")
        return self._decoding

    @property
    def measuring(self) -> Executor:
        """For loading the engine and short measurements, one after the other."""
        if self._measuring is None:
            self._measuring = ThreadPoolExecutor(1, thread_name_prefix="measure")
        return self._measuring

    def close(self) -> None:
        """Drop what has not begun, and wait for what has."""
        for pool in (self._files, self._decoding, self._measuring):
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=True)
        self._files = self._decoding = self._measuring = None
