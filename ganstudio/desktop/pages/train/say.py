"""Settings in words.

Not responsible for numbers (`project.numbers`).
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

__all__ = ["say_strength"]


def say_strength(widget: QWidget, strength: str) -> str:
    """A network size in words."""
    words = {
        "small": widget.tr("Small"),
        "medium": widget.tr("Medium"),
        "large": widget.tr("Large"),
    }
    return words.get(strength, strength)
