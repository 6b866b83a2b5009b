"""Whether memory stays flat while a run takes 30,000 steps, files and samples included.

    python tests/benchmarks/memory.py [--smoke]

A small network is trained by the same services as the window's, in a process of its own; the
memory after a tenth of the steps is compared with the memory at the end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

_STEPS = 30_000
_SMOKE_STEPS = 150
_BATCH = 8
_WANTED_MB = 30.0


def run(smoke: bool) -> list[tuple[str, str, str]]:
    """Rows of (what, found, wanted)."""
    steps = _SMOKE_STEPS if smoke else _STEPS
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"GANSTUDIO_HOME": home, "OMP_WAIT_POLICY": "PASSIVE"}
        done = subprocess.run(
            [sys.executable, __file__, "--measure", str(steps)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    found = json.loads(done.stdout.splitlines()[-1])
    early, late, most = (found[name] / 1e6 for name in ("early", "late", "most"))
    return [
        (f"memory after {steps // 10:,} steps", f"{early:.0f} MB", ""),
        (f"growth up to {steps:,} steps", f"{late - early:+.1f} MB", f"{_WANTED_MB:.0f} MB"),
        ("most at any time", f"{most:.0f} MB", ""),
    ]


def measured(steps: int) -> dict[str, int]:
    """Bytes held after a tenth of the steps, at the end, and at most."""
    from ganstudio.project.folder import Project, TrainingPlan
    from ganstudio.project.picture_list import FramingSettings
    from ganstudio.project.tasks import Task
    from ganstudio.studio.app import Studio
    from ganstudio.studio.engine import StartRequest
    from ganstudio.studio.events import TrainingEnded, TrainingFailed

    plan = TrainingPlan(
        values={
            "network.width": 4,
            "network.d_width": 4,
            "network.z_dim": 16,
            "batch_size": _BATCH,
            "horizon": steps * _BATCH,
        }
    )
    studio = Studio(window_open=False)
    project = Project.create(Path(os.environ["GANSTUDIO_HOME"]) / "project", plan=plan)
    studio.pictures.add_now(project, ["bundle:pixel-avatars"], FramingSettings(size=32), Task())
    studio.training.start(project, StartRequest(images=steps * _BATCH))
    early = late = most = 0
    ended = False
    while not ended:
        events = studio.events.wait(0.1)
        studio.training.rows.drain()
        studio.training.samples.take()
        now = studio.machine.memory_used()
        most = max(most, now)
        if not early and studio.training.clock >= steps * _BATCH // 10:
            early = now
        if studio.training.clock:
            late = now
        for event in events:
            if isinstance(event, TrainingFailed):
                raise RuntimeError(event.report or str(event.error))
            ended = ended or isinstance(event, TrainingEnded)
    studio.close()
    return {"early": early or late, "late": late, "most": most}


if __name__ == "__main__":
    if "--measure" in sys.argv:
        print(json.dumps(measured(int(sys.argv[-1]))))
    else:
        for row in run("--smoke" in sys.argv):
            print("{:<40} {:>10} {:>10}".format(*row))
