from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ganstudio.project.paths import log_folder
from ganstudio.studio.crash import CrashGuard

KILLED = """
import os, sys
from pathlib import Path
from ganstudio.studio.crash import CrashGuard
guard = CrashGuard(print)
guard.project_opened(Path(sys.argv[1]))
os._exit(9)
"""


def _end_badly(project: str) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, project], check=False)
    assert ended.returncode == 9


def test_a_good_end_leaves_no_sign() -> None:
    CrashGuard(print).close()
    guard = CrashGuard(print)
    assert guard.before is None
    guard.close()


def test_a_bad_end_is_known_at_the_next_start_with_its_project() -> None:
    _end_badly("/projects/a")
    guard = CrashGuard(print)
    assert guard.before is not None
    assert (guard.before.project, guard.before.times) == ("/projects/a", 1)
    assert not guard.before.too_often
    guard.close()


def test_the_same_project_ending_two_starts_is_too_often() -> None:
    _end_badly("/projects/a")
    _end_badly("/projects/a")
    guard = CrashGuard(print)
    assert guard.before is not None
    assert guard.before.too_often
    guard.close()


def test_a_window_that_is_still_open_has_not_ended_badly() -> None:
    code = KILLED.replace("os._exit(9)", "print(flush=True); sys.stdin.read()")
    command = [sys.executable, "-c", code, "/projects/open"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        _end_badly("/projects/b")
        guard = CrashGuard(print)
        assert guard.before is not None
        assert guard.before.project == "/projects/b"
        guard.close()
        other.kill()
    last = CrashGuard(print)
    assert last.before is not None
    assert last.before.project == "/projects/open"
    last.close()


def test_a_command_line_neither_leaves_a_sign_nor_takes_one() -> None:
    _end_badly("/projects/a")
    CrashGuard(print, leaves_sign=False).close()
    guard = CrashGuard(print)
    assert guard.before is not None
    assert guard.before.project == "/projects/a"
    guard.close()


@pytest.mark.parametrize("left", [b"", b"[]", b"{", b'{"times": "x"}'])
def test_a_sign_that_cannot_be_read_says_nothing(left: bytes) -> None:
    log_folder().mkdir(parents=True)
    (log_folder() / "running-999999999.json").write_bytes(left)
    guard = CrashGuard(print)
    assert guard.before is None
    guard.close()
    assert not list(log_folder().glob("running-*"))


def test_another_project_starts_the_count_anew() -> None:
    _end_badly("/projects/a")
    _end_badly("/projects/b")
    guard = CrashGuard(print)
    assert guard.before is not None
    assert (guard.before.project, guard.before.times) == ("/projects/b", 1)
    guard.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_exception_in_a_thread_becomes_a_report() -> None:
    reports: list[str] = []
    guard = CrashGuard(reports.append)

    def breaks() -> None:
        raise ZeroDivisionError("on purpose")

    thread = threading.Thread(target=breaks)
    thread.start()
    thread.join()
    guard.close()
    assert len(reports) == 1
    assert "on purpose" in reports[0]
    assert "GAN Studio" in reports[0]


def test_the_hooks_are_put_back() -> None:
    before = (sys.excepthook, threading.excepthook)
    CrashGuard(print).close()
    assert (sys.excepthook, threading.excepthook) == before


def test_a_log_folder_that_cannot_be_made_costs_only_the_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("GANSTUDIO_HOME", str(blocked))
    guard = CrashGuard(print)
    assert guard.before is None
    guard.close()
