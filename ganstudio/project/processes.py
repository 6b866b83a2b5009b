"""Which of several processes this one is, where torchrun started them to train together.

Not responsible for what they say to each other: `gan.distributed` does that.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Place", "place_of_this_process", "processes_here"]


@dataclass(frozen=True, slots=True)
class Place:
    """A process among those that train together.

    Attributes:
        rank: Its number; 0 leads.
        size: How many they are.
        local_rank: Its number on this host.
        local_size: How many there are on this host.
    """

    rank: int
    size: int
    local_rank: int = 0
    local_size: int = 1


def place_of_this_process(environment: Mapping[str, str] = os.environ) -> Place | None:
    """What torchrun wrote into the environment; None for a process that trains alone."""
    rank, size = environment.get("RANK"), environment.get("WORLD_SIZE")
    if rank is None or size is None or int(size) < 2:
        return None
    return Place(
        rank=int(rank),
        size=int(size),
        local_rank=int(environment.get("LOCAL_RANK", 0)),
        local_size=int(environment.get("LOCAL_WORLD_SIZE", 1)),
    )


def processes_here() -> int:
    """How many processes share this host's cores and memory to train together."""
    place = place_of_this_process()
    return place.local_size if place else 1
