"""Taking things away, in the background: a picture, a model, a table, a film.

Not responsible for file formats (`export`) nor for drawing (`explorer`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ganstudio.project.direction import Direction
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.film import FilmSettings
from ganstudio.project.folder import Project
from ganstudio.project.kept import KeptPoint, write_kept
from ganstudio.project.point import LatentPoint
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import Task
from ganstudio.project.tournament import Player, Tournament
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.crash import report_of
from ganstudio.studio.engine import Enlarging
from ganstudio.studio.events import Event, ExportEnded, PictureReady
from ganstudio.studio.explorer import ExplorerService
from ganstudio.studio.models import model_of_run
from ganstudio.studio.pools import Pools
from ganstudio.studio.writer import Writer

__all__ = ["ExportService"]

logger = logging.getLogger(__name__)


class ExportService:
    """Writes files in the files pool; `ExportEnded` or `PictureReady` tells the end."""

    def __init__(self, events: Batch[Event], pools: Pools, explorer: ExplorerService) -> None:
        self._events = events
        self._pools = pools
        self._explorer = explorer
        self._tasks: set[Task] = set()
        self._places: Writer[KeptPoint] = Writer(lambda: pools.files, write_kept, lambda _: None)

    def begin_close(self) -> None:
        """End what takes long: nobody waits for it when the program ends."""
        for task in tuple(self._tasks):
            task.cancel()

    def close(self) -> None:
        """Wait until the place where a person is has been written."""
        self._places.flush()

    def save_picture(
        self, point: LatentPoint, path: Path, scale: int = 1, enlarging: Enlarging = "lanczos"
    ) -> None:
        """Save one picture as PNG, its place inside."""
        drawn = self._explorer.draw([point])
        place = self._explorer.keep(point)

        def write() -> None:
            engine.save_still(drawn.result()[0], path, place, scale, enlarging)

        self._submit(path, write)

    def save_place(self, point: LatentPoint, path: Path) -> None:
        """Save a place as a file of its own, for others and for the command line."""
        place = self._explorer.keep(point)
        self._submit(path, lambda: write_kept(path, place))

    def remember_place(self, point: LatentPoint, path: Path) -> None:
        """Write where a person is, for the next time; nobody hears whether that went well."""
        self._places.put(path, self._explorer.keep(point))

    def picture_for_clipboard(
        self, point: LatentPoint, scale: int = 1, enlarging: Enlarging = "lanczos"
    ) -> None:
        """Draw one picture for the clipboard; it comes as `PictureReady`."""
        drawn = self._explorer.draw([point])

        def hand_over() -> None:
            picture = engine.enlarged(drawn.result()[0], scale, enlarging)
            self._events.put(PictureReady(picture))

        self._pools.files.submit(hand_over)

    def model(self, run: RunFolder, moment: int | None, path: Path) -> None:
        """Save a generator as one file to share."""
        source = model_of_run(run, moment).path
        self._submit(path, lambda: engine.export_model(source, path))

    def table(self, run: RunFolder, path: Path) -> None:
        """Save a run's metrics as CSV."""
        self._submit(path, lambda: engine.export_table(run, path))

    def for_tensorboard(self, project: Project, run: RunFolder, folder: Path) -> Path:
        """Save a run for TensorBoard, in a folder of its own in `folder`; returns that one."""
        task = Task()

        def write() -> None:
            engine.export_events(project, run, folder, task)

        self._submit(folder / run.id, write, task)
        return folder / run.id

    def tournament(self, players: Sequence[Player], found: Tournament, path: Path) -> None:
        """Save what came out of a tournament as CSV."""
        self._submit(path, lambda: engine.save_tournament(path, players, found))

    def film(
        self,
        project: Project,
        run: RunFolder,
        path: Path,
        task: Task,
        losses: bool,
        captions: Mapping[int, str],
    ) -> None:
        """Save a run's time-lapse as GIF; the task tells how far it is, and cancels."""
        self._submit(
            path, lambda: engine.save_film(project, run, path, task, losses, captions), task
        )

    def loop(
        self,
        model: Path,
        keys: Sequence[LatentPoint],
        settings: FilmSettings,
        path: Path,
        task: Task,
        directions: Sequence[Direction] = (),
    ) -> None:
        """Save a closed path through places as a film; the task tells how far it is, and cancels.

        It is drawn with a model of its own, so exploring goes on meanwhile.
        """
        self._submit(
            path, lambda: engine.save_loop(model, keys, settings, path, task, directions), task
        )

    def _submit(self, path: Path, work: Callable[[], None], task: Task | None = None) -> None:
        """Have a file written; with a task it may be given up, also because the program ends."""
        if task is not None:
            self._tasks.add(task)

        def run() -> None:
            error, cancelled = None, False
            try:
                work()
            except Cancelled:
                cancelled = True
            except UserError as caught:
                error = caught
            except Exception as caught:  # a bug of ours must be told, not swallowed by the pool
                logger.exception("export failed")
                error = UserError("export-bug", report=report_of(caught))
            if task is not None:
                self._tasks.discard(task)
            self._events.put(ExportEnded(path, error, cancelled))

        self._pools.files.submit(run)
