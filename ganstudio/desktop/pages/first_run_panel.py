"""The panel of the first-run page: how it goes, what this computer is, earlier projects.

Not responsible for measuring anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.list_row import ListRow
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.step_list import StepList
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.numbers import say_bytes
from ganstudio.studio.app import Studio

__all__ = ["Computer", "EarlierProjects", "HowItGoes"]

_GIB = 1 << 30
_RUN_NEEDS = 300_000_000
_MOST = 6


class HowItGoes(QWidget):
    """The story of the program in its steps; the first one is to be done now."""

    def __init__(self) -> None:
        super().__init__()
        steps = StepList(
            [
                (self.tr("Pictures"), self.tr("Choose what it shall learn.")),
                (
                    self.tr("Train"),
                    self.tr(
                        "A [generator|generator] forges, an [inspector|inspector] judges. "
                        "Both get better."
                    ),
                ),
                (self.tr("Explore"), self.tr("Walk through everything it can draw.")),
            ]
        )
        steps.set_current(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(Size.PANEL_PADDING, 16, Size.PANEL_PADDING, 20)
        inner.setSpacing(16)
        inner.addWidget(Label(self.tr("How it goes"), "finding"))
        inner.addWidget(steps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner)
        column.addWidget(Divider())


class Computer(Section):
    """Cores, memory and GPU; the disk; and that nothing leaves."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(self.tr("This computer"))
        self._studio = studio
        self._machine = ListRow("", "", "chip")
        self._disk = ListRow("", "", "disk")
        safe = ListRow(
            self.tr("Nothing leaves this computer"),
            self.tr("No account, no network, no download."),
            "shield",
        )
        for row in (self._machine, self._disk, safe):
            row.set_line_above(row is not self._machine)
            self.add(row)
        self.refresh()

    def refresh(self) -> None:
        """Say what is known now."""
        machine = self._studio.machine
        memory = round(machine.memory_bytes / _GIB)
        cores = self.tr("1 CPU core") if machine.cores == 1 else self.tr("{n} CPU cores")
        title = self.tr("{cores}, {memory} GB memory")
        self._machine.set_texts(
            title.format(cores=cores.format(n=machine.cores), memory=memory), self._engine_line()
        )
        folder = Path(self._studio.settings.value.projects_folder)
        free = machine.disk_free(folder)
        enough = self.tr("A run needs about {size}.")
        self._disk.set_texts(
            self.tr("{free} free").format(free=say_bytes(free)),
            enough.format(size=say_bytes(_RUN_NEEDS)),
        )

    def _engine_line(self) -> str:
        report = self._studio.machine.report
        if report is None:
            return self.tr("Looking for a GPU ...")
        if report.has_gpu:
            return self.tr("There is a GPU. Large runs will do well.")
        return self.tr("No GPU found. Small runs will do well.")


class EarlierProjects(Section):
    """Projects to open again.

    Signals:
        chosen: Open this one (Path).
    """

    chosen = Signal(object)

    def __init__(self, recent: Callable[[], list[Path]]) -> None:
        super().__init__(self.tr("Open an earlier project"), opened=False)
        self._recent = recent
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.refresh()

    def refresh(self) -> None:
        """List those that are still there."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        paths = self._recent()[:_MOST]
        for path in paths:
            row = ListRow(path.name, str(path.parent), "folder")
            row.setToolTip(str(path))
            row.set_line_above(self._rows.count() > 0)
            button = Button(self.tr("Open"), "link", tip=str(path))
            button.setAccessibleName(self.tr("Open {name}").format(name=path.name))
            button.clicked.connect(partial(self._choose, path))
            row.set_right(button)
            self._rows.addWidget(row)
        self.setVisible(bool(paths))

    def _choose(self, path: Path) -> None:
        self.chosen.emit(path)
