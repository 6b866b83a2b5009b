"""How soon the window shows, and how soon a slider's picture is there, in every view of Explore.

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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from window_story import Story

_MOVES = 300


@dataclass(frozen=True)
class Case:
    """Where a slider is moved.

    Attributes:
        view: Of the Explore page, the one that is seen.
        training: Whether a run trains meanwhile; its live weights are explored.
        finding: Whether directions are found all the while, one time after the other.
        wanted_ms: At p95.
        smoke: Whether it is worth its seconds where only running counts.
    """

    view: str = "picture"
    size: int = 64
    training: bool = False
    finding: bool = False
    wanted_ms: int = 33
    smoke: bool = False

    @property
    def words(self) -> str:
        """What is measured; a map shows where one is, and no picture of it."""
        what = "slider to mark" if self.view == "map" else "slider to picture"
        busy = "training" if self.training else "finding" if self.finding else "idle"
        where = f", {self.view}" if self.view != "picture" else ""
        return f"{what}, {self.size} px, p95, {busy}{where}"


CASES = (
    Case(),
    Case(training=True, wanted_ms=100, smoke=True),
    Case(finding=True),
    Case("breed", smoke=True),
    Case("map"),
    Case("mix"),
    Case("inside"),
    Case(size=256, wanted_ms=100),
    Case(size=256, finding=True, wanted_ms=100, smoke=True),
    Case("breed", 256, wanted_ms=100),
    Case("map", 256, wanted_ms=100),
    Case("mix", 256, wanted_ms=100),
    Case("inside", 256, wanted_ms=100),
)


# -- in a process of its own ---------------------------------------------------------------------


def _visible() -> dict[str, float]:
    """Seconds from the command to the first painted window; whether torch was loaded by then."""
    began = float(os.environ["BENCHMARK_BEGAN"])
    import ganstudio.__main__ as entry

    found: dict[str, float] = {}
    entry._prepare_environment()
    entry._load_window()  # in the order of the command
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


def _slider(moves: int, case: Case) -> dict[str, float]:
    """Milliseconds from a slider's move to what it changes on the screen."""
    import numpy as np
    from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
    from PySide6.QtTest import QTest

    from ganstudio.desktop.widgets.slider_row import SliderRow

    story = Story(64)
    page = _explored(story, case)
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
            if event.type() == QEvent.Type.Paint and (case.view == "map" or shown >= asked):
                QTimer.singleShot(0, loop.quit)
            return False

    explorer.request = watched_request
    explorer.frames.take = watched_take
    painted = Painted()
    _watched(page).installEventFilter(painted)
    times: list[float] = []
    for number in range(moves):
        if case.finding and explorer._finding.done():
            explorer.find_again()
        key = Qt.Key.Key_Right if number % 40 < 20 else Qt.Key.Key_Left
        row = page.directions.findChildren(SliderRow)[0]
        began = time.perf_counter()
        QTest.keyClick(row, key)
        QTimer.singleShot(2_000, loop.quit)
        loop.exec()
        times.append((time.perf_counter() - began) * 1000)
        story.live(0.02)
    story.end()
    return {"p50_ms": float(np.percentile(times, 50)), "p95_ms": float(np.percentile(times, 95))}


def _explored(story: Story, case: Case) -> Any:
    """The Explore page with everything that the case wants of it."""
    story.train()
    if not case.training:
        story.studio.training.stop()
        story.until(lambda: story.studio.training.closed)
    story.window.show_page("explore")
    page, explorer = story.window.pages.current, story.studio.explorer
    if case.size != 64:
        story.until(lambda: explorer.opened is not None)
        before = explorer.opened
        page.open_file(_untrained(case.size))
        story.until(lambda: explorer.opened is not before)
    story.until(lambda: len(explorer.directions) > 0)
    page.views.show(case.view)
    story.live(2)
    return page


def _watched(page: Any) -> Any:
    """What a slider changes in the view that is seen: the picture, or on a map the mark."""
    view = page.views.current
    return (
        page.canvas if view is None else getattr(view, "sheet" if view.key == "breed" else "canvas")
    )


def _untrained(size: int) -> Path:
    """The default recipe's generator of another size: how it draws takes as long as ever."""
    import torch

    from ganstudio.gan.modelfile import network_for, save_generator
    from ganstudio.project.presets import recipe_for

    torch.manual_seed(0)
    recipe = recipe_for(size=size, pictures=1_000)
    path = Path(os.environ["GANSTUDIO_HOME"]) / "untrained.safetensors"
    save_generator(path, network_for(recipe), recipe, 0)
    return path


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
    moves = 10 if smoke else _MOVES
    _measured("visible")  # the first start fills the system's caches
    visible = _measured("visible")
    rows = [
        ("window visible after the command", f"{visible['seconds']:.2f} s", "1.5 s"),
        ("torch loaded by then", "yes" if visible["torch"] else "no", "no"),
    ]
    for place, case in enumerate(CASES):
        if smoke and not case.smoke:
            continue
        found = _measured("slider", moves, place)
        rows.append((case.words, f"{found['p95_ms']:.0f} ms", f"{case.wanted_ms} ms"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="seconds instead of minutes")
    parser.add_argument("--measure", nargs="+")
    arguments = parser.parse_args()
    if arguments.measure is None:
        for what, found, wanted in run(arguments.smoke):
            print(f"{what:<44} {found:>10}   wanted {wanted}")
        return
    what, *values = arguments.measure
    numbers = [float(value) for value in values]
    measures: dict[str, Callable[[], dict[str, float]]] = {
        "visible": _visible,
        "slider": lambda: _slider(int(numbers[0]), CASES[int(numbers[1])]),
    }
    print(json.dumps(measures[what]()))


if __name__ == "__main__":
    main()
