"""What a picture says that can be walked on, in whichever view it is.

Not responsible for the walk (`hand`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.widgets.tips import tip

__all__ = ["walk_tip"]


def walk_tip() -> str:
    """How the hand walks on a picture."""
    return tip(
        QCoreApplication.translate(
            "WalkWords",
            "Drag to walk; Shift drags slowly, Ctrl fast. Arrow keys (Shift: far) and the "
            "wheel walk too. Space walks by itself.",
        )
    )
