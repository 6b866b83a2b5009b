"""Hold B: what the picture was before this step, or a favourite to compare with.

Not responsible for which key it is (`hold_key`), nor for the picture of now.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from ganstudio.desktop.pages.explore.favourites import Favourites
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.studio.explorer import Sheet

__all__ = ["Before"]

_SHEET = "before"


class Before(QObject):
    """Has the other picture ready whenever the hand rests, so that it shows at once.

    Signals:
        shown: Show this picture with these words (Pictures, str).
        hidden: Show the picture of now again.
        changed: It can be shown from now on, or no longer.
    """

    shown = Signal(object, str)
    hidden = Signal()
    changed = Signal()

    def __init__(self, walk: Walk, favourites: Favourites) -> None:
        super().__init__(walk)
        self._walk, self._favourites = walk, favourites
        self._sheet: Sheet | None = None
        self.pinned = ""
        self.held = self._lasting = False
        self._seen = True
        walk.rested.connect(self.ask)
        walk.path_changed.connect(self._path_changed)
        walk.moved.connect(self._moved)
        walk.renewal_due.connect(self._renew)
        walk.sheet_drawn.connect(self._sheet_drawn)

    @property
    def place(self) -> LatentPoint | None:
        """What now is compared with: the favourite that was pinned, else the step before."""
        pinned = self._favourites.find(self.pinned)
        if pinned is not None:
            return self._favourites.place(pinned)
        journey = self._walk.journey
        if self._walk.point != journey.here:
            return journey.here
        return journey.places[journey.index - 1] if journey.index > 0 else None

    @property
    def why_not(self) -> str:
        """Why it cannot be shown now; empty if it can."""
        if not self._seen:
            return self.tr("The picture is not seen in this view. Picture, Mix and Look inside "
                           "have it.")  # fmt: skip
        if self.place is None:
            return self.tr("There is no step before this one.")
        return ""

    def set_seen(self, seen: bool) -> None:
        """Whether the picture that it changes is seen anywhere."""
        if seen != self._seen:
            self._seen = seen
            if not seen:
                self.hold(False)
            self.changed.emit()

    def pin(self, id_: str) -> None:
        """Compare with a favourite from now on; once more: with the step before again."""
        self.pinned = "" if self.pinned == id_ else id_
        self.ask()
        self.changed.emit()

    def hold(self, held: bool) -> None:
        """The key is pressed or let go."""
        if held == self.held or (held and self.why_not):
            return
        self.held, self._lasting = held, False
        if not held:
            self.hidden.emit()
            return
        self.ask()
        self._show()

    @Slot()
    def toggle(self) -> None:
        """Asked for in a menu: it is shown until one is asked once more, or goes on."""
        self.hold(not self.held)
        self._lasting = self.held

    @Slot()
    def _moved(self) -> None:
        if self._lasting:
            self.hold(False)

    def forget(self) -> None:
        """Another model draws, or none."""
        self._sheet = None
        self.hold(False)

    @Slot()
    def _path_changed(self) -> None:
        self.ask()
        self.changed.emit()

    @Slot()
    def ask(self) -> None:
        """Have the other picture drawn, unless it is there already."""
        place = self.place
        if place is not None and self._picture_of(place) is None:
            self._walk.ask_sheet(_SHEET, [place])

    @Slot()
    def _renew(self) -> None:
        """Newer weights: what older ones drew stays until it is drawn anew."""
        if (place := self.place) is not None:
            self._walk.ask_sheet(_SHEET, [place])

    @Slot(object)
    def _sheet_drawn(self, sheet: Sheet) -> None:
        if sheet.name == _SHEET:
            self._sheet = sheet
            self._show()

    def _show(self) -> None:
        place = self.place
        picture = self._picture_of(place) if place is not None else None
        if self.held and picture is not None:
            self.shown.emit(picture, self._words())

    def _words(self) -> str:
        pinned = self._favourites.find(self.pinned)
        if pinned is not None:
            return self.tr("Before: {name}").format(name=pinned.name)
        return self.tr("Before this step")

    def _picture_of(self, place: LatentPoint) -> Pictures | None:
        sheet = self._sheet
        return sheet.pictures[0] if sheet is not None and sheet.points == (place,) else None
