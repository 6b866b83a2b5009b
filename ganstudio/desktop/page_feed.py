"""Passes on to the pages what studio and the desk tell; makes the other pages while nobody waits.

Not responsible for the window's own menus and status line.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ganstudio.desktop.bridge import Bridge
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.page_stack import PageStack
from ganstudio.project.folder import Project
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import EngineLoaded, ExportEnded, RunNews, RunOpened, StateChanged

__all__ = ["PageFeed"]

#: The engine has just loaded and the window is quiet: a moment later the plots may be loaded too.
_QUIET_MS = 400
_MADE_EARLY = ("train", "explore", "judge")


class PageFeed(QObject):
    """One instance, between bridge, desk and pages.

    Signals:
        passed_on: An event has reached everybody (the event).
    """

    passed_on = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, pages: PageStack, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._pages = desk, pages
        self._maker = QTimer(self, interval=_QUIET_MS, singleShot=True)
        self._maker.timeout.connect(self._make_next)
        bridge.happened.connect(self._on_event)
        bridge.rows.connect(self._on_rows)
        bridge.samples.connect(self._on_samples)
        bridge.explorer_ready.connect(self._on_explorer)
        bridge.clock.connect(self._on_clock)
        desk.project_changed.connect(self._project_changed)
        desk.run_changed.connect(self._run_changed)
        desk.settings_changed.connect(self._settings_changed)

    def stop(self) -> None:
        """Make no more pages."""
        self._maker.stop()

    @Slot(object)
    def _on_event(self, event: object) -> None:
        if isinstance(event, RunOpened):
            # A page that follows the run from its first row misses nothing.
            self._pages.page("train")
            self._desk.choose_run(RunFolder(event.run))
        elif isinstance(event, EngineLoaded):
            self._maker.start()
        elif isinstance(event, RunNews):
            self._desk.take_news(event)
        elif isinstance(event, ExportEnded):
            self._desk.exported.emit(event)
        self._desk.imports.on_event(event)
        self._desk.studio.scoring.on_event(event)
        for page in self._pages:
            page.on_event(event)
            if isinstance(event, StateChanged):
                page.state_changed(event.state)
            elif isinstance(event, RunNews) and event.others_changed:
                page.state_changed(self._desk.studio.training.state)
        self.passed_on.emit(event)

    @Slot()
    def _make_next(self) -> None:
        """Make one page that was not visited yet, so that its first visit is quick."""
        made = {page.key for page in self._pages}
        waiting = [key for key in _MADE_EARLY if key not in made]
        if waiting:
            self._pages.page(waiting[0])
            self._maker.start()

    @Slot(list)
    def _on_rows(self, rows: list) -> None:
        for page in self._pages:
            page.on_rows(rows)

    @Slot(object)
    def _on_samples(self, frame: object) -> None:
        for page in self._pages:
            page.on_samples(frame)

    @Slot()
    def _on_explorer(self) -> None:
        if self._maker.isActive():  # pictures are on their way to the screen: that is not quiet
            self._maker.start()
        for page in self._pages:
            page.on_explorer()

    @Slot()
    def _on_clock(self) -> None:
        if self._pages.current is not None:
            self._pages.current.on_clock()

    @Slot(object)
    def _project_changed(self, project: Project | None) -> None:
        for page in self._pages:
            page.project_changed(project)

    @Slot(object)
    def _run_changed(self, run: RunFolder | None) -> None:
        self._desk.studio.scoring.look_at(self._desk.project, run)
        for page in self._pages:
            page.run_changed(run)

    @Slot()
    def _settings_changed(self) -> None:
        self._desk.studio.scoring.settings_changed()
        for page in self._pages:
            page.settings_changed()
