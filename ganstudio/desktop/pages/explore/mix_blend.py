"""Between the places: a triangle, and how much of each in percent. Kinds of pictures blend alike.

Not responsible for what a blend is (`mixing`, `latent`).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.mixing import (
    LETTERS,
    kind_weights,
    own,
    weights,
    with_kinds,
    with_weights,
)
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.blend_triangle import BlendTriangle, Corner
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.percent_row import PercentRow
from ganstudio.project.point import LatentPoint

__all__ = ["BlendTool", "KindsTool"]

_CORNERS = 3
_SIDE = 88


class _Shares(QWidget):
    """The triangle, typed shares, and a way back; shares with wide names stand below it."""

    def __init__(
        self, triangle: BlendTriangle, reset: str, reset_tip: str, below: bool = False
    ) -> None:
        super().__init__()
        self.triangle = triangle
        self.reset = Button(reset, "link", height=Size.BUTTON_SMALL, tip=reset_tip)
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        side = QWidget()
        outer = QVBoxLayout(side)
        outer.setContentsMargins(0, 0 if below else 16, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(self.column)
        outer.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignRight)
        direction = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(direction, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8 if below else 12)
        row.addWidget(triangle, 1)
        row.addWidget(side)
        if not below:
            side.setFixedWidth(_SIDE)
            outer.addStretch(1)


class BlendTool(QWidget):
    """How much of A, B, C and D there is. The triangle has the first three."""

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self.triangle = BlendTriangle(
            self.tr("Blend"),
            self.tr(
                "Drag between the places. (Blend of latents by barycentric weights. Double-click: "
                "all of A.)"
            ),
        )
        self.shares = _Shares(
            self.triangle,
            self.tr("All of A"),
            self.tr("Back to the place by itself; the others stay in their slots."),
        )
        self.rows: list[PercentRow] = []
        self.hint = Label(
            self.tr("Click a picture above to put it into B. Then find a place between the two."),
            "body",
            "text_quiet",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint)
        column.addWidget(self.shares, 1)
        self.triangle.weights_changed.connect(self._dragged)
        self.triangle.released.connect(lambda: walk.settle(self.tr("blend"), "blend"))
        self.shares.reset.clicked.connect(self.triangle.reset)

    def show_point(self, point: LatentPoint) -> None:
        """The handle and the shares of a place."""
        shares = weights(point)
        self._have_rows(len(shares))
        for row, share in zip(self.rows, shares, strict=True):
            if abs(row.share() - share) > 1e-6:
                row.set_share(share)
        corners = shares[:_CORNERS]
        total = sum(corners)
        known = [share / total for share in corners] if total > 0 else [1.0]
        self.triangle.set_weights((*known, *[0.0] * (_CORNERS - len(known))))  # type: ignore[arg-type]  # three
        self.hint.setVisible(len(shares) == 1)
        self.shares.setVisible(len(shares) > 1)
        self.shares.reset.setEnabled(shares[0] < 1.0)

    def set_corners(self, corners: Sequence[Corner]) -> None:
        """The pictures of the places."""
        self.triangle.set_corners(corners[:_CORNERS], spare=True)

    def _have_rows(self, count: int) -> None:
        while len(self.rows) > count:
            row = self.rows.pop()
            row.hide()
            row.deleteLater()
        tip = self.tr("How much of this place there is; the others share the rest. (Weight)")
        while len(self.rows) < count:
            slot = len(self.rows)
            row = PercentRow(LETTERS[slot], tip)
            row.typed.connect(lambda share, n=slot: self._typed(n, share))
            self.rows.append(row)
            self.shares.column.addWidget(row)

    @Slot(object)
    def _dragged(self, corners: tuple[float, float, float]) -> None:
        """A fourth place keeps its share."""
        now = weights(self._walk.point)
        rest = now[_CORNERS:]
        free = max(0.0, 1.0 - sum(rest)) or 1.0
        wanted = [free * share for share in corners[: len(now)]]
        self._walk.preview(with_weights(self._walk.point, in_percents((*wanted, *rest))))

    def _typed(self, slot: int, share: float) -> None:
        wanted = in_percents(shared_out(weights(self._walk.point), slot, share))
        self._walk.go(with_weights(self._walk.point, wanted), self.tr("blend"))


class KindsTool(QWidget):
    """Between up to three kinds of pictures, where the generator knows some."""

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self._names: tuple[str, ...] = ()
        self._chosen: list[int] = []
        self.triangle = BlendTriangle(
            self.tr("Kinds"),
            self.tr("Drag between the kinds. (Blend of classes. Double-click: the first alone.)"),
        )
        self.shares = _Shares(
            self.triangle, self.tr("One kind"), self.tr("Only the first kind again."), below=True
        )
        self.choices: list[Choice] = []
        self.rows: list[PercentRow] = []
        for corner in range(_CORNERS):
            self._add_row(corner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.shares, 1)
        self.triangle.weights_changed.connect(self._dragged)
        self.triangle.released.connect(lambda: walk.settle(self.tr("blend of kinds"), "kinds"))
        self.shares.reset.clicked.connect(self.triangle.reset)

    def set_kinds(self, names: tuple[str, ...]) -> None:
        """What the generator can be told to draw."""
        if names == self._names:
            return
        self._names = names
        self._chosen = list(range(min(_CORNERS, len(names))))
        for choice, row in zip(self.choices, self.rows, strict=True):
            choice.clear()
            choice.addItems(list(names))
            row.setVisible(self.choices.index(choice) < len(self._chosen))

    def show_point(self, point: LatentPoint) -> None:
        """The handle and the shares of a place; its kinds are at the corners."""
        if not self._names:
            return
        shares = kind_weights(point)
        self._bring_in([kind for kind in shares if kind < len(self._names)])
        known = [shares.get(kind, 0.0) for kind in self._chosen]
        for corner, kind in enumerate(self._chosen):
            self.choices[corner].setCurrentIndex(kind)
            if abs(self.rows[corner].share() - known[corner]) > 1e-6:
                self.rows[corner].set_share(known[corner])
        total = sum(known) or 1.0
        filled = [share / total for share in known] + [0.0] * (_CORNERS - len(known))
        self.triangle.set_weights((filled[0], filled[1], filled[2]))
        self.shares.reset.setEnabled(known[0] < 1.0)

    def corner_places(self, point: LatentPoint) -> tuple[LatentPoint, ...]:
        """The place as each of the kinds at the corners."""
        alone = own(point)
        return tuple(alone.model_copy(update={"kind": kind, "kinds": ()}) for kind in self._chosen)

    def set_images(self, images: Sequence[QImage | None]) -> None:
        """What the place looks like as each of the kinds at the corners."""
        self.triangle.set_corners(
            [Corner(self._names[k], image) for k, image in zip(self._chosen, images, strict=True)]
        )

    def _bring_in(self, kinds: Sequence[int]) -> None:
        """Let kinds of a place stand at corners whose kind it does not have."""
        for kind in kinds[:_CORNERS]:
            if kind not in self._chosen:
                free = [c for c, old in enumerate(self._chosen) if old not in kinds]
                self._chosen[free[0]] = kind

    def _add_row(self, corner: int) -> None:
        choice = Choice(
            self.tr("Kind at corner {n}").format(n=corner + 1),
            self.tr("Which kind stands at this corner. (Class)"),
        )
        tip = self.tr("How much of this kind there is; the others share the rest. (Weight)")
        row = PercentRow(self.tr("Share of kind {n}").format(n=corner + 1), tip, choice)
        choice.activated.connect(lambda kind, c=corner: self._exchange(c, kind))
        row.typed.connect(lambda share, c=corner: self._typed(c, share))
        self.choices.append(choice)
        self.rows.append(row)
        self.shares.column.addWidget(row)

    def _shares_now(self) -> list[float]:
        shares = kind_weights(self._walk.point)
        return [shares.get(kind, 0.0) for kind in self._chosen]

    def _point(self, shares: Sequence[float]) -> LatentPoint:
        wanted = dict(zip(self._chosen, shares, strict=True))
        return with_kinds(self._walk.point, wanted)

    def _exchange(self, corner: int, kind: int) -> None:
        """Another kind at a corner, with the share of the one before; two corners may change."""
        shares = self._shares_now()
        if kind in self._chosen:
            other = self._chosen.index(kind)
            self._chosen[other] = self._chosen[corner]
        self._chosen[corner] = kind
        self._walk.go(self._point(shares), self.tr("blend of kinds"))
        self.show_point(self._walk.point)

    @Slot(object)
    def _dragged(self, corners: tuple[float, float, float]) -> None:
        self._walk.preview(self._point(corners[: len(self._chosen)]))

    def _typed(self, corner: int, share: float) -> None:
        wanted = shared_out(self._shares_now(), corner, share)
        self._walk.go(self._point(wanted), self.tr("blend of kinds"))


def shared_out(shares: Sequence[float], which: int, share: float) -> list[float]:
    """One of some shares changed; the others keep how they compare, and it stays 1 together."""
    rest = sum(shares) - shares[which]
    free = 1.0 - share
    others = [
        free * other / rest if rest > 0 else free * (index == (0 if which else 1))
        for index, other in enumerate(shares)
    ]
    return [share if index == which else other for index, other in enumerate(others)]


def in_percents(shares: Sequence[float]) -> list[float]:
    """Shares of 1 as whole percents, that together are what is read: 100 (largest remainders)."""
    percents = [int(100 * share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda n: percents[n] - 100 * shares[n])
    for index in by_remainder[: 100 - sum(percents)]:
        percents[index] += 1
    return [percent / 100 for percent in percents]
