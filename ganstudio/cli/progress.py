"""Progress in one line of letters.

Not responsible for drawing it.
"""

from __future__ import annotations

import sys

from ganstudio.project.numbers import say_count, say_duration
from ganstudio.project.quality import MomentScore

__all__ = ["counting_line", "training_line"]

_BAR = 24


def training_line(
    clock: int,
    target: int | None,
    share: float | None,
    rate: float,
    left_s: float | None,
    score: MomentScore | None = None,
) -> str:
    """How far a training is.

    Args:
        clock: Pictures seen.
        target: Where it will stop, None if time decides.
        share: 0 to 1, None if nobody knows.
        rate: Images a second; 0 before the first row.
        left_s: Seconds left, None if nobody knows.
        score: The newest one; None before the first.
    """
    seen = say_count(clock)
    parts = [f"{seen} of {say_count(target)}" if target else seen, "pictures seen"]
    line = " ".join(parts)
    if share is not None:
        line = f"{_bar(share)} {line}"
    more = []
    if rate > 0:
        more.append(f"{rate:.0f} images/s")
    if left_s is not None and rate > 0:
        more.append(f"{say_duration(left_s)} left")
    if score is not None:
        more.append(f"distance {score.score.kernel.value:.1f} at {say_count(score.images)}")
    return ", ".join([line, *more])


def counting_line(text: str, done: int, total: int) -> str:
    """How far other work is; a total of 0 means that nobody knows yet."""
    if total <= 0:
        return f"{text} ({done:,} so far)" if done else text
    return f"{_bar(done / total)} {text}: {done:,} of {total:,}"


def _bar(share: float) -> str:
    full, empty = ("█", "░") if _can_say("█░") else ("#", ".")
    filled = round(min(1.0, max(0.0, share)) * _BAR)
    return full * filled + empty * (_BAR - filled)


def _can_say(text: str) -> bool:
    try:
        text.encode(sys.stderr.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
