"""What the Train page knows of the run it looks at: history from the disk, and what comes live.

Not responsible for showing any of it: it says what changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.captions import Numbers
from ganstudio.desktop.pages.train.later import Later
from ganstudio.desktop.pages.train.situation import Situation
from ganstudio.desktop.pages.train.timeline import Timeline
from ganstudio.project.marks import Mark, marks_of
from ganstudio.project.messages import MetricsRow
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import MomentScored, NoticeEvent, RecipeChanged, RunNews, Saved
from ganstudio.studio.run_history import read_first_seed
from ganstudio.studio.training import SampleFrame

__all__ = ["RunView"]


class RunView(QObject):
    """One run at a time, read behind the window.

    Signals:
        rows_replaced: All rows are other ones.
        rows_added: Rows came at the end (list).
        moments_changed: Moments came or went.
        newest_changed: There is a newer sheet of samples of now.
        scores_changed: There are other scores.
        events_changed: There are other events: stars, notes, changes.
        story_read: Scores and events of another run were read for the first time.

    Attributes:
        timeline: Rows and moments.
        scores: Clock -> score.
        events: Lines of `events.jsonl`, in order.
        newest: The newest sheet: of the training, or the last one on the disk.
    """

    rows_replaced = Signal()
    rows_added = Signal(list)
    moments_changed = Signal()
    newest_changed = Signal()
    scores_changed = Signal()
    events_changed = Signal()
    story_read = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.timeline = Timeline()
        self.later = Later(desk.studio.pools.files, self)
        self.newest: SampleFrame | None = None
        self.scores: dict[int, MomentScore] = {}
        self.events: list[dict[str, Any]] = []
        desk.news_came.connect(self._news_came)

    @property
    def is_training(self) -> bool:
        """Whether the run that is looked at is the one training works on, or worked on last."""
        training, run = self._desk.studio.training, self._desk.run
        return run is not None and training.run is not None and training.run.path == run.path

    def load(self, run: RunFolder | None) -> None:
        """Forget the run before and read this one."""
        self.later.forget()
        self.timeline.clear()
        self.newest = None
        self.scores, self.events = {}, []
        self.rows_replaced.emit()
        self.events_changed.emit()
        self.read_moments()
        if run is not None:
            history = self._desk.studio.history(run)
            self.later.ask(
                "rows", history.rows, lambda rows: self._rows_read(run, rows), urgent=True
            )
            self._read_story(run, first=True)

    def _read_story(self, run: RunFolder, first: bool) -> None:
        self.later.ask(
            "story",
            lambda: (run.scores(), run.events()),
            lambda story: self._story_read(run, story, first),
        )

    def read_events(self) -> None:
        """Look again which events there are."""
        run = self._desk.run
        if run is not None:
            self.later.ask(
                "events", run.events, lambda events: self._events_read(run, events), urgent=True
            )

    @property
    def marks(self) -> list[Mark]:
        """What was noted and changed, by its clock."""
        return marks_of(self.events)

    def score_at(self, moment: int | None) -> MomentScore | None:
        """The score of a moment, or of the last one before it that has one; None is now."""
        clocks = [clock for clock in self.scores if moment is None or clock <= moment]
        return self.scores[max(clocks)] if clocks else None

    def read_moments(self) -> None:
        """Look again which moments there are: some may have been cut."""
        run = self._desk.run
        moments = run.snapshots() if run is not None else []
        self.timeline.set_moments(moments)
        self.moments_changed.emit()
        self.scores = {c: score for c, score in self.scores.items() if c <= max(moments, default=0)}
        self.scores_changed.emit()
        if self.newest is None and self.timeline.moments and run is not None:
            clock = self.timeline.moments[-1]
            history = self._desk.studio.history(run)
            self.later.ask(
                "newest",
                lambda: SampleFrame(clock, history.samples(clock), read_first_seed(run, clock)),
                lambda frame: self._newest_read(run, frame),
                urgent=True,
            )

    def on_event(self, event: object) -> None:
        """Moments that were kept, scored or cut off."""
        run = self._desk.run
        if isinstance(event, Saved):
            self._saved(event)
        elif isinstance(event, NoticeEvent) and event.notice.code == "notice-rollback":
            self.read_moments()
            self.read_events()
        elif isinstance(event, RecipeChanged) and self.is_training:
            self.read_events()
        elif isinstance(event, MomentScored) and run is not None and event.run == run.path:
            self.scores[event.score.images] = event.score
            self.scores_changed.emit()

    def _saved(self, event: Saved) -> None:
        """A snapshot was kept, and older ones may have gone to make room."""
        run = self._desk.run
        if run is None or not self.is_training:
            return
        if event.kind == "snapshot":
            self.timeline.add_moment(event.images)
            self.moments_changed.emit()
        self.later.ask("moments", run.snapshots, lambda clocks: self._moments_read(run, clocks))

    def _moments_read(self, run: RunFolder, clocks: list[int]) -> None:
        came_since = [clock for clock in self.timeline.moments if clock > (clocks or [-1])[-1]]
        if self._still(run) and [*clocks, *came_since] != self.timeline.moments:
            self.timeline.set_moments([*clocks, *came_since])
            self.moments_changed.emit()

    def add_rows(self, rows: Sequence[MetricsRow]) -> None:
        """Rows of the training, if it is that run."""
        if not self.is_training or not rows:
            return
        if self.timeline.append(rows) is None:
            self.rows_added.emit(list(rows))
        else:
            self.rows_replaced.emit()
            self.moments_changed.emit()

    def add_samples(self, frame: SampleFrame) -> None:
        """Pictures of the training, if it is that run."""
        if self.is_training:
            self.newest = frame
            self.newest_changed.emit()

    @Slot(object)
    def _news_came(self, news: RunNews) -> None:
        """Another process wrote to a run: show it, if it is the one that is looked at."""
        run = self._desk.run
        if run is None or news.run != run.path:
            return
        if news.replaced:
            self.timeline.clear()
            self.scores = {}
        if self.timeline.append(news.rows) is not None or news.replaced:
            self.rows_replaced.emit()
        elif news.rows:
            self.rows_added.emit(list(news.rows))
        if news.replaced or news.rows:
            self.read_events()
        if news.moments is not None:
            self.timeline.set_moments(news.moments)
            self.moments_changed.emit()
            self._read_story(run, first=False)  # whoever trains it may score and star, too
        if news.sheet is not None and news.moments:
            self.newest = SampleFrame(news.moments[-1], news.sheet, news.first_seed)
            self.newest_changed.emit()

    def rate(self, situation: Situation) -> float:
        """Images a second that this run is trained with, here or elsewhere; 0 if it is not."""
        if situation.kind == "watched":
            return self.timeline.mean_at(None, "images_per_s") or 0.0
        return self._desk.studio.training.rate if self._trains(situation) else 0.0

    def seconds_left(self, situation: Situation) -> float | None:
        """Time to the target, None where nobody can say."""
        if self._trains(situation):
            return self._desk.studio.training.seconds_left()
        rate = self.rate(situation)
        if situation.target is None or rate <= 0:
            return None
        return max(0.0, (situation.target - situation.clock) / rate)

    def _trains(self, situation: Situation) -> bool:
        return situation.active and self.is_training

    def numbers(self, moment: int | None, clock: int, horizon: int, rate: float) -> Numbers:
        """What a caption speaks of.

        Args:
            moment: The clock that is shown; None is now.
            clock: The clock of now, should there be no rows.
            horizon: Of the run's recipe.
            rate: Images a second, 0 if it does not train.
        """
        line = self.timeline
        row = line.row_at(moment)
        return Numbers(
            images=moment if moment is not None else (row.images if row else clock),
            d_real=line.mean_at(moment, "d_real"),
            d_fake=line.mean_at(moment, "d_fake"),
            balance=line.mean_at(moment, "balance"),
            horizon=horizon,
            rate=rate,
            past=moment is not None,
        )

    def _rows_read(self, run: RunFolder, rows: list[MetricsRow]) -> None:
        if self._still(run):
            self.timeline.prepend(rows)
            self.rows_replaced.emit()
            self.moments_changed.emit()

    def _story_read(
        self,
        run: RunFolder,
        story: tuple[dict[int, MomentScore], list[dict[str, Any]]],
        first: bool,
    ) -> None:
        if self._still(run):
            self.scores, self.events = story[0] | self.scores, story[1]
            self.scores_changed.emit()
            self.events_changed.emit()
            if first:
                self.story_read.emit()

    def _events_read(self, run: RunFolder, events: list[dict[str, Any]]) -> None:
        if self._still(run):
            self.events = events
            self.events_changed.emit()

    def _newest_read(self, run: RunFolder, frame: SampleFrame) -> None:
        """The last sheet on the disk stands for now, unless training has sent one since."""
        if self.newest is None and self._still(run):
            self.newest = frame
            self.newest_changed.emit()

    def _still(self, run: RunFolder) -> bool:
        return self._desk.run is not None and self._desk.run.path == run.path
