"""How long directions take to be found, and how long a picture waits that is asked for meanwhile.

python tests/benchmarks/finding.py [--smoke]

The bundled model of Open Peeps is the default recipe at 64 pixels.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from ganstudio.pictures import BUNDLES
from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.events import Event
from ganstudio.studio.explorer import ExplorerService

_PATIENCE_S = 20.0
#: A hand that drags asks for so many pictures a second.
_ASKED_HZ = 30


def _slices() -> tuple[float, float]:
    """Seconds of processor that finding takes, and of the clock that its longest slice takes."""
    model = engine.open_model(BUNDLES["open-peeps"].model)
    began, last, longest = time.process_time(), time.perf_counter(), 0.0
    for _ in model.finding():
        now = time.perf_counter()
        longest = max(longest, now - last)
        last = now
    return time.process_time() - began, longest


def _waits(most: int) -> list[float]:
    """How long pictures wait that are asked for while the explorer finds directions."""
    events: Batch[Event] = Batch()
    explorer = ExplorerService(events)
    explorer.open_file(BUNDLES["open-peeps"].model)
    waits: list[float] = []
    try:
        end = time.perf_counter() + _PATIENCE_S
        while not explorer.directions and len(waits) < most and time.perf_counter() < end:
            asked = time.perf_counter()
            stamp = explorer.request(LatentPoint(seed_x=len(waits) / 7))
            while (frame := explorer.frames.take()) is None or frame.stamp < stamp:
                time.sleep(0.0005)
            waits.append(time.perf_counter() - asked)
            time.sleep(max(0.0, 1 / _ASKED_HZ - waits[-1]))
    finally:
        explorer.close()
    return waits[1:]


def run(smoke: bool) -> list[tuple[str, str, str]]:
    """Rows of (what, found, wanted)."""
    engine.load("cpu", 0, False)
    seconds, longest = _slices()
    waits = np.array(_waits(5 if smoke else 100)) * 1000
    return [
        ("directions found, 64 px: processor time", f"{seconds:.1f} s", "60 s"),
        ("the longest slice of it", f"{longest * 1000:.0f} ms", ""),
        (
            "a picture asked for meanwhile, p95, longest",
            f"{np.percentile(waits, 95):.0f}, {waits.max():.0f} ms",
            "50 ms",
        ),
    ]


if __name__ == "__main__":
    for row in run("--smoke" in sys.argv):
        print("{:<46} {:>12} {:>10}".format(*row))
