"""The row over the grid: all, in or left out; a name to look for; the size of the tiles.

Not responsible for filtering: it tells what was chosen.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.slider_track import Slider

__all__ = ["PictureFilter"]

_TILE = (48, 192, 90)
_TYPING_MS = 150


class PictureFilter(QWidget):
    """28 px high.

    Signals:
        changed: Another filter or name (no arguments; see `which` and `text`).
        tile_changed: Another side of the tiles, in logical pixels.
    """

    changed = Signal()
    tile_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.segments = SegmentControl(
            [
                ("all", self.tr("All"), self.tr("Every picture that was found.")),
                ("in", self.tr("In"), self.tr("Pictures that training sees.")),
                ("out", self.tr("Left out"), self.tr("Pictures that training does not see.")),
            ],
            self.tr("Which pictures are shown"),
            small=True,
        )
        self.segments.chosen.connect(self.changed)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("File name"))
        self.search.setAccessibleName(self.tr("Look for a file name"))
        self.search.setToolTip(self.tr("Show only pictures with this in their file name. (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedSize(180, Size.FIELD)
        self.search.setProperty("focusRing", False)
        self._glass = self.search.addAction(
            icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition
        )
        theme.notifier().changed.connect(self._tint)
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self.changed)
        self.search.textChanged.connect(self._typed)
        self.tile_word = Label(self.tr("Tile size"), "small", "text_quiet")
        self.tile = Slider(
            *_TILE,
            default=_TILE[2],
            step=4,
            name=self.tr("Tile size"),
            tip=self.tr("How large the pictures are shown. (Ctrl++ and Ctrl+-)"),
        )
        self.tile.setFixedWidth(82)
        self.tile.value_changed.connect(self._tile_dragged)
        self._by_hand = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addWidget(self.tile_word)
        row.addWidget(self.tile)
        self.setFixedHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def which(self) -> str:
        """Which pictures are shown: all, in or out."""
        return self.segments.current()

    @property
    def text(self) -> str:
        """What the file name has to hold, in lower case."""
        return self.search.text().strip().lower()

    def show_counts(self, total: int, usable: int) -> None:
        """Put the numbers into the words."""
        self.segments.set_text("all", self.tr("All {n}").format(n=f"{total:,}"))
        self.segments.set_text("in", self.tr("In {n}").format(n=f"{usable:,}"))
        self.segments.set_text("out", self.tr("Left out {n}").format(n=f"{total - usable:,}"))

    def show_only(self, which: str) -> None:
        """Choose a filter as if a person had."""
        self.search.clear()
        self.segments.set_current(which)
        self.changed.emit()

    def focus_search(self) -> None:
        """Put the cursor into the field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def step_tile(self, steps: int) -> None:
        """Larger or smaller by some steps; 0 is the default."""
        wanted = _TILE[2] if steps == 0 else self.tile.value() + 12 * steps
        self.tile.set_value(max(_TILE[0], min(_TILE[1], wanted)))
        self._tile_dragged()

    def set_narrow(self, narrow: bool) -> None:
        """Less room: the word goes, the slider stays."""
        self.tile_word.setVisible(not narrow)

    @Slot()
    def _typed(self) -> None:
        self._typing.start()

    def suggest_tile(self, side: int) -> None:
        """Show tiles of another side, unless a person has chosen one."""
        if not self._by_hand and side != self.tile.value():
            self.tile.set_value(side)
            self._tile_moved()

    @Slot()
    def _tile_dragged(self) -> None:
        self._by_hand = True
        self._tile_moved()

    @Slot()
    def _tile_moved(self) -> None:
        self.tile_changed.emit(round(self.tile.value()))

    @Slot()
    def _tint(self) -> None:
        self._glass.setIcon(icons.icon("search"))
