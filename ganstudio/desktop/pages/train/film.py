"""The time machine: the film of the chosen place, its slider, and playing it.

Not responsible for what else follows the moment: it says which one is shown.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ganstudio.desktop.pages.train.later import Later
from ganstudio.desktop.widgets.film_slider import FilmSlider
from ganstudio.project.messages import Pictures
from ganstudio.project.numbers import say_count
from ganstudio.project.runs import RunFolder
from ganstudio.studio.run_history import read_first_seed, read_samples

__all__ = ["TimeMachine"]

_KEPT_BYTES = 200_000_000
_FRAME_MS = 120


class TimeMachine(QObject):
    """Loads sheets of samples as they are needed, and keeps the ones looked at last.

    Signals:
        sheet_ready: The sheet of the moment that is shown (clock, pictures).
        moment_changed: Another moment is shown: its clock, or None for now.
        place_changed: The film is that of another place of the grid.
    """

    sheet_ready = Signal(int, object)
    moment_changed = Signal(object)
    place_changed = Signal()

    def __init__(self, slider: FilmSlider, later: Later) -> None:
        super().__init__(slider)
        self.slider = slider
        self._later = later
        self._run: RunFolder | None = None
        self._clocks: list[int] = []
        self._place = 0
        self._now = 0
        self._sheets: OrderedDict[int, Pictures] = OrderedDict()
        self._first_seeds: dict[int, int] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._next_frame)
        slider.moved.connect(self._moved)
        slider.thumbs_wanted.connect(self._load_thumbs)
        slider.play_toggled.connect(self._play)

    @property
    def moment(self) -> int | None:
        """The clock that is shown; None is now."""
        position = self.slider.position()
        if position is None or position >= len(self._clocks):
            return None
        return self._clocks[position]

    @property
    def first_seed(self) -> int | None:
        """The seed of the first place of the moment that is shown; None for now, or not known."""
        return None if self.moment is None else self._first_seeds.get(self.moment)

    @property
    def place(self) -> int:
        """The place of the grid whose film is shown."""
        return self._place

    def set_run(self, run: RunFolder | None) -> None:
        """Look at another run."""
        self._stop_playing()
        self._run = run
        self._sheets.clear()
        self._first_seeds.clear()
        self.slider.set_position(None)
        self._clocks = []
        self.slider.set_moments([], 0)
        self.slider.clear_thumbs()

    def set_moments(self, clocks: list[int], now: int) -> None:
        """The moments there are, and the clock of now."""
        before = self.moment
        self._clocks = list(clocks)
        for clock in [clock for clock in self._sheets if clock not in set(clocks)]:
            del self._sheets[clock]
        self.slider.set_moments(clocks, now)
        if self.moment != before:
            self._show()
        self._write_words(now)
        self._load_thumbs(self.slider.wanted())

    def set_place(self, place: int) -> None:
        """Show the film of another place of the grid."""
        if place != self._place:
            self._place = place
            self.slider.clear_thumbs()
            for clock in self._sheets:
                self._give_thumb(clock)
            self._load_thumbs(self.slider.wanted())
            self.place_changed.emit()

    def go(self, position: int | None) -> None:
        """Show a moment by its index; None is now."""
        if position != self.slider.position():
            self.slider.set_position(position)
            self._show()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Going through the moments, if there are any."""
        if not self._clocks:
            return {}
        return {
            "snapshot-back": partial(self.step, -1),
            "snapshot-on": partial(self.step, 1),
            "snapshot-first": partial(self.go, 0),
            "snapshot-now": partial(self.go, None),
        }

    @Slot(int)
    def go_to(self, clock: int) -> None:
        """Show the moment of a clock, if it is there."""
        if clock in self._clocks:
            self.go(self._clocks.index(clock))

    def step(self, step: int) -> None:
        """One moment back or on."""
        here = self.slider.position()
        count = len(self._clocks)
        wanted = max(0, (count if here is None else here) + step)
        self.go(None if wanted >= count else wanted)

    def _moved(self, position: int) -> None:
        self._stop_playing()
        self._show()

    def _show(self) -> None:
        moment = self.moment
        self._write_words()
        self.moment_changed.emit(moment)
        if moment is not None:
            self._ask(moment)

    def _write_words(self, now: int | None = None) -> None:
        if now is not None:
            self._now = now
        moment = self.moment
        if moment is None:
            line = self.tr("{n} seen").format(n=say_count(self._now)) if self._clocks else ""
            self.slider.set_words(self.tr("Now") if self._clocks else "", line)
        else:
            self.slider.set_words(
                say_count(moment), self.tr("of {n}").format(n=say_count(self._now))
            )

    def _ask(self, clock: int) -> None:
        """Have the sheet of the moment that is shown: at once if it is kept, else soon."""
        if clock in self._sheets:
            self._sheets.move_to_end(clock)
            self.sheet_ready.emit(clock, self._sheets[clock])
            return
        run = self._run
        if run is not None:
            self._later.ask(
                "moment",
                partial(_read, run, clock),
                partial(self._arrived, run, clock),
                urgent=True,
            )

    def _arrived(self, run: RunFolder, clock: int, found: tuple[Pictures, int]) -> None:
        if run is not self._run or clock not in self._clocks:
            return
        sheet, self._first_seeds[clock] = found
        self._sheets[clock] = sheet
        while len(self._sheets) * sheet.nbytes > _KEPT_BYTES and len(self._sheets) > 1:
            self._sheets.popitem(last=False)
        self._give_thumb(clock)
        if clock == self.moment:
            self.sheet_ready.emit(clock, sheet)

    def _give_thumb(self, clock: int) -> None:
        sheet = self._sheets[clock]
        if clock in self._clocks and self._place < len(sheet):
            # A copy: a view would keep the whole sheet in memory for as long as the film shows it.
            self.slider.set_thumb(self._clocks.index(clock), sheet[self._place].copy())

    @Slot(list)
    def _load_thumbs(self, positions: list[int]) -> None:
        run = self._run
        for position in positions:
            if run is None or position >= len(self._clocks):
                continue
            clock = self._clocks[position]
            if clock in self._sheets:
                self._give_thumb(clock)
                continue
            self._later.ask(
                f"thumb {clock}",
                partial(_read, run, clock),
                partial(self._arrived, run, clock),
            )

    # -- playing --------------------------------------------------------------------------------

    @Slot(bool)
    def _play(self, playing: bool) -> None:
        if not playing:
            self._stop_playing()
            return
        at_end = self.slider.position() in (None, len(self._clocks) - 1)
        if at_end:
            self.go(0)
        self._timer.start()

    @Slot()
    def _next_frame(self) -> None:
        if self._later.busy and self.moment is not None and self.moment not in self._sheets:
            return
        self.step(1)
        if self.slider.position() is None:
            self._stop_playing()

    def _stop_playing(self) -> None:
        self._timer.stop()
        self.slider.set_playing(False)


def _read(run: RunFolder, clock: int) -> tuple[Pictures, int]:
    """The sheet of a moment, and the seed of its first place."""
    return read_samples(run, clock), read_first_seed(run, clock)
