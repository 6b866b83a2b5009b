"""At which clocks a run keeps a snapshot: dense early, sparse late.

Not responsible for taking them: the run loop does.
"""

from __future__ import annotations

__all__ = ["MOST_SNAPSHOTS", "next_snapshot", "snapshot_clocks"]

MOST_SNAPSHOTS = 120


def snapshot_clocks(horizon: int, batch_size: int) -> tuple[int, ...]:
    """The clocks up to the horizon, a fixed function of it: about `horizon * (i / 119) ** 2`.

    Args:
        horizon: Images at which the recipe's schedules end.
        batch_size: Clocks are whole batches, as a run can only stop there.

    Returns:
        Ascending clocks, the first 0, at most `MOST_SNAPSHOTS`, the last the horizon's batch.
    """
    last = MOST_SNAPSHOTS - 1
    wanted = (horizon * (i / last) ** 2 for i in range(MOST_SNAPSHOTS))
    return tuple(sorted({-(-int(clock) // batch_size) * batch_size for clock in wanted}))


def next_snapshot(clock: int, horizon: int, batch_size: int) -> int:
    """The first snapshot's clock after this one; past the horizon the last interval goes on."""
    clocks = snapshot_clocks(horizon, batch_size)
    for candidate in clocks:
        if candidate > clock:
            return candidate
    interval = max(batch_size, clocks[-1] - clocks[-2]) if len(clocks) > 1 else batch_size
    return clocks[-1] + ((clock - clocks[-1]) // interval + 1) * interval
