"""What is kept travels whole; hostile files are refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ganstudio.project.direction import Direction, direction_key
from ganstudio.project.errors import UserError
from ganstudio.project.kept import KeptPoint, keep, kept_text, read_kept, write_kept
from ganstudio.project.point import LatentPoint, Mask, Mix, Share


def _direction(*step: float, layers: tuple[int, ...] = (), name: str = "") -> Direction:
    return Direction(key=direction_key(step, layers), step=step, layers=layers, name=name)


ONE, TWO = _direction(0.1, -0.2), _direction(1 / 3, 1e-7, layers=(0, 2), name="Lächeln")
THREE, FOUR = _direction(3.0, 0.0), _direction(0.0, 4.0)


def _within() -> LatentPoint:
    """A place that moves along one direction, and others along two more inside it."""
    mixed = LatentPoint(seed_x=3).with_amount(TWO.key, 1.5)
    masked = LatentPoint(blend=(Share(point=LatentPoint(vector=(0.1, 2.0)), weight=0.5),))
    shown = masked.with_amount(THREE.key, -1)
    return LatentPoint(
        seed_x=1 / 3,
        mixes=(Mix(band="coarse", point=mixed),),
        mask=Mask(point=shown, rows=((0.5, 1.0),)),
    ).with_amount(ONE.key, 0.1)


def test_a_place_keeps_the_directions_it_needs_and_no_others(tmp_path: Path) -> None:
    kept = keep(_within(), [ONE, TWO, THREE, FOUR], "abc", 412_336)
    assert {one.key for one in kept.directions} == {ONE.key, TWO.key, THREE.key}
    write_kept(tmp_path / "place.json", kept)
    assert read_kept(tmp_path / "place.json") == kept


def _written(**changes: object) -> str:
    value = json.loads(kept_text(keep(_within(), [ONE, TWO, THREE], "abc", 5)))
    return json.dumps(value | changes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable-file"),
        ("[" * 100_000, "unreadable-file"),
        ("null", "unreadable-file"),
        ("{}", "unreadable-file"),
        (_written(schema_version=999), "newer-project"),
        (_written(schema_version="1"), "unreadable-file"),
        (_written(point={"seed_x": float("nan")}), "unreadable-file"),
        (_written(point={"seed_x": 1, "run": "rm"}), "unreadable-file"),
        (_written(point={"vector": [0.0] * 9_000}), "unreadable-file"),
        (_written(images=-1), "unreadable-file"),
        (_written(directions=[{"key": "x", "step": [1.0]}]), "unreadable-file"),
        (_written(directions=[{"key": "x", "step": [], "name": "y"}]), "unreadable-file"),
        (_written(directions=[{"key": "x", "step": [1e300]}]), "unreadable-file"),
        (_written(directions=[{"key": "x", "step": [1.0], "layers": [-1]}]), "unreadable-file"),
        (_written(directions=[{"key": "x", "step": [1.0], "layers": [300]}]), "unreadable-file"),
        (_written(point={"vector": [1e300]}), "unreadable-file"),
        (_written(point={"bends": [{"stage": 0, "channels": [-1_000_000]}]}), "unreadable-file"),
    ],
)
def test_what_is_no_place_is_refused_with_a_sentence(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(UserError) as caught:
        read_kept(path)
    assert caught.value.code == code
    assert "odd.json" in caught.value.sentence


def test_places_deep_within_places_are_refused(tmp_path: Path) -> None:
    point: dict[str, object] = {}
    for _ in range(300):
        point = {"mask": {"point": point, "rows": [[1.0]]}}
    path = tmp_path / "deep.json"
    path.write_text(_written(point=point))
    with pytest.raises(UserError) as caught:
        read_kept(path)
    assert caught.value.code == "unreadable-file"


def test_a_huge_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ganstudio.project.kept._MOST_BYTES", 1_000)
    path = tmp_path / "huge.json"
    path.write_text(" " * 2_000 + _written())
    with pytest.raises(UserError) as caught:
        read_kept(path)
    assert "too large" in caught.value.sentence


def test_numbers_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    """Python's JSON knows NaN and Infinity; no step may have them."""
    text = _written().replace("0.1,", "Infinity,", 1)
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(UserError):
        read_kept(path)


def test_a_place_without_anything_else_is_one_too(tmp_path: Path) -> None:
    write_kept(tmp_path / "place.json", KeptPoint(point=LatentPoint(seed_x=2)))
    assert read_kept(tmp_path / "place.json").point == LatentPoint(seed_x=2)
