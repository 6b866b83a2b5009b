"""Opening a project for a command.

Not responsible for the window's open project (`studio.projects`): a command is no guest in its list
of recent ones.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project

__all__ = ["held_if_free", "writable"]


def writable(path: Path) -> Project:
    """Open a project that shall be written to.

    Raises:
        UserError: If it is none, or its folder cannot be written to.
    """
    project = Project.open(path)
    if not project.writable:
        raise UserError("folder-not-writable", path=project.path)
    return project


@contextlib.contextmanager
def held_if_free(project: Project) -> Iterator[None]:
    """Hold a project's lock, so that a window opened meanwhile looks on.

    If a window holds it, training is still open to us: a run has a lock of its own.
    """
    try:
        project.lock.acquire()
    except UserError as error:
        if error.code != "locked":
            raise
    else:
        project.sweep()
    try:
        yield
    finally:
        project.lock.release()
