"""Draws one tile of a long list: the picture, its state, its rings.

Not responsible for where the tile lies.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    draw_ring,
    fit_box,
)
from ganstudio.desktop.widgets.picture_model import PictureItem, PictureModel
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["TileDelegate", "cross_of"]

_CROSS = 20


def cross_of(tile: QRectF) -> QRectF:
    """Where the x of a tile is drawn and hit."""
    return QRectF(tile.right() - _CROSS - 4, tile.top() + 4, _CROSS, _CROSS)


class TileDelegate(QStyledItemDelegate):
    """States: rest, hover, chosen, left out with its reason, unreadable, loading."""

    def __init__(self, model: PictureModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the tile of an index into the rectangle of the option."""
        item = self._model.item(index.row())
        box = QRectF(option.rect)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        self._draw_picture(painter, box, index.row(), item)
        if item.state != "in" and item.reason:
            _draw_badge(painter, box, item.reason)
        if option.state & QStyle.StateFlag.State_Selected:
            width = 3 if theme.current().surface_lines else 2
            draw_ring(painter, box, "accent_line", 1, width)
        elif hovered:
            draw_ring(painter, box, "text", 1, 1)
        if hovered and item.state != "unreadable":
            cross = cross_of(box)
            draw_box(painter, cross, Size.RADIUS_BADGE, theme.colour("stage", 0.85))
            name = "x" if item.state == "in" else "undo"
            icons.paint(painter, name, cross.adjusted(3, 3, -3, -3), "text")
        painter.restore()

    def _draw_picture(self, painter: QPainter, box: QRectF, row: int, item: PictureItem) -> None:
        image = None if item.state == "unreadable" else self._model.image(row)
        if image is None:
            _draw_mark(painter, box, item)
            return
        sharp = min(image.width(), image.height()) <= SHARP_LIMIT
        ratio = painter.device().devicePixelRatioF()
        place = fit_box(image.width(), image.height(), box, ratio, sharp)
        draw_picture(painter, image, place, sharp)
        if item.state == "left-out":
            painter.fillRect(place, theme.colour("stage", 0.62))


def _draw_mark(painter: QPainter, box: QRectF, item: PictureItem) -> None:
    """What stands where there is no picture: not yet, or never."""
    painter.fillRect(box, theme.colour("raised"))
    side = 24.0 if box.width() >= 72 else 16.0
    mark = QRectF(0, 0, side, side)
    mark.moveCenter(box.center())
    if item.state == "unreadable":
        icons.paint(painter, "warning", mark, "error")
    else:
        icons.paint(painter, "pictures", mark, "edge")


def _draw_badge(painter: QPainter, box: QRectF, words: str) -> None:
    width = min(width_of(words, "axis") + 24, box.width() - 8)
    badge = QRectF(box.left() + 4, box.bottom() - 22, round(width), 18)
    draw_box(painter, badge, Size.RADIUS_BADGE, theme.colour("stage", 0.88))
    icons.paint(painter, "x", QRectF(badge.left() + 5, badge.top() + 4, 10, 10), "text")
    write(painter, badge.adjusted(18, 0, -4, 0), words, "axis", theme.colour("text"))
