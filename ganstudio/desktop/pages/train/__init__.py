"""The Train page: watch it learn, go back in time, start, pause and stop.

Not responsible for training (`studio`) nor for how its parts look (`widgets`).
"""

from __future__ import annotations

from ganstudio.desktop.pages.train.page import TrainPage

__all__ = ["TrainPage"]
