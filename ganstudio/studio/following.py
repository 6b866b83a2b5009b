"""Following a run that another process writes, on this computer or another one: live, read-only.

Files are looked at about once a second in the pool for files. No lock is taken and nothing written.

Not responsible for training here (`training`), nor for showing what came.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.history import read_lines_from
from ganstudio.project.locks import FileLock, Holder
from ganstudio.project.messages import MetricsRow
from ganstudio.project.runs import RunFolder
from ganstudio.studio.channels import Batch
from ganstudio.studio.events import Event, RunNews
from ganstudio.studio.pools import Pools
from ganstudio.studio.projects import ProjectsService
from ganstudio.studio.run_history import read_first_seed, read_samples, rows_of
from ganstudio.studio.training import TrainingService

__all__ = ["FollowService"]

logger = logging.getLogger(__name__)

_EVERY_S = 1.0


def other_holder(lock: FileLock) -> Holder | None:
    """Who holds a lock, if it is not this process."""
    holder = lock.holder()
    return None if holder is None or holder.is_me else holder


@dataclass(slots=True)
class _Reader:
    """How far a run's files were read. Belongs to whoever looks: one look at a time."""

    run: RunFolder
    generation: int | None = None
    offset: int = 0
    moments: tuple[int, ...] | None = None
    drawn: int | None = None

    def look(self) -> RunNews:
        """What came since the last look; what cannot be read now comes with a later one."""
        news = RunNews(self.run.path)
        try:
            generation = self.run.info().generation
        except UserError:
            return news
        replaced = generation != self.generation
        if replaced:
            self.generation, self.offset, self.drawn = generation, 0, None
        lines, self.offset = read_lines_from(self.run.metrics_path, self.offset)
        news = replace(news, replaced=replaced, rows=tuple(rows_of(lines)))
        moments = tuple(self.run.snapshots())
        if moments != self.moments or replaced:
            self.moments = moments
            news = replace(news, moments=moments)
        return self._with_sheet(news, moments)

    def _with_sheet(self, news: RunNews, moments: tuple[int, ...]) -> RunNews:
        if not moments or moments[-1] == self.drawn:
            return news
        try:
            sheet = read_samples(self.run, moments[-1])
        except UserError:
            return news
        self.drawn = moments[-1]
        first = read_first_seed(self.run, moments[-1])
        return replace(news, moments=moments, sheet=sheet, first_seed=first)


@dataclass(frozen=True, slots=True)
class _Watched:
    """What is looked at: replaced, never changed, for two threads see it."""

    project: Project | None = None
    run: RunFolder | None = None
    reader: _Reader | None = None
    trainer: Holder | None = None
    opener: Holder | None = None
    runs: frozenset[str] = frozenset()


class FollowService:
    """Looks at the run that is looked at, whether anybody else trains it, and what comes of it.

    Attributes:
        newest: The newest row of a run that another process trains.
    """

    def __init__(
        self,
        events: Batch[Event],
        pools: Pools,
        projects: ProjectsService,
        training: TrainingService,
    ) -> None:
        self._events, self._pools = events, pools
        self._projects, self._training = projects, training
        self._watched = _Watched()
        self._one_look = threading.Lock()
        self._exchange = threading.Lock()
        self._future: Future[None] | None = None
        self._look_at = 0.0
        self.newest: MetricsRow | None = None

    # -- questions and commands (UI thread) ------------------------------------------------------

    def watch(self, run: RunFolder | None) -> None:
        """Look at another run of the open project, or at the project alone."""
        project, before = self._projects.current, self._watched
        watched = _Watched(
            project,
            run,
            _Reader(run) if run is not None else None,
            other_holder(run.lock) if run is not None else None,
            self._opener_of(project),
            before.runs if before.project is project else _runs_of(project),
        )
        with self._exchange:
            self._watched = watched
            self.newest = None

    @property
    def opener(self) -> Holder | None:
        """Who else holds the open project, so that it is read-only here."""
        return self._watched.opener if self._projects.read_only else None

    def trainer_of(self, run: RunFolder | None) -> Holder | None:
        """Who else trains a run, if it is the one that is watched; None if nobody does."""
        watched = self._watched
        if run is None or watched.run is None or watched.run.path != run.path:
            return None
        return watched.trainer

    def tick(self) -> None:
        """Have a look taken once a second; after it take the project over if nobody holds it."""
        if self._watched.project is not self._projects.current:
            self.watch(None)
        if self._future is not None and self._future.done():
            self._future = None
            self.take_over()
        now = time.monotonic()
        if self._watched.project is not None and self._future is None and now >= self._look_at:
            self._look_at = now + _EVERY_S
            self._future = self._pools.files.submit(self.look)

    def take_over(self) -> None:
        """Hold the project from now on, if it was read-only and whoever held it has ended."""
        if self._projects.read_only and self._watched.opener is None and self._projects.take_over():
            run = self._watched.run
            self._events.put(RunNews(run.path if run is not None else None, others_changed=True))

    # -- one look (in the pool) ------------------------------------------------------------------

    def look(self) -> None:
        """Look once; `RunNews` tells what is new, if anything is."""
        with self._one_look:
            watched = self._watched
            if watched.project is None:
                return
            try:
                news, found = self._seen(watched, watched.project)
            except (OSError, UserError) as error:
                # A share that is away for a moment, a folder that was just removed.
                logger.info("could not look at %s: %s", watched.project.path, error)
                return
            except Exception:  # a bug of ours must not end the window, nor looking
                logger.exception("looking at %s broke", watched.project.path)
                return
            with self._exchange:
                if self._watched is not watched:  # a person looks at something else by now
                    return
                self._watched = found
            self.newest = news.rows[-1] if news.rows else self.newest
            if news != RunNews(news.run):
                self._events.put(news)

    def _seen(self, watched: _Watched, project: Project) -> tuple[RunNews, _Watched]:
        run, reader = watched.run, watched.reader
        trainer = other_holder(run.lock) if run is not None else None
        opener = self._opener_of(project)
        runs = _runs_of(project)
        news = RunNews(run.path if run is not None else None)
        # One look more after the end: the last rows and the last snapshot.
        if reader is not None and (trainer is not None or watched.trainer is not None):
            news = reader.look()
        news = replace(
            news,
            others_changed=(trainer, opener) != (watched.trainer, watched.opener),
            begun=self._begun(watched, runs),
        )
        return news, replace(watched, trainer=trainer, opener=opener, runs=runs)

    def _opener_of(self, project: Project | None) -> Holder | None:
        if project is None or not self._projects.read_only:
            return None
        return other_holder(project.lock)

    def _begun(self, watched: _Watched, runs: frozenset[str]) -> Path | None:
        """A run that somebody else began, for who looks at the newest one before, or at none."""
        new = runs - watched.runs
        if not new or watched.project is None or self._training.state.active:
            return None
        if watched.run is not None and watched.run.id != max(watched.runs, default=""):
            return None
        return watched.project.runs_path / max(new)


def _runs_of(project: Project | None) -> frozenset[str]:
    return frozenset(run.id for run in project.runs()) if project is not None else frozenset()
