"""The panel of the Judge page: the chosen picture, its nearest, who can tell, what is shown.

Not responsible for finding any of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.judge.framed_picture import FramedPicture, heat_picture
from ganstudio.desktop.pages.judge.words import (
    balance_line,
    copies_line,
    moment_words,
    nearest_line,
    picture_line,
    say,
    score_words,
)
from ganstudio.desktop.pages.train.captions import percent
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.caption import Caption
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import SHARP_LIMIT
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.share_row import ShareRow
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.judging import Court, HeatMap, Nearest, Pile, most_right
from ganstudio.project.messages import Pictures
from ganstudio.project.quality import MomentScore
from ganstudio.project.titles import Best

__all__ = ["NearestSection", "PictureBlock", "ShowSection", "WhoSection"]

_LARGE, _LARGE_NARROW = 144, 120
_THUMBS, _THUMB = 5, 52
_SURE_ENDS = 0.975


class PictureBlock(QWidget):
    """The chosen picture large, what its score rests on, and what the inspector says."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = FramedPicture(self.tr("The picture"))
        self.heat = FramedPicture(self.tr("What its score rests on"), framed=False)
        self.heat_label = Label("", "small", "text_quiet")
        self.number = Label("", "number")
        says = Caption("body")
        says.set_text(self.tr("says the [inspector|inspector]"))
        says.set_active(False)
        self.sentence = Caption("body")
        self.sentence.set_active(False)
        self._hint = Label(
            self.tr("Choose a picture to see what the inspector makes of it."),
            "body",
            "text_quiet",
            wrap=True,
        )
        self._chosen = QWidget()
        column = QVBoxLayout(self._chosen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._pictures())
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.number)
        words.addWidget(says, 1, Qt.AlignmentFlag.AlignBottom)
        column.addSpacing(8)
        column.addLayout(words)
        column.addWidget(self.sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(
            Size.PANEL_PADDING, Size.PANEL_PADDING, Size.PANEL_PADDING, Size.PANEL_PADDING
        )
        inner.addWidget(self._hint)
        inner.addWidget(self._chosen)
        layout.addLayout(inner)
        layout.addWidget(Divider())
        self.show_nothing()

    def _pictures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for picture, label in (
            (self.picture, Label(self.tr("The picture"), "small", "text_quiet")),
            (self.heat, self.heat_label),
        ):
            picture.setFixedHeight(_LARGE)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(picture)
            column.addWidget(label)
            row.addLayout(column, 1)
        return row

    def show_nothing(self) -> None:
        """No picture is chosen."""
        self._chosen.hide()
        self._hint.show()

    def show_picture(self, pile: Pile, index: int, heat: HeatMap | None, told: bool) -> None:
        """Show a picture of a pile; `heat` may come later."""
        card, picture = pile.cards[index], pile.pictures[index]
        self.picture.set_picture(picture, card.real if told else None)
        self.heat_label.setText(
            self.tr("What convinced it") if card.called_real else self.tr("What gave it away")
        )
        if heat is None:
            self.heat.set_picture(None)
        else:
            self.heat.set_picture(heat_picture(picture, heat.weights, card.called_real))
        self.number.setText(score_words(card.score))
        if told:
            self.sentence.set_text(picture_line(card, heat))
        else:
            self.sentence.set_text(self.tr("Is it? Show the frames to know. (F)"))
        self._hint.hide()
        self._chosen.show()

    def set_narrow(self, narrow: bool) -> None:
        """Less room."""
        for picture in (self.picture, self.heat):
            picture.setFixedHeight(_LARGE_NARROW if narrow else _LARGE)


class NearestSection(Section):
    """A generated picture's nearest among those that were learned from, and the whole model."""

    def __init__(self) -> None:
        super().__init__(say("Nearest of your pictures"))
        self.thumbs = [FramedPicture("", _THUMB, framed=False) for _ in range(_THUMBS)]
        self.distances = [Label("", "small", "text_quiet") for _ in range(_THUMBS)]
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(4)
        for thumb, distance in zip(self.thumbs, self.distances, strict=True):
            thumb.setMinimumWidth(_THUMB - 12)
            distance.setToolTip(
                self.tr("How far away it lies in the bundled features; 0: the same.")
            )
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(thumb)
            column.addWidget(distance)
            row.addLayout(column, 1)
        self.line = Label("", "small", "text_quiet", wrap=True)
        self.whole = Label("", "small", "text_quiet", wrap=True)
        self.whole.setContentsMargins(0, 4, 0, 0)
        for widget in (self._row, self.line, self.whole):
            self.add(widget)
        self.show_line(self.tr("Choose a generated picture."))
        self.show_whole(None)

    def show_line(self, text: str) -> None:
        """Say something instead of pictures."""
        self._row.hide()
        self.line.setText(text)

    def show_nearest(self, found: Nearest) -> None:
        """Show the nearest pictures and the verdict."""
        for place, (thumb, distance) in enumerate(zip(self.thumbs, self.distances, strict=True)):
            known = place < len(found.neighbours)
            thumb.setVisible(known)
            distance.setVisible(known)
            if known:
                one = found.neighbours[place]
                far = f"{one.distance:.2f}"
                thumb.set_picture(one.picture)
                thumb.setFixedHeight(_drawn_height(one.picture))
                thumb.setToolTip(one.name)
                thumb.setAccessibleName(
                    self.tr("{name}, distance {far}").format(name=one.name, far=far)
                )
                distance.setText(far)
        self.line.setText(nearest_line(found))
        self._row.show()

    def show_whole(self, score: MomentScore | None) -> None:
        """Say whether the whole model copies."""
        words = copies_line(score)
        self.whole.setText(words)
        self.whole.setVisible(bool(words))


def _drawn_height(picture: Pictures) -> int:
    """How high a picture is drawn beside others: small ones by whole factors."""
    side = min(picture.shape[:2])
    return _THUMB // side * side if side <= SHARP_LIMIT else _THUMB


class WhoSection(Section):
    """Who can tell: the inspector, the person, a coin."""

    def __init__(self) -> None:
        super().__init__(say("Who can tell?"))
        self.inspector = ShareRow(
            self.tr("Inspector"),
            self.tr("How often its score is on the right side of 50\u00a0%. (Accuracy of D.)"),
            "inspector",
        )
        self.you = ShareRow(
            self.tr("You"),
            self.tr("How often you were right, in all your games at this moment."),
        )
        self.coin = ShareRow(
            self.tr("Coin toss"), self.tr("Whoever guesses is right half of the time.")
        )
        self.coin.set_share(0.5, (0.5, 0.5), None, self._right(0.5))
        self.balance = Label("", "small", "text_quiet", wrap=True)
        self.balance.setContentsMargins(0, 4, 0, 0)
        for widget in (self.inspector, self.you, self.coin, self.balance):
            self.add(widget)
        self.show_court(None)
        self.show_played(0, 0)

    def show_court(self, court: Court | None) -> None:
        """How well the inspector can tell."""
        self.balance.setVisible(court is not None)
        if court is None:
            self.inspector.clear()
            return
        right = court.right
        self.inspector.set_share(right.value, right.interval, None, self._right(right.value))
        self.balance.setText(balance_line(court))

    def show_played(self, right: int, total: int) -> None:
        """How well the person can, in all games at this moment."""
        if total == 0:
            self.you.clear(self.tr("not played"))
            return
        sure = (
            1 - most_right(total - right, total, _SURE_ENDS),
            most_right(right, total, _SURE_ENDS),
        )
        self.you.set_share(right / total, sure, None, self._right(right / total))

    def _right(self, share: float) -> str:
        return self.tr("{n} right").format(n=percent(share))


class ShowSection(Section):
    """Frames and moment.

    Signals:
        frames_chosen: Whether frames shall be shown.
        moment_chosen: The clock of another moment.
    """

    frames_chosen = Signal(bool)
    moment_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(say("Show"))
        self.frames = SegmentControl(
            (
                (
                    "show",
                    self.tr("Show"),
                    self.tr("Frame real pictures green, generated ones pink. (F)"),
                ),
                ("hide", self.tr("Hide"), self.tr("Do not say which are real. (F)")),
            ),
            self.tr("Frames"),
            small=True,
        )
        self.moment = Choice(
            self.tr("Moment"), self.tr("Whose inspector and generator it is. (Snapshot.)")
        )
        self._rows = (
            FormRow(self.tr("Frames"), self.frames),
            FormRow(self.tr("Moment"), self.moment),
        )
        for row in self._rows:
            self.add(row)
        self._clocks: tuple[int, ...] = ()
        self.frames.chosen.connect(lambda key: self.frames_chosen.emit(key == "show"))
        self.moment.activated.connect(lambda place: self.moment_chosen.emit(self._clocks[place]))

    def show_told(self, told: bool) -> None:
        """Whether frames are shown."""
        self.frames.set_current("show" if told else "hide")

    def show_moments(self, clocks: Sequence[int], chosen: int | None, best: Best | None) -> None:
        """The moments there are, which one judges, and which is the best."""
        newest_first = tuple(reversed(clocks))
        words = [moment_words(clock, newest_first[0], best) for clock in newest_first]
        if words != [self.moment.itemText(place) for place in range(self.moment.count())]:
            self._clocks = newest_first
            self.moment.clear()
            self.moment.addItems(words)
        if chosen in newest_first:
            self.moment.setCurrentIndex(newest_first.index(chosen))

    def set_width_class(self, width: Width) -> None:
        """More or less room."""
        for row in self._rows:
            row.set_narrow(width == "narrow")
