"""How the window closes: a question while training, "Saving ...", an end that waits for nobody.

The close event is ignored until studio's threads have ended; the tick notices and closes again.
Not responsible for saving: the trainer does, at its next step.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.notice_area import CardButton, CardText, NoticeArea
from ganstudio.project.numbers import say_count

__all__ = ["Closing"]


class Closing(QObject):
    """Decides what a close event does.

    Args:
        desk: Studio and project.
        notices: Where the question stands.
        close: Closes the window.
        parent: The window.
    """

    def __init__(
        self, desk: Desk, notices: NoticeArea, close: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._notices, self._close = desk, notices, close
        self.saving = False

    def may_close(self) -> bool:
        """Answer a close event: True lets it through, False keeps the window for now."""
        studio = self._desk.studio
        if self.saving:
            return studio.closed
        if self._busy() and self._notices.key != "closing":
            self._ask()
            return False
        self.begin()
        return studio.closed

    @Slot()
    def tick(self) -> None:
        """Close at last, when everything has ended."""
        if self.saving and self._desk.studio.closed:
            self._close()

    def begin(self) -> None:
        """Ask everything to end, and say so."""
        if self.saving:
            return
        self.saving = True
        trains = self._desk.studio.training.state.active
        self._desk.studio.begin_close()
        if not self._desk.studio.closed:
            text = self.tr("Nothing is lost.")
            if trains:
                text = self.tr("Training ends after the step at hand. Nothing is lost.")
            self._notices.show_card(CardText(self.tr("Saving ..."), text, "note", "saving"), [])

    def _busy(self) -> bool:
        studio = self._desk.studio
        return studio.training.state.active or self._desk.imports.busy or studio.favourites.failed

    def _ask(self) -> None:
        if self._desk.studio.training.state.active:
            count = say_count(self._desk.studio.training.clock)
            headline = self.tr("Close while it trains?")
            text = self.tr(
                "Training stops at {count} pictures seen and is saved. "
                "Next time it goes on from the very same step."
            ).format(count=count)
        elif self._desk.studio.favourites.failed:
            headline = self.tr("Close without your newest favourites?")
            text = self.tr(
                "They could not be written. Closing tries once more; what cannot be written then "
                "is lost."
            )
        else:
            headline = self.tr("Close while pictures are read?")
            text = self.tr("What was read so far is let go. Your originals stay as they are.")
        buttons = [
            CardButton(self.tr("Save and close"), self._begin_and_close, stays=True),
            CardButton(self.tr("Stay"), role="quiet"),
        ]
        self._notices.show_card(CardText(headline, text, "note", "closing"), buttons)
        if self._notices.first_button is not None:
            self._notices.first_button.setFocus()

    def _begin_and_close(self) -> None:
        self.begin()
        self.tick()
