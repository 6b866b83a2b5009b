"""How high a person made the film and the plots, kept for the next start.

Not responsible for sharing out the heights (`stage`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Signal, Slot

from ganstudio.desktop.pages.train.stage import TrainStage
from ganstudio.project.paths import settings_folder

__all__ = ["KeptHeight"]

_KEY = "train/below"


class KeptHeight(QObject):
    """Gives the stage the height of last time; `changed` says that there is another one."""

    changed = Signal()

    def __init__(self, stage: TrainStage, parent: QObject) -> None:
        super().__init__(parent)
        path = str(settings_folder() / "window.ini")
        self._places = QSettings(path, QSettings.Format.IniFormat, self)
        stage.set_height(int(str(self._places.value(_KEY, 0))) or None)
        stage.height_dragged.connect(self._keep)

    @Slot(int)
    def _keep(self, height: int) -> None:
        self._places.setValue(_KEY, height)
        self.changed.emit()
