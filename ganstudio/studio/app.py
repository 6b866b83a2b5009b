"""The application without its face: every service, one place to begin and one to end.

Not responsible for the window or the command line, which hold one of these.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path

from ganstudio.project.errors import UserError
from ganstudio.project.findings import Finding
from ganstudio.project.messages import MetricsRow
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.crash import CrashGuard, report_of
from ganstudio.studio.directions import DirectionsService
from ganstudio.studio.events import EngineFailed, EngineLoaded, Event, InceptionRead
from ganstudio.studio.explorer import ExplorerService
from ganstudio.studio.exports import ExportService
from ganstudio.studio.favourites import FavouritesService
from ganstudio.studio.following import FollowService
from ganstudio.studio.judging import JudgingService
from ganstudio.studio.logs import start_logging, stop_logging
from ganstudio.studio.machine import Machine
from ganstudio.studio.models import ModelRef, best_or_newest, model_of_run
from ganstudio.studio.pictures import PicturesService
from ganstudio.studio.pools import Pools
from ganstudio.studio.projects import ProjectsService
from ganstudio.studio.run_history import RunHistory
from ganstudio.studio.scoring import ScoringService
from ganstudio.studio.settings import SettingsStore
from ganstudio.studio.speeds import SpeedService
from ganstudio.studio.times import TimesService
from ganstudio.studio.tournaments import TournamentService
from ganstudio.studio.training import TrainingService

__all__ = ["Studio"]

logger = logging.getLogger(__name__)


class Studio:
    """All services of the running application.

    Args:
        window_open: Whether a window shares this computer's cores with training.

    Attributes:
        events: What services tell, in order.
        bugs: Reports of things that broke, for the window to show.
    """

    def __init__(self, window_open: bool) -> None:
        start_logging()
        self.events: Batch[Event] = Batch()
        self.bugs: Batch[str] = Batch()
        self.guard = CrashGuard(self.bugs.put, leaves_sign=window_open)
        self.settings = SettingsStore()
        self.machine = Machine()
        self.pools = Pools(self.machine.cores)
        self.window_open = window_open
        self.projects = ProjectsService(self.settings, self.guard.project_opened)
        self.pictures = PicturesService(self.events, self.pools)
        self.training = TrainingService(self.events, self.machine, self.settings, window_open)
        self.following = FollowService(self.events, self.pools, self.projects, self.training)
        self.speeds = SpeedService(
            self.events,
            self.pools,
            self.settings,
            lambda: self.training.state.active,
            window_open,
        )
        self.explorer = ExplorerService(self.events)
        self.scoring = ScoringService(
            self.events,
            self.explorer,
            lambda: self.training.state,
            self._may_score,
            lambda: self.settings.value,
        )
        self.judging = JudgingService(self.events, self.explorer)
        self.directions = DirectionsService(self.events, self.explorer, self.projects)
        self.tournaments = TournamentService(self.events, self.explorer)
        self.times = TimesService(self.events, self.explorer)
        self.favourites = FavouritesService(self.events, self.pools, self.projects)
        self.projects.before_leaving = self.favourites.leave
        self.exports = ExportService(self.events, self.pools, self.explorer)
        self._engine: Future[None] | None = None

    def load_engine(self) -> None:
        """Load the engine behind the window; `EngineLoaded` or `EngineFailed` tells the end."""
        if self._engine is None:
            self._engine = self.pools.measuring.submit(self._load_engine)

    def _load_engine(self) -> None:
        began = time.monotonic()
        settings = self.settings.value
        try:
            report = engine.load(settings.device, settings.threads, self.window_open)
        except UserError:
            report = engine.load("auto", settings.threads, self.window_open)
        except (ImportError, OSError, RuntimeError) as error:
            logger.exception("the engine could not be loaded")
            self.events.put(EngineFailed(str(error)))
            return
        self.machine.report = report
        logger.info("engine loaded in %.1f s: %s", time.monotonic() - began, report.reason)
        self.events.put(EngineLoaded(report))

    def _may_score(self, run: RunFolder) -> bool:
        """Whether scoring a run would neither be refused nor in the way of anybody."""
        if self.following.trainer_of(run) is not None:
            return False
        ready = self.machine.report is not None and self.projects.current is not None
        busy = self.speeds.measuring or self.pictures.task is not None
        return ready and not busy and not self.projects.read_only

    def explore_run(self, run: RunFolder, moment: int | None = None) -> Best | None:
        """Explore a run: live while it trains, here or elsewhere; else its best moment.

        Args:
            run: The run.
            moment: The clock of a snapshot, None for the best there is, or the newest while nothing
                says which that is.

        Returns:
            Which moment it is and why, if it is explored because it is the best.

        Raises:
            UserError: "no-snapshot" or "no-such-moment".
        """
        live = self.training.live
        if moment is None and live is not None and self._trains_here(run):
            self.explorer.open_live(live, run.info().name)
            return None
        if moment is None and self.following.trainer_of(run) is not None:
            model_of_run(run)  # there has to be something to draw with
            self.explorer.open_followed(run, run.info().name)
            return None
        model = best_or_newest(run) if moment is None else model_of_run(run, moment)
        self.explorer.open_file(model.path, model.title)
        return model.best

    def read_inception(self, weights: Path) -> None:
        """Look whether a file is weights of Inception; `InceptionRead` tells."""

        def read() -> None:
            try:
                self.events.put(InceptionRead(weights, engine.inception_digest(weights)))
            except UserError as error:
                self.events.put(InceptionRead(weights, error=error))
            except Exception as caught:  # a bug of ours must not leave a person waiting
                logger.exception("weights of Inception could not be looked at")
                bug = UserError("judging-bug", report=report_of(caught))
                self.events.put(InceptionRead(weights, error=bug))

        self.pools.files.submit(read)

    def moment_to_judge(self, run: RunFolder) -> ModelRef:
        """The moment that a run is judged at: its newest while it trains, else its best.

        Raises:
            UserError: "no-snapshot".
        """
        trains = self._trains_here(run) or self.following.trainer_of(run) is not None
        return model_of_run(run) if trains else best_or_newest(run)

    def _trains_here(self, run: RunFolder) -> bool:
        trained = self.training.run
        return self.training.live is not None and trained is not None and trained.path == run.path

    @staticmethod
    def diagnose(
        run: RunFolder, rows: Sequence[MetricsRow], scores: Iterable[MomentScore]
    ) -> tuple[list[Finding], frozenset[str]]:
        """As `engine.diagnose`; quick, and for a pool's thread."""
        return engine.diagnose(run, rows, scores)

    @staticmethod
    def history(run: RunFolder) -> RunHistory:
        """A run's past."""
        return RunHistory(run)

    def tick(self) -> None:
        """Let go of threads that have ended; called often by whoever shows the application."""
        self.training.tick()
        self.following.tick()

    def begin_close(self) -> None:
        """Ask everything to end; returns at once. `closed` tells when it has."""
        self.training.stop()
        if self.pictures.task is not None:
            self.pictures.task.cancel()
        self.explorer.begin_close()
        self.speeds.begin_close()
        self.exports.begin_close()
        self.favourites.begin_close()

    @property
    def closed(self) -> bool:
        """Whether trainer and explorer have ended, and favourites are written; never waits."""
        return self.training.closed and self.explorer.closed and self.favourites.settled

    def close(self) -> None:
        """End everything, and wait for it."""
        self.begin_close()
        self.training.wait()
        self.explorer.close()
        self.favourites.close()
        self.exports.close()
        self.pools.close()
        self.pictures.close_view()
        self.projects.close()
        self.guard.close()
        stop_logging()
