"""The Explore page: walk through what the generator can draw, find the way back, save a picture.

Not responsible for drawing (`studio.explorer`) nor for how its parts look (`widgets`).
"""

from __future__ import annotations

from ganstudio.desktop.pages.explore.page import ExplorePage

__all__ = ["ExplorePage"]
