"""Processes that are measured by turns, so that all of them meet the same noise of the machine.

Not responsible for what they do in a turn.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from types import TracebackType


class Player:
    """A process that works when it is its turn, and stands still otherwise.

    Args:
        command: A script and its arguments, for this Python.
        environment: All of it.
    """

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *command],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def turn(self, seconds: float) -> dict[str, float]:
        """Let it work for so long; what it found."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.send_signal(signal.SIGCONT)
        print(seconds, file=self._process.stdin, flush=True)
        answer: dict[str, float] = json.loads(self._process.stdout.readline())
        self._process.send_signal(signal.SIGSTOP)
        return answer

    def __enter__(self) -> Player:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """No more turns."""
        self._process.send_signal(signal.SIGCONT)
        self._process.communicate()


def turns() -> Iterator[float]:
    """In the process itself: the seconds of each turn, as it comes. `answer` ends a turn."""
    for line in sys.stdin:
        yield float(line)


def answer(**found: float) -> None:
    """Tell what was found in a turn."""
    print(json.dumps(found), flush=True)
