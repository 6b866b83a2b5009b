"""The title line of a plot: its name, and at the right smoothing, start, log, size and export.

Not responsible for what the tools change: `loss_plot` listens.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.tips import tip

__all__ = ["SMOOTHING", "PlotHead"]

SMOOTHING = (0.0, 0.25, 0.5, 0.8)


class PlotHead(QWidget):
    """Title and tools. Signals carry what a person chose."""

    smoothing_chosen = Signal(float)
    start_hidden = Signal(bool)
    log_chosen = Signal(bool)
    reset_asked = Signal()
    enlarge_asked = Signal()
    export_asked = Signal(str)

    def __init__(self, title: str, tools: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(title, "small-medium")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Size.PLOT_LEFT, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        self.reset = self._tool("reset", self.tr("Show everything"), self.tr("Zoom out again."))
        self.reset.clicked.connect(self.reset_asked)
        self.reset.hide()
        self.setFixedHeight(Size.ICON_BUTTON if tools else 18)
        if tools:
            self._add_tools()

    def add_tool(self, widget: QWidget) -> None:
        """Another tool, before the others."""
        self._row.insertWidget(self._row.indexOf(self.reset) + 1, widget)

    def set_zoomed(self, zoomed: bool) -> None:
        """The way back shows only when there is one."""
        self.reset.setVisible(zoomed)

    def set_states(self, smoothing: float, hidden: bool, logarithmic: bool) -> None:
        """Show settings made elsewhere, without signals."""
        if self.height() < Size.ICON_BUTTON:
            return
        self._start.setChecked(hidden)
        self._log.setChecked(logarithmic)
        nearest = min(SMOOTHING, key=lambda amount: abs(amount - smoothing))
        self._amounts[SMOOTHING.index(nearest)].setChecked(True)

    def _add_tools(self) -> None:
        smoother = self._tool(
            "smooth",
            self.tr("Smoothing"),
            tip(
                self.tr("How strongly the thick line is smoothed."),
                self.tr("Gaussian average over time."),
            ),
        )
        smoother.setMenu(self._smoothing_menu(smoother))
        smoother.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._start = self._tool(
            "skip-start",
            self.tr("Hide the start"),
            self.tr("Leave the wild first tenth out of the scale."),
            checkable=True,
        )
        self._start.clicked.connect(self.start_hidden)
        self._log = self._tool(
            "logarithm",
            self.tr("Small values larger"),
            tip(
                self.tr("Show small differences larger than big ones."),
                self.tr("Logarithmic scale."),
            ),
            checkable=True,
        )
        self._log.clicked.connect(self.log_chosen)
        self._large = self._tool(
            "full-screen", self.tr("Plots large"), self.tr("Give the plots more room. (Alt+4)")
        )
        self._large.clicked.connect(self.enlarge_asked)
        export = self._tool(
            "export",
            self.tr("Save the plot"),
            self.tr("Save the plot as a picture or its values as a table."),
        )
        export.setMenu(self._export_menu(export))
        export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _tool(self, icon: str, name: str, words: str, checkable: bool = False) -> IconButton:
        button = IconButton(icon, name, words, checkable=checkable)
        self._row.addWidget(button)
        return button

    def _smoothing_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        words = (self.tr("None"), self.tr("A little"), self.tr("Normal"), self.tr("Strong"))
        group = QActionGroup(menu)
        self._amounts: list[QAction] = []
        for amount, word in zip(SMOOTHING, words, strict=True):
            action = menu.addAction(word)
            action.setCheckable(True)
            action.setData(amount)
            group.addAction(action)
            self._amounts.append(action)
        group.triggered.connect(lambda action: self.smoothing_chosen.emit(action.data()))
        return menu

    def _export_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        picture = menu.addAction(self.tr("Save as a picture (PNG)"))
        picture.triggered.connect(lambda: self.export_asked.emit("png"))
        drawing = menu.addAction(self.tr("Save as lines (SVG)"))
        drawing.triggered.connect(lambda: self.export_asked.emit("svg"))
        table = menu.addAction(self.tr("Save the values (CSV)"))
        table.triggered.connect(lambda: self.export_asked.emit("csv"))
        board = menu.addAction(self.tr("Save for TensorBoard"))
        board.triggered.connect(lambda: self.export_asked.emit("tensorboard"))
        return menu
