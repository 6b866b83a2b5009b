"""Memory stays flat, however many steps a run takes."""

from __future__ import annotations

import psutil
import pytest
import torch

from ganstudio.gan.footprint import gpu_memory_taken

STEPS = 30_000


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_memory_stays_flat_over_thirty_thousand_steps(make_run, open_run, host, recipe) -> None:
    """Every part takes part: rows, samples, snapshots, checkpoints, penalties, augmentation."""
    recipe = recipe.with_values({"horizon": STEPS * recipe.batch_size})
    session = open_run(make_run(recipe), checkpoint_every_s=1.0, disk_budget=1_000_000)
    host.rows = _Forgetful()
    host.samples = _Forgetful()
    process = psutil.Process()
    used: list[int] = []
    for share in range(1, 11):
        session.run(host, STEPS * recipe.batch_size * share // 10)
        used.append(process.memory_info().rss)
    assert max(used[2:]) - used[1] < 20_000_000, used


class _Forgetful(list[object]):
    """A list that keeps nothing."""

    def append(self, value: object) -> None: ...

    def extend(self, values: object) -> None: ...


def test_what_a_gpu_was_asked_for_is_counted_anew_each_time(monkeypatch: pytest.MonkeyPatch):
    peaks = {"cuda:0": 7_000_000, "cuda:1": 9}
    monkeypatch.setattr(torch.cuda, "max_memory_allocated", lambda device: peaks[str(device)])
    monkeypatch.setattr(
        torch.cuda, "reset_peak_memory_stats", lambda device: peaks.update({str(device): 1})
    )
    monkeypatch.setattr(torch.mps, "current_allocated_memory", lambda: 5)
    assert [gpu_memory_taken(torch.device("cuda:0")) for _ in range(2)] == [7_000_000, 1]
    assert peaks["cuda:1"] == 9
    assert gpu_memory_taken(torch.device("mps")) == 5
    assert gpu_memory_taken(torch.device("cpu")) is None
