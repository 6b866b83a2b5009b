"""How the window answers: when it shows, while it trains, and how soon a slider's picture is there.

    python tests/benchmarks/window.py [--smoke]

Every figure is taken in a process of its own, on Qt's offscreen screen, with real widgets and the
real engine. Only conclusive on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_SECONDS = 60.0
_MOVES = 300
_WARM_UP_S = 4.0


# -- in a process of its own ---------------------------------------------------------------------


def _visible() -> dict[str, float]:
    """Seconds from the command to the first painted window; whether torch was loaded by then."""
    began = float(os.environ["BENCHMARK_BEGAN"])
    import ganstudio.__main__ as entry

    found: dict[str, float] = {}
    entry._prepare_environment()
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    import ganstudio.desktop.app as desktop_app

    class FirstPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not found:
                found["seconds"] = time.time() - began
                found["torch"] = float("torch" in sys.modules)
                QApplication.instance().exit(0)
            return False

    painted = FirstPaint()
    begin = desktop_app.begin

    def watched_begin(window: object, request: object) -> None:
        window.centralWidget().installEventFilter(painted)
        begin(window, request)

    desktop_app.begin = watched_begin
    sys.argv = ["ganstudio"]
    entry.main()
    return found


class _Story:
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
        self.live(_WARM_UP_S)

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


def _images_per_s(story: _Story, seconds: float, work: Callable[[], None]) -> float:
    """Pictures seen a second of wall time while something else is done."""
    began, clock = time.perf_counter(), story.studio.training.clock
    work()
    return (story.studio.training.clock - clock) / (time.perf_counter() - began)


def _training(seconds: float) -> dict[str, float]:
    """While training at full speed: lateness of a 16 ms timer, answers to clicks, rate."""
    import numpy as np
    from PySide6.QtCore import Qt, QTimer

    story = _Story(32)
    late: list[float] = []
    clicks: list[float] = []
    last = 0.0

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        if last:
            late.append(max(0.0, (now - last) * 1000 - 16))
        last = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(16)
    timer.timeout.connect(tick)
    story.train()
    pages = ["pictures", "train", "explore"]
    for key in pages:
        story.window.show_page(key)
        story.live(1)
    story.window.show_page("train")

    def watch() -> None:
        timer.start()
        story.live(seconds)
        timer.stop()

    rate = _images_per_s(story, seconds, watch)
    for number in range(30):
        clicks.append(story.click(pages[number % 3]))
        story.live(0.4)
    threads = story.studio.training.info.threads
    story.end()
    return {
        "p99_ms": float(np.percentile(late, 99)),
        "worst_ms": float(max(late)),
        "click_ms": max(clicks),
        "rate": rate,
        "threads": float(threads),
    }


def _headless(seconds: float, threads: int) -> dict[str, float]:
    """The same run without a window, with the same number of threads."""
    import ganstudio.__main__ as entry

    entry._prepare_environment()
    from ganstudio.project.folder import Project
    from ganstudio.project.picture_list import FramingSettings
    from ganstudio.project.tasks import Task
    from ganstudio.studio.app import Studio
    from ganstudio.studio.engine import StartRequest

    studio = Studio(window_open=False)
    project = Project.create(Path(os.environ["GANSTUDIO_HOME"]) / "headless")
    studio.pictures.add_now(project, ["bundle:pixel-avatars"], FramingSettings(size=32), Task())
    studio.training.start(project, StartRequest(threads=threads, endless=True))
    while studio.training.newest is None:
        studio.events.wait(0.05)
    time.sleep(_WARM_UP_S)
    began, clock = time.perf_counter(), studio.training.clock
    time.sleep(seconds)
    rate = (studio.training.clock - clock) / (time.perf_counter() - began)
    studio.close()
    return {"rate": rate}


def _slider(moves: int, training: bool) -> dict[str, float]:
    """Milliseconds from a slider's move to its picture on the screen, 64 x 64."""
    import numpy as np
    from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
    from PySide6.QtTest import QTest

    from ganstudio.desktop.widgets.slider_row import SliderRow

    story = _Story(64)
    story.train()
    if not training:
        story.studio.training.stop()
        story.until(lambda: story.studio.training.closed)
    story.window.show_page("explore")
    page = story.window.pages.current
    story.until(lambda: len(story.studio.explorer.directions) > 0)
    story.live(2)
    explorer = story.studio.explorer
    asked = shown = 0
    loop = QEventLoop()
    request, take = explorer.request, explorer.frames.take

    def watched_request(point: object) -> int:
        nonlocal asked
        asked = request(point)
        return asked

    def watched_take() -> object:
        nonlocal shown
        frame = take()
        if frame is not None:
            shown = frame.stamp
        return frame

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and shown >= asked:
                QTimer.singleShot(0, loop.quit)
            return False

    explorer.request = watched_request
    explorer.frames.take = watched_take
    painted = Painted()
    page.canvas.installEventFilter(painted)
    row = page.directions.findChildren(SliderRow)[0]
    times: list[float] = []
    for number in range(moves):
        key = Qt.Key.Key_Right if number % 40 < 20 else Qt.Key.Key_Left
        began = time.perf_counter()
        QTest.keyClick(row, key)
        QTimer.singleShot(2_000, loop.quit)
        loop.exec()
        times.append((time.perf_counter() - began) * 1000)
        story.live(0.02)
    story.end()
    return {"p50_ms": float(np.percentile(times, 50)), "p95_ms": float(np.percentile(times, 95))}


