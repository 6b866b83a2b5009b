"""What a person does with favourites: keep, be there, rename, tag, forget, open their model.

Not responsible for their file (`studio.favourites`), nor for how they are shown.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.name import NameDialog
from ganstudio.desktop.pages.explore.source import Source
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.thumbnails import image_of, text_of
from ganstudio.project.errors import UserError
from ganstudio.project.favourites import Favourite, new_favourite, parse_tags
from ganstudio.project.kept import KeptPoint
from ganstudio.project.messages import Pictures
from ganstudio.project.numbers import say_count
from ganstudio.project.point import LatentPoint
from ganstudio.studio.drawn import Sheet
from ganstudio.studio.explorer import Frame
from ganstudio.studio.models import ModelRef, model_of_favourite

__all__ = ["Favourites"]

#: The sheet on which a place is drawn that is kept without being there.
_SHEET = "kept"


class Favourites(QObject):
    """The favourites of the open project, as the Explore page sees them.

    Signals:
        changed: Others are kept, or they are called otherwise, or another model draws.
    """

    changed = Signal()

    def __init__(self, desk: Desk, walk: Walk, source: Source) -> None:
        super().__init__(walk)
        self._desk, self._walk, self._source = desk, walk, source
        self._explorer, self._kept = desk.studio.explorer, desk.studio.favourites
        self._images: dict[str, QImage] = {}
        self._frame: Frame | None = None
        self._wanted = False
        self._dropped: list[LatentPoint] = []
        self._going: Favourite | None = None
        walk.picture_drawn.connect(self._picture_drawn)
        walk.sheet_drawn.connect(self._sheet_drawn)
        desk.project_changed.connect(self.look)
        self.look()

    # -- what there is ----------------------------------------------------------------------------

    def all(self) -> tuple[Favourite, ...]:
        """In the order they were kept."""
        return self._kept.all()

    def find(self, id_: str) -> Favourite | None:
        """One of them."""
        return self._kept.find(id_)

    @property
    def can_keep(self) -> bool:
        """Whether there is a picture, and a project to keep it in."""
        return self._walk.model is not None and self._kept.can_keep

    def here(self) -> tuple[Favourite, ...]:
        """Those that the model of now has drawn."""
        return tuple(one for one in self.all() if self.is_here(one))

    def offered(self) -> tuple[Favourite, ...]:
        """All, as they are offered: those of the model of now first, the newest of them first."""
        newest_first = self.all()[::-1]
        return tuple(sorted(newest_first, key=lambda one: not self.is_here(one)))

    def is_here(self, favourite: Favourite) -> bool:
        """Whether the model of now has drawn it; a running training is one model all along."""
        if self._walk.model is None:
            return False
        one, other = favourite.kept.model, self._explorer.fingerprint
        return one == other if one and other else favourite.source == self._source.key

    def drifted(self, favourite: Favourite) -> bool:
        """Whether it was kept while the model of now trained, and another moment draws now.

        As long as newer weights keep coming that goes without saying.
        """
        live, here = not favourite.kept.model, self.is_here(favourite)
        moved = favourite.kept.images != self._explorer.images
        return live and here and moved and not self._source.is_live

    def is_at(self, favourite: Favourite) -> bool:
        """Whether one is there now."""
        return favourite.kept.point == self._walk.point and self.is_here(favourite)

    def here_now(self) -> Favourite | None:
        """The one where one is."""
        return self._at(self._walk.point)

    def _at(self, point: LatentPoint) -> Favourite | None:
        here = (one for one in self.all() if one.kept.point == point and self.is_here(one))
        return next(here, None)

    def image(self, favourite: Favourite) -> QImage:
        """What it looked like when it was kept."""
        found = self._images.get(favourite.id)
        if found is None:
            found = self._images[favourite.id] = image_of(favourite.picture)
        return found

    def origin(self, favourite: Favourite) -> str:
        """Which model drew it, in words."""
        reference = self._model(favourite)
        clock = say_count(favourite.kept.images)
        if reference is not None and reference.images in (None, favourite.kept.images):
            return reference.title
        run = self._source.run_named(favourite.source)
        return f"{run or favourite.source}, {clock}"

    def tip(self, favourite: Favourite) -> str:
        """What it is, where it comes from, what a click does."""
        name = favourite.name
        if favourite.tags:
            name = f"{name} ({', '.join(favourite.tags)})"
        if self.drifted(favourite):
            words = self.tr("{name}. Kept while it trained, at {n}: this moment may draw it "
                            "otherwise.")  # fmt: skip
            return words.format(name=name, n=say_count(favourite.kept.images))
        if self.is_here(favourite):
            return self.tr("{name}. Click to be there, drag to use it.").format(name=name)
        words = self.tr(
            "{name}. Kept with another model: {origin}. This one may draw it otherwise."
        )
        return words.format(name=name, origin=self.origin(favourite))

    def tags(self) -> tuple[str, ...]:
        """All that were ever given, in alphabetical order."""
        return tuple(sorted({tag for one in self.all() for tag in one.tags}, key=str.casefold))

    # -- keeping ----------------------------------------------------------------------------------

    @Slot()
    def keep(self) -> None:
        """Keep the place where one is, as soon as its picture is there."""
        if not self.can_keep:
            return
        self._wanted = True
        self._keep_if_drawn()

    @Slot(object)
    def _picture_drawn(self, frame: Frame) -> None:
        self._frame = frame
        self._keep_if_drawn()

    def _keep_if_drawn(self) -> None:
        frame, point = self._frame, self._walk.point
        if not self._wanted or frame is None or frame.point != point:
            return
        self._wanted = False
        self._add(point, frame.picture, frame.images)

    @Slot(object)
    def keep_place(self, place: KeptPoint) -> None:
        """Keep a place where one is not; it is drawn first."""
        if self.can_keep:
            self._dropped.append(self._explorer.take(place))
            self._walk.ask_sheet(_SHEET, self._dropped, whole=False)

    @Slot(object)
    def _sheet_drawn(self, sheet: Sheet) -> None:
        if sheet.name != _SHEET:
            return
        for point, picture in zip(sheet.points, sheet.pictures, strict=True):
            self._dropped.remove(point)
            self._add(point, picture, sheet.images)

    def _add(self, point: LatentPoint, picture: Pictures, images: int) -> None:
        there = self._at(point)
        if there is not None:
            self._desk.toast(self.tr("{name} is kept already").format(name=there.name))
            return
        kept = self._explorer.keep(point).model_copy(update={"images": images})
        favourite = new_favourite(kept, self._source.key, text_of(picture))
        favourite = favourite.model_copy(update={"name": self._free_name()})
        self._put(favourite)
        if self.find(favourite.id) is not None:
            words = self.tr("Kept as {name}").format(name=favourite.name)
            self._desk.toast(words, lambda: self._forget(favourite))

    def _free_name(self) -> str:
        names = {one.name for one in self.all()}
        number = len(names) + 1
        while (name := self.tr("Favourite {n}").format(n=number)) in names:
            number += 1
        return name

    # -- being there ------------------------------------------------------------------------------

    def place(self, favourite: Favourite) -> LatentPoint:
        """Where one is, to be drawn as it was kept."""
        return self._explorer.take(favourite.kept)

    @Slot(str)
    def go(self, id_: str) -> None:
        """Be at a favourite, and say if another model drew it."""
        favourite = self.find(id_)
        if favourite is None or self._walk.model is None:
            return
        self._walk.go(self.place(favourite), self.tr("visit to a favourite"))
        if self.drifted(favourite):
            words = self.tr("{name} was kept while it trained, at {n}; this moment may draw it "
                            "otherwise")  # fmt: skip
            if not self.can_open_model(favourite):
                words = self.tr("{name} was kept while it trained, at {n}; this is the nearest "
                                "moment there is")  # fmt: skip
            clock = say_count(favourite.kept.images)
            self._desk.toast(words.format(name=favourite.name, n=clock))
        elif not self.is_here(favourite):
            words = self.tr("{name} was kept with {origin}; this model may draw it otherwise")
            self._desk.toast(words.format(name=favourite.name, origin=self.origin(favourite)))

    def can_open_model(self, favourite: Favourite) -> bool:
        """Whether it is of another model, or moment, that is still there or has a near one."""
        if self.is_here(favourite) and not self.drifted(favourite):
            return False
        reference = self._model(favourite)
        return reference is not None and reference.path != self._explorer.path

    def open_model(self, id_: str) -> None:
        """Explore the model that drew a favourite, and be there."""
        favourite = self.find(id_)
        reference = self._model(favourite) if favourite is not None else None
        if reference is not None:
            self._going = favourite
            self._source.open_file(reference.path, reference.title)

    def model_opened(self) -> None:
        """Another generator draws from now on; go to the favourite it was opened for."""
        self._frame, self._wanted, self._dropped = None, False, []
        favourite, self._going = self._going, None
        if favourite is not None:
            self.go(favourite.id)
        self.changed.emit()

    def _model(self, favourite: Favourite) -> ModelRef | None:
        project = self._desk.project
        if project is None:
            return None
        kept = favourite.kept
        return model_of_favourite(project, favourite.source, kept.images, nearest=not kept.model)

    # -- names, tags, forgetting ------------------------------------------------------------------

    def rename(self, id_: str) -> None:
        """Ask for another name."""
        favourite = self.find(id_)
        if favourite is not None and self._kept.can_keep:
            title, field = self.tr("Rename this favourite"), self.tr("Name of the favourite")
            dialog = NameDialog(title, field, favourite.name, self.tr("Rename"))
            dialog.ask(lambda name: self.set_name(id_, name))

    def ask_tags(self, id_: str) -> None:
        """Ask for other tags."""
        favourite = self.find(id_)
        if favourite is not None and self._kept.can_keep:
            dialog = NameDialog(
                self.tr("Tags of {name}").format(name=favourite.name),
                self.tr("Tags"),
                ", ".join(favourite.tags),
                self.tr("Tag it"),
                self.tr("Words with commas between them, such as blue, for the cover."),
                may_be_empty=True,
            )
            dialog.ask(lambda text: self.set_tags(id_, text))

    def set_name(self, id_: str, name: str) -> None:
        """Give one another name."""
        favourite, name = self.find(id_), " ".join(name.split())
        if favourite is not None and name and name != favourite.name:
            self._put(favourite.model_copy(update={"name": name}))

    def set_tags(self, id_: str, text: str) -> None:
        """Give one other tags: words with commas between."""
        favourite, tags = self.find(id_), parse_tags(text)
        if favourite is not None and tags != favourite.tags:
            self._put(favourite.model_copy(update={"tags": tags}))

    def remove(self, id_: str) -> None:
        """Forget one; the toast brings it back."""
        favourite = self.find(id_)
        if favourite is None:
            return
        place = self.all().index(favourite)
        self._forget(favourite)
        if self.find(id_) is None:
            words = self.tr("{name} was deleted").format(name=favourite.name)
            self._desk.toast(words, lambda: self._put(favourite, place))

    def _forget(self, favourite: Favourite) -> None:
        self._write(lambda: self._kept.remove(favourite.id))

    def _put(self, favourite: Favourite, place: int | None = None) -> None:
        self._write(lambda: self._kept.put(favourite, place))

    def _write(self, change: Callable[[], None]) -> None:
        """Change the file; what cannot be written is said, and stays as it was."""
        try:
            change()
        except UserError as error:
            self._desk.show_error(error)
        self.changed.emit()

    @Slot()
    def look(self) -> None:
        """Another project may be open, with other favourites."""
        self.changed.emit()
