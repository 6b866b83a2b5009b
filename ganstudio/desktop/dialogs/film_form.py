"""How a film shall be: length, shape, size, file.

Not responsible for making it.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.field import Field
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.project.errors import UserError
from ganstudio.project.film import SHAPES, Filling, FilmSettings, Kind, Shape

__all__ = ["FilmForm"]

_SIDES = (512, 720, 1_080, 1_440, 2_160)
_USUAL = FilmSettings()
_GIF_SIDE = _SIDES[0]


class FilmForm(QWidget):
    """A few rows; every choice is a film that can be made.

    Signals:
        changed: Something was chosen or typed.
    """

    changed = Signal()

    def __init__(self, sharp: bool) -> None:
        super().__init__()
        self.seconds = Field(self.tr("Seconds"), tip=self.tr("1 to 600 seconds."))
        self.seconds.setText(f"{_USUAL.seconds:g}")
        self.shape = SegmentControl([(key, key) for key in SHAPES], self.tr("Shape"), small=True)
        self.side = Choice(self.tr("Size"))
        for side in _SIDES:
            self.side.addItem(self.tr("{n} pixels").format(n=side), side)
        self.side.setCurrentIndex(_SIDES.index(_USUAL.side))
        self.kind = SegmentControl(
            [
                ("mp4", "MP4", self.tr("Plays everywhere. (H.264)")),
                ("gif", "GIF", self.tr("For the web; 256 colours, larger files.")),
                ("png", "PNG", self.tr("A folder with a picture for each frame.")),
            ],
            self.tr("File"),
            small=True,
        )
        self.filling = Choice(self.tr("Where the shape differs"))
        self.filling.addItem(self.tr("Show all of the picture"), "fit")
        self.filling.addItem(self.tr("Fill the frame"), "fill")
        self.sharp = Choice(self.tr("Enlarge"))
        self.sharp.addItem(self.tr("Smooth"), False)
        self.sharp.addItem(self.tr("Sharp squares"), True)
        self.sharp.setCurrentIndex(int(sharp))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for words, control, tip in (
            (self.tr("Seconds"), self.seconds, self.tr("How long it takes once around.")),
            (self.tr("Shape"), self.shape, self.tr("Width to height.")),
            (self.tr("Size"), self.side, self.tr("Of the shorter side.")),
            (self.tr("File"), self.kind, ""),
            (self.tr("Fit"), self.filling, self.tr("What becomes of other shapes.")),
            (self.tr("Enlarge"), self.sharp, self.tr("Squares for pixel art. (Nearest, Lanczos)")),
        ):
            column.addWidget(FormRow(words, control, tip))
        self.seconds.textEdited.connect(self.changed)
        self.seconds.editingFinished.connect(self._write_seconds)
        self.shape.chosen.connect(self.changed)
        self.kind.chosen.connect(self._kind_chosen)
        for choice in (self.side, self.filling, self.sharp):
            choice.activated.connect(self.changed)

    def settings(self) -> FilmSettings:
        """What is chosen; seconds that cannot be are the usual ones."""
        return FilmSettings(
            seconds=self._seconds(),
            shape=cast("Shape", self.shape.current()),
            side=int(self.side.currentData()),
            kind=cast("Kind", self.kind.current()),
            filling=cast("Filling", self.filling.currentData()),
            sharp=bool(self.sharp.currentData()),
        )

    @Slot(str)
    def _kind_chosen(self, kind: str) -> None:
        """A GIF of the usual size would be too large to send."""
        usual = {"gif": _GIF_SIDE}.get(kind, _USUAL.side)
        if self.side.currentData() in (_GIF_SIDE, _USUAL.side):
            self.side.setCurrentIndex(_SIDES.index(usual))
        self.changed.emit()

    def _seconds(self) -> float:
        try:
            return FilmSettings(seconds=float(self.seconds.text().replace(",", "."))).seconds
        except (ValueError, UserError):
            return _USUAL.seconds

    def _write_seconds(self) -> None:
        """Show what counts, if that is not what was typed."""
        self.seconds.setText(f"{self._seconds():g}")
        self.changed.emit()
