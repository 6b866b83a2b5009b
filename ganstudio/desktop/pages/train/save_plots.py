"""Saving the plots as a picture, what they show as values, the moments as a time-lapse.

Not responsible for drawing them, nor for writing files: `studio` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import file_dialogs
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.timelapse import TimelapseWindow
from ganstudio.desktop.pages.train.captions import caption
from ganstudio.desktop.pages.train.plots import TrainPlots
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.desktop.widgets.caption import plain_text
from ganstudio.project.errors import UserError
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import ExportEnded

__all__ = ["Saves"]


class Saves:
    """What can be saved of the run that is looked at.

    Args:
        desk: What the person works on.
        view: The run that is looked at.
        plots: As they look now.
        parent: Any widget of the main window.
    """

    def __init__(self, desk: Desk, view: RunView, plots: TrainPlots, parent: QWidget) -> None:
        self._desk, self._view, self._plots, self._parent = desk, view, plots, parent

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The film where there are moments, the plots where there are rows."""
        possible: dict[str, Callable[[], None]] = {}
        if self._view.timeline.moments:
            possible["export-film"] = self.save_film
        if self._view.timeline.rows:
            for kind in ("csv", "png", "svg", "tensorboard"):
                possible[f"plots-{kind}"] = partial(self.save_plots, kind)
        return possible

    def save_plots(self, kind: str) -> None:
        """Ask where to, and save.

        Args:
            kind: "png" for a picture, "svg" for lines and letters, "csv" for every row as a table,
                "tensorboard" for event files.
        """
        run = self._desk.run
        if run is None or not self._view.timeline.rows:
            return
        if kind == "tensorboard":
            self._save_for_tensorboard(run)
            return
        kinds = {
            "png": _tr("Picture (*.png)"),
            "svg": _tr("Drawing (*.svg)"),
            "csv": _tr("Table (*.csv)"),
        }[kind]
        path = self._desk.ask_path_to_save(_tr("Save the plots"), f"losses.{kind}", kinds)
        if path is None:
            return
        if kind == "csv":
            self._desk.studio.exports.table(run, path)
        elif self._plots.save_svg(path) if kind == "svg" else self._plots.save_png(path):
            self._desk.toast(_tr("{name} is saved").format(name=path.name))
        else:
            self._desk.show_error(UserError("folder-not-writable", path=path.parent))

    def _save_for_tensorboard(self, run: RunFolder) -> None:
        """Ask for a folder, and save the run in one of its own in there."""
        desk, project = self._desk, self._desk.project
        if project is None:
            return
        folder = file_dialogs.ask_folder(_tr("Folder for TensorBoard"), project.exports_path)
        if folder is None:
            return
        place = desk.studio.exports.for_tensorboard(project, run, folder)

        def tell(ended: ExportEnded) -> None:
            if ended.path == place:
                desk.exported.disconnect(tell)
                if ended.error is None and not ended.cancelled:
                    desk.toast(_tr("{name} is saved for TensorBoard").format(name=run.info().name))

        desk.exported.connect(tell)

    def save_film(self) -> None:
        """Ask what the time-lapse shall carry, and save it."""
        desk, view = self._desk, self._view
        project, run = desk.project, desk.run
        if project is None or run is None:
            return
        try:
            horizon = run.recipe().horizon
        except UserError as error:
            desk.show_error(error)
            return
        captions = {
            clock: plain_text(caption(view.numbers(clock, clock, horizon, 0.0)))
            for clock in view.timeline.moments
        }
        window = TimelapseWindow(desk, project, run, captions, self._parent.window())
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()


def _tr(words: str) -> str:
    return QCoreApplication.translate("TrainPage", words)
