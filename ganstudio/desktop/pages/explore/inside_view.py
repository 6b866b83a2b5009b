"""The Look inside view: what the channels of the generator do at this place, and bending them.

Not responsible for finding that out (`latent.inside`), nor for what a bend is (`bends`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.explore.bend_list import BendList
from ganstudio.desktop.pages.explore.bends import new_bend, unbent, verb, with_bends
from ganstudio.desktop.pages.explore.channel_panel import ChannelPanel
from ganstudio.desktop.pages.explore.views import View
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.pages.explore.walk_words import walk_tip
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.stage_row import StageRow
from ganstudio.desktop.widgets.tint_canvas import TintCanvas
from ganstudio.project.inside import Inside
from ganstudio.project.point import Bend, BendAction, LatentPoint
from ganstudio.studio.events import ModelOpened
from ganstudio.studio.explorer import ExplorerService, Frame

__all__ = ["InsideView"]

_GAP, _BETWEEN = 24, 12
_LEAST_PICTURE, _LARGEST_PICTURE, _PICTURE_SHARE = 236, 340, 0.34
#: How dark the picture becomes where the channel under the pointer does nothing.
_DARK = 0.8


class InsideView(View):
    """Stages above; the picture and its bends at the left, the channels at the right."""

    key = "inside"

    def __init__(self, walk: Walk, explorer: ExplorerService) -> None:
        super().__init__(walk, explorer)
        self.title = self.tr("Look inside")
        self.tip = self.tr("What each channel of the network does, and bending it. (Activations)")
        self.sentence = self.tr("Choose channels, and bend what they do.")
        self._made, self._narrow = False, False
        self._bent_point: LatentPoint | None = None

    # -- hooks ------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Show what goes on at the place of now."""
        self._make()
        self._show_model()
        self._show_point(self.walk.point)
        self.explorer.request(self.walk.point)

    def left(self) -> None:
        """Whatever is held is let go."""
        self._let_go()

    def model_changed(self) -> None:
        """Nothing that was seen is of it."""
        if self._made:
            self._show_model()

    def narrow(self, width: Width) -> None:
        """The words of the pages give way first."""
        self._narrow = width == "narrow"
        if self._made:
            self.channels.page_words.setVisible(not self._narrow)

    def main_widget(self) -> QWidget:
        """The channels."""
        return self.channels.grid if self._made else self

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Resetting all is about the bends here."""
        return {"reset-all": self._remove_all}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """W is held to see the picture without bends."""
        if event.key() == Qt.Key.Key_W and not event.modifiers():
            if not event.isAutoRepeat():
                self._hold()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """W is let go."""
        if event.key() == Qt.Key.Key_W and not event.isAutoRepeat():
            self._let_go()
        else:
            super().keyReleaseEvent(event)

    # -- making -----------------------------------------------------------------------------------

    def _make(self) -> None:
        """Everything in it, when it is seen for the first time."""
        if self._made:
            return
        self._made = True
        self._shown_for: ModelOpened | None = None
        self._stale, self._lit = True, -1
        self.stages = StageRow(self)
        self.canvas = self.picture = TintCanvas(self)
        self.canvas.set_name(self.tr("Picture"))
        self.canvas.setToolTip(walk_tip())
        self.channels = ChannelPanel()
        self.channels.setParent(self)
        self.bends = BendList(self.walk)
        self._left = QWidget(self)
        self._make_left()
        self._connect()
        for widget in (self.stages, self.canvas, self._left, self.channels):
            widget.show()
        self.channels.page_words.setVisible(not self._narrow)
        self._place()

    def _make_left(self) -> None:
        self.without = Button(
            self.tr("Hold: without"),
            height=Size.BUTTON_SMALL,
            tip=self.tr("Hold to see the picture without any bend. (Or hold W)"),
        )
        self.remove_all = Button(
            self.tr("Remove all"),
            "link",
            height=Size.BUTTON_SMALL,
            tip=self.tr("The place as it is without any bend."),
        )
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(self.tr("Bends"), "head"))
        head.addStretch(1)
        head.addWidget(self.without)
        head.addWidget(self.remove_all)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.bends, 1)

    def _connect(self) -> None:
        walk = self.walk
        walk.moved.connect(self._moved)
        walk.picture_drawn.connect(self._picture_drawn)
        walk.inside_seen.connect(self._inside_seen)
        walk.rested.connect(self._rested)
        self.stages.chosen.connect(self._stage_chosen)
        self.channels.asked.connect(self._ask)
        self.channels.bend_asked.connect(self._bend)
        self.channels.grid.hovered.connect(self._hovered)
        self.without.pressed.connect(self._hold)
        self.without.released.connect(self._let_go)
        self.remove_all.clicked.connect(self._remove_all)
        self.bends.asked.connect(self._show_channels_of)

    def _place(self) -> None:
        """The picture is a third; its bends lie below it."""
        if not self._made:
            return
        width, height = self.width(), self.height()
        side = min(_LARGEST_PICTURE, max(_LEAST_PICTURE, round(width * _PICTURE_SHARE)))
        top = self.stages.height() + _BETWEEN
        self.stages.setGeometry(QRect(0, 0, width, self.stages.height()))
        high, wide = self._shown_for.shape[:2] if self._shown_for is not None else (1, 1)
        tall = min(side, round(side * high / wide))
        self.canvas.setGeometry(QRect(0, top, side, tall))
        below = top + tall + _BETWEEN
        self._left.setGeometry(QRect(0, below, side, height - below))
        self.channels.setGeometry(QRect(side + _GAP, top, width - side - _GAP, height - top))

    # -- which generator --------------------------------------------------------------------------

    def _show_model(self) -> None:
        model = self.walk.model
        if model is None or model is self._shown_for:
            return
        self._shown_for = model
        self._bent_point = None
        self._place()
        self.stages.set_stages(model.stages)
        self.bends.set_stages(model.stages)
        self._stage_chosen(self.stages.current())

    @Slot(int)
    def _stage_chosen(self, stage: int) -> None:
        model = self.walk.model
        if model is None or not model.stages:
            return
        self.channels.set_stage(stage, model.stages[stage])
        self._show_bends(self.walk.point)

    # -- where one is -----------------------------------------------------------------------------

    @Slot(object)
    def _moved(self, point: LatentPoint) -> None:
        if self.active and self._bent_point is None:
            self._show_point(point)

    def _show_point(self, point: LatentPoint) -> None:
        self._stale = True
        self.bends.show_point(point)
        self._show_bends(point)

    def _show_bends(self, point: LatentPoint) -> None:
        """Dots where something is bent, and what can be taken back."""
        stage = self.stages.current()
        in_force = [bend for bend in point.bends if bend.on]
        self.stages.set_bent(frozenset(bend.stage for bend in in_force))
        here = [bend for bend in in_force if bend.stage == stage]
        channels = {channel for bend in here for channel in bend.channels}
        if any(not bend.channels for bend in here):
            channels.update(self.channels.grid.channels())
        self.channels.grid.set_bent(channels)
        self.without.setEnabled(bool(in_force))
        self.remove_all.setEnabled(bool(point.bends))

    @Slot(object)
    def _picture_drawn(self, frame: Frame) -> None:
        """What goes on inside follows the picture."""
        if self.active:
            self._ask()

    @Slot()
    def _rested(self) -> None:
        """The most active first, unless a person is busy with those that are seen."""
        if self.active and self._stale and self.channels.may_reorder():
            self.channels.ask()
        self._stale = False

    # -- the channels -----------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        """Ask what channels do at the place of now."""
        if self.active:
            self.walk.ask_inside(self.channels.question(self.walk.point))

    @Slot(object)
    def _inside_seen(self, inside: Inside) -> None:
        if self.active:
            self.channels.show_answer(inside)
            self._show_bends(self.walk.point)
            self._hovered(self._lit)

    @Slot(int)
    def _hovered(self, place: int) -> None:
        """Darken the picture where the channel does nothing."""
        self._lit = place
        heat = self.channels.grid.heat(place)
        dark = (
            None
            if heat is None or heat.size < 2
            else (255 - heat).astype(np.float32) / np.float32(255)
        )
        self.canvas.set_tint(dark, "shade", _DARK)

    # -- bending ----------------------------------------------------------------------------------

    @Slot(str)
    def _bend(self, action: BendAction) -> None:
        """Do something with the chosen channels."""
        point = self.walk.point
        bend = new_bend(self.stages.current(), self.channels.chosen(), action)
        self.walk.go(with_bends(point, (*point.bends, bend)), verb(action))
        self.bends.show_last()

    @Slot()
    def _remove_all(self) -> None:
        self.walk.go(unbent(self.walk.point), self.tr("removed bends"))

    @Slot(object)
    def _show_channels_of(self, bend: Bend) -> None:
        """Its stage, and its channels chosen and first."""
        self.stages.set_current(bend.stage)
        self._stage_chosen(self.stages.current())
        self.channels.show_chosen(bend.channels)

    @Slot()
    def _hold(self) -> None:
        """Show the picture without bends, until it is let go."""
        point = self.walk.point
        if self._bent_point is None and unbent(point) != point:
            self._bent_point = point
            self.walk.preview(unbent(point))

    @Slot()
    def _let_go(self) -> None:
        """Show the bends again; whatever happened meanwhile holds."""
        held, self._bent_point = self._bent_point, None
        if held is None:
            return
        if self.walk.point == unbent(held):
            self.walk.give_up()
        self._show_point(self.walk.point)
