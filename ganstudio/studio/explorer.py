"""The explorer: one thread that owns one generator, and always draws the newest request.

While nobody asks for anything, it does other work behind everything else, in slices.

Not responsible for that work (`scoring`), for undo or favourites, nor for where a point lies
(`latent`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ganstudio.project.direction import Direction
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch, Mailbox
from ganstudio.studio.crash import report_of
from ganstudio.studio.events import DirectionsFound, Event, ModelFailed, ModelOpened
from ganstudio.studio.streams import Sheet, Streams

if TYPE_CHECKING:
    from ganstudio.gan.live import LiveModel

__all__ = ["ExplorerService", "Frame", "Sheet"]

logger = logging.getLogger(__name__)

#: How often a live model looks for newer weights while nobody asks for anything, in seconds.
_LIVE_INTERVAL_S = 0.5
#: After a picture was asked for, the next one often is, at once: nothing else begins for so long.
_QUIET_S = 1.5
#: Whose work goes first behind everything else: a person waits for what is judged.
_LANES = ("judging", "scoring")


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawn point: `picture` is (H, W, C) uint8, read-only; `images` is the model's clock."""

    stamp: int
    point: LatentPoint
    picture: Pictures
    images: int


@dataclass(frozen=True, slots=True)
class _Opening:
    title: str
    path: Path | None = None
    live: LiveModel | None = None
    followed: RunFolder | None = None


@dataclass(slots=True)
class _Behind:
    """Work for when nobody asks for anything, and when its next slice may begin."""

    work: Callable[[], float | None]
    at: float


