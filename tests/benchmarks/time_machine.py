"""How soon a moment of the past is on the screen, and what looking through all of them costs.

    python tests/benchmarks/time_machine.py [--smoke]

A run of 500 snapshots of 64 places at 64 pixels, invented, in a real window on Qt's offscreen
screen: first every snapshot once, in any order, then 300 of them again. A step counts from the
move of the knob until the grid has painted that moment. Memory is what the process grew by, from
the open page to its largest. Only conclusive on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZE = 64
_MOMENTS, _AGAIN = 500, 300
_SMOKE_MOMENTS, _SMOKE_AGAIN = 20, 5

Row = tuple[str, str, str]


def run(smoke: bool) -> list[Row]:
    """Rows of (what, found, wanted)."""
    moments, again = (_SMOKE_MOMENTS, _SMOKE_AGAIN) if smoke else (_MOMENTS, _AGAIN)
    first, later, grown = _measured(moments, again)
    rows = [
        (
            f"{name} look at one of {moments} moments, {which}",
            f"{_quantile(found, share):.0f} ms",
            w,
        )
        for name, found in (("first", first), ("another", later))
        for which, share, w in (("median", 0.5, ""), ("p95", 0.95, "100 ms"))
    ]
    return [*rows, ("memory that it takes", f"{grown / 1e6:.0f} MB", "400 MB")]


def _measured(moments: int, again: int) -> tuple[list[float], list[float], float]:
    """`_scrubbed` in a process of its own, with a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"GANSTUDIO_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        environment["PYTHONPATH"] = str(Path(__file__).parents[2])
        command = [sys.executable, __file__, "--measure", str(moments), str(again)]
        ended = subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True, timeout=900
        )
    first, later, grown = json.loads(ended.stdout.strip().splitlines()[-1])
    return first, later, grown


def _quantile(found: list[float], share: float) -> float:
    return sorted(found)[min(len(found) - 1, round(share * len(found)))]


def _scrubbed(moments: int, again: int) -> tuple[list[float], list[float], float]:
    """Milliseconds of first looks and of later ones, and bytes that the process grew by."""
    import psutil
    from PySide6.QtCore import QEvent, QObject
    from window_story import Story

    from tests.gallery.invented_run import bundled, drawn, invent_run, leave_snapshot

    story = Story(SIZE)
    project = story.window.desk.project
    made = invent_run(project, "open-peeps", 412_000, 1_000_000, moments=2)
    pictures = bundled("open-peeps")
    for number in range(moments):
        leave_snapshot(made, 1 + number * 800, drawn(pictures, (number / moments) ** 0.5))
    story.window.desk.choose_run(made)
    story.window.show_page("train")
    page = story.window.pages.current
    story.until(lambda: len(page.timeline.moments) >= moments and not page.later.busy)
    process, largest = psutil.Process(), 0

    class Painted(QObject):
        """Notes that the grid was painted."""

        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.seen = self.seen or event.type() == QEvent.Type.Paint
            return False

    painted, arrived = Painted(), [-1]
    page.body.grid.installEventFilter(painted)

    def note(clock: int, _pictures: object) -> None:
        arrived[0], painted.seen = clock, False

    page.machine.sheet_ready.connect(note)
    before = process.memory_info().rss

    def look(place: int) -> float:
        nonlocal largest
        if page.machine.slider.position() == place:  # the page opens at the best moment
            page.machine.go((place + 1) % moments)
            story.live(0.1)
        arrived[0], clock = -1, page.timeline.moments[place]
        began = time.perf_counter()
        page.machine.go(place)
        while not (arrived[0] == clock and painted.seen):
            story.app.processEvents()
        took = (time.perf_counter() - began) * 1e3
        largest = max(largest, process.memory_info().rss)
        return took

    order = random.Random(1).sample(range(moments), moments)
    first = [look(place) for place in order]
    later = [look(place) for place in random.Random(2).choices(order[:-1], k=again)]
    story.end()
    return first, later, max(0, largest - before)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="seconds: does it run?")
    parser.add_argument("--measure", nargs=2, type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure is not None:
        print(json.dumps(_scrubbed(*options.measure)))
        return
    for what, found, wanted in run(options.smoke):
        print(f"{what:<52} {found:>14} {wanted:>14}")


if __name__ == "__main__":
    main()
