"""Another run's losses under those of the run that is looked at.

Not responsible for drawing them (`plots`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.menus import run_title
from ganstudio.desktop.pages.train.plots import TrainPlots
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.project.messages import MetricsRow
from ganstudio.project.runs import RunFolder

__all__ = ["Overlay"]


class Overlay(QObject):
    """Offers the project's other runs, and reads the one that is chosen."""

    def __init__(self, desk: Desk, view: RunView, plots: TrainPlots) -> None:
        super().__init__(plots)
        self._desk, self._view, self._plots = desk, view, plots
        self._chosen = ""
        plots.choice.runs_wanted.connect(self._offer)
        plots.choice.run_chosen.connect(self._choose)
        desk.run_changed.connect(self._forget)

    def _others(self) -> dict[str, RunFolder]:
        project, here = self._desk.project, self._desk.run
        runs = reversed(project.runs()) if project is not None else ()
        return {run.id: run for run in runs if here is None or run.id != here.id}

    @Slot()
    def _offer(self) -> None:
        runs = [(key, run_title(run)) for key, run in self._others().items()]
        self._plots.choice.offer_runs(runs, self._chosen)

    @Slot(str)
    def _choose(self, key: str) -> None:
        run = self._others().get(key)
        self._chosen = key if run is not None else ""
        if run is None:
            self._plots.set_other("", [])
            return
        self._view.later.ask(
            "other run",
            self._desk.studio.history(run).rows,
            lambda rows: self._read(run, rows),
            urgent=True,
        )

    def _read(self, run: RunFolder, rows: list[MetricsRow]) -> None:
        if run.id == self._chosen:
            self._plots.set_other(run_title(run), rows)

    @Slot(object)
    def _forget(self, run: object) -> None:
        """Another run is looked at."""
        self._chosen = ""
        self._plots.set_other("", [])
