"""What every page is to the window around it: head, stage, panel, next step, and a few hooks.

Not responsible for what a page shows, nor for rail, menus and status line: the window has those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import NextStepButton
from ganstudio.desktop.widgets.page_head import PageHead
from ganstudio.desktop.widgets.panel import Panel
from ganstudio.desktop.widgets.surface import Surface
from ganstudio.project.folder import Project
from ganstudio.project.messages import MetricsRow
from ganstudio.project.runs import RunFolder

__all__ = ["NextStep", "Page", "StatusItem", "Width"]

Width = Literal["wide", "medium", "narrow"]


def _nothing() -> None:
    """The action of a step that cannot be taken."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The amber button of the moment.

    Attributes:
        text: A verb with its object; numbers said.
        hint: The quiet line under it.
        action: What a click does, in the UI thread.
        icon: "arrow-right" stands at the right; "play", "star" and "save" stand left.
        enabled: False shows the step as not yet possible; `tip` then says why.
        tip: What it does, then the technical term.
    """

    text: str
    hint: str = ""
    action: Callable[[], None] = _nothing
    icon: str = "arrow-right"
    enabled: bool = True
    tip: str = ""


@dataclass(frozen=True, slots=True)
class StatusItem:
    """What a page says at the right of the status line."""

    text: str
    icon: str = ""
    tone: str = "text_quiet"
    tip: str = ""


class Page(QWidget):
    """The left column (head over stage) of one page, and the panel that stands at its right.

    A page is built at its first visit. It reads everything it needs from the desk when it is built
    and gets every hook afterwards, also while another page is shown; `visible_page` says whether
    painting is worth while.

    Signals:
        outlook_changed: What the window shows for the page changed: commands, status line.

    Args:
        desk: Studio, project, run and the window's few services.
        title: The page's title.
        sentence: One sentence beside it.
    """

    key: ClassVar[str] = ""
    outlook_changed = Signal()

    def __init__(self, desk: Desk, title: str, sentence: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.studio = desk.studio
        self.width_class: Width = "wide"
        self.undo_stack = QUndoStack(self)
        self.head = PageHead(title, sentence)
        self.stage = Surface("stage")
        self.stage_layout = QVBoxLayout(self.stage)
        self.panel = Panel()
        self.next_step_button = NextStepButton()
        self.next_step_button.clicked.connect(self._take_next_step)
        self.panel.set_foot(self.next_step_button)
        self._step = NextStep("", icon="", enabled=False)
        self.next_step_button.set_step("", "", enabled=False)
        self._visible = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head_row = QHBoxLayout()
        self._head_row.addWidget(self.head)
        column.addLayout(self._head_row)
        column.addWidget(self.stage, 1)
        self._pad()

    # -- what a page says -------------------------------------------------------------------------

    @property
    def foot_height(self) -> int:
        """How much at the foot of the stage a toast leaves free, in pixels."""
        return 0

    @property
    def next_step(self) -> NextStep:
        """The step the amber button stands for now."""
        return self._step

    def set_next_step(self, step: NextStep) -> None:
        """Give the amber button another step."""
        if step == self._step:
            return
        self._step = step
        tip = step.tip or self.tr("{text}. (Ctrl+Return)").format(text=step.text)
        self.next_step_button.set_step(step.text, step.icon, step.enabled, tip)
        self.panel.set_foot_line(step.hint)
        self.outlook_changed.emit()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands of `actions.COMMANDS` that this page can do right now, by key."""
        return {}

    def checked_commands(self) -> frozenset[str]:
        """Which of its checkable commands are on."""
        return frozenset()

    def reasons(self) -> Mapping[str, str]:
        """Why some of its commands cannot be done right now, by key."""
        return {}

    def view_titles(self) -> tuple[str, ...]:
        """What the views of this page are called; the commands view-1, view-2 ... are theirs."""
        return ()

    def status_right(self) -> StatusItem | None:
        """What stands at the right of the status line; None leaves it to the window."""
        return None

    def main_widget(self) -> QWidget:
        """What has the focus when the page is entered: grid, picture, field."""
        return self.stage

    @property
    def visible_page(self) -> bool:
        """Whether this page is the one a person sees."""
        return self._visible

    # -- hooks: the window calls them, a page overrides what it needs -----------------------------

    def entered(self) -> None:
        """The page was chosen and is now to be seen."""

    def left(self) -> None:
        """Another page was chosen."""

    def on_event(self, event: object) -> None:
        """One of `studio.events` happened."""

    def on_rows(self, rows: Sequence[MetricsRow]) -> None:
        """New rows of metrics of the running training; at most every 33 ms."""

    def on_samples(self, frame: object) -> None:
        """A new sheet of samples (`SampleFrame`) of the running training."""

    def on_explorer(self) -> None:
        """Frames or sheets wait in the explorer's mailboxes."""

    def on_clock(self) -> None:
        """Four times a second, only while visible: progress, time left, redraw of plots."""

    def project_changed(self, project: Project | None) -> None:
        """Another project was opened, or its pictures or its name changed."""

    def run_changed(self, run: RunFolder | None) -> None:
        """Another run was chosen or began."""

    def state_changed(self, state: object) -> None:
        """Training went into another state (`studio.states.State`)."""

    def settings_changed(self) -> None:
        """The settings were changed; palette and motion need nothing from a page."""

    def open_file(self, path: Path) -> None:
        """Show a model file; only Explore is asked to."""

    def narrow(self, width: Width) -> None:
        """The window went into another width class (LOOK, section 5)."""

    # -- called by the window ---------------------------------------------------------------------

    def set_visible_page(self, visible: bool) -> None:
        """Tell the page whether it is the one that is seen."""
        if visible == self._visible:
            return
        self._visible = visible
        if visible:
            self.entered()
        else:
            self.left()

    def set_width_class(self, width: Width) -> None:
        """Adapt head and stage to the width class, then let the page do its part."""
        self.width_class = width
        self.head.set_narrow(width == "narrow")
        self._pad()
        self.narrow(width)

    def next_step_to_head(self) -> None:
        """Put the amber button at the right of the head: the panel is hidden."""
        self.panel.take_foot_button()
        self.head.add_tool(self.next_step_button)
        self.next_step_button.setFixedHeight(Size.BUTTON)
        self.next_step_button.show()

    def next_step_to_panel(self) -> None:
        """Put the amber button into the foot of the panel."""
        if self.panel.isAncestorOf(self.next_step_button):
            return
        self.next_step_button.setFixedHeight(Size.BUTTON_LARGE)
        self.panel.set_foot(self.next_step_button, self._step.hint)
        self.next_step_button.show()

    def pad_stage(self, side: int) -> None:
        """Give the stage its padding; the head brings its own space above."""
        self.stage_layout.setContentsMargins(side, 0, side, side)

    def _pad(self) -> None:
        narrow = self.width_class == "narrow"
        side = Size.STAGE_PADDING_NARROW if narrow else Size.STAGE_PADDING
        self._head_row.setContentsMargins(side, 0, side, 0)
        self.pad_stage(side)

    @Slot()
    def _take_next_step(self) -> None:
        if self._step.enabled:
            self._step.action()
