"""The favourites of the open project: kept in memory, written behind the window when they change.

Not responsible for the file (`project.favourites`), for drawing places, nor for undo.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from pathlib import Path

from ganstudio.project.errors import UserError
from ganstudio.project.favourites import FAVOURITES, Favourite, read_favourites, write_favourites
from ganstudio.project.folder import Project
from ganstudio.studio.channels import Batch
from ganstudio.studio.events import Event, FavouritesWritten
from ganstudio.studio.pools import Pools
from ganstudio.studio.projects import ProjectsService
from ganstudio.studio.writer import Writer

__all__ = ["FavouritesService"]

logger = logging.getLogger(__name__)

#: Who leaves a project waits at most so long for its disk; what is not written then still will be.
_LEAVE_S = 5.0


class FavouritesService:
    """What a damaged file holds is never written over: nothing can be kept until it is mended.

    What could not be written is kept in memory, and `FavouritesWritten` tells. It is tried again
    with the next change, when its project is opened again, and at the end.

    Args:
        events: Where it is told what could not be written.
        pools: Where it is written.
        projects: Knows which project is open, and whether it may be written.
    """

    def __init__(self, events: Batch[Event], pools: Pools, projects: ProjectsService) -> None:
        self._events, self._projects = events, projects
        self._writer = Writer(lambda: pools.files, self._write_now, self._written)
        self._path: Path | None = None
        self._stamp = -1
        self._all: tuple[Favourite, ...] = ()
        self._broken: UserError | None = None

    @property
    def can_keep(self) -> bool:
        """Whether there is a project to keep them in that may be written."""
        return self._projects.current is not None and not self._projects.read_only

    def all(self) -> tuple[Favourite, ...]:
        """In the order they were kept; none while their file cannot be read.

        They are read again when another process has written them.
        """
        project = self._projects.current
        path = project.path if project is not None else None
        if path is not None and (unwritten := self._writer.unwritten(path)) is not None:
            self._back_in(path)
            self._path, self._all, self._broken = path, unwritten, None
            return self._all
        stamp = _stamp(path) if path is not None else -1
        if (path, stamp) != (self._path, self._stamp):
            self._path, self._stamp, self._all, self._broken = path, stamp, (), None
            if path is not None:
                try:
                    self._all = read_favourites(path)
                except UserError as error:
                    logger.warning("%s", error)
                    self._broken = error
        return self._all

    def find(self, id_: str) -> Favourite | None:
        """One of them by its id."""
        return next((one for one in self.all() if one.id == id_), None)

    def put(self, favourite: Favourite, place: int | None = None) -> None:
        """Keep one, or replace the one with its id.

        Args:
            favourite: As it shall be from now on.
            place: Where a new one stands; None for the end.

        Raises:
            UserError: If the file is damaged.
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
            UserError: If the file is damaged.
        """
        self._write(lambda before: [one for one in before if one.id != id_])

    def _write(self, change: Callable[[list[Favourite]], list[Favourite]]) -> None:
        wanted = tuple(change(list(self.all())))
        if self._broken is not None:
            raise self._broken
        if self._path is None or not self.can_keep:
            return
        self._all = wanted
        self._writer.put(self._path, wanted)

    # -- the disk ---------------------------------------------------------------------------------

    @property
    def failed(self) -> bool:
        """Whether something that was kept could not be written."""
        return self._writer.failed

    @property
    def settled(self) -> bool:
        """Whether nothing is being written any more; never waits."""
        return self._writer.settled

    def begin_close(self) -> None:
        """Try once more to write what could not be; returns at once."""
        self._writer.try_again()

    def close(self) -> None:
        """Wait until everything is written that can be."""
        self._writer.flush()

    def leave(self) -> None:
        """The project is about to be closed: what belongs to it is written before."""
        self._writer.flush(_LEAVE_S)

    def _back_in(self, path: Path) -> None:
        """A project is open again whose newest favourites could not be written."""
        if path != self._path:
            self._writer.try_again()

    def _write_now(self, path: Path, favourites: tuple[Favourite, ...]) -> None:
        """In a pool's thread. A project that is not open any more may be somebody else's by now."""
        project = self._projects.current
        mine = project is not None and project.path == path and not self._projects.read_only
        with contextlib.nullcontext() if mine else Project(path).lock:
            write_favourites(path, favourites)
        if path == self._path:
            self._stamp = _stamp(path)

    def _written(self, error: Exception | None) -> None:
        """In a pool's thread: something could not be written, or could be at last."""
        if error is None:
            self._events.put(FavouritesWritten())
            return
        reason = error.sentence if isinstance(error, UserError) else str(error)
        hint = error.hint if isinstance(error, UserError) else ""
        failed = UserError("favourites-unwritten", reason=reason, hint=hint)
        self._events.put(FavouritesWritten(failed))


def _stamp(project: Path) -> int:
    """When the file was written last; -1 while there is none."""
    try:
        return (project / FAVOURITES).stat().st_mtime_ns
    except OSError:
        return -1
