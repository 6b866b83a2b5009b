"""Where one is, and everything that follows from it: requests to the explorer, path, undo.

Not responsible for any widget: sections listen to its signals.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from ganstudio.desktop.pages.explore.journey import Journey
from ganstudio.desktop.pages.explore.renewal import Renewal
from ganstudio.project.inside import Inside, InsideWanted
from ganstudio.project.point import LatentPoint
from ganstudio.studio.drawn import SHEETS
from ganstudio.studio.events import ModelOpened
from ganstudio.studio.explorer import ExplorerService, Frame

__all__ = ["Walk"]

_SETTLE_MS = 120


class _Step(QUndoCommand):
    """A name on the undo stack; the journey knows the places."""


class Walk(QObject):
    """One place at a time. `preview` while the hand moves, `settle` when it lets go.

    Signals:
        moved: The place changed (LatentPoint), by whatever means.
        path_changed: The path is longer, shorter, or one stands elsewhere on it.
        picture_drawn: A picture of the present model arrived (Frame).
        rough_drawn: About what it will be arrived, before it (Frame).
        sheet_drawn: The newest sheet of a name arrived, or the next part of it (Sheet).
        inside_seen: What the newest question about channels found (Inside).
        rested: The place has not changed for a moment: time for the pictures around it.
        locks_changed: Other directions are locked.
        names_changed: Directions are called otherwise, or there are others.
        renewal_due: Newer weights draw, and the pictures around may be drawn anew: all that are
            seen, the old ones staying until the new ones come.
    """

    moved = Signal(object)
    path_changed = Signal()
    picture_drawn = Signal(object)
    rough_drawn = Signal(object)
    sheet_drawn = Signal(object)
    inside_seen = Signal(object)
    rested = Signal()
    locks_changed = Signal()
    names_changed = Signal()
    renewal_due = Signal()

    def __init__(self, explorer: ExplorerService, stack: QUndoStack, parent: QObject) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._stack = stack
        self.journey = Journey(LatentPoint())
        self.point = self.journey.here
        self.locked: frozenset[str] = frozenset()
        self.directions: tuple[str, ...] = ()
        self.names: Mapping[str, str] = {}
        self.model: ModelOpened | None = None
        self._floor = 0
        self._turning = False
        self._sheets: dict[str, int] = {}
        self._missing: dict[str, int] = {}
        self._wanted_inside: InsideWanted | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SETTLE_MS)
        self._rest.timeout.connect(self.rested)
        self._renewal = Renewal(lambda: self._rest.isActive() or self.waits, self)
        self._renewal.due.connect(self.renewal_due)
        self.picture_drawn.connect(self._renewal.drawn)
        stack.indexChanged.connect(self._stack_moved)

    # -- moving -----------------------------------------------------------------------------------

    def preview(self, point: LatentPoint) -> None:
        """Show a place while the hand is on its way; it is no step yet."""
        if point == self.point:
            return
        self.point = point
        self._draw()
        self.moved.emit(point)

    def settle(self, text: str, kind: str = "") -> None:
        """The hand let go: where it is now is a step of the path.

        Args:
            text: What the step was, as a noun: it stands behind "Undo".
            kind: Quick steps of one kind count as one.
        """
        if self.journey.visit(self.point, kind, time.monotonic(), text):
            self._stack.push(_Step(text))
        self.path_changed.emit()

    def go(self, point: LatentPoint, text: str, kind: str = "") -> None:
        """Be somewhere else, as one step."""
        self.preview(point)
        self.settle(text, kind)

    def give_up(self) -> None:
        """Back to the last step: the gesture at hand was broken off."""
        self.preview(self.journey.here)

    def jump(self, index: int) -> None:
        """Be at another step of the path."""
        self._stack.setIndex(index)

    def turn(self, step: int) -> None:
        """Be at a step from which another way leads on too; redo leads along that one now."""
        self.jump(step)
        texts = self.journey.turn()
        self._turning = True
        for text in texts:
            self._stack.push(_Step(text))
        self._stack.setIndex(step)
        self._turning = False
        self.path_changed.emit()

    def set_amount(self, direction: str, amount: float) -> None:
        """Preview one direction, by its key."""
        self.preview(self.point.with_amount(direction, round(amount, 3)))

    @property
    def off_default(self) -> bool:
        """Whether any direction is off its rest."""
        return bool(self.point.moves)

    def reset_directions(self, text: str) -> None:
        """Every direction that is not locked goes back to rest."""
        moves = tuple(move for move in self.point.moves if move.direction in self.locked)
        self.go(self.point.model_copy(update={"moves": moves}), text)

    def lock(self, direction: str, locked: bool) -> None:
        """Keep a direction as it is when jumping, or set it free."""
        self.locked = self.locked | {direction} if locked else self.locked - {direction}
        self.locks_changed.emit()

    def lock_all(self, directions: Iterable[str]) -> None:
        """These are locked too, as a person left them."""
        more = frozenset(directions) - self.locked
        if more:
            self.locked |= more
            self.locks_changed.emit()

    @Slot(int)
    def _stack_moved(self, index: int) -> None:
        """Undo, redo, or a click on the path."""
        if index != self.journey.index and not self._turning:
            self.preview(self.journey.jump(index))
            self.path_changed.emit()

    # -- the model and its pictures ---

    def model_opened(self, model: ModelOpened) -> None:
        """Another generator draws from now on: pictures asked for before are not its."""
        self.model = model
        self._forget_asked()
        self._floor = self._explorer.request(self.point)
        self._rest.start()

    def directions_found(self, names: Mapping[str, str]) -> None:
        """The keys of what the generator has, with their names; others are carried along."""
        renamed, self.names = names != self.names, dict(names)
        if tuple(names) != self.directions:
            self.directions = tuple(names)
            self._draw()
        if renamed:
            self.names_changed.emit()

    def forget_model(self) -> None:
        """Nothing is open any more."""
        self.model = None
        self.directions = ()
        self._forget_asked()

    def _forget_asked(self) -> None:
        self._sheets.clear()
        self._missing.clear()
        self._wanted_inside = None
        self._renewal.begin_anew()

    @property
    def waits(self) -> bool:
        """Whether pictures were asked for that have not come yet."""
        return any(self._missing.values())

    def ask_sheet(self, name: str, points: Sequence[LatentPoint], whole: bool = True) -> None:
        """Ask for a sheet; only the answer to the newest question of a name is passed on.

        Args:
            name: Of `studio.drawn.SHEETS`.
            points: The most wanted first; none takes the question back.
            whole: Pass it on when all of it is drawn; otherwise as it comes, a handful at a time.
        """
        if self.model is not None:
            self._sheets[name] = self._explorer.request_sheet(name, points, whole)
            self._missing[name] = len(points)

    def ask_inside(self, wanted: InsideWanted) -> None:
        """Ask what channels do; only the answer to the newest question is passed on."""
        if self.model is not None:
            self._wanted_inside = wanted
            self._explorer.request_inside(wanted)

    def collect(self) -> None:
        """Take what waits in the explorer's mailboxes, once its model is known."""
        if self.model is None:
            return
        frame: Frame | None = self._explorer.frames.take()
        if frame is not None and (frame.stamp >= self._floor or frame.point == self.point):
            (self.rough_drawn if frame.rough else self.picture_drawn).emit(frame)
        for name in SHEETS:
            for sheet in self._explorer.collect(name):
                if self._sheets.get(name) == sheet.stamp:
                    self._missing[name] -= len(sheet.points)
                    self.sheet_drawn.emit(sheet)
        inside: Inside | None = self._explorer.insides.take()
        if inside is not None and inside.wanted == self._wanted_inside:
            self.inside_seen.emit(inside)

    def renew(self) -> None:
        """Others are seen now, that were drawn by older weights perhaps: draw them anew."""
        if self.model is not None and self.model.live:
            self.renewal_due.emit()

    def rest_soon(self) -> None:
        """Have the pictures around drawn anew, once the hand rests."""
        self._rest.start()

    def _draw(self) -> None:
        if self.model is not None:
            self._explorer.request(self.point)
        self._rest.start()
