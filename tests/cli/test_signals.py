"""Ctrl+C stops after the current step and saves; twice is no crash; the run goes on from there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ganstudio.cli.signals import Stopper
from ganstudio.project.folder import Project
from tests.cli.conftest import TINY


def _training(project: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "ganstudio", "train", str(project), "--json", *words]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )


def _until(process: subprocess.Popen[str], kind: str) -> list[dict[str, Any]]:
    assert process.stdout is not None
    events = []
    for line in process.stdout:
        events.append(json.loads(line))
        if events[-1]["event"] == kind:
            return events
    raise AssertionError(f"{kind} never came: {events}")


@pytest.mark.parametrize(
    ("number", "times"),
    [
        (signal.SIGINT, 3),
        pytest.param(signal.SIGTERM, 1, marks=pytest.mark.slow),
        pytest.param(signal.SIGINT, 1, marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, 3, marks=pytest.mark.slow),
    ],
)
def test_a_signal_stops_and_saves(trained: Path, number: signal.Signals, times: int) -> None:
    with _training(trained, "--images", "100M") as process:
        _until(process, "metrics")
        for _ in range(times):
            process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    done = json.loads(out.splitlines()[-1])
    assert done["event"] == "done"
    assert done["reason"] == "stopped"
    run = Project.open(trained).newest_run()
    assert run.checkpoints()[-1] == done["images"]
    assert run.metrics()[-1]["images"] <= done["images"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_noted_and_may_come_again(number: signal.Signals) -> None:
    """What a training asks after each step; the two tests around this one see it do so."""
    before = signal.getsignal(number)
    with Stopper() as stopper:
        task = stopper.watched()
        for _ in range(2):
            signal.raise_signal(number)
            assert stopper.asked
            assert task.cancelled
    assert signal.getsignal(number) is before


@pytest.mark.slow
def test_a_signal_before_training_leaves_no_half_made_run(trained: Path) -> None:
    with _training(trained, "--fresh", *TINY) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert json.loads(out.splitlines()[-1])["event"] == "done"
    for run in Project.open(trained).runs():
        assert run.recipe()
        assert run.checkpoints() or len(Project.open(trained).runs()) > 1


@pytest.mark.slow
def test_two_trainings_of_one_run_are_kept_apart(trained: Path) -> None:
    with _training(trained, "--images", "100M") as first:
        _until(first, "metrics")
        with _training(trained, "--images", "100M") as second:
            out, err = second.communicate(timeout=60)
        assert second.returncode == 2
        assert "is in use by another GAN Studio" in err
        assert [json.loads(line)["event"] for line in out.splitlines()] == ["done", "error"]
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=60)
    assert first.returncode == 0
