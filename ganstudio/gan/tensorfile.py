"""Safetensors files, read with suspicion: never too much, never a pickle, the header first.

Not responsible for what has to be in such a file: `modelfile` and `quality.inception` know that.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from ganstudio.project.errors import UserError

__all__ = ["Meant", "header_of", "read_bytes"]

#: What the person means the file to be; the words of an error begin with it.
Meant = Literal["model", "inception"]

_MOST_HEADER_BYTES = 4_000_000
_PICKLE_STARTS = (b"PK\x03\x04", b"\x80")


def read_bytes(path: Path, most: int, meant: Meant) -> bytes:
    """The bytes of a file that is not larger than such a file can be.

    Raises:
        UserError: "no-such-file", "unreadable-file", "model-too-large" or "inception-too-large".
    """
    try:
        if path.stat().st_size > most:
            raise UserError(f"{meant}-too-large", path=path)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("no-such-file", path=path) from error
    except OSError as error:
        raise UserError("unreadable-file", path=path, reason=error.strerror or "unknown") from error


def header_of(path: Path, data: bytes, meant: Meant) -> dict[str, Any]:
    """The JSON header: 8 bytes of length, little-endian, then so many bytes.

    Raises:
        UserError: "...-is-program" for a pickle, "...-damaged" for anything else without a header.
    """
    if data.startswith(_PICKLE_STARTS) and not data[8:9] == b"{":
        raise UserError(f"{meant}-is-program", path=path)
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > min(_MOST_HEADER_BYTES, len(data) - 8):
        raise UserError(f"{meant}-damaged", path=path)
    try:
        header = json.loads(data[8 : 8 + length])
    except (ValueError, RecursionError) as error:
        raise UserError(f"{meant}-damaged", path=path) from error
    if not isinstance(header, dict):
        raise UserError(f"{meant}-damaged", path=path)
    return header
