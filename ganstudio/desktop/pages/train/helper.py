"""Help me choose: three questions, a measurement, and the recipe that follows from them.

A small window beside the main one. Not responsible for the choice (`studio.advising`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.pages.train.say import say_strength
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.presets import PRESETS
from ganstudio.studio.advising import Answers, Filled, advised

__all__ = ["HelperWindow"]

_WIDTH = 560
_LIST_HEIGHT = 236
_MINUTES = (10.0, 30.0, 60.0, 180.0, 480.0, 2_880.0)


class HelperWindow(SmallWindow):
    """Answers stay as they were left; the advice follows them and the measurement.

    Args:
        desk: Project, plan and studio.
        parent: The main window.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Help me choose"), _WIDTH, parent)
        self._desk = desk
        self._filled: Filled | None = None
        self._before: TrainingPlan | None = None
        self._before_of: Project | None = None
        self.pictures = Label("", "body", "text_quiet")
        self.kind = self._kinds()
        self.time = self._times()
        self.computer = Label("", "body", "text_quiet", wrap=True)
        self.found = Label("", "finding")
        self.why = Label("", "body", "text_quiet", wrap=True)
        self.values = _Values()
        self.use = Button(
            self.tr("Use this recipe"),
            tip=self.tr("Fill it into the settings of the next run. Nothing starts yet."),
        )
        self.back = Button(
            self.tr("Back to what I had"),
            "quiet",
            tip=self.tr("Take the settings back to what they were before."),
        )
        self._lay_out()
        self.kind.activated.connect(self.refresh)
        self.time.activated.connect(self.refresh)
        self.use.clicked.connect(self._use)
        self.back.clicked.connect(self._go_back)
        self.refresh()

    def _kinds(self) -> Choice:
        choice = Choice(self.tr("What they show"))
        for key, words in (
            ("any", self.tr("I cannot say")),
            ("faces", self.tr("Faces, or one subject")),
            ("drawings", self.tr("Drawings and icons")),
            ("mixed", self.tr("All sorts")),
        ):
            choice.addItem(words, key)
        return choice

    def _times(self) -> Choice:
        choice = Choice(self.tr("How long it may take"))
        words = (
            self.tr("10 minutes"),
            self.tr("Half an hour"),
            self.tr("An hour"),
            self.tr("3 hours"),
            self.tr("A night (8 hours)"),
            self.tr("A weekend (2 days)"),
        )
        for minutes, text in zip(_MINUTES, words, strict=True):
            choice.addItem(text, minutes)
        choice.setCurrentIndex(_MINUTES.index(30.0))
        return choice

    def _lay_out(self) -> None:
        rows = (
            FormRow(self.tr("Pictures"), self.pictures),
            FormRow(
                self.tr("They show"),
                self.kind,
                self.tr("One subject is learned from fewer pictures than all sorts."),
            ),
            FormRow(
                self.tr("Time"),
                self.time,
                self.tr("How long training may take. You can stop and go on at any time."),
            ),
            FormRow(self.tr("This computer"), self.computer),
        )
        for row in rows:
            self.body.addWidget(row)
        self.body.addSpacing(8)
        self.body.addWidget(Divider())
        self.body.addSpacing(12)
        self.body.addWidget(self.found)
        self.body.addSpacing(4)
        self.body.addWidget(self.why)
        self.body.addSpacing(12)
        self.body.addWidget(self.values)
        self.foot.insertWidget(0, self.use)
        self.foot.insertWidget(1, self.back)

    @Slot()
    def refresh(self) -> None:
        """Ask again what suits: answers, pictures or the measurement may be others now."""
        desk, report = self._desk, self._desk.studio.machine.report
        pictures = desk.pictures
        count = f"{pictures.usable_count:,}"
        self.pictures.setText(self.tr("{n} to learn from").format(n=count))
        self._filled = None
        if report is not None and pictures.usable_count:
            answers = Answers(pictures, self.time.currentData(), self.kind.currentData())
            try:
                self._filled = advised(answers, report, desk.studio.speeds.measure)
            except UserError as error:
                self.why.setText(str(error))
        reason = report.reason if report else self.tr("Loading the engine")
        self.computer.setText(reason[:1].upper() + reason[1:])
        self._show()

    def _show(self) -> None:
        filled = self._filled
        if filled is None:
            self.found.setText(self.tr("Measuring this computer"))
            if self._desk.studio.training.state.active:
                self.why.setText(self.tr("It is measured as soon as training rests."))
            else:
                self.why.setText(self.tr("This takes about 10 seconds for each recipe."))
        else:
            title = PRESETS[filled.plan.preset].title
            strength = say_strength(self, filled.plan.strength)
            self.found.setText(f"{title}, {strength.lower()}")
            self.why.setText("\n".join(filled.advice.why))
        self.values.set_filled(filled)
        can = not self._desk.studio.projects.read_only and self._desk.project is not None
        used = filled is not None and filled.plan == self._desk.plan
        self.use.setEnabled(can and filled is not None and not used)
        if self._before_of is not self._desk.project:
            self._before = None
        self.back.setEnabled(can and self._before not in (None, self._desk.plan))

    @Slot()
    def _use(self) -> None:
        if self._filled is None:
            return
        if self._before is None:
            self._before, self._before_of = self._desk.plan, self._desk.project
        self._take(self._filled.plan)

    @Slot()
    def _go_back(self) -> None:
        if self._before is not None:
            self._take(self._before)
            self._before = None
            self.refresh()

    def _take(self, plan: TrainingPlan) -> None:
        self._desk.set_plan(**plan.model_dump())
        self.refresh()


class _Values(QScrollArea):
    """Every value of a recipe and why it is what it is, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_LIST_HEIGHT)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Every value, and why"))
        self.setToolTip(self.tr("Every value of the recipe, and why it is what it is."))
        self._shown: object = None

    def set_filled(self, filled: Filled | None) -> None:
        """Show another recipe; None shows nothing."""
        shown = filled.recipe if filled is not None else None
        if shown == self._shown and self.widget() is not None:
            return
        self._shown = shown
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(0)
        if filled is not None:
            values = filled.recipe.flat()
            for key, why in filled.reasons.items():
                column.addWidget(Label(why, "body", wrap=True))
                column.addWidget(Label(f"{key} = {_said(values[key])}", "small", "text_quiet"))
                column.addSpacing(8)
        column.addStretch(1)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)

    def texts(self) -> list[str]:
        """Everything it says."""
        inner = self.widget()
        return [label.text() for label in inner.findChildren(Label)] if inner else []


def _said(value: object) -> str:
    """A value as `--set` takes it."""
    if isinstance(value, list | tuple):
        return "+".join(map(str, value)) or "-"
    return f"{value:g}" if isinstance(value, float) else str(value)
