"""The Mix view: up to four places in slots, and the ways to make one picture of them.

Not responsible for what a mix is (`mixing`, `latent`), nor for the ways themselves (`mix_blend`,
`mix_parts`, `mix_mask`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.mask_canvas import MaskCanvas
from ganstudio.desktop.pages.explore.mix_blend import BlendTool, KindsTool
from ganstudio.desktop.pages.explore.mix_mask import MaskTool
from ganstudio.desktop.pages.explore.mix_parts import PartsTool
from ganstudio.desktop.pages.explore.mix_pool import MixPool
from ganstudio.desktop.pages.explore.mix_slots import SlotRow
from ganstudio.desktop.pages.explore.mixing import (
    LETTERS,
    SLOTS,
    is_mixed,
    own,
    places,
    unmixed,
    with_place,
    without_place,
)
from ganstudio.desktop.pages.explore.views import View
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.pages.explore.walk_words import walk_tip
from ganstudio.desktop.widgets.blend_triangle import Corner
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import to_image
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.project.favourites import Favourite
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.studio.events import ModelOpened
from ganstudio.studio.explorer import ExplorerService, Frame, Sheet

__all__ = ["MixView"]

_GAP, _LEAST_COLUMN, _NARROW = 24, 312, 760
_COLUMN_SHARE = 0.36


class MixView(View):
    """The picture at the left; slots, pictures to mix with, and one of the ways at the right."""

    key = "mix"

    def __init__(self, walk: Walk, explorer: ExplorerService) -> None:
        super().__init__(walk, explorer)
        self.title = self.tr("Mix")
        self.tip = self.tr("One picture of up to four. (Blends, style mixing, masks)")
        self.sentence = self.tr("Mix this place with others.")
        self._made = False
        self._favourites: tuple[Favourite, ...] = ()

    # -- hooks ------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Show the place of now, and draw what can be mixed with it."""
        self._make()
        self._show_model()
        self._show_point(self.walk.point)
        self.explorer.request(self.walk.point)
        self._ask()

    def left(self) -> None:
        """Nobody looks: what was not drawn is not wanted any more."""
        self.walk.ask_sheet("mix", ())

    def model_changed(self) -> None:
        """Nothing that was drawn is of it."""
        if self._made:
            self._pictures.clear()
            self._show_model()
            self._show_pictures()

    def offer_favourites(self, favourites: Sequence[Favourite]) -> None:
        """They stand among what can be mixed with."""
        self._favourites = tuple(favourites)
        if self._made:
            self.pool.offer(self._favourites)
            self._ask()

    def main_widget(self) -> QWidget:
        """The slots."""
        return self.slots if self._made else self

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Resetting all is about the mix here; what lies in the slots stays."""
        return {"reset-all": self._unmix}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out."""
        super().resizeEvent(event)
        self._place()

    # -- making -----------------------------------------------------------------------------------

    def _make(self) -> None:
        """Everything in it, when it is seen for the first time."""
        if self._made:
            return
        self._made = True
        self._pictures: dict[LatentPoint, Pictures] = {}
        self._own = LatentPoint()
        self._shown_for: ModelOpened | None = None
        self.canvas = self.picture = MaskCanvas(self)
        self.canvas.set_name(self.tr("Mixed picture"))
        self.slots = SlotRow(self)
        self.pool = MixPool(self.walk, self.explorer)
        self.pool.offer(self._favourites)
        self.blend = BlendTool(self.walk)
        self.parts = PartsTool(self.walk)
        self.masking = MaskTool(self.walk, self.canvas)
        self.kinds = KindsTool(self.walk)
        self.ways: dict[str, QWidget] = {
            "blend": self.blend,
            "parts": self.parts,
            "mask": self.masking,
            "kinds": self.kinds,
        }
        self.stack = QStackedWidget()
        for way in self.ways.values():
            self.stack.addWidget(way)
        self.switch = self._switch(["blend"])
        self.note = Label("", "small", "text_quiet", wrap=True)
        self._column = QWidget(self)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._slot_room = QVBoxLayout()
        self._slot_room.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._slot_room)
        column.addWidget(self.pool)
        column.addSpacing(4)
        self._switch_room = QVBoxLayout()
        self._switch_room.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._switch_room)
        column.addWidget(self.stack, 1)
        column.addWidget(self.note)
        self._connect()
        for widget in (self.canvas, self._column, self.slots):
            widget.show()
        self._place()

    def _connect(self) -> None:
        walk = self.walk
        walk.moved.connect(self._moved)
        walk.path_changed.connect(self._path_changed)
        walk.picture_drawn.connect(self._picture_drawn)
        walk.sheet_drawn.connect(self._sheet_drawn)
        walk.rested.connect(self._ask)
        walk.renewal_due.connect(self._renew)
        self.slots.removed.connect(self._removed)
        self.slots.dropped.connect(lambda slot, place: self._fill(slot, self.explorer.take(place)))
        self.pool.picked.connect(lambda place: self._fill(self.slots.current(), place))
        self.pool.wanted.connect(self._ask)
        self.masking.brush_changed.connect(self._show_brush)

    def _switch(self, ways: Sequence[str]) -> SegmentControl:
        words = {
            "blend": (self.tr("Blend"), self.tr("A place between the places.")),
            "parts": (self.tr("Parts"), self.tr("Each part from another place. (Style mixing)")),
            "mask": (self.tr("Mask"), self.tr("Paint where another place shows through.")),
            "kinds": (self.tr("Kinds"), self.tr("Between kinds of pictures. (Classes)")),
        }
        switch = SegmentControl([(way, *words[way]) for way in ways], self.tr("Way to mix"))
        switch.chosen.connect(self._way_chosen)
        return switch

    def _place(self) -> None:
        """The picture is the largest square; where the column is narrow, slots go below it."""
        if not self._made:
            return
        width, height = self.width(), self.height()
        narrow = width < _NARROW
        column = max(_LEAST_COLUMN, round(width * _COLUMN_SHARE) - _GAP)
        slots = self.slots.heightForWidth(width - column - _GAP) + 10 if narrow else 0
        side = min(width - column - _GAP, height - slots)
        column = width - side - _GAP
        self.canvas.setGeometry(QRect(0, 0, side, side))
        if narrow:
            self._slot_room.removeWidget(self.slots)
            self.slots.setParent(self)
            self.slots.setGeometry(QRect(0, side + 10, side, slots - 10))
            self.slots.show()
        elif self._slot_room.indexOf(self.slots) < 0:
            self._slot_room.addWidget(self.slots)
        self._column.setGeometry(QRect(side + _GAP, 0, column, height))

    # -- which generator --------------------------------------------------------------------------

    def _show_model(self) -> None:
        """Only the ways that its generator has."""
        model = self.walk.model
        if model is None or model is self._shown_for:
            return
        self._shown_for = model
        ways = ["blend"]
        ways += ["parts"] if model.bands else []
        ways += ["mask"] if model.has_places else []
        ways += ["kinds"] if len(model.kinds) > 1 else []
        before = self.switch.current()
        self._switch_room.removeWidget(self.switch)
        self.switch.hide()
        self.switch.deleteLater()
        self.switch = self._switch(ways)
        self._switch_room.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        self.switch.set_current(before if before in ways else "blend")
        self.switch.setVisible(len(ways) > 1)
        self._order_tabs()
        self.parts.set_model(model)
        self.kinds.set_kinds(model.kinds)
        self.masking.set_shape(model.shape[1], model.shape[0])
        whole = self.tr(
            "This network draws a picture as a whole: it has no parts and no places that another "
            "picture could have."
        )
        self.note.setText("" if model.has_places else whole)
        self.note.setVisible(not model.has_places)
        self._way_chosen(self.switch.current())

    def _order_tabs(self) -> None:
        """Picture, slots, what can be put there, ways to mix."""
        pool = self.pool
        chain = (self.canvas, self.slots, pool.source, pool.dice, pool.tiles, self.switch)
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)

    @Slot(str)
    def _way_chosen(self, way: str) -> None:
        self.stack.setCurrentWidget(self.ways[way])
        self._show_brush()
        self._ask()

    @Slot()
    def _show_brush(self) -> None:
        paints = self.switch.current() == "mask"
        self.canvas.set_brush(self.masking.brush_size() if paints else None)
        tip = self.tr(
            "Paint where the other place shows; the right button rubs out. "
            "(Arrows move the brush, Space paints, Backspace rubs out.)"
        )
        self.canvas.setToolTip(walk_tip() if self.canvas.brush is None else tip)

    # -- where one is -----------------------------------------------------------------------------

    @Slot(object)
    def _moved(self, point: LatentPoint) -> None:
        if self.active:
            self._show_point(point)

    def _show_point(self, point: LatentPoint) -> None:
        self.blend.show_point(point)
        self.parts.show_point(point)
        self.masking.show_point(point)
        self.kinds.show_point(point)
        self._show_brush()
        self._show_places()

    @Slot()
    def _path_changed(self) -> None:
        if self.active and self.pool.source.current() == "path":
            self.walk.rest_soon()

    def _fill(self, slot: int, place: LatentPoint) -> None:
        """A place into a slot, and on to the next free one."""
        before = self.slots.count()
        text = self.tr("place in slot {letter}").format(letter=LETTERS[slot])
        self.walk.go(with_place(self.walk.point, slot, place), text)
        if self.slots.count() > before:
            self.slots.set_current(min(self.slots.count(), SLOTS - 1))

    @Slot(int)
    def _removed(self, slot: int) -> None:
        text = self.tr("slot {letter} emptied").format(letter=LETTERS[slot])
        self.walk.go(without_place(self.walk.point, slot), text)

    def _unmix(self) -> None:
        self.walk.go(unmixed(self.walk.point), self.tr("reset of the mix"))

    # -- pictures ---------------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        """Ask for the small pictures that are missing; they come as they are drawn."""
        if not self.active or self.walk.model is None:
            return
        wanted = self._wanted()
        self._pictures = {p: self._pictures[p] for p in wanted if p in self._pictures}
        missing = [point for point in wanted if point not in self._pictures]
        self.walk.ask_sheet("mix", missing, whole=False)
        self._show_pictures()

    @Slot()
    def _renew(self) -> None:
        """Newer weights: the old pictures stay until the new ones come."""
        if self.active and self.walk.model is not None:
            self.walk.ask_sheet("mix", self._wanted(), whole=False)

    def _wanted(self) -> list[LatentPoint]:
        """The places of all small pictures, each once."""
        point = self.walk.point
        kinds: tuple[LatentPoint, ...] = ()
        if self.switch.current() == "kinds":
            kinds = self.kinds.corner_places(point)
        return list(dict.fromkeys((*places(point), *kinds, *self.pool.look())))

    @Slot(object)
    def _picture_drawn(self, frame: Frame) -> None:
        if self.active and not is_mixed(frame.point):
            self._keep_own(frame)

    def _keep_own(self, frame: Frame) -> None:
        """While nothing is mixed in, the large picture is also that of A; the one before is not."""
        self._pictures.pop(self._own, None)
        self._own = own(frame.point)
        self._pictures[self._own] = frame.picture
        self._show_places()

    @Slot(object)
    def _sheet_drawn(self, sheet: Sheet) -> None:
        if sheet.name != "mix" or not self.active:
            return
        self._pictures.update(zip(sheet.points, sheet.pictures, strict=True))
        self._show_pictures()

    def _show_pictures(self) -> None:
        """What was drawn so far."""
        self._show_places()
        self.pool.set_pictures([self._pictures.get(place) for place in self.pool.places()])

    def _show_places(self) -> None:
        """The places that are mixed, and where they stand on the triangle."""
        point = self.walk.point
        images = self._images(places(point))
        self.slots.set_places(images)
        self.blend.set_corners([Corner(LETTERS[n], image) for n, image in enumerate(images)])
        if self.switch.current() == "kinds":
            self.kinds.set_images(self._images(self.kinds.corner_places(point)))

    def _images(self, wanted: Sequence[LatentPoint]) -> list[QImage | None]:
        pictures = [self._pictures.get(place) for place in wanted]
        return [to_image(picture) if picture is not None else None for picture in pictures]
