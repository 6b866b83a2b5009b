"""The way of the focus: F6 from region to region, Tab through all of them in the order one reads.

Not responsible for the order inside a compound widget, which is one stop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

__all__ = ["Region", "Regions", "stops_in"]

#: Widgets whose upper edges are this near stand in one line.
_LINE = 16


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the window: what holds it now, and what in it gets the focus first."""

    holder: QWidget | None
    main: QWidget | None = None


class Regions:
    """Moves the focus.

    Args:
        around: The regions of now in the order of Tab.
        jumps: The regions of now that F6 goes to, in its order.
    """

    def __init__(
        self, around: Callable[[], Sequence[Region]], jumps: Callable[[], Sequence[Region]]
    ) -> None:
        self._around, self._jumps = around, jumps

    def jump(self, step: int) -> None:
        """Go to the next region (1) or the one before (-1) that can have the focus."""
        regions = self._jumps()
        here = next((i for i, region in enumerate(regions) if _has_focus(region)), 0)
        for distance in range(1, len(regions) + 1):
            region = regions[(here + step * distance) % len(regions)]
            if region.holder is None or not region.holder.isVisible():
                continue
            stops = stops_in(region.holder)
            target = region.main if region.main is not None else next(iter(stops), None)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)  # or no ring would show
                return

    def tab(self, forward: bool) -> bool:
        """Go to the next stop, or the one before; False if there is none."""
        stops: list[QWidget] = []
        for region in self._around():
            if region.holder is not None and region.holder.isVisible():
                stops += [stop for stop in stops_in(region.holder) if stop not in stops]
        if not stops:
            return False
        focus = QApplication.focusWidget()
        step = 1 if forward else -1
        here = stops.index(focus) if focus in stops else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(here + step) % len(stops)].setFocus(reason)
        return True


def stops_in(holder: QWidget) -> list[QWidget]:
    """What takes the focus with Tab inside a widget: top to bottom, left to right."""

    def place(widget: QWidget) -> tuple[int, int]:
        corner = widget.mapTo(holder, QPoint(0, 0))
        return corner.y() // _LINE, corner.x()

    inside = [child for child in holder.findChildren(QWidget) if _takes_tab(child)]
    inside.sort(key=place)
    return [holder, *inside] if _takes_tab(holder) else inside


def _takes_tab(widget: QWidget) -> bool:
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(takes) and widget.isVisible() and widget.isEnabled() and not widget.focusProxy()


def _has_focus(region: Region) -> bool:
    focus, holder = QApplication.focusWidget(), region.holder
    if focus is None or holder is None:
        return False
    return focus is holder or holder.isAncestorOf(focus)
