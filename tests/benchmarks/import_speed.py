"""How long 4,000 small PNG files take from a folder into a project. Prints one line.

python tests/benchmarks/import_speed.py [--smoke]
"""

from __future__ import annotations

import argparse
import os
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="only a few pictures")
    count = 100 if parser.parse_args().smoke else 4_000
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
    print(
        f"import of {count} PNGs of 32 x 32 on {os.cpu_count()} cores: {seconds[0]:.2f} s, "
        f"again {seconds[1]:.2f} s, opened for training in {seconds[2] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
