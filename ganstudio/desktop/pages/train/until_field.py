"""Train until: so many minutes, so many pictures, or "I stop it".

Not responsible for what that buys in time or pictures: `settings` says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.project.errors import UserError
from ganstudio.project.numbers import parse_count, say_count

__all__ = ["Until", "UntilField"]

Unit = Literal["minutes", "pictures", "endless"]

_MOST_MINUTES = 60 * 24 * 30
_FIRST = {"minutes": 10.0, "pictures": 250_000.0, "endless": 0.0}


@dataclass(frozen=True, slots=True)
class Until:
    """When training ends by itself: `amount` minutes or pictures, or never."""

    unit: Unit
    amount: float = 0.0

    @property
    def minutes(self) -> float | None:
        """Minutes, if it says minutes."""
        return self.amount if self.unit == "minutes" else None

    @property
    def images(self) -> int | None:
        """Pictures, if it says pictures."""
        return round(self.amount) if self.unit == "pictures" else None


class UntilField(QWidget):
    """A number and its unit. `changed` tells what a person chose."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._until = Until("minutes", 10)
        name = self.tr("Train until")
        self.number = QLineEdit()
        self.number.setFont(theme.font("body"))
        self.number.setProperty("focusRing", False)
        self.number.setFixedHeight(Size.FIELD)
        self.number.setAccessibleName(self.tr("{name}, number").format(name=name))
        self.number.setToolTip(self.tr("How many; 4k and 1M are understood."))
        self.unit = Choice(self.tr("{name}, unit").format(name=name))
        for key, words in (
            ("minutes", self.tr("minutes")),
            ("pictures", self.tr("pictures")),
            ("endless", self.tr("I stop it")),
        ):
            self.unit.addItem(words, key)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.number, 1)
        row.addWidget(self.unit)
        self.number.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.number.editingFinished.connect(self._typed)
        self.unit.activated.connect(self._unit_chosen)
        self.unit.setMinimumWidth(self.unit.sizeHint().width())
        self._show()

    def until(self) -> Until:
        """What holds now."""
        return self._until

    def set_until(self, until: Until) -> None:
        """Show another end, without a signal."""
        self._until = until
        self._show()

    def words(self) -> str:
        """The end in words, such as "1 M pictures"."""
        if self._until.unit == "endless":
            return self.unit.currentText()
        return f"{self._amount_words()} {self.unit.currentText()}"

    def _amount_words(self) -> str:
        amount = self._until.amount
        return say_count(round(amount)) if self._until.unit == "pictures" else f"{amount:g}"

    def _show(self) -> None:
        self.unit.setCurrentIndex(self.unit.findData(self._until.unit))
        self.number.setVisible(self._until.unit != "endless")
        self.number.setText(self._amount_words())

    @Slot()
    def _typed(self) -> None:
        """Take the number; what is no number brings the old one back."""
        amount = self._read(self.number.text())
        if amount is not None and amount != self._until.amount:
            self._set(Until(self._until.unit, amount))
        else:
            self._show()

    def _read(self, text: str) -> float | None:
        if text.strip() == self._amount_words():
            return self._until.amount
        if self._until.unit == "pictures":
            try:
                return float(parse_count(text.strip().replace(" ", "").replace(",", "")))
            except UserError:
                return None
        try:
            minutes = float(text.strip().replace(",", "."))
        except ValueError:
            return None
        return minutes if 0 < minutes <= _MOST_MINUTES else None

    @Slot(int)
    def _unit_chosen(self, index: int) -> None:
        unit = self.unit.itemData(index)
        if unit != self._until.unit:
            self._set(Until(unit, _FIRST[unit]))

    def _set(self, until: Until) -> None:
        self._until = until
        self._show()
        self.changed.emit(until)
