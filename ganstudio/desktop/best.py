"""The best moment in words: "Best moment, 380 k".

Not responsible for which moment that is (`project.titles`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ganstudio.project.numbers import say_count
from ganstudio.project.titles import Best

__all__ = ["say_best"]


def say_best(best: Best) -> str:
    """What a moment is shown for, and its clock."""
    if best.reason == "choice":
        text = QCoreApplication.translate("Best", "Your choice, {clock}")
    else:
        text = QCoreApplication.translate("Best", "Best moment, {clock}")
    return text.format(clock=say_count(best.clock))
