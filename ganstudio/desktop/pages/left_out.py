"""Leaving pictures out as something that can be undone. Not responsible for saving it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

__all__ = ["LeaveOut"]


class LeaveOut(QUndoCommand):
    """Pictures left out by hand, or brought back.

    Args:
        apply: Does it: (indices, whether they are out).
        indices: Which pictures.
        out: Left out, or brought back.
    """

    def __init__(
        self, apply: Callable[[frozenset[int], bool], None], indices: frozenset[int], out: bool
    ) -> None:
        text = "leaving out" if out else "bringing back"
        super().__init__(QCoreApplication.translate("LeaveOut", text))
        self._apply, self._indices, self._out = apply, indices, out

    def redo(self) -> None:
        """Do it, the first time and again."""
        self._apply(self._indices, self._out)

    def undo(self) -> None:
        """Take it back."""
        self._apply(self._indices, not self._out)
