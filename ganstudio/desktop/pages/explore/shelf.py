"""A shelf of small pictures: at most so many bytes; what was not looked at for longest goes first.

Not responsible for drawing them (`studio.explorer`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from ganstudio.desktop.widgets.painting import to_image
from ganstudio.project.messages import Pictures

__all__ = ["Shelf"]

K = TypeVar("K", bound=Hashable)


class Shelf(Generic[K]):
    """Pictures by what they show.

    Args:
        limit: Bytes of all of them together.
        side: Larger pictures are kept this small, in pixels of their longer side.
    """

    def __init__(self, limit: int, side: int) -> None:
        self._limit, self._side = limit, side
        self._images: OrderedDict[K, QImage] = OrderedDict()
        self._bytes = 0

    def __contains__(self, key: K) -> bool:
        return key in self._images

    def __len__(self) -> int:
        return len(self._images)

    @property
    def nbytes(self) -> int:
        """How much is kept."""
        return self._bytes

    def keep(self, key: K, picture: Pictures) -> None:
        """Keep a copy of a picture: uint8 (H, W, C), C as in `to_image`."""
        image = to_image(picture)
        if max(image.width(), image.height()) > self._side:
            flags = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(self._side, self._side, *flags)
        else:
            image = image.copy()
        before = self._images.pop(key, None)
        self._bytes += image.sizeInBytes() - (before.sizeInBytes() if before is not None else 0)
        self._images[key] = image
        while self._bytes > self._limit and len(self._images) > 1:
            self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()

    def get(self, key: K) -> QImage | None:
        """A picture, which then is the last to go; None if it is not there."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def clear(self) -> None:
        """Another generator draws: keep nothing."""
        self._images.clear()
        self._bytes = 0
