"""The status line: the right words in every state."""

from __future__ import annotations

import time

import pytest

from ganstudio.desktop.main_window import MainWindow
from ganstudio.project.folder import Project
from ganstudio.project.runs import RunInfo
from ganstudio.studio.app import Studio
from ganstudio.studio.machine import MachineReport
from ganstudio.studio.states import State

_CPU = MachineReport("cpu", "no GPU found: training on 2 CPU cores", False, 2, "2.9")
_GPU = MachineReport("cuda:0", "a GPU was found", True, 2, "2.9")


@pytest.mark.parametrize(
    ("report", "state", "words"),
    [
        (None, State.IDLE, "Loading the engine"),
        (_CPU, State.IDLE, "no GPU found"),
        (_CPU, State.RUNNING, "Training on 2 CPU cores: no GPU found"),
        (_GPU, State.RUNNING, "Training on the GPU"),
        (_CPU, State.PAUSED, "Paused. Saved."),
        (_CPU, State.FAILED, "Not training"),
    ],
)
def test_device_and_why(
    window: MainWindow,
    studio: Studio,
    monkeypatch: pytest.MonkeyPatch,
    report: MachineReport | None,
    state: State,
    words: str,
):
    studio.machine.report = report
    monkeypatch.setattr(studio.training, "_state", state)
    window.status.refresh(None)
    assert words in window.status_line.text("device")
    monkeypatch.undo()


def test_a_run_says_what_it_trains_on_itself(
    window: MainWindow, studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    studio.machine.report = _CPU
    reason = "no GPU found: training on 1 of 2 CPU cores"
    info = RunInfo(name="r", created="", seed=1, threads=1, device="cpu", device_reason=reason)
    monkeypatch.setattr(studio.training, "_state", State.RUNNING)
    monkeypatch.setattr(studio.training, "info", info)
    window.status.refresh(None)
    assert window.status_line.text("device") == "Training on 1 CPU core: no GPU found"
    assert window.status._device_tip() == reason
    monkeypatch.undo()


def test_a_disk_that_is_nearly_full_is_red(
    window: MainWindow, studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(studio.machine, "disk_free", lambda _: 100_000_000)
    window.status._ask_again_at = 0.0  # the disk is asked every few seconds
    window.status.refresh(None)
    assert window.status_line._items["disk"].tone == "error"


def test_what_is_saved(
    project: Project, window: MainWindow, studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    window.status.refresh(None)
    assert window.status_line._right.text == "Originals are never changed"
    monkeypatch.setattr(studio.training, "_state", State.RUNNING)
    studio.training.host.saved_at = time.monotonic() - 40
    window.status.refresh(None)
    assert window.status_line._right.text == "Saved 40 s ago"
    monkeypatch.undo()
