"""Rows of metrics come back from a CSV as they were."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pytest

from ganstudio.export.tables import save_csv
from ganstudio.project.errors import UserError
from ganstudio.project.messages import MetricsRow

_ROW = MetricsRow(64, 0.1, 2 / 3, 0.5, 0.5, 0.5, 1e-9, 1.0, 1.0, 2e-3, 0.0, 512.5, 0.125, 1, 640.5)


def test_a_table_holds_every_number_exactly(tmp_path: Path) -> None:
    path = tmp_path / "losses.csv"
    save_csv(path, [_ROW, dataclasses.replace(_ROW, images=128)])
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["images"]) for row in rows] == [64, 128]
    for field in dataclasses.fields(MetricsRow):
        value = getattr(_ROW, field.name)
        assert rows[0][field.name] == "" if value is None else float(rows[0][field.name]) == value
    assert rows[0]["memory_mb"] == "640.5"
    assert rows[0]["gpu_memory_mb"] == ""


def test_only_csv_names_are_taken(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        save_csv(tmp_path / "losses.txt", [_ROW])
    assert caught.value.code == "wrong-ending"
