"""Kinds come from folders, whatever lies around them."""

from __future__ import annotations

import pytest

from ganstudio.project.kinds import NO_KINDS, kind_of_seed, kinds_of, shortened, wanted_kinds
from ganstudio.project.picture_list import PictureEntry, PictureList, SourceEntry


def pictures(*names: str, **more: object) -> PictureList:
    """A list with one folder as its source."""
    entries = tuple(
        PictureEntry(source=0, name=name, hash=f"hash of {name}", left_out=left_out)
        for name, left_out in (
            name.rsplit("!", 1) if "!" in name else (name, None) for name in names
        )
    )
    source = SourceEntry(kind="folder", location="/home/me/My scans")
    return PictureList(sources=(source,), pictures=entries, **more)


def named(*names: str) -> dict[str, str]:
    kinds = kinds_of(pictures(*names))
    return {content.removeprefix("hash of "): kinds.names[n] for content, n in kinds.of.items()}


def test_the_first_folder_is_the_kind() -> None:
    assert named("cats/1.png", "dogs/old/2.png", "dogs/3.png") == {
        "cats/1.png": "cats",
        "dogs/old/2.png": "dogs",
        "dogs/3.png": "dogs",
    }


def test_folders_around_all_pictures_say_nothing() -> None:
    found = named("set/train/cats/1.png", "set/train/dogs/2.png")
    assert set(found.values()) == {"cats", "dogs"}


def test_a_folder_whose_name_only_begins_alike_is_another_one() -> None:
    assert set(named("cat/1.png", "cats/2.png").values()) == {"cat", "cats"}


def test_what_lies_in_no_folder_is_called_as_its_source() -> None:
    assert named("1.png", "cats/2.png") == {"1.png": "My scans", "cats/2.png": "cats"}


def test_each_source_has_its_own_folders_around() -> None:
    sources = tuple(SourceEntry(kind="zip", location=f"/a/{n}.zip") for n in ("cats", "dogs"))
    entries = tuple(
        PictureEntry(source=source, name=f"all/{source}.png", hash=str(source)) for source in (0, 1)
    )
    assert kinds_of(PictureList(sources=sources, pictures=entries)).names == ("cats", "dogs")


@pytest.mark.parametrize("names", [(), ("1.png",), ("cats/1.png", "cats/2.png")])
def test_fewer_than_two_kinds_are_none(names: tuple[str, ...]) -> None:
    assert kinds_of(pictures(*names)) == NO_KINDS


def test_a_thousand_folders_are_kinds_and_one_more_is_an_order_of_another_sort() -> None:
    names = [f"{n:04}/a.png" for n in range(1_001)]
    assert len(kinds_of(pictures(*names[:1_000])).names) == 1_000
    assert kinds_of(pictures(*names)) == NO_KINDS


def test_pictures_left_out_make_no_kind() -> None:
    assert kinds_of(pictures("cats/1.png", "dogs/2.png!by-hand")) == NO_KINDS


def test_numbers_follow_the_alphabet_and_not_the_order_of_the_list() -> None:
    one, other = kinds_of(pictures("b/1.png", "a/2.png")), kinds_of(pictures("a/2.png", "b/1.png"))
    assert one.names == other.names == ("a", "b")
    assert one.of == other.of


def test_another_list_is_looked_at_anew() -> None:
    first = pictures("a/1.png", "b/2.png")
    assert kinds_of(first) is kinds_of(first)
    assert kinds_of(pictures("a/1.png", "c/2.png")).names == ("a", "c")
    assert kinds_of(first).names == ("a", "b")


def test_they_are_learned_only_if_a_person_wants_it() -> None:
    assert wanted_kinds(pictures("a/1.png", "b/2.png")) == NO_KINDS
    assert wanted_kinds(pictures("a/1.png", "b/2.png", kinds=True)).names == ("a", "b")


def test_seeds_are_drawn_as_all_kinds_in_turn() -> None:
    assert [kind_of_seed(seed, 3) for seed in range(7)] == [0, 1, 2, 0, 1, 2, 0]
    assert kind_of_seed(5, 0) == 0


def test_many_names_are_shortened() -> None:
    assert shortened(["a", "b", "c", "d"]) == "a, b, c, d"
    assert shortened(["a", "b", "c", "d", "e", "f"]) == "a, b, c, d and 2 more"


def test_a_dot_in_a_folder_of_pictures_belongs_to_its_name() -> None:
    sources = tuple(SourceEntry(kind="folder", location=f"/a/cats.{year}") for year in (2023, 2024))
    entries = tuple(PictureEntry(source=n, name=f"{n}.png", hash=str(n)) for n in (0, 1))
    found = kinds_of(PictureList(sources=sources, pictures=entries))
    assert found.names == ("cats.2023", "cats.2024")
