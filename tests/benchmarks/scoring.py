"""What scoring moments costs a training that goes on: its rate with and without, by turns.

    python tests/benchmarks/scoring.py [--smoke]

The bundled Open Peeps train as with a window, one core left for it, 75 of them held out; in every
second turn moments are scored in the explorer's thread, as the window has it done.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ganstudio.studio.training import TrainingService

WARM_UP_S = 4.0
_SET = "bundle:open-peeps"


def run(smoke: bool) -> list[tuple[str, str, str]]:
    """Rows of (what, found, wanted)."""
    import ganstudio.__main__ as entry

    entry._prepare_environment()
    from ganstudio.project.folder import Project
    from ganstudio.project.picture_list import FramingSettings
    from ganstudio.project.tasks import Task
    from ganstudio.studio import engine
    from ganstudio.studio.app import Studio
    from ganstudio.studio.events import MomentScored

    seconds, count = (1.0, 1) if smoke else (15.0, 6)
    with tempfile.TemporaryDirectory() as home:
        os.environ["GANSTUDIO_HOME"] = home
        studio = Studio(window_open=True)
        try:
            project = Project.create(Path(home) / "project")
            studio.pictures.add_now(project, [_SET], FramingSettings(size=64), Task())
            studio.projects.open(project.path)
            studio.machine.report = engine.load("cpu", 0, True)
            studio.training.start(project, engine.StartRequest(endless=True))
            while studio.training.newest is None:
                studio.events.wait(0.05)
            assert studio.training.run is not None
            time.sleep(WARM_UP_S)
            with_scores, without, told, allowed = [], [], 0, False
            # A score takes longer than a turn: in between it waits, and is not begun anew.
            studio.scoring._may_begin = lambda run: allowed
            studio.scoring.look_at(project, studio.training.run)
            for _ in range(count):
                allowed = True
                studio.scoring._wake()
                with_scores.append(_rate(studio.training, seconds))
                allowed = False
                without.append(_rate(studio.training, seconds))
                told += sum(isinstance(event, MomentScored) for event in studio.events.drain())
        finally:
            studio.close()
    ratio = statistics.median(a / b for a, b in zip(with_scores, without, strict=True))
    return [
        ("training rate with scoring against without", f"{ratio:.3f}", "0.95"),
        ("scores in a minute of training", f"{60 * told / (count * seconds):.1f}", ""),
    ]


def _rate(training: TrainingService, seconds: float) -> float:
    began, clock = time.perf_counter(), training.clock
    time.sleep(seconds)
    return float((training.clock - clock) / (time.perf_counter() - began))


if __name__ == "__main__":
    for row in run("--smoke" in sys.argv):
        print("{:<46} {:>10}   wanted {}".format(*row))
