"""The directions of the open project and of the generator that is explored, as one list.

Every method is called in the window's thread; what takes long is done by the explorer, and events
tell when it is done. Not responsible for which row a person sees where (`direction_rows`), nor for
finding anything (`latent`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from ganstudio.project.direction import Direction, Fit
from ganstudio.project.directions_file import (
    KeptDirection,
    load_directions,
    read_kept,
    save_directions,
)
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.direction_rows import DirectionRow, rows_of
from ganstudio.studio.events import AmountTold, DirectionMade, DirectionsChecked, Event
from ganstudio.studio.explorer import ExplorerService
from ganstudio.studio.projects import ProjectsService

__all__ = ["MARKS", "MARKS_A_SIDE", "DirectionsService"]

logger = logging.getLogger(__name__)

#: So many marks make a direction, and at least so many of each side.
MARKS, MARKS_A_SIDE = 20, 5

Begin = Callable[[engine.LoadedModel], Generator[None, None, Direction]]


class DirectionsService:
    """What was found comes and goes with the generator; what a person touched is kept.

    Without a project, or in one that is only looked at, it is kept until the program ends.

    Attributes:
        rows: Of the present generator.
    """

    def __init__(
        self, events: Batch[Event], explorer: ExplorerService, projects: ProjectsService
    ) -> None:
        self._events, self._explorer, self._projects = events, explorer, projects
        self._project: Project | None = None
        self._kept: dict[str, KeptDirection] = {}
        self._fits: dict[str, Fit] = {}
        self._seen: dict[str, Direction] = {}
        self._ticket = 0
        self.rows: tuple[DirectionRow, ...] = ()

    # -- which there are --------------------------------------------------------------------------

    def forget(self) -> None:
        """Another generator: nothing that was found is of it."""
        self._fits.clear()
        self.rows = ()

    def refresh(self) -> None:
        """The explorer has found directions, or the project is another one."""
        project = self._projects.current
        if project is not self._project:
            self._project = project
            kept = read_kept(project.path) if project is not None else []
            self._kept = {one.key: one for one in kept}
        self._put_together()
        for row in self.rows:
            if row.state == "checking":
                self._check(row)

    def _put_together(self) -> None:
        explorer = self._explorer
        self.rows = rows_of(explorer.directions, self._kept.values(), self._fits, explorer.bands)
        for row in self.rows:
            ways = [row.limited(band) for band in (None, *row.bands)]
            self._seen |= {way.key: way for way in ways}
        for one in self._kept.values():
            self._seen.setdefault(one.key, one.direction)
        explorer.know(self._seen.values())

    def known(self, key: str) -> Direction | None:
        """What a move is along, as far as that was ever seen here, or came with a place."""
        return self._seen.get(key) or self._explorer.known.get(key)

    @property
    def deleted(self) -> tuple[KeptDirection, ...]:
        """What stays away until a person brings it back."""
        return tuple(one for one in self._kept.values() if one.deleted)

    def _check(self, row: DirectionRow) -> None:
        """Ask what becomes of a direction of another moment; `DirectionsChecked` tells."""
        direction, older = row.kept.direction, self._moments(row.kept.direction)
        checked = self._explorer.search(lambda model: model.fitting(direction, older))
        key = direction.key

        def done(future: Future[Fit]) -> None:
            if not future.cancelled() and future.exception() is None:
                self._events.put(DirectionsChecked(key, future.result()))

        checked.add_done_callback(done)

    def _moments(self, direction: Direction) -> list[Path]:
        """Model files among which the one may be in which a direction was found."""
        runs = self._project.runs() if self._project is not None else []
        return [run.snapshot_folder(direction.images) / "generator.safetensors" for run in runs]

    def take_fit(self, checked: DirectionsChecked) -> None:
        """What became of a direction is known."""
        self._fits[checked.key] = checked.fit
        self._put_together()

    # -- how much of one a place has ---

    def ask_amount(self, key: str, there: LatentPoint, here: LatentPoint) -> int:
        """Ask how much of a direction another place has, for `here` to take it over.

        Returns:
            The ticket of the answer, `AmountTold`; only the newest question is answered for sure.
        """
        self._ticket += 1
        ticket = self._ticket

        def done(future: Future[float]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            if isinstance(error, UserError):
                self._events.put(AmountTold(ticket, error=error))
            elif error is None:
                self._events.put(AmountTold(ticket, future.result()))

        asked = self._explorer.ask("amount", lambda model: model.amount(key, there, here))
        asked.add_done_callback(done)
        return ticket

    # -- making -----------------------------------------------------------------------------------

    def mark(self, more: Sequence[LatentPoint], less: Sequence[LatentPoint], name: str) -> None:
        """Make one of places that were marked; `DirectionMade` tells the end."""
        self._make(lambda model: model.marked(more, less), name)

    def between(self, start: LatentPoint, end: LatentPoint, name: str) -> None:
        """Make the one that leads from a place towards another; `DirectionMade` tells the end."""
        self._make(lambda model: model.between(start, end), name)

    def between_kinds(self, start: int, end: int, name: str) -> None:
        """Make the one that leads from a kind towards another; `DirectionMade` tells the end."""
        self._make(lambda model: model.between_kinds(start, end), name)

    def _make(self, begin: Begin, name: str) -> None:
        def done(future: Future[Direction]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            if isinstance(error, UserError):
                self._events.put(DirectionMade(error=error))
            elif error is None:
                named = future.result().model_copy(update={"name": name})
                self._events.put(DirectionMade(named))

        self._explorer.search(begin).add_done_callback(done)

    def take(self, directions: Sequence[Direction]) -> None:
        """Keep directions that were made or loaded, each as a row of its own.

        Raises:
            UserError: "disk-full" or "folder-not-writable".
        """
        for direction in directions:
            for_all = direction.model_copy(update={"layers": ()})
            self._keep(KeptDirection(direction=for_all))
            if direction.model == self._explorer.fingerprint:
                self._fits[direction.key] = Fit("same", 1.0)
        self.refresh()

    # -- what a person does with one ---

    def change(self, row: DirectionRow, **values: Any) -> KeptDirection:
        """Name, limit, lock, delete or stretch a row: fields of `KeptDirection`, and `name`.

        Returns:
            What was kept of it before.

        Raises:
            UserError: "disk-full" or "folder-not-writable".
        """
        kept = row.kept
        if "name" in values:
            named = kept.direction.model_copy(update={"name": values.pop("name")})
            kept = kept.model_copy(update={"direction": named})
        self._keep(kept.model_copy(update=values))
        self._put_together()
        return row.kept

    def put_back(self, kept: KeptDirection) -> None:
        """Have a direction again as it was kept before.

        Raises:
            UserError: "disk-full" or "folder-not-writable".
        """
        self._keep(kept)
        self.refresh()

    def _keep(self, kept: KeptDirection) -> None:
        self._kept[kept.key] = kept
        if self._project is not None and not self._projects.read_only:
            kept.write(self._project.path)

    # -- files ---

    def save(self, row: DirectionRow, path: Path) -> None:
        """Save a direction, as limited as it is, to be used anywhere.

        Raises:
            UserError: "disk-full" or "folder-not-writable".
        """
        save_directions(path, [row.limited(row.kept.band)])

    def load(self, path: Path) -> int:
        """Take the directions of a file; how many they were.

        Raises:
            UserError: If it cannot be read, or the project not be written.
        """
        directions = load_directions(path)
        self.take(directions)
        return len(directions)
