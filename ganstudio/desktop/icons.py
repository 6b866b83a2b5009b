"""Our icons: SVG line drawings on a 24 grid, tinted from the palette when they are drawn.

Not responsible for where they stand; buttons, rows and the rail draw them.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ganstudio.desktop import theme
from ganstudio.project.paths import resources

__all__ = ["icon", "names", "paint", "pixmap"]

_INK = b"#000"
_STROKE = b'stroke-width="1.6"'
# A line thinner than a pixel turns grey: small icons get a stronger one, as small type does.
_STROKES = ((16, b'stroke-width="2.1"'), (20, b'stroke-width="1.8"'))


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """The names of all icons."""
    return frozenset(path.stem for path in (resources() / "icons").glob("*.svg"))


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    return (resources() / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=1024)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Draw an icon in one colour at device pixels. `size` is logical pixels."""
    side = max(1, round(size * ratio))
    result = QPixmap(side, side)
    result.fill(Qt.GlobalColor.transparent)
    drawing = _source(name).replace(_INK, colour.encode())
    stroke = next((width for limit, width in _STROKES if size <= limit), _STROKE)
    renderer = QSvgRenderer(QByteArray(drawing.replace(_STROKE, stroke, 1)))
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def pixmap(name: str, token: str = "text_quiet", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """An icon tinted with a token of the palette of now, `size` logical pixels wide."""
    return _pixmap(name, theme.colour(token).name(), size, ratio)


def paint(painter: QPainter, name: str, box: QRectF, token: str = "text_quiet") -> None:
    """Draw an icon centred in `box`, as large as its shorter side, on whole device pixels."""
    ratio = painter.device().devicePixelRatioF()
    side = min(box.width(), box.height())
    left = round((box.center().x() - side / 2) * ratio) / ratio
    top = round((box.center().y() - side / 2) * ratio) / ratio
    drawn = pixmap(name, token, round(side), ratio)
    painter.drawPixmap(QRectF(left, top, side, side), drawn, QRectF(drawn.rect()))


class _Engine(QIconEngine):
    """Draws the icon anew for whatever size, screen and palette asks for it."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        return self._draw(size, mode, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        ratio = max(1.0, scale)
        return self._draw(QSize(round(size.width() / ratio), 0), mode, ratio)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        paint(painter, self._name, QRectF(rect), self._tint(mode))

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def _tint(self, mode: QIcon.Mode) -> str:
        return "text_disabled" if mode == QIcon.Mode.Disabled else self._token

    def _draw(self, size: QSize, mode: QIcon.Mode, ratio: float) -> QPixmap:
        return _pixmap(
            self._name, QColor(theme.colour(self._tint(mode))).name(), size.width(), ratio
        )


def icon(name: str, token: str = "text_quiet") -> QIcon:
    """A `QIcon` for menus and actions that follows the palette."""
    return QIcon(_Engine(name, token))
