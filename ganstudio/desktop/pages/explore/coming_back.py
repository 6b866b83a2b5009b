"""Where a person was when the program ended: found again when its model is opened.

Not responsible for favourites, which are kept on purpose.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.project.errors import UserError
from ganstudio.project.kept import read_kept
from ganstudio.studio.app import Studio

__all__ = ["ComingBack"]

_FILE = "place.json"
#: A place is remembered when the path has rested so long.
_REST_MS = 1_000


class ComingBack(QObject):
    """Writes the place of now beside what else belongs to a model, and goes there once."""

    def __init__(self, studio: Studio, walk: Walk) -> None:
        super().__init__(walk)
        self._studio, self._walk = studio, walk
        self._path: Path | None = None
        self._written = walk.journey.here
        self._soon = QTimer(self, interval=_REST_MS, singleShot=True)
        self._soon.timeout.connect(self.remember)
        walk.path_changed.connect(self._soon.start)

    def opened(self, folder: Path | None) -> None:
        """A model draws; where what belongs to it is kept. Who has not walked yet comes back."""
        self.remember()
        before, self._path = self._path, folder / _FILE if folder is not None else None
        untouched = len(self._walk.journey) == 1
        if self._path is None or self._path == before or not untouched:
            return
        try:
            place = read_kept(self._path)
        except UserError:
            return  # nothing was remembered, or what was cannot be read: one begins anew
        self._written = self._studio.explorer.take(place)
        self._walk.go(self._written, self.tr("return to where you were"))

    @Slot()
    def remember(self) -> None:
        """Write where one is, if that changed and its project is still the open one."""
        self._soon.stop()
        path, here, projects = self._path, self._walk.journey.here, self._studio.projects
        project = projects.current if not projects.read_only else None
        if here == self._written or path is None or project is None:
            return
        if path.is_relative_to(project.path):
            self._written = here
            self._studio.exports.remember_place(here, path)
