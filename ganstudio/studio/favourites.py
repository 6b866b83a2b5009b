"""The favourites of the open project: kept in memory, written whenever they change.

Not responsible for the file (`project.favourites`), for drawing places, nor for undo.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from ganstudio.project.errors import UserError
from ganstudio.project.favourites import Favourite, read_favourites, write_favourites
from ganstudio.studio.projects import ProjectsService

__all__ = ["FavouritesService"]

logger = logging.getLogger(__name__)


class FavouritesService:
    """What a damaged file holds is never written over: nothing can be kept until it is mended.

    Args:
        projects: Knows which project is open, and whether it may be written.
    """

    def __init__(self, projects: ProjectsService) -> None:
        self._projects = projects
        self._path: Path | None = None
        self._all: tuple[Favourite, ...] = ()
        self._broken: UserError | None = None

    @property
    def can_keep(self) -> bool:
        """Whether there is a project to keep them in that may be written."""
        return self._projects.current is not None and not self._projects.read_only

    def all(self) -> tuple[Favourite, ...]:
        """In the order they were kept; none while their file cannot be read."""
        project = self._projects.current
        path = project.path if project is not None else None
        if path != self._path:
            self._path, self._all, self._broken = path, (), None
            if path is not None:
                try:
                    self._all = read_favourites(path)
                except UserError as error:
                    logger.warning("%s", error)
                    self._broken = error
        return self._all

    def forget(self) -> None:
        """Read them again: another process may have written them."""
        self._path = None

    def find(self, id_: str) -> Favourite | None:
        """One of them by its id."""
        return next((one for one in self.all() if one.id == id_), None)

    def put(self, favourite: Favourite, place: int | None = None) -> None:
        """Keep one, or replace the one with its id.

        Args:
            favourite: As it shall be from now on.
            place: Where a new one stands; None for the end.

        Raises:
            UserError: If the file cannot be written, or is damaged.
        """

        def changed(before: list[Favourite]) -> list[Favourite]:
            ids = [one.id for one in before]
            if favourite.id in ids:
                before[ids.index(favourite.id)] = favourite
            else:
                before.insert(len(before) if place is None else place, favourite)
            return before

        self._write(changed)

    def remove(self, id_: str) -> None:
        """Forget one.

        Raises:
            UserError: If the file cannot be written, or is damaged.
        """
        self._write(lambda before: [one for one in before if one.id != id_])

    def _write(self, change: Callable[[list[Favourite]], list[Favourite]]) -> None:
        wanted = tuple(change(list(self.all())))
        if self._broken is not None:
            raise self._broken
        if self._path is None or not self.can_keep:
            return
        write_favourites(self._path, wanted)
        self._all = wanted
