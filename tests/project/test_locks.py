"""A lock keeps other processes out, says who holds it, and dies with its holder."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ganstudio.project.errors import UserError
from ganstudio.project.locks import FileLock

_HOLD = """
import sys
from pathlib import Path
from ganstudio.project.locks import FileLock
lock = FileLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def _holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    with process:
        process.kill()


def test_another_process_is_kept_out_and_named(tmp_path: Path) -> None:
    path = tmp_path / "project.lock"
    process = _holder(path)
    try:
        lock = FileLock(path)
        with pytest.raises(UserError) as caught:
            lock.acquire()
        assert caught.value.code == "locked"
        assert str(process.pid) in caught.value.sentence
        assert not lock.held
    finally:
        _end(process)


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "project.lock"
    _end(_holder(path))
    with FileLock(path) as lock:
        assert lock.held
    assert not lock.held


def test_two_holders_in_one_process_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "project.lock"
    with FileLock(path):
        with pytest.raises(UserError) as caught:
            FileLock(path).acquire()
        assert str(os.getpid()) in caught.value.sentence
    with FileLock(path):
        pass


def test_who_looks_learns_who_holds_it_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "project.lock"
    lock = FileLock(path)
    assert lock.holder() is None
    assert not path.exists()
    process = _holder(path)
    try:
        holder = lock.holder()
        assert holder is not None
        assert holder.pid == process.pid
        assert holder.here
        assert not holder.is_me
        assert datetime.datetime.fromisoformat(holder.since).tzinfo is not None
        with pytest.raises(UserError):
            lock.acquire()
    finally:
        _end(process)
    assert path.stat().st_size  # the dead left its message, but it holds nothing
    assert lock.holder() is None
    with lock:
        mine = FileLock(path).holder()
        assert mine is not None
        assert mine.is_me
    assert lock.holder() is None


def test_who_only_looks_keeps_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "project.lock"
    looking = FileLock(path)
    looking.acquire()
    monkeypatch.setattr(time, "sleep", lambda _: looking.release())  # the look ends meanwhile
    with FileLock(path) as lock:
        assert lock.held


def test_taking_and_giving_back_twice_is_harmless(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "project.lock")
    lock.release()
    lock.acquire()
    lock.acquire()
    lock.release()
    lock.release()
    with FileLock(tmp_path / "project.lock"):
        pass


def test_a_lock_file_with_nonsense_in_it_still_locks(tmp_path: Path) -> None:
    path = tmp_path / "project.lock"
    path.write_bytes(b"\x00[{")
    with FileLock(path) as lock:
        assert lock.held


def test_a_folder_that_cannot_be_written_to_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError) as caught:
        FileLock(tmp_path / "project.lock").acquire()
    assert caught.value.code == "folder-not-writable"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_full_disk_does_not_keep_a_project_shut(tmp_path: Path) -> None:
    path = tmp_path / "project.lock"
    path.symlink_to("/dev/full")
    with FileLock(path) as lock:
        assert lock.held
    assert not lock.held
