"""The training service: one trainer thread at most, moved through the state table.

Not responsible for the game (`gan`), for what happens between two steps (`training_loop`), for what
the trainer tells (`training_host`), nor for the window: it answers questions.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ganstudio.project.changes import changed_recipe
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import MetricsRow
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.studio import engine
from ganstudio.studio.awake import KeepAwake
from ganstudio.studio.channels import Batch, Mailbox
from ganstudio.studio.crash import report_of
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import (
    Event,
    RecipeChanged,
    RunOpened,
    StateChanged,
    TrainingEnded,
    TrainingFailed,
)
from ganstudio.studio.machine import Machine
from ganstudio.studio.scoring_between import ScoringBetweenSteps
from ganstudio.studio.settings import SettingsStore
from ganstudio.studio.starting import run_to_go_on, target_of
from ganstudio.studio.states import ACTIONS, State, allowed
from ganstudio.studio.training_host import SampleFrame, TrainingHost
from ganstudio.studio.training_loop import Reason, TrainingLoop
from ganstudio.studio.wishes import Wishes

if TYPE_CHECKING:
    from ganstudio.gan.live import LiveModel
    from ganstudio.gan.session import TrainingSession
    from ganstudio.gan.together import Leader

__all__ = ["SampleFrame", "TrainingService"]

logger = logging.getLogger(__name__)


class TrainingService:
    """Starts, pauses and stops the one training of this program.

    Attributes:
        host: What the trainer tells, and how far it has come.
        rows: Rows of metrics since the last look.
        samples: The newest samples.
        run: The run that trains, or trained last.
        info: Its run.json as of the start.
        recipe: Its recipe.
        live: The mailbox of its newest weights, while it trains.
        target: Images at which it will stop, None for never.
    """

    def __init__(
        self, events: Batch[Event], machine: Machine, settings: SettingsStore, window_open: bool
    ) -> None:
        self._events = events
        self._machine = machine
        self._settings = settings
        self._window_open = window_open
        self._awake = KeepAwake()
        self._lock = threading.Lock()
        self._wishes = Wishes()
        self._thread: threading.Thread | None = None
        self._next: tuple[Project, StartRequest] | None = None
        self._state = State.IDLE
        self.host = TrainingHost(self._wishes, events)
        self.rows: Batch[MetricsRow] = self.host.rows
        self.samples: Mailbox[SampleFrame] = self.host.samples
        self.run: RunFolder | None = None
        self.info: RunInfo | None = None
        self.recipe: Recipe | None = None
        self.live: LiveModel | None = None
        self.target: int | None = None

    # -- questions -------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """What training is doing."""
        return self._state

    @property
    def actions(self) -> frozenset[str]:
        """Which of start, pause, resume and stop are open."""
        return ACTIONS[self._state]

    @property
    def newest(self) -> MetricsRow | None:
        """The newest row."""
        return self.host.newest

    @property
    def clock(self) -> int:
        """Pictures seen, of the newest row or save."""
        return self.host.clock

    @property
    def saved_at(self) -> float | None:
        """`time.monotonic()` of the newest save, None before the first."""
        return self.host.saved_at

    @property
    def saved_images(self) -> int:
        """The clock of the newest save."""
        return self.host.saved_images

    @property
    def rate(self) -> float:
        """Images a second of late."""
        return self.host.rate

    def seconds_left(self) -> float | None:
        """Time to the target at the present rate; None where nobody can say."""
        left = self._wishes.seconds_left()
        if left is not None:
            return left
        if self.target is None or self.rate <= 0:
            return None
        return max(0.0, (self.target - self.clock) / self.rate)

    # -- commands (from any one thread) ----------------------------------------------------------

    def start(self, project: Project, request: StartRequest) -> None:
        """Begin a new run or go on with one.

        Raises:
            UserError: "run-settings-fixed" if an existing run was asked to change.
        """
        if "start" not in self.actions or self._thread is not None:
            return
        existing = run_to_go_on(project, request)
        if existing is not None and request.settings_given:
            raise UserError("run-settings-fixed", setting=request.settings_given[0])
        self._wishes.begin_anew()
        self.host.begin_anew()
        self._move(State.PREPARING)
        self._thread = threading.Thread(
            target=self._train, args=(project, existing, request), name="trainer"
        )
        self._thread.start()

    def pause(self) -> None:
        """Pause after this step, with a checkpoint."""
        if "pause" in self.actions:
            self._wishes.want("pause")

    def resume(self) -> None:
        """Go on from the very step where it paused."""
        if "resume" in self.actions:
            self._wishes.want("run")

    def stop(self) -> None:
        """Stop after this step, with a checkpoint."""
        self._next = None
        self._stop()

    def start_when_free(self, project: Project, request: StartRequest) -> None:
        """Stop what trains, with everything saved, and start this as soon as it has ended."""
        self._next = (project, request)
        self._stop()
        self.tick()

    def _stop(self) -> None:
        if "stop" in self.actions:
            self._move(State.STOPPING)
            self._wishes.want("stop")

    def give_way(self, seconds: float) -> None:
        """Rest after this step for so long: a person waits for something else that takes work."""
        self._wishes.give_way(seconds)

    def change(self, values: Mapping[str, object]) -> None:
        """Change the recipe of the run that trains, from the next step on.

        Args:
            values: Dotted fields, of `project.changes.CHANGEABLE`.

        Raises:
            UserError: As `changed_recipe`, or "nothing-trains".
        """
        if self.recipe is None or self._state not in (State.RUNNING, State.PAUSED):
            raise UserError("nothing-trains")
        changed_recipe(self.recipe, values)
        self._wishes.change(values)

    def tick(self) -> None:
        """Let go of a trainer thread that has ended, and start what waits for that; never waits."""
        if self._thread is not None and not self._thread.is_alive():
            self._thread.join()
            self._thread = None
        if self._thread is None and self._next is not None:
            (project, request), self._next = self._next, None
            self.start(project, request)

    @property
    def closed(self) -> bool:
        """Whether no trainer thread is left."""
        self.tick()
        return self._thread is None

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end of training (the command line; never the window)."""
        if self._thread is not None:
            self._thread.join(timeout_s)
        return self.closed

    def forget(self) -> None:
        """Let go of the run of a project that was closed."""
        if not self._state.active:
            self.run = self.info = self.recipe = None
            self.host.forget()
            if self._state is State.FAILED:
                self._move(State.IDLE)

    # -- the trainer thread ----------------------------------------------------------------------

    def _train(self, project: Project, run: RunFolder | None, request: StartRequest) -> None:
        self._awake.start()
        try:
            with engine.leading(request.place) as leader:
                fresh = run is None
                if run is None:
                    run = self._create(project, request)
                with run.lock:
                    self._train_run(project, run, request, fresh, leader)
        except Cancelled:
            self._end("stopped")
        except UserError as error:
            logger.warning("training failed: %s", error)
            self._fail(TrainingFailed(self.saved_images, error=error))
        except Exception as error:  # a bug of ours: say so with a report, keep what is saved
            logger.exception("training broke")
            self._fail(TrainingFailed(self.saved_images, report=report_of(error)))
        finally:
            self.live = None
            self._awake.stop()

    def _create(self, project: Project, request: StartRequest) -> RunFolder:
        settings = self._settings.value
        return engine.create_run(
            project,
            request,
            device=request.device or settings.device,
            threads=request.threads or settings.threads,
            window_open=self._window_open,
            host=self.host,
        )

    def _train_run(
        self,
        project: Project,
        run: RunFolder,
        request: StartRequest,
        fresh: bool,
        leader: Leader,
    ) -> None:
        self.run, self.info, self.recipe = run, run.info(), run.recipe_now()
        self.host.first_seed = self.recipe.watch.first_seed
        live = engine.live_model(run)
        session, pictures = engine.open_session(
            project,
            run,
            request,
            self._machine,
            live,
            self.host,
            leader,
            window_open=self._window_open,
            disk_budget=round(self._settings.value.disk_budget_gb * 1e9),
        )
        scoring = ScoringBetweenSteps(project, run, self._events) if request.scores else None
        self.host.between = scoring.work if scoring is not None else None
        try:
            self._play(session, run, request, live, fresh)
        except UserError:
            raise
        except BaseException:  # whatever ended it is told; first what was learned is saved
            _save_what_can_be(session)
            raise
        finally:
            self.host.between = None
            if scoring is not None:
                scoring.close()
            session.close()
            pictures.close()

    def _play(
        self,
        session: TrainingSession,
        run: RunFolder,
        request: StartRequest,
        live: LiveModel,
        fresh: bool,
    ) -> None:
        self.live = live
        self.host.clock = self.host.saved_images = session.clock
        self.target = target_of(request, run, self._window_open)
        self._events.put(RunOpened(run.path, session.clock, fresh))
        if self._wishes.wish != "stop":
            self._move(State.RUNNING)
        if request.minutes is not None:
            self._wishes.end_after(request.minutes)
        loop = TrainingLoop(
            session,
            self.target,
            host=self.host,
            wishes=self._wishes,
            awake=self._awake,
            window_open=self._window_open,
            move=self._move,
            changed=self._changed,
        )
        self._end(loop.play())

    def _changed(self, clock: int, recipe: Recipe) -> None:
        self.recipe = recipe
        self.host.first_seed = recipe.watch.first_seed
        self._events.put(RecipeChanged(clock, recipe))

    def _move(self, state: State) -> None:
        """Change state along the table; a change the table forbids is a race that was lost."""
        with self._lock:
            if state is self._state or not allowed(self._state, state):
                return
            self._state = state
        self._events.put(StateChanged(state))

    def _end(self, reason: Reason) -> None:
        self._move(State.STOPPING)
        self._move(State.IDLE)
        self._events.put(TrainingEnded(reason, self.clock))

    def _fail(self, failed: TrainingFailed) -> None:
        self._move(State.FAILED)
        self._events.put(failed)


def _save_what_can_be(session: TrainingSession) -> None:
    try:
        session.save()
    except Exception:  # already failing: the first error is the one to tell
        logger.exception("the last checkpoint could not be written")
