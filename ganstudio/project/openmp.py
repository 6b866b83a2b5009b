"""How torch's threads wait for work: asleep, or awake for a millisecond where all is theirs.

A thread that sleeps takes some 50 microseconds to wake up, hundreds of times a step: on an
otherwise idle computer training is a twentieth to a tenth faster if threads stay awake in between.
But as soon as something else runs, or a virtual machine's cores are taken away, they wait for each
other awake and keep the cores from whom they wait for. Five milliseconds of that, measured so, make
a fifth more on a quiet computer and halve the rate on a busy one (pytorch#57715, #80777). So they
sleep wherever there is a window or other work, and nowhere stay awake for long.

GNU's OpenMP, which torch brings along on Linux, reads the environment once, when torch is loaded:
call these before. Elsewhere they change nothing.

Not responsible for how many threads there are (`gan.device`), nor for who is alone (`studio`).
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping

__all__ = ["let_threads_sleep", "let_threads_stay_awake"]

_POLICY, _SPIN = "OMP_WAIT_POLICY", "GOMP_SPINCOUNT"
#: Looks at a flag before a thread goes to sleep: about a millisecond.
_LOOKS = "20000"

_Environment = MutableMapping[str, str]


def let_threads_sleep(environment: _Environment = os.environ) -> None:
    """Have threads that wait sleep; a person's own choice wins."""
    if not {_POLICY, _SPIN} & environment.keys():
        environment.update({_POLICY: "PASSIVE", _SPIN: "0"})


def let_threads_stay_awake(environment: _Environment = os.environ) -> None:
    """Have threads that wait stay awake for a while; a person's own choice wins."""
    let_threads_sleep(environment)
    if environment.get(_SPIN) == "0":
        environment[_SPIN] = _LOOKS
