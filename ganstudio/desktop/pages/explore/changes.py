"""What a place is besides a place: blended, mixed, masked, bent; said in one line, and taken off.

A slider at rest says nothing of it, so that without this line a person would look for what changes
every picture. Not responsible for changing it (`mix_view`, `inside_view`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.project.point import LatentPoint

__all__ = ["Changes", "said_changes"]

_PLAIN: dict[str, object] = {"blend": (), "mixes": (), "mask": None, "bends": ()}


def said_changes(point: LatentPoint) -> str:
    """What else there is to a place, such as "blend, mask, 2 bends"; empty for nothing."""
    tr = QCoreApplication.translate
    bends = sum(bend.on for bend in point.bends)
    parts = (
        (any(share.weight for share in point.blend), tr("Changes", "blend")),
        (point.mixes, tr("Changes", "parts of others")),
        (point.mask, tr("Changes", "mask")),
        (bends == 1, tr("Changes", "1 bend")),
        (bends > 1, tr("Changes", "{n} bends").format(n=bends)),
    )
    return ", ".join(words for there, words in parts if there)


class Changes(QWidget):
    """The line; hidden while there is nothing to say."""

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self.words = Label("", "small", "text_quiet")
        self.off = Button(
            self.tr("Take off"),
            "link",
            height=Size.BUTTON_SMALL,
            tip=self.tr("This place alone, without blend, parts, mask and bends."),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.off)
        self.off.clicked.connect(self._take_off)
        walk.moved.connect(self.show_point)
        self.show_point(walk.point)

    @Slot(object)
    def show_point(self, point: LatentPoint) -> None:
        """Follow the place."""
        said = said_changes(point)
        self.words.setText(self.tr("With {changes}").format(changes=said))
        self.words.setToolTip(
            self.tr("Mix and Look inside made these. Surprise me keeps bends alone.")
        )
        self.setVisible(bool(said))

    @Slot()
    def _take_off(self) -> None:
        plain = self._walk.point.model_copy(update=_PLAIN)
        self._walk.go(plain, self.tr("return to the place alone"))
