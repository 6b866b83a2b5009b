"""Long work with the model that is explored, in slices, behind everything that was asked for.

Not responsible for the thread (`explorer`), nor for what is searched (`engine`).
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import Future
from typing import Generic, TypeVar

from ganstudio.project.errors import UserError
from ganstudio.studio import engine

__all__ = ["Search"]

T = TypeVar("T")


class Search(Generic[T]):
    """Work that yields when others may have their turn.

    Args:
        begin: Makes its slices.

    Attributes:
        future: What comes of it; who cancels it ends the work.
    """

    def __init__(self, begin: Callable[[engine.LoadedModel], Generator[None, None, T]]) -> None:
        self._begin = begin
        self._slices: Generator[None, None, T] | None = None
        self.future: Future[T] = Future()

    def go_on(self, model: engine.LoadedModel) -> bool:
        """Do a slice in the explorer's thread; whether something is left to do.

        An expected error is for who waits alone.
        """
        if self._slices is None:
            self._slices = self._begin(model)
        if self.future.cancelled():
            self._slices.close()
            return False
        try:
            next(self._slices)
        except StopIteration as end:
            if self.future.set_running_or_notify_cancel():
                self.future.set_result(end.value)
            return False
        except UserError as error:
            if self.future.set_running_or_notify_cancel():
                self.future.set_exception(error)
            return False
        return True
