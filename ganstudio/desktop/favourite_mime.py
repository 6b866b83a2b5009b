"""A favourite on its way from one widget to another, dragged by hand.

Its place travels with it, so whatever takes a place takes a favourite too.

Not responsible for where it is dropped.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData

from ganstudio.desktop.point_mime import mime_of
from ganstudio.project.favourites import Favourite

__all__ = ["FAVOURITE_MIME", "favourite_in", "mime_of_favourite"]

#: The id of a `Favourite` of the open project.
FAVOURITE_MIME = "application/x-ganstudio-favourite"


def mime_of_favourite(favourite: Favourite) -> QMimeData:
    """A favourite and its place, to be dragged."""
    data = mime_of(favourite.kept)
    data.setData(FAVOURITE_MIME, favourite.id.encode())
    return data


def favourite_in(data: QMimeData) -> str:
    """The id of the favourite that is dragged; empty if it is something else."""
    return bytes(data.data(FAVOURITE_MIME).data()).decode("ascii", "replace")
