"""How soon the command answers, what it costs to import the rooms without torch, and how soon the
first picture is there that a generator drew: on the very first run, of a model that came along.

    python tests/benchmarks/start_up.py [--smoke]

Each figure is the median of several processes; the first start of all, which fills the system's
caches, is not counted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

_TIMES = 7
_PICTURES = 3

#: What is measured, the command behind it, and what is wanted in seconds.
_STARTS: tuple[tuple[str, Sequence[str], float], ...] = (
    ("ganstudio --help", ("-m", "ganstudio", "--help"), 0.4),
    ("a refused command line", ("-m", "ganstudio", "train"), 0.4),
    ("bare Python, to compare", ("-c", "pass"), 0.1),
)
_IMPORTS = (
    ("importing studio", "ganstudio.studio.app", 0.25),
    ("importing the window", "ganstudio.desktop.main_window", 0.8),
)
_IMPORT = """
import sys, time
begin = time.perf_counter()
import {module}
seconds = time.perf_counter() - begin
assert "torch" not in sys.modules
print(seconds)
"""
#: Explore is chosen as soon as the window has been painted; a person is no quicker.
_PICTURE = """
import os, sys, time
sys.argv = ["ganstudio"]
import ganstudio.__main__ as entry
entry._prepare_environment()
entry._load_window()
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
import ganstudio.desktop.app as desktop_app

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            if watched is window.centralWidget():
                watched.removeEventFilter(self)
                QTimer.singleShot(0, explore)
            elif window.pages.current.showing.frame is not None:
                print(time.time() - float(os.environ["BENCHMARK_BEGAN"]), flush=True)
                watched.removeEventFilter(self)
                QTimer.singleShot(0, window.closing.begin)
        return False

def explore():
    window.run_command("page-explore")
    window.pages.current.canvas.installEventFilter(watch)

def begin(made, request):
    global window
    window = made
    window.centralWidget().installEventFilter(watch)
    real_begin(window, request)

watch, real_begin = Watch(), desktop_app.begin
desktop_app.begin = begin
sys.exit(entry.main())
"""


def run(smoke: bool) -> list[tuple[str, str, str]]:
    """Rows of (what, found, wanted)."""
    times = 1 if smoke else _TIMES
    rows = []
    for what, words, wanted in _STARTS:
        seconds = _median([_whole(words) for _ in range(times + 1)])
        rows.append((what, f"{seconds:.2f} s", f"{wanted:.2f} s"))
    for what, module, wanted in _IMPORTS:
        seconds = _median([_import(module) for _ in range(times + 1)])
        rows.append((what, f"{seconds:.2f} s", f"{wanted:.2f} s"))
    pictures = 1 if smoke else _PICTURES
    seconds = _median([_first_picture() for _ in range(pictures + 1)])
    rows.append(("first generated picture after the command", f"{seconds:.1f} s", "4 s"))
    return rows


def _median(seconds: list[float]) -> float:
    return statistics.median(seconds[1:])


def _whole(words: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], capture_output=True, check=False)
    return time.perf_counter() - began


def _import(module: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT.format(module=module)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def _first_picture() -> float:
    """Seconds from the command to a painted picture that a generator drew; a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-c", _PICTURE],
            env=os.environ
            | {
                "GANSTUDIO_HOME": home,
                "QT_QPA_PLATFORM": "offscreen",
                "BENCHMARK_BEGAN": str(time.time()),
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    return float(done.stdout)


if __name__ == "__main__":
    for row in run("--smoke" in sys.argv):
        print("{:<40} {:>10} {:>10}".format(*row))
