"""The column beside the contact sheet: the family of the present model, as a tree one can walk.

Not responsible for breeding.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.family_tree import MARGIN, FamilyTree
from ganstudio.desktop.pages.explore.nearby import HEAD
from ganstudio.desktop.pages.explore.shelf import Shelf
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.label import Label
from ganstudio.project.errors import UserError
from ganstudio.project.family import Family
from ganstudio.project.point import LatentPoint
from ganstudio.studio.drawn import Sheet

__all__ = ["Lineage"]


class Lineage(QWidget):
    """Head, and the tree, which scrolls.

    Signals:
        chosen: A member was chosen for crossing (its point, and again its point).
        failed: The family cannot be written (UserError).
    """

    chosen = Signal(object, object)
    failed = Signal(object)

    def __init__(self, walk: Walk, shelf: Shelf[LatentPoint]) -> None:
        super().__init__()
        self._walk, self._shelf = walk, shelf
        self._folder: Path | None = None
        self._read = True
        self._active = False
        self.family = Family()
        self.count = Label("", "small", "text_quiet")
        self.empty = Label(
            self.tr("Whatever you go on from stands here with its parents, and you can go back."),
            "small",
            "text_quiet",
            wrap=True,
        )
        self.empty.setContentsMargins(MARGIN, 0, 0, 0)
        self.tree = FamilyTree(self._picture)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.tree)
        self._scroll.setWidgetResizable(True)
        for filled in (self.tree, self._scroll.viewport()):
            filled.setAutoFillBackground(False)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.tree.opened.connect(self._opened)
        self.tree.chosen.connect(self._member_chosen)
        self._scroll.verticalScrollBar().valueChanged.connect(self._ask)
        walk.sheet_drawn.connect(self._drawn)
        self._show()

    def keep_in(self, folder: Path | None) -> None:
        """Another model has another family; it is read when somebody looks."""
        if folder != self._folder or folder is None:
            self._folder, self._read = folder, False

    def set_active(self, active: bool) -> None:
        """Whether anybody looks."""
        self._active = active
        if not active:
            self._walk.ask_sheet("family", ())

    def follow(self) -> None:
        """Show the family, and who one is in it."""
        if not self._read:
            self._read = True
            path = self._folder / "family.jsonl" if self._folder is not None else None
            self.family = Family(path)
        self._show()
        self._ask()

    def refresh(self) -> None:
        """A picture came that a member may be waiting for."""
        self.tree.update()

    def born(self, child: LatentPoint, parents: Sequence[tuple[LatentPoint, LatentPoint]]) -> None:
        """A new member.

        Args:
            child: Its place.
            parents: Those it comes from, each with the place that it is a variation of itself.
        """
        try:
            numbers = []
            for parent, base in parents:
                older = () if base == parent else (self.family.add(base),)
                numbers.append(self.family.add(parent, older))
            self.family.add(child, tuple(numbers))
        except UserError as error:
            self.failed.emit(error)

    def _show(self) -> None:
        members = self.family.members
        self.empty.setVisible(not members)
        self._scroll.setVisible(bool(members))
        many = self.tr("{n} pictures").format(n=len(members))
        self.count.setText(many if members else "")
        here = self.family.number_of(self._walk.point)
        self.tree.show_family(self.family, here)
        if here is not None:
            box = self.tree.box_of(here).toAlignedRect()
            self._scroll.ensureVisible(box.center().x(), box.center().y(), 0, box.height())

    @Slot()
    def _ask(self) -> None:
        """Ask for the members in sight that have no picture."""
        self._ask_for([point for point in self._seen() if point not in self._shelf])

    def renew(self) -> None:
        """Newer weights: the old pictures stay until the new ones come."""
        self._ask_for(self._seen())

    def _seen(self) -> list[LatentPoint]:
        """The members in sight."""
        members = self.family.members
        return [members[number].point for number in self.tree.seen()]

    def _ask_for(self, points: list[LatentPoint]) -> None:
        if self._active and points:
            self._walk.ask_sheet("family", points, whole=False)

    @Slot(object)
    def _drawn(self, sheet: Sheet) -> None:
        if sheet.name == "family":
            for point, picture in zip(sheet.points, sheet.pictures, strict=True):
                self._shelf.keep(point, picture)
            self.tree.update()

    def _picture(self, number: int) -> QImage | None:
        return self._shelf.get(self.family.members[number].point)

    @Slot(int)
    def _opened(self, number: int) -> None:
        self._walk.go(self.family.members[number].point, self.tr("step in the family"))

    @Slot(int)
    def _member_chosen(self, number: int) -> None:
        point = self.family.members[number].point
        self.chosen.emit(point, point)

    def _lay_out(self) -> None:
        holder = QWidget()
        holder.setFixedHeight(HEAD)
        head = QHBoxLayout(holder)
        head.setContentsMargins(MARGIN, 0, 0, HEAD - Size.BUTTON_SMALL)
        head.addWidget(Label(self.tr("Family"), "head"))
        head.addStretch(1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(holder)
        column.addWidget(self.empty)
        column.addWidget(self._scroll, 1)
        column.addStretch(0)
