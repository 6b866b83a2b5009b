"""How torch's threads wait for work: asleep, or awake for a millisecond where all is theirs.

A thread that sleeps takes some 50 microseconds to wake up, hundreds of times a step: on an
otherwise idle computer training is a twentieth to a tenth faster if threads stay awake in between.
But as soon as something else runs, or a virtual machine's cores are taken away, they wait for each
other awake and keep the cores from whom they wait for. Five milliseconds of that, measured so, make
a fifth more on a quiet computer and halve the rate on a busy one (pytorch#57715, #80777). So they
sleep wherever there is a window or, at the start, other work, and nowhere stay awake for long.

OpenMP reads the environment once, when torch is loaded: call these before. Only GNU's, which torch
brings along on Linux, can stay awake for a while; others sleep.

Not responsible for how many threads there are (`gan.device`), nor for who is alone (`cli`).
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping

__all__ = ["let_threads_sleep", "let_threads_stay_awake"]

_POLICY, _SPIN = "OMP_WAIT_POLICY", "GOMP_SPINCOUNT"
#: Set where the choice was ours: a person's own one wins.
_OURS = "GANSTUDIO_THREADS"
#: Looks at a flag before a thread goes to sleep: about a millisecond.
_LOOKS = "20000"

_Environment = MutableMapping[str, str]


def let_threads_sleep(environment: _Environment = os.environ) -> None:
    """Have threads that wait sleep; a person's own choice wins."""
    if not {_POLICY, _SPIN} & environment.keys():
        environment.update({_POLICY: "PASSIVE", _OURS: "sleep"})


def let_threads_stay_awake(environment: _Environment = os.environ) -> None:
    """Have threads that wait stay awake for a while; a person's own choice wins."""
    let_threads_sleep(environment)
    if _OURS in environment:
        environment.update({_SPIN: _LOOKS, _OURS: "awake"})
