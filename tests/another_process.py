"""A second GAN Studio on another computer that trains a run of the same project - when it is told.

For tests of who looks on. It holds the locks as another process would: nothing of it runs by
itself, so no test has to wait.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from ganstudio.project.folder import Project
from ganstudio.project.history import append_lines
from ganstudio.project.locks import FileLock
from ganstudio.project.messages import Pictures
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo
from tests.gallery.invented_run import leave_snapshot, rows_until

HOST, SINCE = "quiet-pine", "2026-11-21T14:02:00+00:00"
EVERY = 64


class AnotherProcess:
    """Holds a project, then trains a run of it.

    Args:
        project: A project on the disk; it is opened anew, as another process would.
        recipe: Of the runs it begins.
    """

    def __init__(self, project: Project, recipe: Recipe) -> None:
        self._project, self._recipe = Project(project.path), recipe
        self._held: list[FileLock] = []
        self.clock = 0
        self.hold(self._project.lock)

    def hold(self, lock: FileLock) -> None:
        """Take a lock, and say that it was taken elsewhere."""
        hold_elsewhere(lock)
        self._held.append(lock)

    def begin(self, target: int = 100_000) -> RunFolder:
        """Begin a run, and train it from now on."""
        info = RunInfo(name="Run 1", created=SINCE, seed=1, row_images=EVERY, target=target)
        hashes = [picture.hash for picture in self._project.pictures().pictures if picture.usable]
        self.run = RunFolder.create(self._project.runs_path, self._recipe, info, hashes)
        self.clock = 0
        self.hold(self.run.lock)
        return self.run

    def lines(self, count: int) -> list[dict[str, float]]:
        """The next rows of metrics; they are not written."""
        first, self.clock = self.clock, self.clock + count * EVERY
        return [row for row in rows_until(self.clock, 100_000, EVERY) if row["images"] > first]

    def train(self, count: int = 1) -> None:
        """Write so many rows more."""
        append_lines(self.run.metrics_path, self.lines(count))

    def tear(self) -> str:
        """Write half of a row; returns the other half."""
        text = json.dumps(self.lines(1)[0]) + "\n"
        with self.run.metrics_path.open("a") as file:
            file.write(text[:40])
        return text[40:]

    def snapshot(self) -> Pictures:
        """Keep a moment; returns its samples."""
        random = np.random.default_rng(self.clock)
        side = self._recipe.network.size
        pictures = random.integers(0, 256, (64, side, side, 3), dtype=np.uint8)
        leave_snapshot(self.run, self.clock, pictures)
        return pictures

    def resume_from(self, clock: int) -> None:
        """Go on from an earlier clock: what lies behind it is cut."""
        self.run.rewind(clock)
        self.clock = clock

    def end(self) -> None:
        """Give everything back, the run first."""
        for lock in reversed(self._held):
            lock.release()
        self._held.clear()


def hold_elsewhere(lock: FileLock) -> None:
    """Take a lock as if another computer's process had."""
    lock.acquire()
    lock.path.write_text(json.dumps({"pid": 4242, "host": HOST, "since": SINCE}))


def images_of(rows: Sequence[object]) -> list[int]:
    """The clocks of rows."""
    return [row.images for row in rows]  # type: ignore[attr-defined]
