"""Which moments could judge: newer ones are offered, what lies on the table stays as it is.

Not responsible for judging at one of them (`page`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from ganstudio.desktop.pages.judge.panel import ShowSection
from ganstudio.desktop.pages.judge.tools import JudgeTools
from ganstudio.desktop.pages.train.later import Later
from ganstudio.project.runs import RunFolder

__all__ = ["Newer"]


class Newer(QObject):
    """Reads a run's moments, and tells head and panel of them."""

    def __init__(
        self, later: Later, tools: JudgeTools, section: ShowSection, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._later, self._tools, self._section = later, tools, section
        self._judge: tuple[RunFolder, int] | None = None

    def look_at(self, run: RunFolder, clock: int) -> None:
        """This moment of this run judges now; look for newer ones."""
        self._judge = run, clock
        self._tools.offer_newer(None)
        self.look()

    def look(self) -> None:
        """Look again: there may be more moments."""
        if self._judge is not None:
            run = self._judge[0]
            self._later.ask("moments", run.snapshots, lambda found: self._read(run, found))

    def forget(self) -> None:
        """Nobody judges."""
        self._judge = None

    def _read(self, run: RunFolder, clocks: list[int]) -> None:
        if self._judge is None or self._judge[0].path != run.path:
            return
        clock = self._judge[1]
        newest = clocks[-1] if clocks else clock
        self._tools.offer_newer(newest if newest > clock else None)
        self._section.show_moments(clocks, clock)
