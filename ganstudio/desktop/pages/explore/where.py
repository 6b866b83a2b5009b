"""Where: the seed pad, the seed as two numbers, and the leap to somewhere else.

Not responsible for the pictures of the pad's cells.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.pages.explore.changes import Changes
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.pages.explore.wander import SPEEDS, Wander
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.field import Field
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.seed_pad import SeedPad
from ganstudio.desktop.widgets.slider_track import Slider
from ganstudio.project.point import LatentPoint

__all__ = ["WhereSection"]

#: Room for 9999.99; a leap goes to 999.
_FIELD = 63
_FARTHEST = 1e9


class WhereSection(Section):
    """`surprise_asked`: jump to a place nobody has seen."""

    surprise_asked = Signal()

    def __init__(self, walk: Walk) -> None:
        super().__init__(QCoreApplication.translate("WhereSection", "Where"))
        self._walk = walk
        self.wander = Wander(walk)
        self.pad = SeedPad()
        self._name = Label(self.tr("Seed"), "body", "text_quiet")
        self.across = self._field(self.tr("Seed, across"))
        self.down = self._field(self.tr("Seed, down"))
        self.surprise = Button(
            self.tr("Surprise me"),
            icon="dice",
            height=Size.BUTTON_SMALL,
            tip=self.tr("Jump to a place nobody has seen yet; locked directions stay. (Ctrl+J)"),
        )
        self.kind = Choice(self.tr("Kind"))
        self._kind_row = FormRow(
            self.tr("Kind"),
            self.kind,
            self.tr("Which kind of picture it draws here; the place stays. (Class)"),
        )
        self._kind_row.hide()
        self.through_time = IconButton(
            "film",
            self.tr("This place through time"),
            self.tr("What each moment of the run draws at this place."),
        )
        self.through_time.hide()
        self.changes = Changes(walk)
        self.set_tool(self.changes)
        self.set_tool(self.through_time)
        self.add(self.pad)
        self.body.addSpacing(8)
        self.add(self._row())
        self.add(self._kind_row)
        self.add(self._play_row())
        self.body.setContentsMargins(Size.PANEL_PADDING, 0, Size.PANEL_PADDING, 12)
        self.pad.moved.connect(self._pad_moved)
        self.pad.released.connect(self._pad_released)
        self.surprise.clicked.connect(self.surprise_asked)
        for field in (self.across, self.down):
            field.editingFinished.connect(self._typed)
        self.kind.activated.connect(self._kind_chosen)
        self.play.clicked.connect(self.wander.toggle)
        self.back.clicked.connect(self.wander.go_back)
        self.speed.value_changed.connect(self._set_speed)
        self.wander.changed.connect(self._show_playing)
        walk.moved.connect(self.show_point)
        walk.path_changed.connect(self._show_path)
        self._show_playing()
        self.show_point(walk.point)

    def set_narrow(self, narrow: bool) -> None:
        """The word gives way; the fields' tooltips have it."""
        self._name.setVisible(not narrow)
        self._seeds.setSpacing(4 if narrow else 8)
        self._kind_row.set_narrow(narrow)

    def show_kinds(self, names: Sequence[str]) -> None:
        """Offer what the generator can be told to draw; nothing where it knows no kinds."""
        self.kind.clear()
        self.kind.addItems(list(names))
        self._kind_row.setVisible(bool(names))
        # A form row brings four pixels of its own above and below.
        self._seeds.setContentsMargins(0, 0, 0, 4 if names else 0)
        self._playing.setContentsMargins(0, 4 if names else 8, 0, 0)
        self.show_point(self._walk.point)

    @Slot(int)
    def _kind_chosen(self, kind: int) -> None:
        point = self._walk.point.model_copy(update={"kind": kind, "kinds": ()})
        self._walk.go(point, self.tr("another kind"))

    @Slot(object)
    def show_point(self, point: LatentPoint) -> None:
        """Follow the place."""
        self.kind.setCurrentIndex(min(point.kind, self.kind.count() - 1))
        self.pad.set_point(point.seed_x, point.seed_y)
        if self.wander.playing:
            self._show_path()
        self.across.setText(f"{point.seed_x:.2f}")
        self.down.setText(f"{point.seed_y:.2f}")

    @Slot()
    def _show_path(self) -> None:
        """The way of the last steps, as far as it lies near, or that of a walk by itself."""
        journey = self._walk.journey
        way, start = journey.way.offsets, journey.way.start
        if way:
            self.pad.set_path([(start.seed_x + x, start.seed_y + y) for x, y in way])
            return
        steps = journey.places[max(0, journey.index - 12) : journey.index]
        here, near = journey.here, []
        for place in reversed(steps):
            if math.dist((place.seed_x, place.seed_y), (here.seed_x, here.seed_y)) > 6:
                break
            near.append((place.seed_x, place.seed_y))
        self.pad.set_path(near[::-1])

    def _row(self) -> QWidget:
        holder = QWidget()
        row = self._seeds = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._name.setMinimumWidth(self._name.sizeHint().width())
        row.addWidget(self._name)
        row.addWidget(self.across)
        row.addWidget(self.down)
        row.addStretch(1)
        row.addWidget(self.surprise)
        return holder

    def _play_row(self) -> QWidget:
        """Walk by itself, back, and how fast."""
        self.play = Button("", icon="play", height=Size.BUTTON_SMALL)
        self.back = IconButton(
            "undo",
            self.tr("Walk back"),
            self.tr("Walk the same way back that led here. (Shift+Space)"),
            framed=True,
        )
        slowest, usual, fastest = (math.log(speed) for speed in SPEEDS)
        self.speed = Slider(
            slowest,
            fastest,
            usual,
            usual,
            name=self.tr("Speed of the walk"),
            tip=self.tr("How fast it walks by itself, also while it does. (Seeds a second)"),
        )
        holder = QWidget()
        row = self._playing = QHBoxLayout(holder)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.play)
        row.addWidget(self.back)
        row.addSpacing(8)
        row.addWidget(Label(self.tr("Speed"), "body", "text_quiet"))
        row.addWidget(self.speed, 1)
        return holder

    @Slot(float)
    def _set_speed(self, value: float) -> None:
        self.wander.speed = math.exp(value)

    @Slot()
    def _show_playing(self) -> None:
        playing = self.wander.playing
        self.play.setText(self.tr("Pause") if playing else self.tr("Walk"))
        self.play.set_icon("pause" if playing else "play")
        walk = self.tr("Walk by itself, smoothly, from here on. (Space)")
        self.play.setToolTip(self.tr("Stay here. (Space)") if playing else walk)
        self.back.setEnabled(not playing and self.wander.may_go_back)

    def _field(self, name: str) -> Field:
        field = Field(name, tip=self.tr("Two numbers find any place again. (Seed)"))
        field.setFont(theme.font("small"))
        field.setFixedWidth(_FIELD)
        field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        field.setProperty("kind", "value")
        return field

    @Slot(float, float)
    def _pad_moved(self, x: float, y: float) -> None:
        self._walk.preview(
            self._walk.point.model_copy(update={"seed_x": x, "seed_y": y, "vector": ()})
        )

    @Slot(float, float)
    def _pad_released(self, x: float, y: float) -> None:
        self._walk.settle(self.tr("step on the pad"), "pad")

    @Slot()
    def _typed(self) -> None:
        """Take what was typed; anything that is no number brings the old one back."""
        point = self._walk.point
        values = {
            name: _number(field.text(), old)
            for name, field, old in (
                ("seed_x", self.across, point.seed_x),
                ("seed_y", self.down, point.seed_y),
            )
        }
        if point.model_copy(update=values) == point:
            self.show_point(point)
        else:
            target = point.model_copy(update=values | {"vector": ()})
            self._walk.go(target, self.tr("typed seed"))


def _number(text: str, old: float) -> float:
    """A typed coordinate; unchanged digits keep the exact old value."""
    try:
        value = float(text.strip().replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        return old
    if not math.isfinite(value) or abs(value) > _FARTHEST or f"{old:.2f}" == f"{value:.2f}":
        return old
    return value
