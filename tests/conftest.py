"""What every test rests on: an offscreen screen, its own home, no network, nothing left behind."""

from __future__ import annotations

import os

os.environ.update(
    {
        "QT_QPA_PLATFORM": os.environ.get("GANSTUDIO_TEST_PLATFORM", "offscreen"),
        "QT_API": "pyside6",
        "PYQTGRAPH_QT_LIB": "PySide6",
        "QT_SCALE_FACTOR": "1",
        "LC_ALL": "C.UTF-8",
        "OMP_WAIT_POLICY": "PASSIVE",
        "OMP_NUM_THREADS": "1",
    }
)

import gc
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

# A busy computer is slow, not wrong.
settings.register_profile("here", deadline=None)
settings.load_profile("here")


def pytest_collection_finish() -> None:
    """What the imports made stays: nobody has to look through it again, test after test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANSTUDIO_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody pulls the plug, and no test needs to know exactly what this computer can do.

    What is flushed when, and how speed is measured, has tests that set these things themselves.
    """
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    probe = sys.modules.get("ganstudio.gan.probe")
    if probe is not None:
        monkeypatch.setattr(probe, "_SECONDS", 0.0)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run-time never opens a network connection: a test that tries fails."""

    def refuse(self: socket.socket, address: object) -> NoReturn:
        raise AssertionError(f"a network connection was attempted: {address!r}")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """No thread and no environment variable outlives the test that made it."""
    before = dict(os.environ)
    threads = set(threading.enumerate())
    yield
    left = [
        thread.name
        for thread in threading.enumerate()
        if thread not in threads and not thread.daemon and thread.is_alive()
    ]
    assert not left, f"threads left behind: {left}"
    changed = {
        name
        for name in before.keys() | os.environ.keys()
        if before.get(name) != os.environ.get(name) and name not in _ENVIRONMENT_MAY_CHANGE
    }
    assert not changed, f"environment changed: {changed}"


#: Names that libraries set when they are imported.
_ENVIRONMENT_MAY_CHANGE = {
    "GANSTUDIO_HOME",
    "KMP_DUPLICATE_LIB_OK",
    "KMP_INIT_AT_FORK",
    "PYTEST_CURRENT_TEST",
    "TORCHINDUCTOR_CACHE_DIR",
}
