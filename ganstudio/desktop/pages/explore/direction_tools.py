"""What can be done with directions: name, limit, stretch, look at, save, delete, make new ones.

Not responsible for the rows (`directions`), nor for keeping them (`studio.directions`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from ganstudio.desktop import file_dialogs
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.name import NameDialog
from ganstudio.desktop.pages.explore.direction_words import band_words, row_name, said_range
from ganstudio.desktop.pages.explore.marking import MarkingWindow
from ganstudio.desktop.pages.explore.strip_window import StripWindow
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.widgets.tips import tip as wrapped
from ganstudio.project.directions_file import ENDING, KeptDirection
from ganstudio.project.errors import UserError
from ganstudio.project.kept import KeptPoint
from ganstudio.project.point import Band, LatentPoint
from ganstudio.studio.direction_rows import DirectionRow
from ganstudio.studio.events import DirectionMade

__all__ = ["DirectionTools"]

#: A slider leads so many times as far as suggested.
_REACHES = (1.0, 0.5, 2.0)
#: More kinds than these are no menu.
_MOST_KINDS = 24
_MOST_FAVOURITES = 16


class DirectionTools(QObject):
    """Menus and what they do.

    Signals:
        changed: The rows are other ones.
        made: A new one has a row (its key).
        waiting: Something was asked for that takes a moment.
    """

    changed = Signal()
    made = Signal(str)
    waiting = Signal()

    def __init__(self, desk: Desk, walk: Walk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._walk, self._parent = desk, walk, parent
        self._service = desk.studio.directions
        self.window: QDialog | None = None

    # -- the menu of a row ------------------------------------------------------------------------

    def open_row_menu(self, row: DirectionRow, place: QPoint) -> QMenu:
        """Show it at a place of the screen."""
        menu = self.row_menu(row)
        menu.popup(place)
        return menu

    def row_menu(self, row: DirectionRow) -> QMenu:
        """Everything that can be done with one direction."""
        menu = _menu(self._parent)
        usable = row.state == "own"
        self._add(menu, self.tr("Rename\u2026"), lambda: self.rename(row))
        if usable:
            self._add_layers(menu, row)
            self._add_reach(menu, row)
            self._add(menu, self.tr("Before and after, large\u2026"), lambda: self.show_large(row))
        menu.addSeparator()
        self._add(menu, self.tr("Save to a file\u2026"), lambda: self.save(row))
        tip = self.tr("It stays away, also when it is found again; + brings it back.")
        self._add(menu, self.tr("Delete"), lambda: self.delete(row), tip)
        return menu

    def _add_layers(self, menu: QMenu, row: DirectionRow) -> None:
        if not row.bands:
            entry = menu.addAction(self.tr("Layers: all"))
            entry.setEnabled(False)
            entry.setToolTip(
                self.tr("In this network all layers share one w, so it cannot be limited to some.")
            )
            return
        layers = menu.addMenu(self.tr("Layers"))
        layers.setToolTipsVisible(True)
        group = QActionGroup(layers)
        now = next(
            band
            for band in (None, *row.bands)
            if row.limited(band).key == row.key_at(self._walk.point)
        )
        for band, (name, tip) in band_words().items():
            entry = self._add(layers, name, partial(self.limit, row, band), tip)
            entry.setCheckable(True)
            entry.setChecked(band == now)
            group.addAction(entry)

    def _add_reach(self, menu: QMenu, row: DirectionRow) -> None:
        names = (
            self.tr("As suggested, {range}"),
            self.tr("Half as far, {range}"),
            self.tr("Twice as far, {range}"),
        )
        reach = menu.addMenu(self.tr("How far"))
        group = QActionGroup(reach)
        for times, name in zip(_REACHES, names, strict=True):
            words = name.format(range=said_range(row.direction, times))
            entry = self._add(reach, words, partial(self._change, row, reach=times))
            entry.setCheckable(True)
            entry.setChecked(times == row.kept.reach)
            group.addAction(entry)

    def rename(self, row: DirectionRow) -> None:
        """Ask for a name."""
        name = row.kept.direction.name
        dialog = NameDialog(
            self.tr("Name this direction"),
            self.tr("Name of the direction"),
            name,
            self.tr("Rename"),
            self.tr("What it does, in your words. Empty: its number."),
            may_be_empty=True,
        )
        self._hold(dialog)
        dialog.ask(lambda answer: self._change(row, name=answer))

    def limit(self, row: DirectionRow, band: Band | None) -> None:
        """Let it move these layers alone; where the place lies along it, that is a step."""
        before, after = row.key_at(self._walk.point), row.limited(band).key
        self._change(row, band=band)
        point = self._walk.point
        amount = point.amount(before)
        if amount and before != after:
            moved = point.with_amount(before, 0.0).with_amount(after, amount)
            self._walk.go(moved, self.tr("layers of {name}").format(name=row_name(row)))

    def show_large(self, row: DirectionRow) -> None:
        """Both ends, rest, and what lies between, in a window."""
        key = row.key_at(self._walk.point)
        self._show(StripWindow(self._walk, row_name(row), key, row.reach, self._parent.window()))

    def save(self, row: DirectionRow) -> None:
        """Ask where to, and save."""
        name = "".join(one if one.isalnum() or one in " -_" else "-" for one in row_name(row))
        path = self._desk.ask_path_to_save(
            self.tr("Save this direction"),
            f"{name}{ENDING}",
            self.tr("Direction (*{ending})").format(ending=ENDING),
        )
        if path is not None and self._tried(lambda: self._service.save(row, path)):
            self._desk.toast(self.tr("{name} is saved").format(name=path.name))

    def delete(self, row: DirectionRow) -> None:
        """Take it away; where the place lies along it, it goes back to rest first."""
        point = self._walk.point
        rested = point.model_copy(
            update={"moves": tuple(move for move in point.moves if move.direction not in row.keys)}
        )
        before = self._walk.journey.index
        if rested != point:
            self._walk.go(rested, self.tr("deletion of {name}").format(name=row_name(row)))
        after = self._walk.journey.index
        self._change(row, deleted=True)
        words = self.tr("{name} was deleted").format(name=row_name(row))

        def take_back() -> None:
            self.put_back(row.kept)
            if self._walk.journey.index == after:
                self._walk.jump(before)

        self._desk.toast(words, take_back)

    def put_back(self, kept: KeptDirection) -> None:
        """Have it again as it was."""
        self._tried(lambda: self._service.put_back(kept.model_copy(update={"deleted": False})))
        self.changed.emit()

    def lock(self, row: DirectionRow, locked: bool) -> None:
        """Remember that it stays as it is when jumping."""
        self._change(row, locked=locked)

    def _change(self, row: DirectionRow, **values: Any) -> None:
        self._tried(lambda: self._service.change(row, **values))
        self.changed.emit()

    # -- new ones ---

    def new_menu(self) -> QMenu:
        """Every way to make a direction, and those that were deleted."""
        menu = _menu(self._parent)
        walk = self._walk
        self._add(menu, self.tr("From marked pictures\u2026"), self.mark)
        between = self._add(
            menu, self.tr("Between the last two places of your path"), self.between_last
        )
        between.setEnabled(walk.journey.index > 0)
        self._add_favourites(menu)
        kinds = walk.model.kinds if walk.model is not None else ()
        if 2 <= len(kinds) <= _MOST_KINDS:
            self._add_kinds(menu.addMenu(self.tr("Between two kinds")), kinds)
        self._add(menu, self.tr("From a file\u2026"), self.load)
        deleted = self._service.deleted
        if deleted:
            menu.addSeparator()
            back = menu.addMenu(self.tr("Bring back"))
            for kept in deleted:
                name = kept.direction.name or self.tr("Direction {n}").format(n=kept.number)
                self._add(back, name, partial(self.put_back, kept))
        return menu

    def _add_favourites(self, menu: QMenu) -> None:
        """From any to any other, the newest first."""
        kept = self._desk.studio.favourites.all()[::-1][:_MOST_FAVOURITES]
        inside = menu.addMenu(self.tr("Between two favourites"))
        inside.setEnabled(len(kept) > 1)
        names = [one.name or self.tr("Favourite {n}").format(n=len(kept) - place)
                 for place, one in enumerate(kept)]  # fmt: skip
        for start, name in zip(kept, names, strict=True):
            to = inside.addMenu(self.tr("From {name}").format(name=name))
            for end, other in zip(kept, names, strict=True):
                if end is not start:
                    title = self.tr("{one} to {other}").format(one=name, other=other)
                    self._add(
                        to,
                        self.tr("to {name}").format(name=other),
                        partial(self._between_kept, start.kept, end.kept, title),
                    )

    def _add_kinds(self, menu: QMenu, kinds: tuple[str, ...]) -> None:
        for start, name in enumerate(kinds):
            to = menu.addMenu(self.tr("From {kind}").format(kind=name))
            for end, other in enumerate(kinds):
                if end != start:
                    words = self.tr("to {kind}").format(kind=other)
                    self._add(to, words, partial(self.between_kinds, start, end))

    def mark(self) -> None:
        """Have a person mark pictures."""

        def marked(more: Any, less: Any) -> None:
            self._service.mark(more, less, self.tr("More like this"))
            self.waiting.emit()

        self._show(MarkingWindow(self._walk, marked, self._parent.window()))

    def between_last(self) -> None:
        """From the place before to the one where one is."""
        journey = self._walk.journey
        places = journey.places[journey.index - 1], journey.here
        self.between(*places, self.tr("There and back"))

    def between(self, start: LatentPoint, end: LatentPoint, name: str) -> None:
        """From one place towards another, such as two favourites."""
        self._service.between(start, end, name)
        self.waiting.emit()

    def _between_kept(self, start: KeptPoint, end: KeptPoint, name: str) -> None:
        """From one favourite towards another, whose directions the explorer may not know yet."""
        take = self._desk.studio.explorer.take
        self.between(take(start), take(end), name)

    def between_kinds(self, start: int, end: int) -> None:
        """From one kind towards another."""
        model = self._walk.model
        if model is not None:
            words = self.tr("{one} to {other}")
            name = words.format(one=model.kinds[start], other=model.kinds[end])
            self._service.between_kinds(start, end, name)
            self.waiting.emit()

    def load(self) -> None:
        """Ask for a file, and take what is in it."""
        project = self._desk.project
        folder = project.exports_path if project is not None else Path.home()
        kinds = self.tr("Directions (*.json)")
        for path in file_dialogs.ask_files(self.tr("Directions of a file"), folder, kinds, False):
            if self._tried(partial(self._service.load, path)):
                self.changed.emit()

    def take_made(self, made: DirectionMade) -> None:
        """A direction is there that was asked for."""
        if made.error is not None:
            self._desk.show_error(made.error)
        elif (direction := made.direction) is not None:
            self._tried(lambda: self._service.take([direction]))
            self._desk.toast(self.tr("{name} has a row now").format(name=direction.name))
        self.changed.emit()
        if made.direction is not None:
            self.made.emit(made.direction.key)

    # -- helpers ---

    def _tried(self, action: Callable[[], Any]) -> bool:
        """Whether it could be done; otherwise the person is told."""
        try:
            action()
        except UserError as error:
            self._desk.show_error(error)
            return False
        return True

    def _show(self, window: QDialog) -> None:
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._hold(window)
        window.show()

    def _hold(self, window: QDialog) -> None:
        """One window at a time; nobody else holds it."""
        if self.window is not None:
            self.window.close()
        self.window = window
        window.finished.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self.window = None

    @staticmethod
    def _add(menu: QMenu, words: str, act: Callable[[], None], tip: str = "") -> Any:
        entry = menu.addAction(words)
        entry.setToolTip(wrapped(tip or words))
        entry.triggered.connect(lambda _checked=False: act())
        return entry


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
