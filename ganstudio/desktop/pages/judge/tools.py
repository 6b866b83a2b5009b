"""The tools in the head of the Judge page: its views, a new pile, a newer moment.

Not responsible for what they do.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.page_head import PageHead
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.project.numbers import say_count

__all__ = ["JudgeTools"]


class JudgeTools(QObject):
    """Puts them into the head.

    Signals:
        view_chosen: A person wants another view: "pile", "play", "round", "folder" or
            "tournament".
        pile_asked: A person wants a new pile.
        newer_asked: A person wants the newer moment that was offered.
    """

    view_chosen = Signal(str)
    pile_asked = Signal()
    newer_asked = Signal()

    def __init__(self, head: PageHead) -> None:
        super().__init__(head)
        self._narrow = False
        self._newer: int | None = None
        self._judges = False
        self.views = SegmentControl(
            (
                ("pile", "", self.tr("Real and generated pictures, jumbled.")),
                ("play", "", self.tr("Real or not? You against the inspector.")),
                ("round", "", self.tr("One round of the game on copies, step by step.")),
                ("folder", "", self.tr("Any folder, sorted by the inspector.")),
                ("tournament", "", self.tr("Which moment's generator fools which inspector.")),
            ),
            self.tr("View"),
        )
        self.pile = Button(
            self.tr("New pile"),
            icon="dice",
            tip=self.tr("Real pictures in turn, and generated ones that nobody has seen. (N)"),
        )
        self.newer = Button("", icon="live", tip=self.tr("Judge with the newest moment."))
        for widget in (self.newer, self.views, self.pile):
            head.add_tool(widget)
        self.views.chosen.connect(self.view_chosen)
        self.pile.clicked.connect(self.pile_asked)
        self.newer.clicked.connect(self.newer_asked)
        self.set_narrow(False)
        self.offer_newer(None)

    def set_narrow(self, narrow: bool) -> None:
        """Shorter words in small windows."""
        self._narrow = narrow
        words = {
            "pile": self.tr("Pile") if narrow else self.tr("The pile"),
            "play": self.tr("Play") if narrow else self.tr("Play inspector"),
            "round": self.tr("Round") if narrow else self.tr("One round, slowly"),
            "folder": self.tr("Folder") if narrow else self.tr("A folder"),
            "tournament": self.tr("Tournament"),
        }
        for key, word in words.items():
            self.views.set_text(key, word)
        self.offer_newer(self._newer)

    def show_view(self, view: str, judges: bool, has_pile: bool) -> None:
        """Which view is shown, if anybody judges, and whether there is a pile to replace."""
        self._judges = judges
        self.views.set_current(view)
        self.views.setVisible(judges)
        self.pile.setVisible(judges and view == "pile")
        self.pile.setEnabled(has_pile)
        self.offer_newer(self._newer)

    def offer_newer(self, clock: int | None) -> None:
        """Offer a newer moment; None offers none."""
        self._newer = clock
        self.newer.setVisible(self._judges and clock is not None)
        if clock is not None:
            words = self.tr("Newer: {at}") if self._narrow else self.tr("Newer moment: {at}")
            self.newer.setText(words.format(at=say_count(clock)))
            self.newer.updateGeometry()