# -- one command ---------------------------------------------------------------------------------


def _measured(what: str, *values: float) -> dict[str, float]:
    """Run one measurement in a process of its own, with a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "GANSTUDIO_HOME": home,
            "QT_QPA_PLATFORM": "offscreen",
            "BENCHMARK_BEGAN": str(time.time()),
        }
        command = [sys.executable, __file__, "--measure", what, *map(str, values)]
        ended = subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True, timeout=600
        )
    found: dict[str, float] = json.loads(ended.stdout.strip().splitlines()[-1])
    return found


def run(smoke: bool) -> list[tuple[str, str, str]]:
    """All figures, as (what, found, wanted)."""
    seconds, moves = (3.0, 10) if smoke else (_SECONDS, _MOVES)
    _measured("visible")  # the first start fills the system's caches
    visible = _measured("visible")
    trained = _measured("training", seconds)
    headless = _measured("headless", min(seconds, 30.0), trained["threads"])
    idle = _measured("slider", moves, 0)
    busy = _measured("slider", moves, 1)
    ratio = trained["rate"] / headless["rate"]
    return [
        ("window visible after the command", f"{visible['seconds']:.2f} s", "1.5 s"),
        ("torch loaded by then", "yes" if visible["torch"] else "no", "no"),
        ("16 ms timer late at p99, while training", f"{trained['p99_ms']:.1f} ms", "25 ms"),
        ("answer to a click on another page", f"{trained['click_ms']:.0f} ms", "100 ms"),
        ("training rate against headless", f"{ratio:.2f}", "0.9"),
        ("slider to picture, 64 px, p95, idle", f"{idle['p95_ms']:.0f} ms", "33 ms"),
        ("slider to picture, 64 px, p95, training", f"{busy['p95_ms']:.0f} ms", "100 ms"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="seconds instead of minutes")
    parser.add_argument("--measure", nargs="+")
    arguments = parser.parse_args()
    if arguments.measure is None:
        for what, found, wanted in run(arguments.smoke):
            print(f"{what:<42} {found:>10}   wanted {wanted}")
        return
    what, *values = arguments.measure
    numbers = [float(value) for value in values]
    measures: dict[str, Callable[[], dict[str, float]]] = {
        "visible": _visible,
        "training": lambda: _training(numbers[0]),
        "headless": lambda: _headless(numbers[0], int(numbers[1])),
        "slider": lambda: _slider(int(numbers[0]), bool(numbers[1])),
    }
    print(json.dumps(measures[what]()))


if __name__ == "__main__":
    main()
