"""Saving the plots as a picture, or what they show as a table.

Not responsible for drawing them, nor for writing the table: `studio` does that.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.plots import TrainPlots
from ganstudio.project.errors import UserError
from ganstudio.project.runs import RunFolder

__all__ = ["save_plots"]


def save_plots(desk: Desk, run: RunFolder, plots: TrainPlots, kind: str) -> None:
    """Ask where to, and save.

    Args:
        desk: What the person works on.
        run: What is plotted.
        plots: As they look now.
        kind: "png" for a picture, "csv" for every row as a table.
    """
    kinds = _tr("Picture (*.png)") if kind == "png" else _tr("Table (*.csv)")
    path = desk.ask_path_to_save(_tr("Save the plots"), f"losses.{kind}", kinds)
    if path is None:
        return
    if kind == "csv":
        desk.studio.exports.table(run, path)
    elif plots.save_png(path):
        desk.toast(_tr("{name} is saved").format(name=path.name))
    else:
        desk.show_error(UserError("folder-not-writable", path=path.parent))


def _tr(words: str) -> str:
    return QCoreApplication.translate("TrainPage", words)
