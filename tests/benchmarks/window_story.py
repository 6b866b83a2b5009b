"""A window on a demo project, for the benchmarks that measure how it answers.

Not responsible for measuring.
"""

from __future__ import annotations

import time
from collections.abc import Callable

WARM_UP_S = 4.0


class Story:
    """A window on a demo project, in this process."""

    def __init__(self, size: int) -> None:
        import ganstudio.__main__ as entry

        entry._prepare_environment()
        from PySide6.QtCore import QEventLoop, QObject, QTimer

        from ganstudio.desktop import theme
        from ganstudio.desktop.app import begin, make_application
        from ganstudio.desktop.main_window import MainWindow
        from ganstudio.studio.app import Studio

        self._loop_type, self._timer_type, self._object_type = QEventLoop, QTimer, QObject
        self.app = make_application()
        self.studio = Studio(window_open=True)
        theme.apply(self.app, "dark")
        self.window = MainWindow(self.studio)
        self.window.resize(1440, 900)

        class Request:
            project = images = minutes = None
            demo = "pixel-avatars" if size == 32 else "open-peeps"

        begin(self.window, Request())
        self.until(lambda: self.window.desk.pictures.usable_count > 0)
        self.until(lambda: self.studio.machine.report is not None)

    def live(self, seconds: float) -> None:
        """Let the window live so long."""
        loop = self._loop_type()
        self._timer_type.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def until(self, condition: Callable[[], bool], seconds: float = 120) -> None:
        """Let the window live until something is true."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(condition)
            self.live(0.05)

    def train(self) -> None:
        """Start a run, and wait until it is at full speed."""
        self.window.desk.start_training(fresh=True, endless=True)
        self.until(lambda: self.studio.training.newest is not None)
        self.live(WARM_UP_S)

    def click(self, page: str) -> float:
        """Choose a page in the rail; milliseconds until all of it has been painted."""
        painted = []

        class Painted(self._object_type):  # type: ignore[misc, name-defined]
            def eventFilter(self, watched: object, event: object) -> bool:
                if event.type() == event.Type.Paint:
                    painted.append(watched)
                return False

        stack = self.window.pages
        watch = Painted()
        began = time.perf_counter()
        self.window.rail.page_chosen.emit(page)
        stack.current.installEventFilter(watch)
        while not painted:
            self.app.processEvents()
        answered = (time.perf_counter() - began) * 1000
        stack.current.removeEventFilter(watch)
        return answered

    def end(self) -> None:
        """Stop everything."""
        self.studio.close()
