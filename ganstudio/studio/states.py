"""What training can be doing, what may follow, and which actions are open: one table.

Not responsible for doing it: `training` moves along these lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

__all__ = ["ACTIONS", "TRANSITIONS", "State", "allowed"]


class State(Enum):
    """What the training service is doing."""

    IDLE = "idle"
    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    FAILED = "failed"

    @property
    def active(self) -> bool:
        """Whether a trainer thread is alive."""
        return self in (State.PREPARING, State.RUNNING, State.PAUSED, State.STOPPING)


TRANSITIONS: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.IDLE: frozenset({State.PREPARING}),
        State.PREPARING: frozenset({State.RUNNING, State.STOPPING, State.FAILED}),
        State.RUNNING: frozenset({State.PAUSED, State.STOPPING, State.FAILED}),
        State.PAUSED: frozenset({State.RUNNING, State.STOPPING, State.FAILED}),
        State.STOPPING: frozenset({State.IDLE, State.FAILED}),
        State.FAILED: frozenset({State.PREPARING, State.IDLE}),
    }
)

ACTIONS: Mapping[State, frozenset[str]] = MappingProxyType(
    {
        State.IDLE: frozenset({"start"}),
        State.PREPARING: frozenset({"stop"}),
        State.RUNNING: frozenset({"pause", "stop"}),
        State.PAUSED: frozenset({"resume", "stop"}),
        State.STOPPING: frozenset(),
        State.FAILED: frozenset({"start"}),
    }
)


def allowed(before: State, after: State) -> bool:
    """Whether one state may follow another."""
    return after in TRANSITIONS[before]
