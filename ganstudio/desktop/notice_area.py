"""The place over the stage where one card may stand: an error, a question, what happened last time.

Not responsible for findings and errors that belong to a page: those stand in its panel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.cards import ErrorCard, NoteCard
from ganstudio.desktop.widgets.surface import Surface

__all__ = ["CardButton", "CardText", "NoticeArea"]


@dataclass(frozen=True, slots=True)
class CardButton:
    """A button of a card; the card goes away when it is pressed, unless it `stays`."""

    text: str
    action: Callable[[], None] | None = None
    tip: str = ""
    role: Literal["plain", "quiet"] = "plain"
    stays: bool = False


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card says. `kind` "error" has the red bar, "note" a quiet one."""

    headline: str
    text: str
    kind: Literal["error", "note"] = "error"
    key: str = ""


class NoticeArea(Surface):
    """At most one card; a newer one takes the place of the older.

    Signals:
        changed: A card came or went.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("stage")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Size.STAGE_PADDING, 16, Size.STAGE_PADDING, 0)
        self._card: ErrorCard | NoteCard | None = None
        self._key = ""
        self.first_button: Button | None = None
        self.hide()

    @property
    def key(self) -> str:
        """Which card is shown; empty for none."""
        return self._key if self._card is not None else ""

    def show_card(self, text: CardText, buttons: Sequence[CardButton]) -> None:
        """Show a card."""
        self._take_card()
        make = ErrorCard if text.kind == "error" else NoteCard
        self._card = make(text.headline, text.text)
        self._key = text.key or "card"
        self.first_button = None
        for button in buttons:
            made = self._card.add_button(button.text, button.role, button.tip)
            made.clicked.connect(lambda _=False, button=button: self._pressed(button))
            self.first_button = self.first_button or made
        self._column.addWidget(self._card)
        self.show()
        self.changed.emit()

    def clear(self, key: str = "") -> None:
        """Take the card away; with a key only if it is that card."""
        if self._card is None or (key and key != self._key):
            return
        self._take_card()
        self.hide()
        self.changed.emit()

    def _pressed(self, button: CardButton) -> None:
        if not button.stays:
            self.clear()
        if button.action is not None:
            button.action()

    def _take_card(self) -> None:
        if self._card is not None:
            self._column.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
            self._card = None
            self.first_button = None
