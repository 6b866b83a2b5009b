"""Append-only files of JSON lines: whole lines in, a torn last line left out when read.

Not responsible for what a line means: `runs` and the readers of metrics and events know that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ganstudio.project.atomic import write_bytes, writing

__all__ = ["append_lines", "cut_after", "read_lines", "read_lines_from"]


def append_lines(path: Path, values: Iterable[dict[str, Any]]) -> None:
    """Append one line for each value, in one write.

    A torn last line (a crash while writing) is first ended, so that it can never swallow a new one.
    """
    data = "".join(json.dumps(value, separators=(",", ":")) + "\n" for value in values).encode()
    if not data:
        return
    with writing(path, len(data)), path.open("ab+") as file:
        if file.tell() > 0:
            file.seek(-1, 2)
            if file.read(1) != b"\n":
                data = b"\n" + data
        file.write(data)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read every whole line; a torn or damaged line is left out. No file reads as no lines."""
    return read_lines_from(path, 0)[0]


def read_lines_from(path: Path, offset: int) -> tuple[list[dict[str, Any]], int]:
    """Read the whole lines from a byte offset on.

    Returns:
        The values, and the offset after the last whole line: where to go on next time.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read()
    except FileNotFoundError:
        return [], offset
    end = data.rfind(b"\n") + 1
    values = (_value(line) for line in data[:end].splitlines())
    return [value for value in values if value is not None], offset + end


def cut_after(path: Path, clock: int) -> None:
    """Drop every line whose `images` is later than a clock: resuming goes on from there."""
    lines = read_lines(path)
    kept = [line for line in lines if line.get("images", 0) <= clock]
    if path.exists():
        data = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in kept)
        write_bytes(path, data.encode())


def _value(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
