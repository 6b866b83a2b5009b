"""Memory stays flat, however many steps a run takes."""

from __future__ import annotations

import psutil
import pytest

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