class ExplorerService:
    """Newest wins: at most one request of each kind waits, and an old picture is never shown.

    Attributes:
        on_ready: Called from the explorer's thread when something waits; it may only wake the UI.
        frames: The newest picture.
        directions: What was found for the present generator.
    """

    def __init__(self, events: Batch[Event]) -> None:
        self._events = events
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False
        self._opening: _Opening | None = None
        self._wanted: LatentPoint | None = None
        self._streams = Streams()
        self._jobs: deque[tuple[tuple[LatentPoint, ...], Future[Pictures]]] = deque()
        self._held = False
        self._find = False
        self._stamp = 0
        self._last: LatentPoint | None = None
        self._behind: dict[str, _Behind] = {}
        self._live_at = 0.0
        self.on_ready: Callable[[], None] = lambda: None
        self.frames: Mailbox[Frame] = Mailbox()
        self.directions: tuple[Direction, ...] = ()
        self.opened: ModelOpened | None = None
        self.fingerprint = ""

    # -- requests (UI thread) --------------------------------------------------------------------

    def open_file(self, path: Path, title: str = "") -> None:
        """Explore a model file."""
        self._ask(opening=_Opening(title or path.stem, path))

    def open_live(self, live: LiveModel, title: str) -> None:
        """Explore the newest weights of a training run, as they come."""
        self._ask(opening=_Opening(title, live=live))

    def open_followed(self, run: RunFolder, title: str) -> None:
        """Explore the newest snapshot of a run that another process trains, as they come."""
        self._ask(opening=_Opening(title, followed=run))

    def hold(self, held: bool) -> None:
        """Hold the present version while training goes on, or follow again."""
        with self._condition:
            self._held = held
            self._condition.notify_all()

    def request(self, point: LatentPoint) -> int:
        """Ask for a picture; replaces one that was asked for and not drawn yet.

        Returns:
            The stamp that its frame, or a newer one, will carry.
        """
        with self._condition:
            self._stamp += 1
            stamp = self._stamp
        self._ask(point=point)
        return stamp

    def request_sheet(self, name: str, points: Sequence[LatentPoint], whole: bool = True) -> int:
        """Ask for one of `streams.SHEETS`; a picture always goes before the next handful of it.

        Args:
            name: Which; what was asked for under it before is dropped, drawn or not.
            points: The most wanted first.
            whole: Hand it out when all of it is drawn; otherwise as it comes.

        Returns:
            The stamp that it, or every part of it, will carry.
        """
        stamp = self._streams.ask(name, points, whole)
        self._ask()
        return stamp

    def collect(self, name: str) -> list[Sheet]:
        """What is drawn of a name, and was not collected yet."""
        return self._streams.collect(name)

    def find_again(self) -> None:
        """Find directions anew, for weights that have changed since."""
        with self._condition:
            self._find = True
        self._ask()

    def draw(self, points: Sequence[LatentPoint]) -> Future[Pictures]:
        """Draw points for a file: each is drawn, in order, none is replaced by a newer one."""
        future: Future[Pictures] = Future()
        with self._condition:
            self._jobs.append((tuple(points), future))
        self._ask()
        return future

    def work_behind(self, work: Callable[[], float | None], lane: str = "scoring") -> None:
        """Have work done while nobody asks for anything; it replaces what the lane was given.

        Args:
            work: Does a slice of about a tenth of a second in the explorer's thread. Returns for
                how many seconds to rest before the next one, None if nothing is left to do.
            lane: Whose work it is: "judging" goes before "scoring".
        """
        with self._condition:
            before = self._behind.get(lane)
            self._behind[lane] = _Behind(work, before.at if before else time.monotonic())
        self._ask()

    def _ask(self, opening: _Opening | None = None, point: LatentPoint | None = None) -> None:
        with self._condition:
            if opening is not None:
                self._opening = opening
                self._held = False
            if point is not None:
                self._wanted = point
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._loop, name="explorer")
                self._thread.start()
            self._condition.notify_all()

    def begin_close(self) -> None:
        """Ask the thread to end; returns at once."""
        with self._condition:
            self._closing = True
            self._condition.notify_all()

    @property
    def closed(self) -> bool:
        """Whether the thread has ended; never waits."""
        if self._thread is not None and not self._thread.is_alive():
            self._thread.join()
            self._thread = None
        return self._thread is None

    def close(self) -> None:
        """End the thread and wait for it."""
        self.begin_close()
        if self._thread is not None:
            self._thread.join()
        for _, future in self._jobs:
            future.cancel()

    # -- the explorer's thread -------------------------------------------------------------------

    def _loop(self) -> None:
        model: engine.LoadedModel | None = None
        while not self._closing:
            opening = self._wait(model)
            try:
                if opening is not None:
                    model = self._open(opening) or model
                elif (lane := self._due_lane(model)) is not None:
                    self._work_behind(lane)
                elif model is not None and not self._closing:
                    self._serve(model)
            except Exception as error:  # a bug of ours must not end exploring silently
                logger.exception("exploring broke")
                failed = UserError("explorer-bug", report=report_of(error))
                self._events.put(ModelFailed(failed))
                model = None

    def _wait(self, model: engine.LoadedModel | None) -> _Opening | None:
        """Wait for something to do; a model to open is handed over at once."""
        live = model is not None and model.live is not None
        with self._condition:
            patience = _LIVE_INTERVAL_S if live else None
            if self._behind:
                soonest = min(behind.at for behind in self._behind.values())
                rest = max(0.0, soonest - time.monotonic())
                patience = rest if patience is None else min(rest, patience)
            if not self._something_waits(model is not None):
                self._condition.wait(patience)
            opening, self._opening = self._opening, None
        return opening

    def _due_lane(self, model: engine.LoadedModel | None) -> str | None:
        """Whose turn it is, if nothing else waits and no live model has waited long."""
        now = time.monotonic()
        if model is not None and model.live is not None and now - self._live_at > _LIVE_INTERVAL_S:
            return None
        with self._condition:
            if self._something_waits(model is not None):
                return None
            due = [lane for lane in _LANES if lane in self._behind and now >= self._behind[lane].at]
        return due[0] if due else None

    def _work_behind(self, lane: str) -> None:
        """One slice; work that breaks is not tried again until it is given again."""
        behind = self._behind[lane]
        try:
            rest = behind.work()
        except Exception:  # a bug of ours must not end exploring
            logger.exception("work behind everything else broke")
            rest = None
        with self._condition:
            now = self._behind[lane]  # what was given meanwhile has its turn
            if rest is not None:
                now.at = time.monotonic() + rest
            elif now is behind:
                del self._behind[lane]

    def _something_waits(self, has_model: bool) -> bool:
        drawing = self._wanted is not None or self._streams.waits or bool(self._jobs)
        return self._closing or self._opening is not None or (has_model and (drawing or self._find))

    def _open(self, opening: _Opening) -> engine.LoadedModel | None:
        try:
            live = opening.live
            if opening.followed is not None:
                live = engine.followed_model(opening.followed)
            model = engine.LoadedModel(opening.path, live)
            model.refresh()
        except UserError as error:
            self._events.put(ModelFailed(error))
            return None
        self.directions = ()
        self.fingerprint = model.fingerprint
        network = model.recipe.network
        self.opened = ModelOpened(
            title=opening.title,
            images=model.images,
            shape=(*network.shape[1:], network.shape[0]),
            kinds=model.kinds,
            live=live is not None,
            network=network.name,
        )
        self._streams.begin_anew()
        self.frames.take()  # what comes from now on, this model has drawn
        self._events.put(self.opened)
        with self._condition:
            self._wanted = self._wanted or self._last or LatentPoint()
            self._find = True
        return model

    def _serve(self, model: engine.LoadedModel) -> None:
        """Do the most urgent thing that waits, and only that: then look again."""
        self._live_at = time.monotonic()
        with self._condition:
            held = self._held
            point, self._wanted = self._wanted, None
            stamp = self._stamp
            if point is not None:
                for behind in self._behind.values():
                    behind.at = time.monotonic() + _QUIET_S
        if not held and model.refresh():
            point = point or self._last
        if point is not None:
            self._last = point
            picture = model.render([point])[0]
            self.frames.put(Frame(stamp, point, picture, model.images))
            self.on_ready()
            return
        if self._next_job(model) or self._next_directions(model):
            return
        self._next_handful(model)

    def _next_job(self, model: engine.LoadedModel) -> bool:
        with self._condition:
            if not self._jobs:
                return False
            points, future = self._jobs.popleft()
        if future.set_running_or_notify_cancel():
            future.set_result(model.render(points))
        return True

    def _next_directions(self, model: engine.LoadedModel) -> bool:
        with self._condition:
            find, self._find = self._find, False
        if not find:
            return False
        model.find_directions()
        self.directions = model.directions
        self._events.put(DirectionsFound(len(self.directions)))
        self.on_ready()
        return True

    def _next_handful(self, model: engine.LoadedModel) -> None:
        handful = self._streams.take()
        if handful is None:
            return
        begun = time.perf_counter()
        pictures = model.render(handful.points)
        seconds = time.perf_counter() - begun
        if self._streams.put(handful, pictures, model.images, seconds):
            self.on_ready()
