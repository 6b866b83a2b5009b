"""Diversity and directions: one slider each, with typed value, reset and lock.

Not responsible for finding directions (`latent`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.places import MOST
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.slider_row import SliderRow
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.point import LatentPoint

__all__ = ["DirectionsSection", "DiversityBlock"]

_AT_LEAST = 12
_WIDEST = 1.3


class DiversityBlock(QWidget):
    """How far the picture may stray from the average one."""

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self.row = SliderRow(
            self.tr("Diversity"),
            0.0,
            _WIDEST,
            1.0,
            decimals=2,
            tip=self.tr(
                "How far it may stray from the average picture. "
                "(Truncation psi, 0 to 1.3. Double-click to reset.)"
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QVBoxLayout()
        inside.setContentsMargins(Size.PANEL_PADDING, 6, Size.PANEL_PADDING, 6)
        inside.addWidget(self.row)
        column.addLayout(inside)
        column.addWidget(Divider())
        self.row.value_changed.connect(self._changed)
        self.row.released.connect(self._released)
        walk.moved.connect(self._follow)

    @Slot(float)
    def _changed(self, value: float) -> None:
        self._walk.preview(self._walk.point.model_copy(update={"diversity": round(value, 3)}))

    @Slot(float)
    def _released(self, value: float) -> None:
        self._walk.settle(self.tr("change of diversity"), "diversity")

    @Slot(object)
    def _follow(self, point: LatentPoint) -> None:
        if self.row.value() != point.diversity:
            self.row.set_value(point.diversity)


class DirectionsSection(Section):
    """At least twelve rows; more where the generator has more.

    Signals:
        find_asked: Find directions anew, for the weights of now.
    """

    find_asked = Signal()

    def __init__(self, walk: Walk) -> None:
        super().__init__(QCoreApplication.translate("DirectionsSection", "Directions"))
        self._walk = walk
        self.rows: list[SliderRow] = []
        self.reset_all = Button(
            self.tr("Reset all"),
            "link",
            height=Size.BUTTON_SMALL,
            tip=self.tr("Every direction back to rest; locked ones stay. (Ctrl+Shift+Backspace)"),
        )
        self.find_button = IconButton(
            "search",
            self.tr("Find directions anew"),
            self.tr("It has learned since: find the directions of the weights of now."),
        )
        self.set_tool(self.reset_all)
        self.set_tool(self.find_button)
        self.reset_all.clicked.connect(self.reset)
        self.find_button.clicked.connect(self.find_asked)
        self.rest = Button("", "link", height=Size.BUTTON_SMALL)
        self.rest.setToolTip(self.tr("The weaker directions, that change the picture less."))
        self.rest.clicked.connect(self._show_rest)
        self._count, self._all_shown = 0, False
        self._add_rows(_AT_LEAST)
        walk.moved.connect(self._follow)
        walk.locks_changed.connect(self._show_locks)
        self.set_found(0)

    def set_found(self, count: int) -> None:
        """How many directions there are; rows without one cannot be moved."""
        self._count = count
        self._add_rows(count)
        for index, row in enumerate(self.rows):
            row.setEnabled(index < count)
        self._show_rows()
        self.set_note("" if count or self._walk.model is None else self.tr("Looking for them"))
        self.reset_all.setVisible(count > 0)
        self._follow(self._walk.point)

    def _show_rows(self) -> None:
        """The strongest twelve, and the rest when a person asks for them."""
        shown = max(self._count if self._all_shown else 0, _AT_LEAST)
        for index, row in enumerate(self.rows):
            row.setVisible(index < shown)
        more = self._count - shown
        self.rest.setText(self.tr("Show {n} more").format(n=more))
        self.rest.setVisible(more > 0)

    @Slot()
    def _show_rest(self) -> None:
        self._all_shown = True
        self._show_rows()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for names."""
        for row in self.rows:
            row.set_narrow(narrow)

    def focused(self) -> int | None:
        """The row that has the keyboard, if one has."""
        widget = QApplication.focusWidget()
        while widget is not None:
            if isinstance(widget, SliderRow) and widget in self.rows:
                return self.rows.index(widget)
            widget = widget.parentWidget()
        return None

    @Slot()
    def reset(self) -> None:
        """Every free direction back to rest, as one step."""
        self._walk.reset_directions(self.tr("reset of all directions"))

    def toggle_lock(self, index: int) -> None:
        """Lock a row, or set it free."""
        key = self._key(index)
        if key is not None:
            self._walk.lock(key, key not in self._walk.locked)

    def _add_rows(self, count: int) -> None:
        tip = self.tr(
            "Changes the whole picture one way; the first ones change it most. "
            "(Principal component, in standard deviations)"
        )
        while len(self.rows) < count:
            index = len(self.rows)
            name = self.tr("Direction {n}").format(n=index + 1)
            row = SliderRow(name, -MOST, MOST, signed=True, lockable=True, tip=tip)
            row.value_changed.connect(lambda value, i=index: self._set(i, value))
            row.released.connect(lambda _value, n=name, i=index: self._released(i, n))
            row.lock_changed.connect(lambda locked, i=index: self._lock(i, locked))
            self.rows.append(row)
            self.body.addWidget(row)
        self.body.addWidget(self.rest)

    def _key(self, index: int) -> str | None:
        """The direction of a row; rows wait for directions."""
        known = self._walk.directions
        return known[index] if index < len(known) else None

    def _set(self, index: int, amount: float) -> None:
        key = self._key(index)
        if key is not None:
            self._walk.set_amount(key, amount)

    def _lock(self, index: int, locked: bool) -> None:
        key = self._key(index)
        if key is not None:
            self._walk.lock(key, locked)

    def _released(self, index: int, name: str) -> None:
        text = self.tr("change of {name}").format(name=name)
        self._walk.settle(text, f"direction {index}")

    @Slot(object)
    def _follow(self, point: LatentPoint) -> None:
        for index, row in enumerate(self.rows):
            key = self._key(index)
            amount = point.amount(key) if key is not None else 0.0
            if row.value() != amount:
                row.set_value(amount)
        self.reset_all.setEnabled(self._walk.off_default)

    @Slot()
    def _show_locks(self) -> None:
        for index, row in enumerate(self.rows):
            locked = self._key(index) in self._walk.locked
            if row.is_locked() != locked:
                row.set_locked(locked)
