"""Questions about this computer."""

from __future__ import annotations

import psutil
import pytest

from ganstudio.studio.machine import Machine


@pytest.mark.parametrize(("percent", "cores", "busy"), [(0.0, 8, 0.0), (12.5, 8, 1.0), (100, 2, 2)])
def test_busy_cores(
    monkeypatch: pytest.MonkeyPatch, percent: float, cores: int, busy: float
) -> None:
    monkeypatch.setattr(psutil, "cpu_percent", lambda interval: percent)
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert Machine().busy_cores() == pytest.approx(busy)
