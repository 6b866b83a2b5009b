"""What undo takes back: the last step of a page's stack, or what a toast offered after it.

Some acts stand on no stack: a favourite that was kept or deleted, a direction that was put away.
They can be taken back until something else is done, also when their toast is gone; but not once a
page went back to before them, since what is done from there on comes later, nor once the project or
its pictures are other ones, which the act knew nothing of.

Not responsible for the steps themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

__all__ = ["Undoing"]


class Undoing(QObject):
    """Knows the last act of any kind.

    Signals:
        changed: Undo takes back something else now.
        over: What was offered was taken back, or cannot be any more.
    """

    changed = Signal()
    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._act: Callable[[], object] | None = None
        self._stack: QUndoStack | None = None
        self._index = 0

    def offer(
        self, take_back: Callable[[], object] | None, stack: QUndoStack | None
    ) -> Callable[[], object] | None:
        """Something was done while a page with this stack was seen; returns what takes it back."""
        if take_back is None or (stack is not None and take_back == stack.undo):
            return take_back
        self._drop()
        self._act, self._stack = take_back, stack
        if stack is not None:
            self._index = stack.index()
            stack.indexChanged.connect(self._stack_moved)
        self.changed.emit()
        return partial(self._take, take_back)

    def take_back(self) -> None:
        """Take back what was offered last."""
        if self._act is not None:
            self._take(self._act)

    @Slot()
    def forget(self) -> None:
        """Nothing that was offered holds any more."""
        if self._act is not None:
            self._drop()
            self.over.emit()
            self.changed.emit()

    def _take(self, act: Callable[[], object]) -> None:
        if act is self._act:
            self._drop()
        act()
        self.over.emit()
        self.changed.emit()

    def _drop(self) -> None:
        if self._act is not None and self._stack is not None:
            self._stack.indexChanged.disconnect(self._stack_moved)
        self._act = self._stack = None

    @Slot(int)
    def _stack_moved(self, index: int) -> None:
        """Before the act; its toast may still take it back."""
        if index < self._index:
            self._drop()
            self.changed.emit()

    def commands(self, stack: QUndoStack) -> dict[str, Callable[[], object]]:
        """Undo and redo, as far as they are possible on a page with this stack."""
        possible: dict[str, Callable[[], object]] = {}
        if self._is_last(stack):
            possible["undo"] = self.take_back
        elif stack.canUndo():
            possible["undo"] = stack.undo
        if stack.canRedo():
            possible["redo"] = stack.redo
        return possible

    def undo_text(self, stack: QUndoStack) -> str:
        """What undo takes back; empty if that has no name."""
        return "" if self._is_last(stack) else stack.undoText()

    def _is_last(self, stack: QUndoStack) -> bool:
        mine = self._act is not None and stack is self._stack
        return mine and stack.index() == self._index
