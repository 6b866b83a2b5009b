"""Which card stands over the stage: errors, notices, and how the start before ended.

Not responsible for the card itself (`notice_area`), nor for a failed training (the Train page).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.help_commands import HelpCommands
from ganstudio.desktop.notice_area import CardButton, CardText, NoticeArea
from ganstudio.project.errors import UserError, sentence_and_hint
from ganstudio.project.messages import Notice
from ganstudio.project.numbers import say_count
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import EngineFailed, ExportEnded, FavouritesWritten, NoticeEvent
from ganstudio.studio.signs import UncleanEnd

__all__ = ["Notices"]


class Notices(QObject):
    """Turns errors into cards."""

    def __init__(
        self, desk: Desk, area: NoticeArea, help_commands: HelpCommands, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._area, self._help = desk, area, help_commands
        self._shown: UserError | None = None
        desk.error_raised.connect(self.show_error)
        desk.error_withdrawn.connect(self._withdraw)

    @Slot(object)
    def show_error(self, error: UserError) -> None:
        """Show what happened and what to do."""
        if self._area.key in ("closing", "saving"):
            return
        self._shown = error
        buttons = []
        report = error.values.get("report")
        hint = error.hint.partition("\n")[0] if report else error.hint
        if report:
            buttons.append(self._report_button(str(report)))
        buttons.append(CardButton(self.tr("Close"), role="quiet", tip=self.tr("Hide this card.")))
        self._area.show_card(CardText(error.sentence, hint, "error", "error"), buttons)

    @Slot()
    def _withdraw(self) -> None:
        for key in ("error", "notice", "unclean"):
            self._area.clear(key)

    def on_event(self, event: object) -> None:
        """Failures that belong to no page."""
        if isinstance(event, ExportEnded) and event.error is not None:
            self.show_error(event.error)
        elif isinstance(event, FavouritesWritten):
            if event.error is not None:
                self.show_error(event.error)
            elif self._shown is not None and self._shown.code == "favourites-unwritten":
                self._area.clear("error")
        elif isinstance(event, EngineFailed):
            self.show_error(UserError("engine-missing", reason=event.reason))
        elif isinstance(event, NoticeEvent):
            self.show_notice(event.notice)

    def show_notice(self, notice: Notice) -> None:
        """Show what happened while training went on; an error that is shown is more urgent."""
        if self._area.key in ("closing", "saving", "error"):
            return
        headline, text = sentence_and_hint(notice.code, notice.values)
        close = CardButton(self.tr("Close"), role="quiet", tip=self.tr("Hide this card."))
        self._area.show_card(CardText(headline, text, "note", "notice"), [close])

    def _report_button(self, report: str) -> CardButton:
        show = partial(self._help.show_report, report)
        return CardButton(self.tr("Show report"), show, stays=True)

    def tell_unclean_end(self, end: UncleanEnd, opened: bool) -> None:
        """After a bad end: what is saved, and the way on.

        Args:
            end: What is known of it.
            opened: Whether the project it happened in is open again.
        """
        headline = self.tr("GAN Studio did not close.")
        run = self._desk.run if opened else None
        clock = _saved(run)
        if end.too_often and not opened:
            name = Path(end.project).name if end.project else ""
            headline = self.tr("GAN Studio did not close, twice, with {name} open.").format(
                name=name
            )
            text = self.tr("It is left closed for now. Open it again from the menu Project.")
        elif clock:
            count = say_count(clock)
            text = self.tr("Everything up to {count} is saved.").format(count=count)
        else:
            text = self.tr("Nothing that was saved is lost.")
        buttons = []
        if clock:
            buttons.append(CardButton(self.tr("Go on"), self._desk.start_training))
        report = end.trace.strip()
        if report:
            buttons.append(self._report_button(report))
        buttons.append(CardButton(self.tr("Close"), role="quiet", tip=self.tr("Hide this card.")))
        self._area.show_card(CardText(headline, text, "note", "unclean"), buttons)


def _saved(run: RunFolder | None) -> int:
    """The clock of the newest checkpoint, 0 if there is none."""
    clocks = run.checkpoints() if run is not None else []
    return clocks[-1] if clocks else 0
