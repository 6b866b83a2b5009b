"""The amber button of Explore: keep, look for another one, and at last a loop through them.

Not responsible for keeping (`favourites`), nor for films (`dialogs.loop`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ganstudio.desktop.dialogs.loop import LoopPlace, LoopWindow
from ganstudio.desktop.pages.base import NextStep
from ganstudio.desktop.pages.explore.favourites_window import FavouritesWindow
from ganstudio.desktop.pages.explore.times_window import TimesWindow
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.project.errors import UserError
from ganstudio.studio.models import model_of_run

if TYPE_CHECKING:
    from ganstudio.desktop.pages.explore.page import ExplorePage

__all__ = ["Steps"]

_ENOUGH = 2


class Steps(QObject):
    """Which step is next, and what stands beside it."""

    def __init__(self, page: ExplorePage) -> None:
        super().__init__(page)
        self._page = page
        self.save_button = Button(self.tr("Save"), icon="save", height=Size.BUTTON_LARGE)
        self.save_button.setToolTip(self.tr("Save this picture as a PNG file. (Ctrl+Shift+S)"))
        self.save_button.clicked.connect(lambda: page.taking.save())
        self.window: FavouritesWindow | None = None
        self.times: TimesWindow | None = None

    @property
    def can_loop(self) -> bool:
        """Whether enough is kept, and the model lies in a file that a film can be drawn with."""
        enough = len(self._page.favourites.here()) >= _ENOUGH
        return enough and self._page.studio.explorer.path is not None

    def step(self) -> NextStep:
        """The amber button of now: what is kept already leads on."""
        page, many = self._page, self._page.favourites
        if not many.can_keep:
            hint = self.tr("{size}. It remembers its place.").format(size=page.saving.words())
            tip = self.tr("Save this picture as a PNG file. (Ctrl+Shift+S)")
            return NextStep(self.tr("Save this picture"), hint, page.taking.save, "save", True, tip)
        if many.here_now() is None:
            tip = self.tr("Keep this picture: it stays in the project. (Ctrl+D)")
            text = self.tr("Keep as favourite")
            return NextStep(text, self._hint(), many.keep, "star", True, tip)
        if self.can_loop:
            count = len(many.here())
            tip = self.tr("Make a film that leads through them, and ends where it begins.")
            text = self.tr("Make a loop of {n}").format(n=count)
            return NextStep(text, self._hint(), self.make_loop, "loop", True, tip)
        tip = self.tr("Go to a place nobody has seen yet. (Ctrl+J)")
        surprise = page.hand.surprise
        return NextStep(self.tr("Surprise me"), self._hint(), surprise, "dice", True, tip)

    def without_model(self) -> tuple[str, NextStep]:
        """A sentence and a step for while there is nothing to explore, or not yet."""
        page, desk = self._page, self._page.desk
        if page.source.is_open:
            return self.tr("One moment: it is being opened."), NextStep("", icon="", enabled=False)
        trains = desk.run is not None or desk.pictures.usable_count > 0
        text = self.tr("Train") if trains else self.tr("Choose pictures")
        act = partial(desk.go_to, "train" if trains else "pictures")
        sentence = self.tr("Train a little first; then everything it learned is here.")
        return sentence, NextStep(text, self.tr("There is nothing to explore yet."), act)

    def beside(self) -> QWidget | None:
        """What is done beside the next step: save this one."""
        return self.save_button if self._page.favourites.can_keep else None

    def set_narrow(self, narrow: bool) -> None:
        """Beside the amber button there is room for a word only."""
        self.save_button.set_icon("" if narrow else "save")

    def commands(self) -> dict[str, Callable[[], None]]:
        """What can be done with favourites right now."""
        possible: dict[str, Callable[[], None]] = {}
        if self._page.favourites.can_keep:
            possible["keep"] = self._page.favourites.keep
        if self._page.favourites.all():
            possible["all-favourites"] = self.show_all
        if self.can_loop:
            possible["make-loop"] = self.make_loop
        if self.has_times:
            possible["through-time"] = self.show_times
        return possible

    @property
    def has_times(self) -> bool:
        """Whether there is a model, and a run whose moments could draw beside it."""
        return self._page.walk.model is not None and self._page.desk.run is not None

    @Slot()
    def show_times(self) -> None:
        """Open the window with the place through time."""
        page, run = self._page, self._page.desk.run
        if run is None or not run.snapshots():
            return
        if self.times is not None:
            self.times.close()
        self.times = TimesWindow(page.studio, page.walk, run, page.window())
        self.times.moment_wanted.connect(self._explore_moment)
        self.times.show()

    @Slot(int)
    def _explore_moment(self, clock: int) -> None:
        """Let a moment of the run draw, as a file would."""
        if self.times is None:
            return
        try:
            model = model_of_run(self.times.run, clock)
        except UserError as error:  # the run went on from an earlier moment, or is gone
            self._page.desk.show_error(error)
            return
        self.times.close()
        self._page.source.open_file(model.path, model.title)

    def _hint(self) -> str:
        kept, here = len(self._page.favourites.all()), len(self._page.favourites.here())
        if self.can_loop:
            return self.tr("{n} kept. Click one to be there again.").format(n=kept)
        if here >= _ENOUGH:
            return self.tr("{n} kept. A loop can be made when training rests.").format(n=kept)
        if here and kept > here:
            words = self.tr("{n} kept, {here} with this model. Two of one make a loop.")
            return words.format(n=kept, here=here)
        if here:
            return self.tr("{n} kept. Two make a loop.").format(n=kept)
        if kept:
            return self.tr("{n} kept, none of them with this model.").format(n=kept)
        return self.tr("Nothing kept yet. Two make a loop.")

    @Slot()
    def show_all(self) -> None:
        """Open the window with all favourites, or bring it to the front."""
        page = self._page
        if self.window is None:
            self.window = FavouritesWindow(page.favourites, page.before, page.window())
        self.window.refresh()
        self.window.show()
        self.window.raise_()

    @Slot()
    def make_loop(self) -> None:
        """Ask how long and which shape; all favourites of this model are picked at first."""
        page, many = self._page, self._page.favourites
        path = page.studio.explorer.path
        if path is None:
            return
        places = [
            LoopPlace(one.name, many.image(one), one.kept.point, one.kept.directions)
            for one in many.here()
        ]
        window = LoopWindow(page.desk, path, places, page.canvas.is_sharp(), page.window())
        window.show()
