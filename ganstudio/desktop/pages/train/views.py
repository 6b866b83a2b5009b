"""The views of the Train page: now, two moments compared, all runs.

Not responsible for what is in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.compare import Compare
from ganstudio.desktop.pages.train.film import TimeMachine
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.desktop.pages.train.runs_view import RunsView
from ganstudio.desktop.pages.train.stage import TrainStage
from ganstudio.desktop.pages.train.watching import shown_seed
from ganstudio.desktop.widgets.page_head import PageHead
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.project.numbers import say_count

__all__ = ["Views"]


class Views(QObject):
    """Which of the three is seen; the head has a switch for them.

    Signals:
        changed: Another one is seen.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, head: PageHead, place: QVBoxLayout, body: TrainStage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._body = desk, body
        self._stack = QStackedWidget()
        self._stack.addWidget(body)
        place.addWidget(self._stack)
        self.compare = Compare(body.grid)
        self.runs: RunsView | None = None
        self._machine: TimeMachine | None = None
        self._view: RunView | None = None
        self._could = False
        self.switch = SegmentControl(
            [
                ("now", self.tr("Now"), self.tr("Pictures, film and plots of this run. (Alt+1)")),
                (
                    "compare",
                    self.tr("Compare"),
                    self.tr("The moment that is shown becomes before. (Ctrl+Shift+C)"),
                ),
                ("runs", self.tr("Runs"), self.tr("All runs of this project. (Ctrl+Shift+R)")),
            ],
            self.tr("View"),
        )
        self.switch.chosen.connect(self.show)
        head.add_tool(self.switch)
        self.compare.changed.connect(self.changed)

    def follow(self, view: RunView, machine: TimeMachine) -> None:
        """The run and the moment that are looked at."""
        self._view, self._machine = view, machine
        view.newest_changed.connect(self._write)
        view.moments_changed.connect(self._write)
        machine.moment_changed.connect(self._write)
        machine.sheet_ready.connect(self._write)
        self._write()

    @property
    def current(self) -> str:
        """Its key: now, compare or runs."""
        return self.switch.current()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The views that can be seen."""
        possible: dict[str, Callable[[], None]] = {"view-1": partial(self.show, "now")}
        if self._desk.project is not None:
            possible["all-runs"] = possible["view-3"] = partial(self._toggle, "runs")
        if self._desk.run is not None:
            possible["tournament"] = self._desk.show_tournament
        if self._may_compare:
            possible["compare"] = possible["view-2"] = partial(self._toggle, "compare")
        return possible

    def checked(self) -> frozenset[str]:
        """Which of their commands are on."""
        commands = {
            "now": {"view-1"},
            "compare": {"view-2", "compare"},
            "runs": {"view-3", "all-runs"},
        }
        return frozenset(commands[self.current])

    def titles(self) -> tuple[str, ...]:
        """What they are called in the menu."""
        return (self.tr("Now"), self.tr("Compare"), self.tr("Runs"))

    def sentence(self) -> str:
        """What the view is, where the page has nothing better to say."""
        if self.current == "runs":
            return self.tr("All runs of this project. What branched off a run stands below it.")
        if self.compare.before is not None:
            text = self.tr("Before is {clock}. Go to another moment, drag the line, or hold B.")
            return text.format(clock=say_count(self.compare.before))
        return ""

    def main_widget(self) -> QWidget:
        """What has the focus in the view."""
        if self.current == "runs" and self.runs is not None:
            return self.runs.list
        return self._body.grid

    @Slot()
    def leave(self) -> None:
        """Another run is looked at: there is nothing to compare with any more."""
        self.compare.end()
        if self.current == "compare":
            self.switch.set_current("now")
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Another run is looked at, or trains."""
        if self.runs is not None:
            self.runs.refresh()
        self._write()

    @Slot(str)
    def show(self, key: str) -> None:
        """See another one."""
        if key == "compare" and not self._begin_to_compare():
            key = "now"
        if key != "compare":
            self.compare.end()
        self.switch.set_current(key)
        self._stack.setCurrentWidget(self._runs_view() if key == "runs" else self._body)
        self.main_widget().setFocus()
        self.changed.emit()

    def _toggle(self, key: str) -> None:
        self.show("now" if self.current == key else key)

    def _runs_view(self) -> RunsView:
        if self.runs is None:
            self.runs = RunsView(self._desk)
            self.runs.looked_at.connect(partial(self.show, "now"))
            self._stack.addWidget(self.runs)
        self.runs.refresh()
        return self.runs

    @property
    def _may_compare(self) -> bool:
        view = self._view
        return view is not None and view.newest is not None and bool(view.timeline.moments)

    def _begin_to_compare(self) -> bool:
        """Pin the moment that is shown."""
        pictures, view, machine = self._body.grid.pictures(), self._view, self._machine
        if pictures is None or view is None or machine is None or not self._may_compare:
            return False
        clock = machine.moment
        if clock is None:
            clock = view.newest.images if view.newest is not None else view.timeline.end
        self.compare.begin(clock, pictures, shown_seed(view, machine))
        self._write()
        return True

    @Slot()
    def _write(self, *_: object) -> None:
        """Keep the curtain's words and the switch in step."""
        view, machine = self._view, self._machine
        if view is None or machine is None:
            return
        now = view.newest.images if view.newest is not None else view.timeline.end
        self.compare.show_words(machine.moment, now, shown_seed(view, machine))
        tip = "" if self._may_compare else self.tr("There are no moments to compare yet.")
        self.switch.set_item_enabled("compare", self._may_compare, tip)
        self.switch.set_item_enabled("runs", self._desk.project is not None)
        if self._could != self._may_compare:
            self._could = self._may_compare
            self.changed.emit()
