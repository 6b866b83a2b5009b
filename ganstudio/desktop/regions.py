"""F6: the four regions of the window, one after the other.

Not responsible for the tab order inside a region.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

__all__ = ["Regions"]


class Regions:
    """Moves the focus between rail, stage, panel and status line.

    Args:
        regions: For each region the widget that holds it now (pages change), and the widget in
            it that gets the focus, None for its first one.
    """

    def __init__(
        self, regions: Sequence[Callable[[], tuple[QWidget | None, QWidget | None]]]
    ) -> None:
        self._regions = regions

    def move(self, step: int) -> None:
        """Go to the next region (1) or the one before (-1) that can have the focus."""
        count = len(self._regions)
        here = self._current()
        for distance in range(1, count + 1):
            holder, wanted = self._regions[(here + step * distance) % count]()
            if holder is None or not holder.isVisible():
                continue
            target = wanted if wanted is not None else _first_in(holder)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _current(self) -> int:
        focus = QApplication.focusWidget()
        for index, region in enumerate(self._regions):
            holder, _ = region()
            if holder is None or focus is None:
                continue
            if focus is holder or holder.isAncestorOf(focus):
                return index
        return 0


def _first_in(holder: QWidget) -> QWidget | None:
    """The first widget inside that takes the focus with Tab."""
    if holder.focusPolicy() & Qt.FocusPolicy.TabFocus and holder.isEnabled():
        return holder
    for child in holder.findChildren(QWidget):
        if (
            child.focusPolicy() & Qt.FocusPolicy.TabFocus
            and child.isVisible()
            and child.isEnabled()
        ):
            return child
    return None
