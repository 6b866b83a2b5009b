"""Where no window can be shown, one sentence names what is missing, and nothing aborts."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ganstudio.studio import display
from ganstudio.studio.display import display_problem, missing_library

#: Windows and macOS always have a display.
_ALWAYS = sys.platform in ("win32", "darwin")


def _asked(**environment: str) -> str:
    """The code of the problem a process with only these variables would meet, or an empty text."""
    code = (
        "from ganstudio.studio.display import display_problem\n"
        "problem = display_problem()\n"
        "print(problem.code if problem else '')\n"
    )
    names = ("PATH", "HOME", "PYTHONPATH", "LD_LIBRARY_PATH")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        env=kept | environment,
        cwd=Path(__file__).parents[2],
    )
    return done.stdout.strip()


def test_no_display_is_said() -> None:
    assert _asked() == ("" if _ALWAYS else "no-display")


def test_a_dead_display_is_said() -> None:
    dead = "" if _ALWAYS else "display-dead"
    assert _asked(DISPLAY=":987") == dead
    assert _asked(WAYLAND_DISPLAY="nowhere-0") == dead
    assert _asked(DISPLAY=":987", QT_QPA_PLATFORM="xcb") == dead
    assert _asked(DISPLAY=":987", WAYLAND_DISPLAY="nowhere-0") == dead


def test_platforms_without_a_display_need_none() -> None:
    assert _asked(QT_QPA_PLATFORM="offscreen") == ""


def test_asking_is_quick_and_loads_no_qt() -> None:
    code = (
        "import sys, time\n"
        "begin = time.perf_counter()\n"
        "from ganstudio.studio.display import display_problem\n"
        "display_problem()\n"
        "assert time.perf_counter() - begin < 1\n"
        "assert not {'PySide6', 'torch', 'numpy'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize("library", ["libEGL.so.1", "libxkbcommon.so.0"])
def test_a_missing_library_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    real = ctypes.CDLL

    def load(name: str) -> object:
        if name == library:
            raise OSError(f"{name}: cannot open shared object file: No such file or directory")
        return real(name)

    monkeypatch.setattr(display.ctypes, "CDLL", load)
    monkeypatch.setattr(display.sys, "platform", "linux")
    problem = display_problem()
    assert problem is not None
    assert problem.code == "qt-library-missing"
    assert library in problem.sentence
    assert "apt install" in problem.hint


def test_a_failed_import_of_qt_names_the_library() -> None:
    error = ImportError("libxcb-cursor.so.0: cannot open shared object file: No such file")
    problem = missing_library(error)
    assert problem is not None
    assert "libxcb-cursor.so.0" in problem.sentence
    assert "libxcb-cursor0" in problem.hint
    unknown = missing_library(ImportError("libnew.so.9: cannot open shared object file"))
    assert unknown is not None
    assert "libnew.so.9" in unknown.sentence
    broken = missing_library(ImportError("No module named 'PySide6'", name="PySide6.QtCore"))
    assert broken is not None
    assert broken.code == "qt-broken"


def test_an_import_that_failed_in_our_own_house_is_a_bug() -> None:
    assert missing_library(ImportError("cannot import name 'x'", name="ganstudio.desktop")) is None
