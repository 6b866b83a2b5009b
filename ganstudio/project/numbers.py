"""Counts and durations as people write and say them.

Not responsible for whole sentences: those stand where they are shown.
"""

from __future__ import annotations

import re

from ganstudio.project.errors import UserError

__all__ = ["parse_count", "parse_seeds", "say_bytes", "say_count", "say_duration"]

_COUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([kKmM]?)")
_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000}


def parse_count(text: str) -> int:
    """Read a count of pictures: `4000`, `4k`, `1.5M`.

    Raises:
        UserError: If the text is no positive count (code "bad-count").
    """
    match = _COUNT.fullmatch(text.strip())
    count = round(float(match[1]) * _FACTORS[match[2].lower()]) if match else 0
    if count < 1:
        raise UserError("bad-count", text=text)
    return count


def parse_seeds(text: str) -> list[int]:
    """Read seeds: `0-63`, `7`, `1,5,9`, or a mixture; at most 100,000.

    Raises:
        UserError: If the text is no list of seeds (code "bad-seeds").
    """
    seeds: list[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{1,9})(?:\s*-\s*(\d{1,9}))?\s*", part)
        if match is None:
            raise UserError("bad-seeds", text=text)
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        if last < first or len(seeds) + last - first >= 100_000:
            raise UserError("bad-seeds", text=text)
        seeds.extend(range(first, last + 1))
    return seeds


def say_count(count: int) -> str:
    """Say a count of pictures: 950, "412 k", "1.2 M"."""
    if count < 1_000:
        return str(count)
    if count < 999_500:
        thousands = f"{count / 1_000:.1f}" if count < 9_950 else f"{count / 1_000:.0f}"
        return f"{thousands.removesuffix('.0')} k"
    millions = f"{count / 1_000_000:.2f}".rstrip("0").rstrip(".")
    return f"{millions} M"


def say_duration(seconds: float) -> str:
    """Say a duration as one would: "20 s", "6 min", "2 h", "3 days"."""
    if seconds < 90:
        return f"{max(1, round(seconds / 5) * 5 if seconds >= 20 else round(seconds))} s"
    minutes = seconds / 60
    if minutes < 90:
        return f"{round(minutes / 5) * 5 if minutes >= 40 else round(minutes)} min"
    hours = minutes / 60
    if hours < 36:
        return f"{hours:.1f} h" if hours < 10 and round(hours * 10) % 10 else f"{hours:.0f} h"
    return f"{hours / 24:.0f} days"


def say_bytes(count: float) -> str:
    """Say a size on disk or in memory: "1.4 MB", "61 GB"."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 999.5:
            return f"{count:.0f} {unit}" if count >= 10 or unit == "B" else f"{count:.1f} {unit}"
        count /= 1_000
    return f"{count:.1f} TB"
