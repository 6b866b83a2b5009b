"""Bringing pictures in, in the background; leaving some out; tiles for the window.

Not responsible for decoding (`pictures`) nor for how anything looks.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from ganstudio.pictures import (
    BUNDLES,
    Bundle,
    ImportReport,
    PictureInfo,
    PictureView,
    bundle_tiles,
    framing_key,
    import_pictures,
    problems_of,
    refresh_pictures,
    remove_source,
    source_title,
)
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import Pictures
from ganstudio.project.picture_list import FramingSettings, PictureList, SourceEntry
from ganstudio.project.tasks import Task
from ganstudio.studio.channels import Batch
from ganstudio.studio.crash import report_of
from ganstudio.studio.events import Event, ImportEnded
from ganstudio.studio.pools import Pools

__all__ = ["Bundle", "PictureInfo", "PicturesService"]

logger = logging.getLogger(__name__)

Import = Callable[[Task], ImportReport]


class PicturesService:
    """One import at a time; everything else answers at once.

    Args:
        events: Where the end of an import is told.
        pools: Where it runs.
    """

    def __init__(self, events: Batch[Event], pools: Pools) -> None:
        self._events = events
        self._pools = pools
        self._view: PictureView | None = None
        self._view_of: PictureList | None = None
        self.task: Task | None = None

    # -- bringing in -----------------------------------------------------------------------------

    def add(
        self,
        project: Project,
        what: Sequence[str | Path],
        framing: FramingSettings | None = None,
    ) -> Task:
        """Bring in folders, ZIPs, files or `bundle:NAME` in the background.

        Returns:
            The task: its progress, and how to cancel it. `ImportEnded` tells the end.
        """
        decoding = self._pools.decoding
        return self._start(
            project, lambda task: import_pictures(project, what, decoding, task, framing)
        )

    def reframe(self, project: Project, framing: FramingSettings | None = None) -> Task:
        """Decode everything anew for another size or framing, or fill a deleted cache."""
        decoding = self._pools.decoding
        return self._start(project, lambda task: refresh_pictures(project, decoding, task, framing))

    def add_now(
        self,
        project: Project,
        what: Sequence[str | Path],
        framing: FramingSettings | None,
        task: Task,
    ) -> ImportReport:
        """Bring pictures in and wait for it (the command line).

        Raises:
            UserError: If no usable picture was found.
        """
        report = import_pictures(project, what, self._pools.decoding, task, framing)
        project.write_pictures(report.pictures)
        return report

    @staticmethod
    def same_pixels(one: FramingSettings, other: FramingSettings) -> bool:
        """Whether pictures come out the same, so that nothing has to be decoded anew."""
        return framing_key(one) == framing_key(other)

    @property
    def busy(self) -> bool:
        """Whether an import runs."""
        return self.task is not None

    def _start(self, project: Project, work: Import) -> Task:
        if self.task is not None:
            self.task.cancel()
        task = Task()
        self.task = task
        self._pools.files.submit(self._run, project, work, task)
        return task

    def _run(self, project: Project, work: Import, task: Task) -> None:
        """In the files pool: the import, and the one event that tells how it ended."""
        try:
            report = work(task)
            task.check()
            project.write_pictures(report.pictures)
            problems = tuple((problem.name, problem.sentence) for problem in report.problems)
            ended = ImportEnded(project.path, problems, report.usable, report.added)
        except Cancelled:
            ended = ImportEnded(project.path, cancelled=True)
        except UserError as error:
            ended = ImportEnded(project.path, error=error)
        except Exception as error:  # a bug of ours must end the import, not the program
            logger.exception("import failed")
            failed = UserError("import-bug", report=report_of(error))
            ended = ImportEnded(project.path, error=failed)
        finally:
            if self.task is task:
                self.task = None
        self._events.put(ended)

    # -- the list --------------------------------------------------------------------------------

    @staticmethod
    def list(project: Project) -> PictureList:
        """The project's pictures."""
        return project.pictures()

    @staticmethod
    def problems(pictures: PictureList) -> tuple[tuple[str, str], ...]:
        """(name, sentence) of each picture that could not be used."""
        return tuple((problem.name, problem.sentence) for problem in problems_of(pictures))

    @staticmethod
    def source_title(source: SourceEntry) -> str:
        """What a source is called on the screen."""
        return source_title(source)

    @staticmethod
    def set_left_out(project: Project, indices: set[int], left_out: bool) -> PictureList:
        """Leave pictures out by hand, or bring such pictures back."""
        pictures = project.pictures().with_left_out(indices, left_out)
        project.write_pictures(pictures)
        return pictures

    def remove_source(self, project: Project, index: int) -> PictureList:
        """Take a source and its pictures out of the project; the originals stay."""
        pictures = remove_source(project.pictures(), index)
        project.write_pictures(pictures)
        return pictures

    # -- looking at them -------------------------------------------------------------------------

    def tile(self, project: Project, pictures: PictureList, index: int) -> Pictures | None:
        """One picture as training sees it: (S, S, 3) uint8, or None if it was never decoded."""
        return self._viewer(project, pictures).tile(index)

    def info(self, project: Project, pictures: PictureList, index: int) -> PictureInfo | None:
        """Size, weight and kind of one original, read from its header."""
        return self._viewer(project, pictures).info(index)

    def _viewer(self, project: Project, pictures: PictureList) -> PictureView:
        if self._view is None or self._view_of is not pictures:
            self.close_view()
            self._view, self._view_of = PictureView(project, pictures), pictures
        return self._view

    def close_view(self) -> None:
        """Let go of the cache, so that it can be rebuilt or moved."""
        if self._view is not None:
            self._view.close()
        self._view = None
        self._view_of = None

    # -- bundled sets ----------------------------------------------------------------------------

    @staticmethod
    def bundles() -> tuple[Bundle, ...]:
        """The sets that came with the program."""
        return tuple(BUNDLES.values())

    @staticmethod
    def bundle_preview(name: str, count: int = 12) -> Pictures:
        """The first pictures of a bundled set, straight from its ZIP: (N, S, S, 3) uint8."""
        return bundle_tiles(name, count)
