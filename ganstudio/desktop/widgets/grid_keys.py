"""Arrows, Home and End in a grid of tiles.

Not responsible for what is done with the tile that they lead to.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

__all__ = ["tile_asked"]

_CHORDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def tile_asked(event: QKeyEvent, current: int, columns: int, count: int) -> int | None:
    """Where a key leads.

    Args:
        event: The key.
        current: The tile that is chosen; -1 for none.
        columns: Tiles in a row.
        count: Tiles in all.

    Returns:
        A tile, the present one where there is none further on; None if the key is none of these.
    """
    steps = {
        Qt.Key.Key_Left: current - 1,
        Qt.Key.Key_Right: current + 1,
        Qt.Key.Key_Up: current - columns,
        Qt.Key.Key_Down: current + columns,
        Qt.Key.Key_Home: 0,
        Qt.Key.Key_End: count - 1,
    }
    key = event.key()
    if key not in steps or not count or event.modifiers() & _CHORDS:
        return None
    wanted = steps[Qt.Key(key)] if current >= 0 else 0
    return wanted if 0 <= wanted < count else current
