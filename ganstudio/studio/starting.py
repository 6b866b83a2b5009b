"""What a request to train means: which run it goes on with, and where it stops.

Not responsible for training (`training`), nor for making a run (`engine`).
"""

from __future__ import annotations

from ganstudio.project.folder import Project
from ganstudio.project.runs import RunFolder
from ganstudio.studio.engine import StartRequest

__all__ = ["run_to_go_on", "target_of"]


def run_to_go_on(project: Project, request: StartRequest) -> RunFolder | None:
    """The run that was asked for, else the newest; None where a new one begins."""
    if request.fresh or request.branch is not None:
        return None
    if request.run is not None:
        return RunFolder(request.run)
    runs = project.runs()
    return runs[-1] if runs else None


def target_of(request: StartRequest, run: RunFolder, window_open: bool) -> int | None:
    """Where to stop this time: what was asked for, else the run's own target, if it has one.

    On the command line nobody presses Stop: without a target it stops at the horizon.
    """
    if request.images is not None:
        return request.images
    if request.endless or request.minutes is not None:
        return None
    target = run.info().target
    return target if target is not None or window_open else run.recipe().horizon
