"""Names of files as strangers wrote them: which to pass over, which can be shown and written down.

Not responsible for what the names stand for: `sources`.
"""

from __future__ import annotations

__all__ = ["can_be_written_down", "is_hidden", "printable"]


def is_hidden(part: str) -> bool:
    """Whether one part of a path is not meant to be seen (a hidden file, a Mac's shadow folder)."""
    return part == "__MACOSX" or (part.startswith(".") and part not in {".", ".."})


def printable(name: str) -> str:
    """The name without anything that could steer a terminal or break a line."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name
    )


def can_be_written_down(name: str) -> bool:
    """Whether a JSON file can hold the name: some systems allow names that are no text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
