"""Histories and tournaments as tables that a spreadsheet opens.

Not responsible for reading them from a run: it takes the rows.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from ganstudio.export.image import ending
from ganstudio.project.atomic import write_bytes
from ganstudio.project.messages import MetricsRow
from ganstudio.project.tournament import Player, Tournament

__all__ = ["save_csv", "save_tournament"]


def save_csv(path: Path, rows: Iterable[MetricsRow]) -> None:
    """Save rows of metrics as CSV: UTF-8, commas, points for decimals, names in the first line.

    Args:
        path: Ends in `.csv`; replaced in one piece if it is there.
        rows: In order of their clock.

    Raises:
        UserError: "wrong-ending", "disk-full" or "folder-not-writable".
    """
    names = [field.name for field in dataclasses.fields(MetricsRow)]
    _write(path, [names, *([getattr(row, name) for name in names] for row in rows)])


def save_tournament(path: Path, players: Sequence[Player], found: Tournament) -> None:
    """Save win rates and skills as CSV: a row for each generator, then the inspectors' skills.

    Args:
        path: As `save_csv`.
        players: In the order of the result.
        found: What came out.

    Raises:
        UserError: As `save_csv`.
    """
    names = [f"{player.name} at {player.clock}" for player in players]
    many = len(players)
    table: list[list[object]] = [["generator", "skill", "error", *names]]
    for row, name in enumerate(names):
        skill, error = found.generators[row], found.errors[row]
        table.append([name, float(skill), float(error), *found.wins[row].tolist()])
    table.append(["inspectors' skill", "", "", *found.inspectors.tolist()])
    table.append(["inspectors' error", "", "", *found.errors[many:].tolist()])
    _write(path, table)


def _write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    write_bytes(ending(path, ".csv"), text.getvalue().encode())
