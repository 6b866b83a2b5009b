"""Directions: a row for each, with what a person set about it.

Not responsible for finding directions (`latent`), for keeping them (`studio.directions`), nor for
what the menus do (`direction_tools`).
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.explore.direction_slider import DirectionSlider
from ganstudio.desktop.pages.explore.direction_tools import DirectionTools
from ganstudio.desktop.pages.explore.direction_words import row_name, row_tip
from ganstudio.desktop.pages.explore.handfuls import Handfuls
from ganstudio.desktop.pages.explore.places import MOST
from ganstudio.desktop.pages.explore.slider_drops import DirectionDrops
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.section import Section
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.studio.direction_rows import DirectionRow

__all__ = ["DirectionsSection"]

_AT_LEAST = 12
#: So soon it is looked again whether a slider is still in hand.
_LOOK_MS = 100


class DirectionsSection(Section):
    """A row for each direction; twelve show at first, and the rest when a person asks for them.

    Directions that the present place leads along, and that the generator of now has not, stand
    below: they are carried along.

    Signals:
        find_asked: Find directions anew, for the weights of now.
    """

    find_asked = Signal()

    def __init__(self, walk: Walk, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("DirectionsSection", "Directions"))
        self._walk, self._service = walk, desk.studio.directions
        self.tools = DirectionTools(desk, walk, self)
        self.drops = DirectionDrops(walk, desk)
        self.rows: list[DirectionSlider] = []
        self._shown: tuple[DirectionRow, ...] = ()
        self._carried: list[str] = []
        self._narrow = self._all_shown = False
        self.reset_all = Button(
            self.tr("Reset all"),
            "link",
            height=Size.BUTTON_SMALL,
            tip=self.tr("Every direction back to rest; locked ones stay. (Ctrl+Shift+Backspace)"),
        )
        self.find_button = IconButton(
            "search",
            self.tr("Find directions anew"),
            self.tr("It has learned since: find the directions of the weights of now."),
        )
        self.new_button = IconButton(
            "plus",
            self.tr("New direction"),
            self.tr("From marked pictures, between two places or kinds, or from a file."),
        )
        for tool in (self.reset_all, self.find_button, self.new_button):
            self.set_tool(tool)
        self.rest = Button("", "link", height=Size.BUTTON_SMALL)
        self.rest.setToolTip(self.tr("The weaker directions, that change the picture less."))
        self.carried = Label(self.tr("Carried along"), "small", "text_quiet")
        self.carried.setFixedHeight(Size.ICON_BUTTON)
        self.carried.setToolTip(
            self.tr("Directions of other weights that this place still leads along.")
        )
        self._ends = Handfuls(walk, "ends", self)
        self._soon = QTimer(self, interval=_LOOK_MS, singleShot=True)
        self._soon.timeout.connect(self.show_rows)
        self._connect()
        self._add_rows(_AT_LEAST)
        self.forget()

    def _connect(self) -> None:
        walk = self._walk
        self.reset_all.clicked.connect(self.reset)
        self.find_button.clicked.connect(self.find_asked)
        self.new_button.clicked.connect(self._open_new_menu)
        self.rest.clicked.connect(self._show_rest)
        self.tools.changed.connect(self.show_rows)
        self.tools.made.connect(self._find_made)
        self.tools.waiting.connect(lambda: self.set_note(self.tr("Measuring it")))
        self._ends.came.connect(self._ends_came)
        walk.moved.connect(self._follow)
        walk.path_changed.connect(self._look_at_carried)
        walk.locks_changed.connect(self._show_locks)
        walk.rested.connect(self.ask_ends)
        walk.renewal_due.connect(self.ask_ends)
        self.toggled.connect(self.ask_ends)

    # -- which rows there are ---------------------------------------------------------------------

    def forget(self) -> None:
        """Another generator, or none: rows wait for its directions."""
        self._service.forget()
        self.show_rows()
        self.set_note("" if self._walk.model is None else self.tr("Looking for them"))

    def refresh(self) -> None:
        """The generator's directions were found."""
        self._service.refresh()
        self.show_rows()

    @Slot()
    def show_rows(self) -> None:
        """Bring the rows in step with the directions there are, once no slider is in hand."""
        if any(slider.in_hand for slider in self.rows):
            self._soon.start()
            return
        self._shown = self._service.rows
        own = [row for row in self._shown if row.state == "own"]
        self._walk.directions_found({row.key: row_name(row) for row in own})
        self._walk.lock_all(key for row in own if row.kept.locked for key in row.keys)
        self._carried = self._carried_keys()
        self.set_note("")
        self._bind_all()
        self.reset_all.setVisible(bool(own))
        self.new_button.setVisible(self._walk.model is not None)
        self._follow(self._walk.point)
        self.ask_ends()

    def _bind_all(self) -> None:
        self.drops.forget()
        count = len(self._shown) + len(self._carried)
        self._add_rows(count)
        for place, widget in enumerate((self.rest, self.carried), len(self._shown)):
            self.body.removeWidget(widget)
            self.body.insertWidget(place, widget)
        self.carried.setVisible(bool(self._carried))
        for index, slider in enumerate(self.rows):
            if index < len(self._shown):
                self._bind(slider, self._shown[index])
            elif index < count:
                self._bind_carried(slider, self._carried[index - len(self._shown)])
            else:
                self._bind_nothing(slider, index)
        self._show_locks()
        self._show_enough()

    def _bind(self, slider: DirectionSlider, row: DirectionRow) -> None:
        usable = row.state == "own"
        slider.setEnabled(usable)
        slider.set_lockable(usable)
        slider.set_menu_offered(offered=True)
        slider.set_label(row_name(row))
        slider.set_reach(*row.reach)
        slider.set_tip(row_tip(row))
        if row.kept.direction.name or not usable:
            slider.set_ends(None)

    def _bind_carried(self, slider: DirectionSlider, key: str) -> None:
        known = self._service.known(key)
        slider.setEnabled(True)
        slider.set_lockable(lockable=False)
        slider.set_menu_offered(offered=False)
        slider.set_label(known.name if known and known.name else self.tr("Direction"))
        slider.set_reach(-MOST, MOST)
        slider.set_ends(None)
        if known is not None:
            tip = self.tr("Found in other weights, and carried along: perhaps it does something "
                          "else here. Reset lets it go.")  # fmt: skip
        else:
            tip = self.tr("Of a model that is not known here: it leads nowhere. Reset lets it go.")
        slider.set_tip(tip)

    def _bind_nothing(self, slider: DirectionSlider, index: int) -> None:
        slider.setEnabled(False)
        slider.set_menu_offered(offered=False)
        slider.set_label(self.tr("Direction {n}").format(n=index + 1))
        slider.set_reach(-MOST, MOST)
        slider.set_ends(None)

    def _carried_keys(self) -> list[str]:
        own = {key for row in self._shown for key in row.keys}
        if not self._shown:
            return []
        return [move.direction for move in self._walk.point.moves if move.direction not in own]

    @Slot()
    def _look_at_carried(self) -> None:
        """Another step: what it carries along may be other directions."""
        carried = self._carried_keys()
        if carried != self._carried:
            self._carried = carried
            self._bind_all()
            self._follow(self._walk.point)

    def _show_enough(self) -> None:
        """The strongest twelve, what is carried along, and the rest when a person asks for it."""
        count = len(self._shown)
        enough = count if self._all_shown else _AT_LEAST
        placeholders = 0 if count else _AT_LEAST
        hidden = 0
        for index, slider in enumerate(self.rows):
            carried = count <= index < count + len(self._carried)
            moved = index < count and bool(self._amount(index))
            shown = index < max(min(count, enough), placeholders)
            slider.setVisible(shown or carried or moved)
            hidden += index < count and not (shown or moved)
        self.rest.setText(self.tr("Show {n} more").format(n=hidden))
        self.rest.setVisible(hidden > 0)

    @Slot()
    def _show_rest(self) -> None:
        self._all_shown = True
        self._show_enough()
        self.ask_ends()

    def _add_rows(self, count: int) -> None:
        while len(self.rows) < count:
            index = len(self.rows)
            slider = DirectionSlider(self.tr("Direction {n}").format(n=index + 1))
            slider.set_narrow(self._narrow)
            slider.value_changed.connect(lambda value, i=index: self._set(i, value))
            slider.released.connect(lambda _value, i=index: self._released(i))
            slider.lock_changed.connect(lambda locked, i=index: self._lock(i, locked))
            slider.menu_asked.connect(lambda place, i=index: self._open_menu(i, place))
            slider.rename_asked.connect(lambda i=index: self._ask_name(i))
            self.drops.watch(slider, partial(self._key, index))
            self.rows.append(slider)
            self.body.addWidget(slider)
        self.body.addWidget(self.rest)

    def set_narrow(self, narrow: bool) -> None:
        """Less room for names."""
        self._narrow = narrow
        for slider in self.rows:
            slider.set_narrow(narrow)

    # -- their ends, as pictures ---

    def showEvent(self, event: QShowEvent) -> None:
        """What nobody saw was not drawn."""
        super().showEvent(event)
        self.ask_ends()

    @Slot()
    def ask_ends(self, *_toggled: bool) -> None:
        """Have both ends of every row drawn that has no name, from the place where one is."""
        point = self._walk.point
        wanted = []
        for index, row in enumerate(self._shown):
            nameless = row.state == "own" and not row.kept.direction.name
            if nameless and self.rows[index].isVisible():
                key = row.key_at(point)
                wanted.append((index, [point.with_amount(key, round(end, 3)) for end in row.reach]))
        for index, key in enumerate(self._carried, len(self._shown)):
            if self._is_nameless(key):
                wanted.append((index, [point.with_amount(key, end) for end in (-MOST, MOST)]))
        self._ends.ask(wanted)

    def _is_nameless(self, key: str | None) -> bool:
        """Whether a direction that is carried along is known, but only by what it does."""
        known = self._service.known(key) if key is not None else None
        return known is not None and not known.name

    @Slot(int, object)
    def _ends_came(self, index: int, pictures: Pictures) -> None:
        count = len(self._shown)
        if index < count and not self._shown[index].kept.direction.name:
            self.rows[index].set_ends(pictures, self._shown[index].number)
        elif count <= index < count + len(self._carried):
            self.rows[index].set_ends(pictures if self._is_nameless(self._key(index)) else None)

    # -- what the hand does ---

    def focused(self) -> int | None:
        """The row that has the keyboard, if one has."""
        widget = QApplication.focusWidget()
        while widget is not None:
            if isinstance(widget, DirectionSlider) and widget in self.rows:
                return self.rows.index(widget)
            widget = widget.parentWidget()
        return None

    @Slot()
    def reset(self) -> None:
        """Every free direction back to rest, as one step."""
        self._walk.reset_directions(self.tr("reset of all directions"))

    def toggle_lock(self, index: int) -> None:
        """Lock a row, or set it free."""
        if index < len(self._shown):
            self._lock(index, self._shown[index].key not in self._walk.locked)

    @Slot()
    def _open_new_menu(self) -> None:
        place = self.new_button.mapToGlobal(self.new_button.rect().bottomLeft())
        self.tools.new_menu().popup(place)

    def _open_menu(self, index: int, place: QPoint) -> None:
        if index < len(self._shown):
            menu = self.tools.open_row_menu(self._shown[index], place)
            menu.aboutToHide.connect(self.rows[index].menu_closed)

    def _ask_name(self, index: int) -> None:
        if index < len(self._shown):
            self.tools.rename(self._shown[index])

    @Slot(str)
    def _find_made(self, key: str) -> None:
        """A new row has the keyboard, and is seen."""
        for index, row in enumerate(self._shown):
            if row.direction.key == key:
                self.rows[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def _key(self, index: int) -> str | None:
        """What a row moves the present place along; rows wait for directions."""
        if index < len(self._shown):
            return self._shown[index].key_at(self._walk.point)
        index -= len(self._shown)
        return self._carried[index] if index < len(self._carried) else None

    def _amount(self, index: int) -> float:
        key = self._key(index)
        return self._walk.point.amount(key) if key is not None else 0.0

    def _set(self, index: int, amount: float) -> None:
        key = self._key(index)
        if key is not None:
            self._walk.set_amount(key, amount)

    def _lock(self, index: int, locked: bool) -> None:
        if index < len(self._shown):
            row = self._shown[index]
            for key in row.keys:
                self._walk.lock(key, locked)
            self.tools.lock(row, locked)

    def _released(self, index: int) -> None:
        slider = self.rows[index]
        text = self.tr("change of {name}").format(name=slider.name())
        self._walk.settle(text, f"direction {index}")

    @Slot(object)
    def _follow(self, point: LatentPoint) -> None:
        for index, slider in enumerate(self.rows):
            amount = self._amount(index)
            if slider.value() != amount:
                slider.set_value(amount)
        self.reset_all.setEnabled(self._walk.off_default)

    @Slot()
    def _show_locks(self) -> None:
        for index, slider in enumerate(self.rows):
            locked = self._key(index) in self._walk.locked
            if slider.is_locked() != locked:
                slider.set_locked(locked)
