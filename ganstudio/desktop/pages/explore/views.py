"""The views of the Explore page: the picture, and other ways to look around from the same place.

A view is a `View` in `page.VIEWS`; its segment in the head, its Alt+number and its place on the
stage come by themselves. It is given the walk and the explorer, and all that it ever does is said
to the walk (`preview`, `settle`, `go`): so every view has undo, path and favourites for nothing.

Not responsible for what is in a view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.explore.stage import ExploreStage
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.widgets.page_head import PageHead
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.project.favourites import Favourite
from ganstudio.studio.explorer import ExplorerService

__all__ = ["PICTURE", "View", "Views"]

#: The key of the view that the stage is without any other: the large picture and what is nearby.
PICTURE = "picture"


class View(QWidget):
    """One way to look around. It is made with the page, so making it must cost next to nothing.

    Attributes:
        walk: Where one is. A view listens to it and calls it, and keeps no place of its own.
        explorer: Who draws; ask `walk.ask_sheet` for sheets, so that stale ones are dropped.
        active: Whether it is seen; nothing may be asked for otherwise.
        key: Its name in the code.
        title: Its word in the head.
        tip: What it shows, then the technical term; the shortcut is added.
        sentence: What the page says of it in its head.
        picture: The picture of the place where one is, if it has one, from `entered` on: it is
            filled and walked on as the large picture is (`showing`, `hand`).

    Signals:
        failed: A person has to know this (UserError).
    """

    failed = Signal(object)

    key = ""
    title = ""
    tip = ""
    sentence = ""

    def __init__(self, walk: Walk, explorer: ExplorerService) -> None:
        super().__init__()
        self.walk, self.explorer = walk, explorer
        self.active = False
        self.picture: PictureCanvas | None = None

    def entered(self) -> None:
        """It is seen from now on: time to ask for pictures."""

    def left(self) -> None:
        """It is not seen any more: nothing may be asked for."""

    def model_changed(self) -> None:
        """Another generator draws, or none: what was drawn before is not its."""

    def keep_in(self, folder: Path | None) -> None:
        """Where what belongs to the present model may be kept; None: nowhere on the disk."""

    def offer_favourites(self, favourites: Sequence[Favourite]) -> None:
        """Others are kept now: those that this model has drawn first, the newest of them first."""

    def narrow(self, width: Width) -> None:
        """The window went into another width class."""

    def main_widget(self) -> QWidget:
        """What has the focus when the view is chosen."""
        return self

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands that mean something of their own here; they win over the page's."""
        return {}


class Views(QObject):
    """Which view is seen; the head has a switch for them.

    Signals:
        changed: Another one is seen.
        failed: A person has to know this (UserError).
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, head: PageHead, body: ExploreStage, views: Sequence[View], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._body = body
        self._views = {view.key: view for view in views}
        self._seen = False
        items = [(PICTURE, self.tr("Picture"), self.tr("One large picture, and those nearby."))]
        items += [(view.key, view.title, view.tip) for view in views]
        self._keys = [key for key, _, _ in items]
        self.titles = tuple(title for _, title, _ in items)
        self.switch = SegmentControl(
            [(key, title, f"{tip} (Alt+{n})") for n, (key, title, tip) in enumerate(items, 1)],
            self.tr("View"),
        )
        self.switch.chosen.connect(self.show)
        head.add_tool(self.switch)
        for view in views:
            body.add_view(view)
            view.failed.connect(self.failed)

    @property
    def current(self) -> View | None:
        """The view that is chosen; None is the picture."""
        return self._views.get(self.switch.current())

    @property
    def shows_picture(self) -> bool:
        """Whether the large picture is chosen."""
        return self.current is None

    @property
    def picture(self) -> PictureCanvas | None:
        """The picture of the place where one is, as it is seen now; None in a view without it."""
        return self._body.canvas if self.current is None else self.current.picture

    @Slot(str)
    def show(self, key: str) -> None:
        """Choose another one, and go there with the keyboard."""
        self._set_active(False)
        self.switch.set_current(key)
        self._body.show_view(self.current)
        self._set_active(self._seen)
        self.main_widget().setFocus()
        self.changed.emit()

    def set_seen(self, seen: bool) -> None:
        """Whether the page is the one a person sees."""
        self._seen = seen
        self._set_active(seen)

    def set_ready(self, ready: bool) -> None:
        """Without a generator there is nothing to look around in."""
        self.switch.setVisible(ready)
        if not ready and not self.shows_picture:
            self.show(PICTURE)

    def model_changed(self, folder: Path | None = None) -> None:
        """Another generator draws, or none; what belongs to it may be kept in a folder."""
        for view in self._views.values():
            view.keep_in(folder)
            view.model_changed()

    def offer_favourites(self, favourites: Sequence[Favourite]) -> None:
        """Others are kept now, or another model draws."""
        for view in self._views.values():
            view.offer_favourites(favourites)

    def narrow(self, width: Width) -> None:
        """The window went into another width class."""
        for view in self._views.values():
            view.narrow(width)

    def main_widget(self) -> QWidget:
        """What has the focus in the view that is chosen."""
        return self.current.main_widget() if self.current is not None else self._body.canvas

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """One for each view, and those of the view that is chosen."""
        shown = {f"view-{n}": partial(self.show, key) for n, key in enumerate(self._keys, 1)}
        return {**shown, **(self.current.commands() if self.current is not None else {})}

    def checked(self) -> frozenset[str]:
        """The command of the view that is chosen."""
        return frozenset({f"view-{self._keys.index(self.switch.current()) + 1}"})

    def _set_active(self, active: bool) -> None:
        view = self.current
        if view is None or view.active == active:
            return
        view.active = active
        if active:
            view.entered()
        else:
            view.left()
