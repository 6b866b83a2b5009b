"""How soon the command answers, and what it costs to import the rooms without torch.

    python tests/benchmarks/start_up.py [--smoke]

Each figure is the median of several processes; the first start of all, which fills the system's
caches, is not counted.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

_TIMES = 7

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


if __name__ == "__main__":
    for row in run("--smoke" in sys.argv):
        print("{:<40} {:>10} {:>10}".format(*row))
