"""Histories as tables that a spreadsheet opens.

Not responsible for reading them from a run: it takes the rows.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable
from pathlib import Path

from ganstudio.export.image import ending
from ganstudio.project.atomic import write_bytes
from ganstudio.project.messages import MetricsRow

__all__ = ["save_csv"]


def save_csv(path: Path, rows: Iterable[MetricsRow]) -> None:
    """Save rows of metrics as CSV: UTF-8, commas, points for decimals, names in the first line.

    Args:
        path: Ends in `.csv`; replaced in one piece if it is there.
        rows: In order of their clock.

    Raises:
        UserError: "wrong-ending", "disk-full" or "folder-not-writable".
    """
    text = io.StringIO(newline="")
    names = [field.name for field in dataclasses.fields(MetricsRow)]
    table = csv.writer(text, lineterminator="\n")
    table.writerow(names)
    table.writerows([getattr(row, name) for name in names] for row in rows)
    write_bytes(ending(path, ".csv"), text.getvalue().encode())
