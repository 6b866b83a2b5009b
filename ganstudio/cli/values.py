"""What a person writes behind an option, read with a sentence for what cannot be read.

Not responsible for the options themselves (`parser`).
"""

from __future__ import annotations

import math
import os
from pathlib import Path

from ganstudio.project.direction import WAYS, Origin
from ganstudio.project.errors import UserError
from ganstudio.project.numbers import parse_count, parse_seeds
from ganstudio.project.recipe import GRIDS

__all__ = [
    "aspect",
    "colours",
    "count",
    "diversity",
    "folder",
    "framing",
    "minutes",
    "moments",
    "path_of",
    "said",
    "seconds",
    "seed",
    "seeds",
    "setting",
    "side",
    "size",
    "threads",
    "ways",
]

count = parse_count
seeds = parse_seeds

_SIZES = (32, 64, 128, 256, 512)
_FRAMINGS = ("crop", "pad")
_COLOURS = {"grey": 1, "colour": 3, "transparent": 4}
_MOST_SEED = 2**63 - 1
_MOST_MOMENTS = 64


def folder(text: str) -> Path:
    """A path as it was written; `~` is the home folder."""
    if not text:
        raise UserError("usage", problem="A name is empty", command="ganstudio")
    return path_of(text)


def ways(text: str) -> tuple[Origin, ...]:
    """How to look for directions: some of `direction.WAYS`, with commas."""
    words = text.split(",")
    found = tuple(way for way in WAYS if way in words)
    if len(found) != len(words):
        known = ",".join(WAYS)
        problem = f"{text} is no way to look for directions; write {known}"
        raise UserError("usage", problem=problem, command="ganstudio directions")
    return found


def path_of(text: str) -> Path:
    """A path as it was written; `~` is the home folder, `~name` of nobody here a plain name."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def size(text: str) -> int:
    """Pixels a side."""
    if text not in map(str, _SIZES):
        raise UserError("bad-size", text=text)
    return int(text)


def aspect(text: str) -> str:
    """Width to height."""
    if text not in GRIDS:
        raise UserError("bad-aspect", text=text, available=", ".join(GRIDS))
    return text


def colours(text: str) -> int:
    """How many channels a picture has."""
    if text not in _COLOURS:
        raise UserError("bad-colours", text=text)
    return _COLOURS[text]


def framing(text: str) -> str:
    """How a picture is brought to its proportions."""
    if text not in _FRAMINGS:
        raise UserError("bad-framing", text=text)
    return text


def minutes(text: str) -> float:
    """A time to train; a tenth of a second at least, ten years at most."""
    value = _number(text)
    if not 0.0016 <= value <= 5_300_000:
        raise UserError("bad-minutes", text=text)
    return value


def diversity(text: str) -> float:
    """Truncation psi."""
    value = _number(text)
    if not 0 <= value <= 2:
        raise UserError("bad-diversity", text=text)
    return value


def seconds(text: str) -> float:
    """How long a film lasts; `FilmSettings` knows what it can be."""
    return _number(text)


def side(text: str) -> int:
    """Pixels of a film's shorter side; `FilmSettings` knows what they can be."""
    value = _number(text)
    return int(value) if value == value // 1 else 0


def seed(text: str) -> int:
    """The seed of a run."""
    if not (text.isascii() and text.isdecimal()) or int(text) > _MOST_SEED:
        raise UserError("bad-seed", text=text)
    return int(text)


def threads(text: str) -> int:
    """CPU threads."""
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:5]) <= 1024:
        raise UserError("bad-threads", count=text, cores=os.cpu_count() or 1)
    return int(text)


def setting(text: str) -> tuple[str, str]:
    """KEY=VALUE."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise UserError("setting-form", text=text)
    return key.strip(), value.strip()


def moments(text: str) -> int:
    """How many moments play; two at least, and no more than anybody waits for."""
    if not (text.isascii() and text.isdecimal()) or not 2 <= int(text[:4]) <= _MOST_MOMENTS:
        raise UserError("bad-moments", text=text, most=_MOST_MOMENTS)
    return int(text)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def said(value: object) -> str:
    """The other way round: a recipe's value as `--set` takes it."""
    if isinstance(value, list):
        return "+".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
