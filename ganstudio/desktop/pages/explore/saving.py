"""Saving: how large the picture file will be, and how it is enlarged.

Not responsible for writing it (`studio.exports`).
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.painting import SHARP_LIMIT
from ganstudio.desktop.widgets.section import Section

__all__ = ["SavingSection"]

Enlarging = Literal["nearest", "lanczos"]

SCALES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16)
_GOOD_SIDE = 512


class SavingSection(Section):
    """Two choices, folded away; the head says what they are."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("SavingSection", "Saving"), opened=False)
        self._size = (0, 0)
        self._touched = False
        self.scale = Choice(self.tr("Size of the file"))
        for factor in SCALES:
            self.scale.addItem("", factor)
        self.enlarging = Choice(self.tr("Enlarge"))
        self.enlarging.addItem(self.tr("Smooth"), "lanczos")
        self.enlarging.addItem(self.tr("Sharp squares"), "nearest")
        self._scale_row = FormRow(
            self.tr("Size"),
            self.scale,
            self.tr("Its own size, or 2 to 16 times as large. Nothing is invented. (Scale)"),
        )
        self._enlarging_row = FormRow(
            self.tr("Enlarge"),
            self.enlarging,
            self.tr("Smooth for drawings, squares for pixel art. (Lanczos, nearest)"),
        )
        self.save_button = Button(self.tr("Save picture"), icon="save")
        self.save_button.setToolTip(self.tr("Save this picture as a PNG file. (Ctrl+Shift+S)"))
        self.copy_button = Button(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Put this picture on the clipboard. (Ctrl+C)"))
        self.add(self._scale_row)
        self.add(self._enlarging_row)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(self.save_button)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        self.add(holder)
        self.scale.activated.connect(self._chosen)
        self.enlarging.activated.connect(self._chosen)
        self.set_size(64, 64)

    def factor(self) -> int:
        """How many times as large."""
        return int(self.scale.currentData())

    def filter(self) -> Enlarging:
        """How it is enlarged."""
        return "nearest" if self.enlarging.currentData() == "nearest" else "lanczos"

    def words(self) -> str:
        """The choice in words: "512 x 512, smooth"."""
        words = self._pixels(self.factor())
        if self.factor() == 1:
            return words
        return f"{words}, {self.enlarging.currentText().lower()}"

    def _pixels(self, factor: int) -> str:
        width, height = self._size
        return f"{width * factor} \u00d7 {height * factor}"

    def set_size(self, width: int, height: int) -> None:
        """Pictures of another size are drawn; what a person chose by hand is kept."""
        if (width, height) == self._size:
            return
        self._size = (width, height)
        for index, factor in enumerate(SCALES):
            words = self.tr("own size") if factor == 1 else self.tr("{n} times").format(n=factor)
            self.scale.setItemText(index, f"{self._pixels(factor)}, {words}")
        if not self._touched:
            wanted = max(1, _GOOD_SIDE // min(width, height))
            best = max(factor for factor in SCALES if factor <= wanted)
            self.scale.setCurrentIndex(SCALES.index(best))
            sharp = "nearest" if min(width, height) <= SHARP_LIMIT else "lanczos"
            self.enlarging.setCurrentIndex(self.enlarging.findData(sharp))
        self._say()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for labels."""
        self._scale_row.set_narrow(narrow)
        self._enlarging_row.set_narrow(narrow)

    @Slot()
    def _chosen(self) -> None:
        self._touched = True
        self._say()

    def _say(self) -> None:
        self.set_note(self.words())
        self.changed.emit()
