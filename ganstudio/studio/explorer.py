"""The explorer: one thread that owns one generator, and always draws the newest request.

While nobody asks for anything, it does other work behind everything else, in slices.

Not responsible for what waits and in which order (`requests`, `lanes`), for that work (`scoring`),
for undo or favourites, nor for where a point lies (`latent`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ganstudio.project.direction import Direction
from ganstudio.project.errors import UserError
from ganstudio.project.inside import Inside, InsideWanted
from ganstudio.project.kept import KeptPoint, keep
from ganstudio.project.messages import Pictures
from ganstudio.project.point import Band, LatentPoint
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch, Mailbox
from ganstudio.studio.crash import report_of
from ganstudio.studio.drawn import Frame, Sheet
from ganstudio.studio.events import DirectionsFound, Event, ModelFailed, ModelOpened
from ganstudio.studio.lanes import Lanes, Slices
from ganstudio.studio.requests import Opening, Requests
from ganstudio.studio.rough_first import RoughFirst
from ganstudio.studio.searching import Search
from ganstudio.studio.streams import Streams

if TYPE_CHECKING:
    from ganstudio.gan.live import LiveModel

__all__ = ["ExplorerService", "Frame", "Sheet"]

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: How often a live model looks for newer weights, in seconds.
_LIVE_INTERVAL_S = 0.5
#: After a picture was asked for, the next one often is, at once: nothing else begins for so long.
_QUIET_S = 1.5
#: Whose work goes first behind everything else: a person waits for what is judged.
_LANES = ("judging", "tournament", "scoring")


class ExplorerService:
    """Newest wins: at most one request of each kind waits, and an old picture is never shown.

    Attributes:
        on_ready: Called from the explorer's thread when something waits; it may only wake the UI.
        frames: The newest picture.
        insides: What was seen inside the generator last.
        directions: What was found for the present generator.
        bands: Which of its layers are coarse, middle and fine; empty where all share one w.
        known: More that points may move along, by their keys, whatever generator is explored.
        images: Clock of the weights that drew last.
        path: The file of the present generator; None for live weights.
    """

    def __init__(self, events: Batch[Event]) -> None:
        self._events = events
        self._requests = Requests()
        self._lanes = Lanes(_LANES)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._last: LatentPoint | None = None
        self._looked_at = 0.0
        self._told: Mapping[str, Direction] = {}
        self._finding: Future[None] | None = None
        self.on_ready: Callable[[], None] = lambda: None
        self.frames: Mailbox[Frame] = Mailbox()
        self.insides: Mailbox[Inside] = Mailbox()
        self._streams = Streams()
        self._rough_first = RoughFirst()
        self.directions: tuple[Direction, ...] = ()
        self.bands: Mapping[Band, tuple[int, ...]] = {}
        self.known: Mapping[str, Direction] = {}
        self.images = 0
        self.path: Path | None = None
        self.opened: ModelOpened | None = None
        self.fingerprint = ""

    # -- requests (UI thread) --------------------------------------------------------------------

    def open_file(self, path: Path, title: str = "") -> None:
        """Explore a model file."""
        self._open(Opening(title or path.stem, path))

    def open_live(self, live: LiveModel, title: str) -> None:
        """Explore the newest weights of a training run, as they come."""
        self._open(Opening(title, live=live))

    def open_followed(self, run: RunFolder, title: str) -> None:
        """Explore the newest snapshot of a run that another process trains, as they come."""
        self._open(Opening(title, followed=run))

    def _open(self, opening: Opening) -> None:
        self._requests.open(opening)
        self._begin()

    def hold(self, held: bool) -> None:
        """Hold the present version while training goes on, or follow again."""
        self._requests.hold(held)

    def request(self, point: LatentPoint) -> int:
        """Ask for a picture; replaces one that was asked for and not drawn yet.

        Returns:
            The stamp that its frame, or a newer one, will carry.
        """
        stamp = self._requests.ask(point)
        self._begin()
        return stamp

    def request_sheet(self, name: str, points: Sequence[LatentPoint], whole: bool = True) -> int:
        """Ask for one of `drawn.SHEETS`; a picture always goes before the next handful of it.

        Args:
            name: Which; what was asked for under it before is dropped, drawn or not.
            points: The most wanted first; none takes the question back.
            whole: Hand it out when all of it is drawn; otherwise as it comes.

        Returns:
            The stamp that it, or every part of it, will carry.
        """
        stamp = self._streams.ask(name, points, whole)
        self.ask("sheets", self._draw_handful)
        return stamp

    def collect(self, name: str) -> list[Sheet]:
        """What is drawn of a name, and was not collected yet."""
        return self._streams.collect(name)

    def request_inside(self, wanted: InsideWanted) -> None:
        """Ask what channels do; replaces a question that was not answered yet."""
        self.ask("inside", lambda model: self._look_inside(model, wanted))

    def know(self, directions: Iterable[Direction]) -> None:
        """Let points move along more directions, in this generator and in those opened later."""
        with self._lock:
            more = {one.key: one for one in directions if one.key not in self.known}
            if more:
                self.known = {**self.known, **more}

    def keep(self, point: LatentPoint) -> KeptPoint:
        """A place with everything that is needed to draw it again."""
        directions = (*self.known.values(), *self.directions)
        return keep(point, directions, self.fingerprint, self.images)

    def take(self, kept: KeptPoint) -> LatentPoint:
        """A kept place as it can be drawn from now on: whatever it moves along is known."""
        self.know(kept.directions)
        return kept.point

    def is_foreign(self, kept: KeptPoint) -> bool:
        """Whether another model drew a kept place, as far as files tell."""
        return bool(kept.model and self.fingerprint) and kept.model != self.fingerprint

    def find_again(self) -> None:
        """Find directions anew, for weights that have changed since."""
        if self._finding is not None:
            self._finding.cancel()
        self._finding = self.search(self._find_directions)

    def search(self, begin: Callable[[engine.LoadedModel], Generator[None, None, T]]) -> Future[T]:
        """Have long work done with the model that is explored, behind everything asked for.

        Args:
            begin: Makes its slices, of at most 0.03 s where the model draws as quickly, in the
                explorer's thread. They may keep nothing of the model.

        Returns:
            What comes of it; cancelled if another model is opened before.
        """
        search = Search(begin)
        self._search_on(search, self.opened)
        return search.future

    def _search_on(self, search: Search[T], opened: ModelOpened | None) -> None:
        def work(model: engine.LoadedModel) -> None:
            if opened is not self.opened:
                search.future.cancel()
            if search.go_on(model):
                self._search_on(search, opened)

        waiting = self.ask("search", work)
        waiting.add_done_callback(lambda done: done.cancelled() and search.future.cancel())

    def draw(self, points: Sequence[LatentPoint]) -> Future[Pictures]:
        """Draw points for a file: each is drawn, in order, none is replaced by a newer one."""
        wanted = tuple(points)
        return self.ask("file", lambda model: model.render(wanted))

    def ask(self, kind: str, work: Callable[[engine.LoadedModel], T]) -> Future[T]:
        """Have something done with the model that is explored, as soon as it is its turn.

        Args:
            kind: Of `requests.KINDS`; says how urgent, and whether it replaces one that waits.
            work: Is called in the explorer's thread. It may keep nothing of the model.

        Returns:
            What comes of it; cancelled if a newer one replaces it, or at the end.
        """
        future = self._requests.add(kind, work)
        self._begin()
        return future

    def work_behind(self, work: Slices, lane: str = "scoring") -> None:
        """Have work done while nobody asks for anything; it replaces what the lane was given.

        Args:
            work: Does a slice of about a tenth of a second in the explorer's thread. Returns for
                how many seconds to rest before the next one, None if nothing is left to do.
            lane: Whose work it is: "judging" goes before "tournament", and that before "scoring".
        """
        self._lanes.give(lane, work)
        self._requests.wake()
        self._begin()

    def _begin(self) -> None:
        with self._lock:
            if self._thread is None and not self._requests.closed:
                self._thread = threading.Thread(target=self._loop, name="explorer")
                self._thread.start()

    def begin_close(self) -> None:
        """Ask the thread to end; returns at once."""
        self._requests.close()

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
        self._requests.cancel_all()

    # -- the explorer's thread -------------------------------------------------------------------

    def _loop(self) -> None:
        model: engine.LoadedModel | None = None
        while not self._requests.closed:
            opening = self._wait(model)
            try:
                if opening is not None:
                    model = self._opened(opening) or model
                elif (lane := self._due_lane(model)) is not None:
                    self._lanes.work(lane)
                elif model is not None and not self._requests.closed:
                    self._serve(model)
            except Exception as error:  # a bug of ours must not end exploring silently
                logger.exception("exploring broke")
                failed = UserError("explorer-bug", report=report_of(error))
                self._events.put(ModelFailed(failed))
                model = None

    def _wait(self, model: engine.LoadedModel | None) -> Opening | None:
        """Wait for something to do: asked for, due behind it, or newer weights to look for."""

        def patience() -> float | None:
            waits = (self._seconds_to_look(model), self._lanes.seconds_to_next())
            return min((wait for wait in waits if wait is not None), default=None)

        return self._requests.wait(model is not None, patience)

    def _due_lane(self, model: engine.LoadedModel | None) -> str | None:
        """Whose turn it is, if nothing else waits and no live model is due to be looked at."""
        if self._seconds_to_look(model) == 0.0:
            return None
        if self._requests.something_waits(model is not None):
            return None
        return self._lanes.due()

    def _seconds_to_look(self, model: engine.LoadedModel | None) -> float | None:
        """When to look for newer weights next; None if nobody follows any.

        Between two looks every picture is drawn by the same weights, and the training, which lays
        a copy out for each look, is not slowed down by a hand that drags.
        """
        if model is None or model.live is None or self._requests.held:
            return None
        return max(0.0, self._looked_at + _LIVE_INTERVAL_S - time.monotonic())

    def _opened(self, opening: Opening) -> engine.LoadedModel | None:
        try:
            live = opening.live
            if opening.followed is not None:
                live = engine.followed_model(opening.followed)
            model = engine.LoadedModel(opening.path, live)
            model.refresh()
            self._looked_at = time.monotonic()
        except UserError as error:
            self._events.put(ModelFailed(error))
            return None
        self._told = {}
        self._rough_first = RoughFirst()
        self.directions = ()
        self.fingerprint, self.images, self.path = model.fingerprint, model.images, opening.path
        self.bands = model.bands
        network = model.recipe.network
        stages, bands = model.make_up()
        self.opened = ModelOpened(
            title=opening.title,
            images=model.images,
            shape=(*network.shape[1:], network.shape[0]),
            kinds=model.kinds,
            live=live is not None,
            network=network.name,
            stages=stages,
            bands=bands,
            layered=model.layered,
        )
        self._streams.begin_anew()
        self.frames.take()  # what comes from now on, this model has drawn
        self._events.put(self.opened)
        self._requests.ask_anew(self._last or LatentPoint())
        self.find_again()
        self.ask("sheets", self._draw_handful)
        return model

    def _serve(self, model: engine.LoadedModel) -> None:
        """Do the most urgent thing that waits, and only that: then look again."""
        wanted = self._requests.take_point()
        point = wanted.point
        if point is not None:
            self._lanes.rest(_QUIET_S)
        if self._renewed(model):
            point = point or self._last
        job = self._requests.take_job() if point is None else None
        if self._told is not self.known:  # after the taking: it was told before the asking
            self._told = self.known
            model.know(self._told.values())
        if point is not None:
            self._last = point
            self._draw(model, wanted.stamp, point)
        elif job is not None:
            job.do(model)

    def _draw(self, model: engine.LoadedModel, stamp: int, point: LatentPoint) -> None:
        """Draw a point; roughly first where that takes long, then fully if it is still wanted."""
        self.images = model.images
        rough = model.rough(point) if self._rough_first.wanted else None
        if rough is not None:
            self._hand_out(Frame(stamp, point, rough, model.images, rough=True))
            if self._requests.point_waits:
                return
        begun = time.perf_counter()
        picture = model.render([point])[0]
        if self._rough_first.took(time.perf_counter() - begun):
            self.search(lambda model: model.fitting_rough())
        self._hand_out(Frame(stamp, point, picture, model.images))

    def _hand_out(self, frame: Frame) -> None:
        self.frames.put(frame)
        self.on_ready()

    def _renewed(self, model: engine.LoadedModel) -> bool:
        """Whether newer weights draw from now on."""
        if self._seconds_to_look(model) != 0.0:
            return False
        self._looked_at = time.monotonic()
        return model.refresh()

    def _find_directions(self, model: engine.LoadedModel) -> Generator[None, None, None]:
        yield from model.finding()
        self.directions = model.directions
        self.know(model.directions)
        self._events.put(DirectionsFound(len(self.directions)))
        self.on_ready()

    def _look_inside(self, model: engine.LoadedModel, wanted: InsideWanted) -> None:
        self.insides.put(model.look_inside(wanted))
        self.on_ready()

    def _draw_handful(self, model: engine.LoadedModel) -> None:
        """The next few pictures of a sheet; the rest have to wait for their turn again."""
        handful = self._streams.take()
        if handful is None:
            return
        begun = time.perf_counter()
        pictures = model.render(handful.points)
        seconds = time.perf_counter() - begun
        if self._streams.put(handful, pictures, model.images, seconds):
            self.on_ready()
        self.ask("sheets", self._draw_handful)
