"""How long 4,000 small PNG files take from a folder into a project.

python tests/benchmarks/import_speed.py [--smoke]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ganstudio.pictures import BUNDLES, import_pictures, open_training_set
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.tasks import Task


def unpacked(root: Path, count: int) -> Path:
    """The first pictures of the pixel avatars as files of a folder."""
    root.mkdir()
    with zipfile.ZipFile(BUNDLES["pixel-avatars"].path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".png")][:count]
        for number, name in enumerate(names):
            (root / f"{number:05}.png").write_bytes(archive.read(name))
    return root


def run(smoke: bool) -> list[tuple[str, str, str]]:
    """Rows of (what, found, wanted)."""
    count = 100 if smoke else 4_000
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        pictures = unpacked(Path(folder) / "in", count)
        project = Project.create(Path(folder) / "project")
        seconds = []
        for _ in range(2):
            begin = time.perf_counter()
            report = import_pictures(project, [pictures], pool, Task(), FramingSettings(size=32))
            project.write_pictures(report.pictures)
            seconds.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        training = open_training_set(project)
        seconds.append(time.perf_counter() - begin)
        assert len(training) == count
        training.close()
    return [
        (f"import of {count:,} PNGs of 32 x 32", f"{seconds[0]:.2f} s", ""),
        ("the same again", f"{seconds[1]:.2f} s", ""),
        ("opened for training", f"{seconds[2] * 1000:.0f} ms", ""),
    ]


if __name__ == "__main__":
    for row in run("--smoke" in sys.argv):
        print("{:<40} {:>10} {:>10}".format(*row))
