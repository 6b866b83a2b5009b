"""The pages side by side with their panels: made at the first visit, one to be seen at a time.

Not responsible for the rail, nor for what pages show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QStackedWidget, QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.base import Page, Width
from ganstudio.desktop.pages.registry import PageInfo
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.surface import Surface

__all__ = ["PageStack"]


class _Grip(QSplitterHandle):
    """1 px of stage that can be dragged; Qt widens the grip of a handle that thin by itself.

    The line beside it belongs to the panel.
    """

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill with the colour of the stage."""
        QPainter(self).fillRect(self.rect(), theme.colour("stage"))


class PageStack(QSplitter):
    """Left: a place for cards over the page, and the page. Right: its panel.

    Signals:
        page_made: A page was visited for the first time (Page).
        current_changed: Another page is seen (Page).
        panel_dragged: A person gave the panel another width.
    """

    page_made = Signal(object)
    current_changed = Signal(object)
    panel_dragged = Signal(int)

    def __init__(self, desk: Desk, pages: Mapping[str, PageInfo], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._desk, self._infos = desk, pages
        self._pages: dict[str, Page] = {}
        self._width_class: Width = "wide"
        self._panel_width = Size.PANEL
        self._panel_shown = True
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.left = Surface("stage")
        self.left_column = QVBoxLayout(self.left)
        self.left_column.setContentsMargins(0, 0, 0, 0)
        self.left_column.setSpacing(0)
        self._stages = QStackedWidget()
        self._stages.setMinimumWidth(360)
        self.left_column.addWidget(self._stages, 1)
        self._panels = QStackedWidget()
        self._panels.setMinimumWidth(Size.PANEL_MIN)
        self._panels.setMaximumWidth(Size.PANEL_MAX)
        self.addWidget(self.left)
        self.addWidget(self._panels)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.splitterMoved.connect(self._moved)

    def createHandle(self) -> QSplitterHandle:
        """The line between stage and panel."""
        return _Grip(self.orientation(), self)

    def __iter__(self) -> Iterator[Page]:
        return iter(self._pages.values())

    @property
    def current(self) -> Page | None:
        """The page that is seen."""
        page = self._stages.currentWidget()
        return page if isinstance(page, Page) else None

    @property
    def current_key(self) -> str:
        """Its key; empty before the first."""
        return self.current.key if self.current else ""

    def page(self, key: str) -> Page:
        """A page; it is made if this is the first time."""
        if key not in self._pages:
            page = self._infos[key].make(self._desk)
            self._pages[key] = page
            self._stages.addWidget(page)
            self._panels.addWidget(page.panel)
            page.set_width_class(self._width_class)
            self._place_next_step(page)
            self.page_made.emit(page)
        return self._pages[key]

    def show_page(self, key: str) -> None:
        """Show a page and put the focus on its main thing."""
        page, before = self.page(key), self.current
        if before is page and page.visible_page:
            return
        if before is not None:
            before.set_visible_page(False)
        self._stages.setCurrentWidget(page)
        self._panels.setCurrentWidget(page.panel)
        page.set_visible_page(True)
        self.current_changed.emit(page)
        # Only after the layout is done does the widget that shall have the focus exist on screen.
        QTimer.singleShot(0, self, self._focus_main)

    def _focus_main(self) -> None:
        if self.current is not None:
            self.current.main_widget().setFocus(Qt.FocusReason.OtherFocusReason)

    # -- widths -----------------------------------------------------------------------------------

    @property
    def panel_width(self) -> int:
        """The width a person gave the panel."""
        return self._panel_width

    @property
    def panel_shown(self) -> bool:
        """Whether the panel is shown."""
        return self._panel_shown

    def set_panel(self, shown: bool, width: int | None = None) -> None:
        """Show or hide the panel; while it is hidden the next step stands in the head."""
        if width is not None:
            self._panel_width = max(Size.PANEL_MIN, min(Size.PANEL_MAX, width))
        self._panel_shown = shown
        self._panels.setVisible(shown)
        for page in self:
            self._place_next_step(page)
        self._give_widths()

    def set_width_class(self, width: Width) -> None:
        """Tell every page how much room there is."""
        self._width_class = width
        for page in self:
            page.set_width_class(width)
        self._give_widths()

    def _place_next_step(self, page: Page) -> None:
        if self._panel_shown:
            page.next_step_to_panel()
        else:
            page.next_step_to_head()

    def _give_widths(self) -> None:
        panel = Size.PANEL_MIN if self._width_class == "narrow" else self._panel_width
        whole = max(self.width() - 1, panel + 1)
        self.setSizes([whole - panel, panel])

    def _moved(self, _position: int, _index: int) -> None:
        if self._width_class != "narrow":
            self._panel_width = self._panels.width()
            self.panel_dragged.emit(self._panel_width)
