"""The stage of a folder: its pictures, the least convincing first.

Not responsible for reading or judging them.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.judge.pile_scroll import PileScroll
from ganstudio.desktop.pages.judge.words import score_words
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.pile_grid import PileTile
from ganstudio.project.judging import FolderJudged

__all__ = ["FolderView"]

_NAMED = 3


class FolderView(QWidget):
    """A line, a warning, and pictures that scroll.

    Signals:
        folder_wanted: A person wants to choose a folder.
    """

    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("", "finding")
        self.warning = Label(
            self.tr(
                "The inspector knows only what this run learned from. Of other pictures its word "
                "means little."
            ),
            "body",
            "text_quiet",
            wrap=True,
        )
        self.left_out = Label("", "small", "error", wrap=True)
        self.choose = Button(
            self.tr("Choose a folder"),
            icon="folder",
            tip=self.tr("Sort the pictures of a folder by how real the inspector finds them."),
        )
        self.choose.clicked.connect(self.folder_wanted.emit)
        self.pile = PileScroll(self.tr("Pictures of the folder"))
        words = QVBoxLayout()
        words.setSpacing(4)
        for label in (self.title, self.warning, self.left_out):
            words.addWidget(label)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addSpacing(24)
        head.addWidget(self.choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(self.pile, 1)
        layout.addStretch()
        self.clear()

    def clear(self) -> None:
        """No folder was chosen yet."""
        self.title.setText(self.tr("Which pictures would pass?"))
        self.left_out.hide()
        self.pile.hide()

    def show_waiting(self, folder: str) -> None:
        """A folder is being judged."""
        self.clear()
        self.title.setText(self.tr("Reading and judging {name}").format(name=folder))

    def show_folder(self, found: FolderJudged) -> None:
        """Show what the inspector says of a folder."""
        count = len(found.names)
        words = self.tr("{name}: {n} pictures, the least convincing first")
        if found.more:
            words = self.tr("{name}: the first {n} pictures, the least convincing first")
        self.title.setText(words.format(name=found.folder, n=count))
        self._say_left_out(found)
        tiles = [
            PileTile(f"{name}, {score_words(score)}", score_words(score))
            for name, score in zip(found.names, found.scores, strict=True)
        ]
        self.pile.show_pictures(found.pictures, tiles)
        self.pile.show()

    def _say_left_out(self, found: FolderJudged) -> None:
        sentences = [sentence for _, sentence in found.left_out]
        words = " ".join(sentences[:_NAMED])
        if len(sentences) > _NAMED:
            rest = self.tr("And {n} more.").format(n=len(sentences) - _NAMED)
            words = f"{words} {rest}"
        self.left_out.setText(words)
        self.left_out.setToolTip("\n".join(sentences))
        self.left_out.setVisible(bool(sentences))
