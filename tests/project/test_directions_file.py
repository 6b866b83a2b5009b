from __future__ import annotations

import json
from pathlib import Path

import pytest

from ganstudio.project.direction import Direction, alike, direction_key
from ganstudio.project.directions_file import (
    FOLDER,
    KeptDirection,
    load_directions,
    read_kept,
    save_directions,
)
from ganstudio.project.errors import UserError


def direction(*step: float, **values: object) -> Direction:
    return Direction.model_validate({"key": direction_key(step), "step": step} | values)


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    kept = KeptDirection(
        direction=direction(1.0, 2.0, name="Glasses", effect=0.4, low=-2.0, high=5.0),
        number=3,
        band="fine",
        reach=2.0,
        locked=True,
    )
    gone = KeptDirection(direction=direction(3.0, 4.0), deleted=True)
    for one in (kept, gone):
        one.write(tmp_path)
    assert {one.key: one for one in read_kept(tmp_path)} == {kept.key: kept, gone.key: gone}


def test_a_damaged_one_is_left_where_it_is_and_the_others_are_read(tmp_path: Path) -> None:
    kept = KeptDirection(direction=direction(1.0, 2.0))
    kept.write(tmp_path)
    broken = tmp_path / FOLDER / "broken.json"
    broken.write_text("{")
    assert read_kept(tmp_path) == [kept]
    assert broken.exists()


def test_a_saved_file_can_be_loaded_anywhere_and_so_can_one_of_a_project(tmp_path: Path) -> None:
    both = (direction(1.0, 2.0, name="One"), direction(3.0, 4.0))
    save_directions(tmp_path / "two.directions.json", both)
    assert load_directions(tmp_path / "two.directions.json") == both
    KeptDirection(direction=both[0]).write(tmp_path)
    assert load_directions(tmp_path / FOLDER / f"{both[0].key}.json") == both[:1]


def test_a_key_in_a_file_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "strange.json"
    save_directions(path, [direction(1.0, 2.0)])
    value = json.loads(path.read_text())
    value["directions"][0]["key"] = "../../elsewhere"
    path.write_text(json.dumps(value))
    assert load_directions(path)[0].key == direction_key((1.0, 2.0))


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "ganstudio", "schema_version": 1}'])
def test_what_is_no_file_of_directions_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "strange.json"
    path.write_text(text)
    with pytest.raises(UserError) as told:
        load_directions(path)
    assert told.value.code == "unreadable-file"


def test_alike_is_nearly_parallel_whatever_the_sign_and_length() -> None:
    assert alike((1.0, 0.1), (-20.0, 0.0))
    assert not alike((1.0, 1.0), (1.0, 0.0))
    assert not alike((1.0, 0.0), (1.0, 0.0, 0.0))
    assert not alike((0.0, 0.0), (1.0, 0.0))
