"""How fast a drag goes: Shift slowly, Ctrl fast.

Not responsible for what is dragged.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

__all__ = ["pace"]

_SLOW, _FAST = 0.1, 10.0


def pace(modifiers: Qt.KeyboardModifier) -> float:
    """How much further, or less far, a hand leads with these keys held."""
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return _SLOW
    return _FAST if modifiers & Qt.KeyboardModifier.ControlModifier else 1.0
