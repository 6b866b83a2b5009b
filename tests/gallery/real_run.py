"""The Train page of a project that was really trained: what the README shows.

Not responsible for training it: `ganstudio train` did.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from ganstudio.desktop.pages.train.page import TrainPage
from tests.gallery.stage import Stage, State

__all__ = ["states_of"]

_BIG = (1440, 900)


def states_of(project: Path) -> list[State]:
    """One state; the project is copied first, and not changed."""

    def prepare(stage: Stage) -> None:
        place = stage.home / project.name
        shutil.copytree(project, place)
        assert stage.desk.open_project(place)
        stage.show("train")
        page = stage.window.pages.page("train")
        assert isinstance(page, TrainPage)
        stage.until(lambda: bool(page.timeline.rows) and not page.later.busy)
        page.body.grid.chosen.emit(4)
        stage.until(lambda: not page.later.busy)
        stage.pump(1.0)

    return [State("train-real", prepare, (_BIG,))]
