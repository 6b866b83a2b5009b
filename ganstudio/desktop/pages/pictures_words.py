"""What the Pictures page says about a set: the verdict, and what was left out and why.

Not responsible for finding problems (`pictures` did) nor for drawing anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.translate import marked
from ganstudio.project.errors import sentence_and_hint
from ganstudio.project.picture_list import LEFT_OUT_BY_HAND, PictureEntry, PictureList

__all__ = ["Problem", "Verdict", "badge", "problems", "reason", "verdict"]

_CONTEXT = "PicturesWords"
_FEW, _ENOUGH, _PLENTY = 100, 500, 2_000


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One headline on the set and a line under it; `good` gives the check, else a warning."""

    headline: str
    text: str
    good: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """Pictures that were left out for reasons of one kind.

    Attributes:
        kind: A key of `_KINDS`.
        title: "2 could not be read".
        line: The first of them, in a few words.
        serious: Whether a person may want to mend it.
        first: Index of the first such picture.
    """

    kind: str
    title: str
    line: str
    serious: bool
    first: int


def verdict(usable: int, reading: bool = False) -> Verdict:
    """The verdict by the number of pictures that training would see.

    Args:
        usable: How many there are.
        reading: Whether more are being read: then none yet is no verdict.
    """
    count = f"{usable:,}"
    if usable == 0 and reading:
        return Verdict(
            _tr("Reading your pictures"), _tr("They are only read, never changed."), True
        )
    if usable == 0:
        return Verdict(
            _tr("Nothing to learn from"), _tr("No picture is in the set. Add some."), False
        )
    if usable < _FEW:
        text = _tr("{n} pictures. 100 or more of one kind work best; with few it may copy them.")
        return Verdict(_tr("Few pictures"), text.format(n=count), False)
    if usable < _ENOUGH:
        text = _tr("{n} pictures. Augmentation makes the most of them.")
        return Verdict(_tr("Enough to begin"), text.format(n=count), True)
    if usable < _PLENTY:
        text = _tr("{n} pictures. Enough for Medium network size.")
        return Verdict(_tr("A good set, ready to train"), text.format(n=count), True)
    text = _tr("{n} pictures. Enough for any network size.")
    return Verdict(_tr("A rich set, ready to train"), text.format(n=count), True)


#: kind -> (title for many, title for one, what the first one's line says)
_KINDS: Mapping[str, tuple[str, str, bool]] = {
    "unreadable": (
        marked("PicturesWords", "{n} could not be read"),
        marked("PicturesWords", "Unreadable"),
        True,
    ),
    "small": (
        marked("PicturesWords", "{n} too small"),
        marked("PicturesWords", "Too small"),
        True,
    ),
    "large": (
        marked("PicturesWords", "{n} too large"),
        marked("PicturesWords", "Too large"),
        True,
    ),
    "duplicate": (
        marked("PicturesWords", "{n} duplicates"),
        marked("PicturesWords", "Duplicate"),
        False,
    ),
    "hand": (
        marked("PicturesWords", "{n} left out by you"),
        marked("PicturesWords", "Left out"),
        False,
    ),
}


def _kind(entry: PictureEntry) -> str:
    code = entry.left_out or ""
    if code == LEFT_OUT_BY_HAND:
        return "hand"
    if code == "picture-duplicate":
        return "duplicate"
    if code == "picture-too-small":
        return "small"
    if code in ("picture-too-large", "picture-file-too-large"):
        return "large"
    return "unreadable"


def badge(entry: PictureEntry) -> str:
    """Why a picture is left out, in one or two words for its tile; empty if it is in."""
    return "" if entry.usable else _tr(_KINDS[_kind(entry)][1])


def reason(entry: PictureEntry) -> str:
    """Why a picture is left out, in a sentence; empty if it is in."""
    if entry.usable:
        return ""
    if entry.left_out == LEFT_OUT_BY_HAND:
        return _tr("You left it out.")
    # Every sentence of a picture names it; the list of values need not hold the name as well.
    values: dict[str, object] = {"name": entry.name} | dict(entry.values)
    return sentence_and_hint(str(entry.left_out), values)[0]


def problems(pictures: PictureList) -> list[Problem]:
    """What was left out, by kind, the serious kinds first."""
    found: dict[str, list[int]] = {kind: [] for kind in _KINDS}
    for index, entry in enumerate(pictures.pictures):
        if not entry.usable:
            found[_kind(entry)].append(index)
    return [
        Problem(
            kind=kind,
            title=_tr(_KINDS[kind][0]).format(n=len(indices)),
            line=_line(kind, pictures.pictures[indices[0]]),
            serious=_KINDS[kind][2],
            first=indices[0],
        )
        for kind, indices in found.items()
        if indices
    ]


def _line(kind: str, first: PictureEntry) -> str:
    if kind == "duplicate":
        return _tr("each counts once")
    if kind == "hand":
        return _tr("Del brings them back")
    return reason(first).removesuffix(".").replace(_tr(" and was left out"), "")
