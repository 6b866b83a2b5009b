"""The model of a long list of pictures: asks for what is seen, keeps what was seen lately.

Not responsible for drawing (`picture_list`) nor for reading files: a callback loads.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from ganstudio.desktop.widgets.painting import to_image

__all__ = ["PictureItem", "PictureModel"]

_CACHE_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class PictureItem:
    """What the list knows of one picture."""

    name: str
    state: Literal["in", "left-out", "unreadable"] = "in"
    reason: str = ""
    detail: str = ""


class PictureModel(QAbstractListModel):
    """Rows are pictures. Items come from a callback, so a million rows cost nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._item: Callable[[int], PictureItem] = lambda _row: PictureItem("")
        self._load: Callable[[int], None] = lambda _row: None
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._bytes = 0
        self._asked: set[int] = set()

    def set_source(
        self,
        count: int,
        item: Callable[[int], PictureItem],
        load: Callable[[int], None],
    ) -> None:
        """Show other pictures."""
        self.beginResetModel()
        self._count, self._item, self._load = count, item, load
        self._images.clear()
        self._asked.clear()
        self._bytes = 0
        self.endResetModel()

    def set_picture(self, row: int, picture: np.ndarray) -> None:
        """Answer a load: uint8 (H, W, 3|4)."""
        if not 0 <= row < self._count:
            return
        old = self._images.pop(row, None)
        self._bytes -= old.sizeInBytes() if old is not None else 0
        image = to_image(picture)
        self._images[row] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > _CACHE_BYTES and len(self._images) > 1:
            forgotten, dropped = self._images.popitem(last=False)
            self._asked.discard(forgotten)
            self._bytes -= dropped.sizeInBytes()
        self.refresh(row)

    def refresh(self, row: int | None = None) -> None:
        """A row, or every row, may say something else now."""
        if not self._count:
            return
        first = self.index(0 if row is None else row)
        last = self.index(self._count - 1 if row is None else row)
        self.dataChanged.emit(first, last)

    def item(self, row: int) -> PictureItem:
        """What is known of a row."""
        return self._item(row)

    def image(self, row: int) -> QImage | None:
        """The picture of a row that is being drawn; asks for it when it is not here."""
        found = self._images.get(row)
        if found is not None:
            self._images.move_to_end(row)
        elif row not in self._asked:
            self._asked.add(row)
            self._load(row)
        return found

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """How many pictures there are."""
        return 0 if parent is not None and parent.isValid() else self._count

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Names for screen readers and tooltips."""
        if not index.isValid():
            return None
        item = self._item(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (item.name, item.reason) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            parts = (item.name, item.detail, item.reason)
            return "\n".join(part for part in parts if part)
        return None
