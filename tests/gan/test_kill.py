"""SIGKILL at any moment: the run opens, loses at most one interval, goes on to the same bits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the helper forks")


def _rounds(tmp_path: Path, rounds: int, seed: int) -> dict[str, object]:
    helper = Path(__file__).with_name("kill_rounds.py")
    done = subprocess.run(
        [sys.executable, str(helper), str(tmp_path), str(rounds), str(seed)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert found["reached"] > 0
    assert found["same"]
    return dict(found)


@pytest.mark.slow
def test_killed_three_times(tmp_path: Path) -> None:
    _rounds(tmp_path, 3, seed=1)


@pytest.mark.slow
def test_killed_fifty_times(tmp_path: Path) -> None:
    found = _rounds(tmp_path, 50, seed=2)
    assert found["generation"] > 0  # the history was cut, and more than once
