"""The process itself: exit codes, one sentence instead of an abort, a quick start."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ganstudio", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("code", "part"),
    [("no-display", "There is no display here"), ("display-dead", "The display :987 does not")],
)
def test_a_window_that_cannot_be_is_one_sentence(code: str, part: str) -> None:
    words = (
        "import os, sys\n"
        "import ganstudio.studio.display as display\n"
        "from ganstudio.__main__ import main\n"
        "from ganstudio.project.errors import UserError\n"
        "display.display_problem = lambda: UserError(os.environ['PROBLEM'], name=':987')\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PROBLEM": code},
    )
    assert done.returncode == 2
    assert part in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not done.stdout


def test_exit_codes() -> None:
    assert _run("--version").returncode == 0
    assert _run("nowhere").returncode == 2
    assert _run("train").returncode == 2


def test_a_bug_is_one_sentence_exit_code_1_and_a_traceback_in_the_log(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from ganstudio.cli import main\n"
        "def broken(words): raise RuntimeError('a wheel came off')\n"
        "main.parse = broken\n"
        "sys.exit(main.main(sys.argv[1:]))\n"
    )
    for words in ([], ["--debug"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=os.environ | {"GANSTUDIO_HOME": str(tmp_path)},
        )
        assert done.returncode == 1
        assert "a wheel came off" in done.stderr
        assert ("Traceback" in done.stderr) == bool(words)
        assert not done.stdout
    assert "Traceback" in (tmp_path / "log" / "ganstudio.log").read_text()


def test_the_environment_is_set_before_anything_heavy_is_loaded() -> None:
    code = (
        "import os, sys\n"
        "from ganstudio.__main__ import main\n"
        "sys.argv = ['ganstudio', '--version']\n"
        "assert 'torch' not in sys.modules\n"
        "main()\n"
        "assert os.environ['OMP_WAIT_POLICY'] == sys.stdin.read()\n"
    )
    for wanted in ("PASSIVE", "ACTIVE"):
        environment = {k: v for k, v in os.environ.items() if "OMP_" not in k}
        if wanted == "ACTIVE":
            environment["OMP_WAIT_POLICY"] = wanted
        done = subprocess.run(
            [sys.executable, "-c", code], input=wanted, text=True, env=environment, cwd=ROOT
        )
        assert done.returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("busy", "together", "awake"),
    [("0.0", "None", True), ("1.0", "None", False), ("0.0", "processes.Place(0, 2)", False)],
)
def test_threads_stay_awake_where_training_has_the_whole_computer(
    tmp_path: Path, busy: str, together: str, awake: bool
) -> None:
    code = (
        "import os, sys\n"
        "import ganstudio.project.processes as processes\n"
        f"processes.place_of_this_process = lambda: {together}\n"
        "from ganstudio.studio.machine import Machine\n"
        f"Machine.busy_cores = lambda self: {busy}\n"
        "from ganstudio.studio.training import TrainingService\n"
        "def start(*_):\n"
        "    assert 'torch' not in sys.modules\n"
        "    print(os.environ.get('GOMP_SPINCOUNT', 0))\n"
        "    raise SystemExit\n"
        "TrainingService.start = start\n"
        "from ganstudio.__main__ import main\n"
        "sys.argv = ['ganstudio', 'demo', '--headless', '--project', sys.stdin.read()]\n"
        "main()\n"
    )
    environment = {k: v for k, v in os.environ.items() if "OMP_" not in k}
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=str(tmp_path / "project"),
        text=True,
        env=environment,
        cwd=ROOT,
        capture_output=True,
    )
    assert (int(done.stdout) > 0) == awake, done.stderr


def test_qt_is_loaded_after_everything_else() -> None:
    """PySide6 reads the source of whatever is imported after it: a tenth of the way to a window."""
    code = (
        "import sys, types\n"
        "from ganstudio.__main__ import main\n"
        "window = types.ModuleType('ganstudio.desktop.app')\n"
        "loaded = lambda request: print(*[name in sys.modules for name in ('PySide6', 'numpy')])\n"
        "window.run_window = loaded\n"
        "sys.modules['ganstudio.desktop.app'] = window\n"
        "import ganstudio.studio.display as display\n"
        "display.display_problem = lambda: None\n"
        "sys.argv = ['ganstudio']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.split() == ["False", "True"], done.stderr


def test_the_command_is_installed() -> None:
    command = Path(sysconfig.get_path("scripts")) / "ganstudio"
    if not command.exists():
        # A checkout that was never installed has the module alone.
        assert _run("--version").stdout.startswith("GAN Studio")
        return
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("GAN Studio")


def test_what_is_imported_behind_the_window_does_not_pass_through_qt() -> None:
    """Its hook reads the source of every module: a tenth of importing torch."""
    code = (
        "import builtins\n"
        "import ganstudio.__main__ as entry\n"
        "plain = builtins.__import__\n"
        "entry._load_window()\n"
        "print(hasattr(builtins, '__feature_import__'), builtins.__import__ is plain)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.split() == ["True", "True"], done.stderr
