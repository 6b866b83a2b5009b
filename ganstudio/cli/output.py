"""The only place that writes to the terminal.

What was asked for goes to stdout: paths and descriptions for people, or JSON objects, and nothing
else. What a person may like to know meanwhile goes to stderr.

Not responsible for wording.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from ganstudio.project.errors import UserError

__all__ = ["Output", "columns"]

#: Where no line can be redrawn, progress is one line in so many seconds.
_QUIET_S = 10.0
_REDRAWS_S = 0.1


class Output:
    """Writes to stdout and stderr.

    Args:
        as_json: Whether stdout takes JSON objects instead of words.
    """

    def __init__(self, as_json: bool = False) -> None:
        self.as_json = as_json
        self._live = sys.stderr.isatty()
        self._drawn = False
        self._last = -math.inf
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                # A terminal that knows no such letter shows its number instead of failing.
                reconfigure(errors="backslashreplace")

    def result(self, text: str) -> None:
        """A line that was asked for; with JSON it is left out."""
        if not self.as_json:
            self._write(sys.stdout, f"{text}\n")

    def event(self, name: str, **values: object) -> None:
        """One JSON object on a line of its own; without JSON it is left out."""
        if self.as_json:
            self._write(sys.stdout, json.dumps(_plain({"event": name, **values})) + "\n")

    def document(self, values: dict[str, object]) -> None:
        """One JSON object as the whole answer."""
        self._write(sys.stdout, json.dumps(_plain(values), indent=1) + "\n")

    def tell(self, text: str) -> None:
        """A line for the person at the terminal."""
        self.end_progress()
        self._write(sys.stderr, f"{text}\n")

    def tell_error(self, error: UserError) -> None:
        """What went wrong and what to do, and the same as an event."""
        self.tell(" ".join(part for part in (error.sentence, error.hint) if part))
        self.event("error", code=error.code, sentence=error.sentence, hint=error.hint)

    def progress(self, text: str) -> None:
        """Redraw the progress line; where lines cannot be redrawn, add one now and then."""
        now = time.monotonic()
        if now - self._last < (_REDRAWS_S if self._live else _QUIET_S):
            return
        self._last = now
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            self._write(sys.stderr, f"\r\x1b[K{text[:width]}")
            self._drawn = True
        else:
            self._write(sys.stderr, f"{text}\n")

    def end_progress(self) -> None:
        """Take the progress line away, so that the next line begins at the left."""
        if self._drawn:
            self._write(sys.stderr, "\r\x1b[K")
            self._drawn = False
        self._last = -math.inf

    @property
    def width(self) -> int:
        """How many letters a progress line may have."""
        return shutil.get_terminal_size().columns - 1 if self._live else 100

    @staticmethod
    def _write(stream: TextIO, text: str) -> None:
        try:
            stream.write(text)
            stream.flush()
        except OSError:
            # Nobody reads any more (a closed pipe, a closed terminal): the work is worth more.
            with contextlib.suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), stream.fileno())


def columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows of a table as lines: columns as wide as their widest word, two spaces apart."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _plain(value: object) -> object:
    """What JSON can say: numbers that are none become null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
