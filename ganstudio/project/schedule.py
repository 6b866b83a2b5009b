"""At which clocks a run keeps a snapshot: dense early, sparse late.

Not responsible for taking them: the run loop does.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ganstudio.project.recipe import RhythmName

__all__ = ["MOST_SNAPSHOTS", "next_snapshot", "snapshot_clocks", "spread_clocks"]

MOST_SNAPSHOTS = 120
_FEWEST = 24
#: On a CPU a snapshot takes about as long as a step.
_STEPS_FOR_ONE = 32
#: How many are kept, against what is planned.
_TIMES: Mapping[RhythmName, float] = MappingProxyType({"half": 0.5, "planned": 1, "double": 2})


def snapshot_clocks(
    horizon: int, batch_size: int, rhythm: RhythmName = "planned"
) -> tuple[int, ...]:
    """The clocks up to the horizon at which a run keeps a snapshot.

    A long run keeps 120 of them, a short one as many as cost it 3 % of a CPU's time: one in 32
    steps on the mean, but at least 24.

    Args:
        horizon: Images at which the recipe's schedules end.
        batch_size: Clocks are whole batches, as a run can only stop there.
        rhythm: Half or twice as many, where somebody asked for it.

    Returns:
        Ascending clocks, the first 0, at most `MOST_SNAPSHOTS` of them as planned, the last the
        horizon's batch.
    """
    affordable = horizon // batch_size // _STEPS_FOR_ONE
    planned = max(_FEWEST, min(MOST_SNAPSHOTS, affordable))
    return spread_clocks(horizon, batch_size, round(planned * _TIMES[rhythm]))


def spread_clocks(horizon: int, batch_size: int, count: int) -> tuple[int, ...]:
    """Up to so many clocks, about `horizon * (i / (count - 1)) ** 2`; as `snapshot_clocks`."""
    last = count - 1
    wanted = (horizon * (i / last) ** 2 for i in range(count))
    return tuple(sorted({-(-int(clock) // batch_size) * batch_size for clock in wanted}))


def next_snapshot(clock: int, horizon: int, batch_size: int, rhythm: RhythmName = "planned") -> int:
    """The first snapshot's clock after this one; past the horizon the last interval goes on.

    It depends on nothing that came before, so that where the rhythm changes in the middle, the
    clocks from there on are those that the other rhythm always had.
    """
    clocks = snapshot_clocks(horizon, batch_size, rhythm)
    for candidate in clocks:
        if candidate > clock:
            return candidate
    interval = max(batch_size, clocks[-1] - clocks[-2]) if len(clocks) > 1 else batch_size
    return clocks[-1] + ((clock - clocks[-1]) // interval + 1) * interval
