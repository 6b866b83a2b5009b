"""Favourites on the disk: whole, told apart, found by name; a damaged file is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from ganstudio.project.errors import UserError
from ganstudio.project.favourites import (
    FAVOURITES,
    favourites_named,
    new_favourite,
    parse_tags,
    read_favourites,
    write_favourites,
)
from ganstudio.project.kept import KeptPoint
from ganstudio.project.point import LatentPoint


def _some(*names: str) -> tuple:
    return tuple(
        new_favourite(KeptPoint(point=LatentPoint(seed_x=n))).model_copy(update={"name": name})
        for n, name in enumerate(names)
    )


def test_they_come_back_as_they_were(tmp_path: Path) -> None:
    assert read_favourites(tmp_path) == ()
    some = _some("Pink bun", "", "Rain")
    write_favourites(tmp_path, some)
    assert read_favourites(tmp_path) == some


def test_they_are_found_by_name_by_number_and_by_id(tmp_path: Path) -> None:
    some = _some("Pink bun", "", "Rain")
    write_favourites(tmp_path, some)
    assert favourites_named(tmp_path, ["Rain", "2", some[0].id]) == [some[2], some[1], some[0]]
    with pytest.raises(UserError) as caught:
        favourites_named(tmp_path, ["Snow"])
    assert "Pink bun, 2, Rain" in caught.value.hint


def test_of_two_with_one_name_the_first_is_meant(tmp_path: Path) -> None:
    some = _some("Bun", "Bun")
    write_favourites(tmp_path, some)
    assert favourites_named(tmp_path, ["Bun"]) == [some[0]]


@pytest.mark.parametrize(
    "damage", ["", "{", '{"format":"ganstudio","schema_version":1,"favourites":[{}]}']
)
def test_a_damaged_file_is_named(tmp_path: Path, damage: str) -> None:
    (tmp_path / FAVOURITES).write_text(damage)
    with pytest.raises(UserError) as caught:
        read_favourites(tmp_path)
    assert FAVOURITES in caught.value.sentence


def test_two_of_one_id_are_refused(tmp_path: Path) -> None:
    one = _some("Bun")[0]
    with pytest.raises(ValueError, match="same id"):
        write_favourites(tmp_path, (one, one))


def test_tags_are_words_with_commas_between() -> None:
    assert parse_tags(" blue,  very  blue ,, blue,x") == ("blue", "very blue", "x")
    assert len(parse_tags(",".join(str(n) for n in range(99)))) == 20
