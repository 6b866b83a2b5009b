"""All favourites: every one that was kept, by tag, with its name, its tags and where it comes from.

Not responsible for what is done with them (`favourites`).
"""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.pages.explore.before import Before
from ganstudio.desktop.pages.explore.favourites import Favourites
from ganstudio.desktop.pages.explore.favourites_row import Hands, tiles_of
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.favourite_tiles import FavouriteTiles
from ganstudio.desktop.widgets.field import Field
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label

__all__ = ["FavouritesWindow"]

_WIDTH, _TILE, _SEEN = 528, 88, 288


class FavouritesWindow(SmallWindow):
    """Stays open beside the main window; what is clicked is where one is.

    Args:
        favourites: Whose.
        before: Takes one to compare with.
        parent: The main window.
    """

    def __init__(self, favourites: Favourites, before: Before, parent: QWidget | None) -> None:
        super().__init__(self.tr("Favourites"), _WIDTH, parent)
        self._favourites, self._before = favourites, before
        self.tag = Choice(self.tr("Tag"), self.tr("Show those with this tag alone."))
        self.tag.activated.connect(self.refresh)
        self.hands = Hands(favourites, before, FavouriteTiles(_TILE, wraps=True))
        self.tiles = self.hands.tiles
        self.name = Field(self.tr("Name"), tip=self.tr("What you call this one."))
        self.tags = Field(
            self.tr("Tags"),
            self.tr("Words with commas between them"),
            self.tr("Words with commas between them; the list above shows those with one."),
        )
        self.origin = Label("", "small", "text_quiet", wrap=True)
        self._lay_out()
        self.name.editingFinished.connect(self._rename)
        self.tags.editingFinished.connect(self._tag)
        self.tiles.chosen.connect(favourites.go)
        self.tiles.current_changed.connect(self._show_chosen)
        favourites.changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        row = FormRow(self.tr("Show"), self.tag, self.tag.toolTip())
        self.body.addWidget(row)
        self.body.addSpacing(8)
        scroll = QScrollArea()
        scroll.setWidget(self.tiles)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFixedHeight(_SEEN)
        for filled in (self.tiles, scroll.viewport()):
            filled.setAutoFillBackground(False)
        self.body.addWidget(scroll)
        self.body.addSpacing(8)
        self.body.addWidget(FormRow(self.tr("Name"), self.name, self.name.toolTip()))
        self.body.addWidget(FormRow(self.tr("Tags"), self.tags, self.tags.toolTip()))
        self.body.addSpacing(4)
        self.body.addWidget(self.origin)
        self.body.addSpacing(12)
        self.open_button = Button(self.tr("Open its model"), icon="folder")
        self.open_button.setToolTip(self.tr("Explore the model that drew it, and be there."))
        self.open_button.clicked.connect(lambda: self._favourites.open_model(self.tiles.current()))
        self.pin_button = Button(self.tr("Show as before"), icon="pin")
        self.pin_button.setToolTip(
            self.tr("Hold B to see it in place of the picture of now. Once more: as usual.")
        )
        self.pin_button.clicked.connect(self._pin)
        self.delete_button = Button(self.tr("Delete"), icon="trash")
        self.delete_button.setToolTip(self.tr("Forget this favourite. (Del)"))
        self.delete_button.clicked.connect(lambda: self._favourites.remove(self.tiles.current()))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.open_button, self.pin_button, self.delete_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)

    @Slot()
    def refresh(self) -> None:
        """Bring list, tiles and fields in step with what is kept."""
        self._list_tags()
        self.tiles.set_tiles(tiles_of(self._favourites, tag=str(self.tag.currentData() or "")))
        self._show_chosen()

    def _list_tags(self) -> None:
        tags, chosen = self._favourites.tags(), self.tag.currentData()
        entries = [(self.tr("All"), ""), *((tag, tag) for tag in tags)]
        if [self.tag.itemData(n) for n in range(self.tag.count())] != [key for _, key in entries]:
            self.tag.clear()
            for words, key in entries:
                self.tag.addItem(words, key)
            self.tag.setCurrentIndex(max(0, self.tag.findData(chosen)))

    @Slot()
    def _show_chosen(self) -> None:
        """The fields are of the tile that arrows and clicks are at."""
        chosen = self._favourites.find(self.tiles.current())
        for widget in (self.name, self.tags, self.delete_button):
            widget.setEnabled(chosen is not None and self._favourites.may_change)
        self.pin_button.setEnabled(chosen is not None)
        self.open_button.setVisible(chosen is not None and self._favourites.can_open_model(chosen))
        pinned = chosen is not None and self._before.pinned == chosen.id
        words = self.tr("Before: the last step") if pinned else self.tr("Show as before")
        self.pin_button.setText(words)
        if chosen is None:
            self.name.setText("")
            self.tags.setText("")
            self.origin.setText(self.tr("None of them has this tag."))
            return
        self.name.setText(chosen.name)
        self.tags.setText(", ".join(chosen.tags))
        day = QDate.fromString(chosen.when[:10], Qt.DateFormat.ISODate)
        when = QLocale().toString(day, "d MMMM yyyy")
        origin = self._favourites.origin(chosen)
        words = self.tr("Kept on {when} with {origin}.")
        if not self._favourites.is_here(chosen):
            words += self.tr(" Another model draws now, so it may look different.")
        self.origin.setText(words.format(when=when, origin=origin))

    @Slot()
    def _rename(self) -> None:
        self._favourites.set_name(self.tiles.current(), self.name.text())
        self._show_chosen()

    @Slot()
    def _tag(self) -> None:
        self._favourites.set_tags(self.tiles.current(), self.tags.text())

    @Slot()
    def _pin(self) -> None:
        self._before.pin(self.tiles.current())
        self._show_chosen()
