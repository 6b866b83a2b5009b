"""Renders every page in every state and palette to PNG files.

    python -m tests.gallery OUT [--only WORD] [--quick] [--project DIR]

OUT/PALETTE/NAME-WIDTHxHEIGHT[@2x].png, at 1280 x 800 at scale 1 and 2, and where a state asks for
it at other sizes too. Lay them beside the pictures the look is measured by.
Not responsible for judging them: eyes do.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

_SIZE = (1280, 800)


def main() -> int:
    """Render; one process for each scale, since Qt reads the scale once."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="only states with this word in their name")
    parser.add_argument("--quick", action="store_true", help="dark palette and scale 1 only")
    parser.add_argument("--project", type=Path, help="only this one, which was really trained")
    parser.add_argument("--scale", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.scale is not None:
        return _render(options)
    codes = []
    for scale in (1,) if options.quick else (1, 2):
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "QT_API": "pyside6",
            "PYQTGRAPH_QT_LIB": "PySide6",
            "QT_SCALE_FACTOR": str(scale),
            "OMP_WAIT_POLICY": "PASSIVE",
            "LC_ALL": "C.UTF-8",
        }
        command = [sys.executable, "-m", "tests.gallery", *sys.argv[1:], "--scale", str(scale)]
        codes.append(subprocess.run(command, env=environment, check=False).returncode)
    return max(codes)


def _states(project: Path | None) -> list:
    """All states of all `states_*.py` beside this file, or that of a project."""
    if project is not None:
        return importlib.import_module("tests.gallery.real_run").states_of(project.resolve())
    found = []
    for path in sorted(Path(__file__).parent.glob("states_*.py")):
        found += importlib.import_module(f"tests.gallery.{path.stem}").STATES
    return found


def _render(options: argparse.Namespace) -> int:
    from ganstudio.desktop.app import make_application
    from tests.gallery.stage import PALETTES, Stage

    app = make_application()
    failed = 0
    work = Path(tempfile.mkdtemp(prefix="gallery-"))
    suffix = "" if options.scale == 1 else f"@{options.scale}x"
    for state in _states(options.project):
        if options.only not in state.name:
            continue
        stage = Stage(app, work / state.name, work / "models", _SIZE)
        try:
            state.prepare(stage)
            sizes = (_SIZE, *(state.sizes if options.scale == 1 else ()))
            for palette in ("dark",) if options.quick else PALETTES:
                for size in sizes:
                    name = f"{state.name}-{size[0]}x{size[1]}{suffix}.png"
                    stage.picture(options.out / palette / name, palette, size)
            print(f"{state.name}{suffix}")
        except Exception:  # noqa: BLE001 - one state that fails shall not hide the others
            failed += 1
            print(f"{state.name}{suffix} FAILED")
            traceback.print_exc()
        finally:
            if state.tear_down is not None:
                state.tear_down(stage)
            stage.close()
    shutil.rmtree(work, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
