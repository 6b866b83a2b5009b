"""Small pictures as text: what a favourite looked like, inside its file.

Not responsible for what they show.
"""

from __future__ import annotations

import base64
import binascii

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from ganstudio.desktop.widgets.painting import to_image

__all__ = ["SIDE", "image_of", "text_of"]

#: Pixels; twice the side of a tile, for screens that show two pixels for one.
SIDE = 128
#: A stranger's file may claim anything.
_LARGEST = 1_024


def text_of(picture: np.ndarray) -> str:
    """A drawn picture, (H, W, C) uint8, as a small PNG in base 64."""
    image = to_image(picture)
    if max(image.width(), image.height()) > SIDE:
        flags = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(SIDE, SIDE, *flags)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return base64.b64encode(bytes(buffer.data().data())).decode("ascii")


def image_of(text: str) -> QImage:
    """The picture again; a null image if it is none, or larger than any of ours."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return QImage()
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"png")
    size: QSize = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _LARGEST:
        return QImage()
    return reader.read()
