"""A run's past, for the time machine and the plots: rows, snapshots, sample sheets.

Not responsible for the present: rows and pictures of the running training come through channels.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import MISSING, fields
from typing import Any

import numpy as np
from PIL import Image

from ganstudio.project.atomic import read_json
from ganstudio.project.errors import UserError
from ganstudio.project.messages import MetricsRow, Pictures
from ganstudio.project.pixels import multiplied
from ganstudio.project.runs import RunFolder
from ganstudio.project.sheets import cut_sheet

__all__ = ["RunHistory", "read_first_seed", "read_samples", "rows_of"]

_KEPT_BYTES = 200_000_000
_FIELDS = frozenset(field.name for field in fields(MetricsRow))
_NEEDED = frozenset(field.name for field in fields(MetricsRow) if field.default is MISSING)


def read_samples(run: RunFolder, clock: int) -> Pictures:
    """The fixed places as a snapshot drew them.

    Returns:
        (64, H, W, C) uint8, read-only.

    Raises:
        UserError: "unreadable-file".
    """
    path = run.snapshot_folder(clock) / "samples.png"
    try:
        with Image.open(path, formats=("PNG",)) as image:
            sheet = multiplied(np.asarray(image, dtype=np.uint8))
        return cut_sheet(sheet if sheet.ndim == 3 else sheet[:, :, np.newaxis])
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UserError("unreadable-file", path=path, reason="it is damaged") from error


def read_first_seed(run: RunFolder, clock: int) -> int:
    """The seed of the first place in `read_samples`; the others are the seeds after it.

    A change while it trained may have chosen other places, so moments differ. What a snapshot does
    not tell, or tells wrongly, is 0.
    """
    try:
        told = read_json(run.snapshot_folder(clock) / "snapshot.json")
    except UserError:
        return 0
    seeds = told.get("seeds") if isinstance(told, dict) else None
    first = seeds[0] if isinstance(seeds, list) and seeds else 0
    return first if isinstance(first, int) and first >= 0 else 0


def rows_of(lines: Iterable[dict[str, Any]]) -> list[MetricsRow]:
    """Lines of `metrics.jsonl` as rows; a line that lacks something is left out."""
    rows = []
    for line in lines:
        known = {name: value for name, value in line.items() if name in _FIELDS}
        if known.keys() >= _NEEDED:
            rows.append(MetricsRow(**known))
    return rows


class RunHistory:
    """Reads a run's files; keeps the newest sheets that were asked for, up to 200 MB."""

    def __init__(self, run: RunFolder) -> None:
        self.run = run
        self._sheets: OrderedDict[int, Pictures] = OrderedDict()

    def rows(self) -> list[MetricsRow]:
        """All rows of metrics; fields that a newer version added are passed over."""
        return rows_of(self.run.metrics())

    def snapshots(self) -> list[int]:
        """The clocks of all snapshots, ascending."""
        return self.run.snapshots()

    def samples(self, clock: int) -> Pictures:
        """The sheet of a snapshot; see `read_samples`."""
        if clock in self._sheets:
            self._sheets.move_to_end(clock)
            return self._sheets[clock]
        sheet = read_samples(self.run, clock)
        self._sheets[clock] = sheet
        while len(self._sheets) * sheet.nbytes > _KEPT_BYTES and len(self._sheets) > 1:
            self._sheets.popitem(last=False)
        return sheet
