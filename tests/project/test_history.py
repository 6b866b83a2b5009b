"""Append-only files lose at most the line that was being written."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ganstudio.project.history import append_lines, cut_after, read_lines, read_lines_from

_ROWS = st.lists(
    st.fixed_dictionaries({"images": st.integers(0, 10**9), "text": st.text(max_size=8)}),
    max_size=8,
)
_relaxed = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(first=_ROWS, second=_ROWS)
@_relaxed
def test_what_is_appended_is_read(
    tmp_path: Path, first: list[dict[str, object]], second: list[dict[str, object]]
) -> None:
    path = tmp_path / "lines.jsonl"
    path.unlink(missing_ok=True)
    append_lines(path, first)
    append_lines(path, second)
    assert read_lines(path) == first + second


@given(rows=_ROWS, later=_ROWS, cut=st.integers(0, 400))
@_relaxed
def test_a_crash_while_writing_costs_the_torn_line_alone(
    tmp_path: Path, rows: list[dict[str, object]], later: list[dict[str, object]], cut: int
) -> None:
    path = tmp_path / "lines.jsonl"
    path.unlink(missing_ok=True)
    append_lines(path, rows)
    data = path.read_bytes() if path.exists() else b""
    torn = data[: min(cut, len(data))]
    path.write_bytes(torn)
    whole = rows[: torn.count(b"\n")]
    assert read_lines(path) == whole
    append_lines(path, later)
    read = read_lines(path)
    assert read[: len(whole)] == whole
    assert read[len(read) - len(later) :] == later
    # A tear exactly before the line feed leaves a line that is whole: keeping it is right too.
    assert len(read) - len(whole) - len(later) in (0, 1)


def test_damage_in_the_middle_costs_that_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(
        b'{"images":1}\n\x00\xff garbage\n[1,2]\n' + b"[" * 5_000 + b'\n{"images":2}\n'
    )
    assert read_lines(path) == [{"images": 1}, {"images": 2}]


def test_no_file_has_no_lines(tmp_path: Path) -> None:
    assert read_lines(tmp_path / "missing") == []
    assert read_lines_from(tmp_path / "missing", 7) == ([], 7)
    cut_after(tmp_path / "missing", 3)
    append_lines(tmp_path / "missing", [])
    assert not list(tmp_path.iterdir())


@given(rows=_ROWS, splits=st.lists(st.integers(0, 8), max_size=4))
@_relaxed
def test_a_follower_reads_every_line_once(
    tmp_path: Path, rows: list[dict[str, object]], splits: list[int]
) -> None:
    path = tmp_path / "lines.jsonl"
    path.unlink(missing_ok=True)
    seen: list[dict[str, object]] = []
    offset = 0
    edges = [0, *sorted(min(split, len(rows)) for split in splits), len(rows)]
    for start, end in itertools.pairwise(edges):
        append_lines(path, rows[start:end])
        with path.open("ab") as file:
            file.write(b"")
        values, offset = read_lines_from(path, offset)
        seen.extend(values)
    assert seen == rows


def test_a_follower_waits_for_the_end_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"images":1}\n{"ima')
    values, offset = read_lines_from(path, 0)
    assert values == [{"images": 1}]
    with path.open("ab") as file:
        file.write(b'ges":2}\n')
    assert read_lines_from(path, offset)[0] == [{"images": 2}]


@given(rows=_ROWS, clock=st.integers(0, 10**9))
@_relaxed
def test_cutting_drops_exactly_the_later_lines(
    tmp_path: Path, rows: list[dict[str, int]], clock: int
) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"torn')
    cut_after(path, clock)
    assert read_lines(path) == [row for row in rows if row["images"] <= clock]
    assert not path.read_bytes() or path.read_bytes().endswith(b"\n")
