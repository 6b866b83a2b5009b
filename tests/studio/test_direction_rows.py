from __future__ import annotations

from ganstudio.project.direction import Direction, Fit, direction_key
from ganstudio.project.directions_file import KeptDirection
from ganstudio.project.point import LatentPoint
from ganstudio.studio.direction_rows import rows_of


def direction(*step: float, effect: float = 1.0, name: str = "") -> Direction:
    return Direction(key=direction_key(step), step=step, effect=effect, name=name)


FOUND = (direction(1.0, 0.0, 0.0), direction(0.0, 1.0, 0.0, effect=0.5))
BANDS = {"coarse": (0, 1), "fine": (2, 3)}


def names(*given: object) -> list[str]:
    rows = rows_of(*given)  # type: ignore[arg-type]  # as a test gives them
    return [row.kept.direction.name or str(row.kept.number) for row in rows]


def test_what_was_found_is_numbered_in_its_order() -> None:
    assert names(FOUND, [], {}, {}) == ["1", "2"]


def test_a_name_takes_the_place_of_what_is_found_again() -> None:
    kept = KeptDirection(direction=direction(0.0, 2.0, 0.1, effect=0.5, name="Beard"))
    fits = {kept.key: Fit("same", 0.9)}
    assert names(FOUND, [kept], fits, {}) == ["Beard", "1"]


def test_what_was_deleted_stays_away_also_when_found_a_little_otherwise() -> None:
    gone = KeptDirection(direction=direction(1.0, 0.1, 0.0), number=1, deleted=True)
    assert names(FOUND, [gone], {}, {}) == ["2"]


def test_what_does_something_else_now_is_replaced_by_what_does_it() -> None:
    kept = KeptDirection(direction=direction(0.0, 0.0, 1.0, effect=0.7, name="Smile"))
    fits = {kept.key: Fit("aligned", 0.8, (0.0, 0.6, 0.8))}
    row = next(row for row in rows_of(FOUND, [kept], fits, {}) if row.aligned)
    assert row.direction.step == (0.0, 0.6, 0.8)
    assert row.key == direction_key((0.0, 0.6, 0.8))
    assert row.kept.key == kept.key
    assert row.number == 0, "numbers are those of what was found here"


def test_what_cannot_be_used_stands_last_with_its_reason() -> None:
    lost = KeptDirection(direction=direction(0.0, 0.0, 1.0, name="Lost"))
    new = KeptDirection(direction=direction(0.0, 0.0, 2.0, name="New"))
    other = KeptDirection(direction=direction(1.0, 1.0, name="Other"))
    rows = rows_of(FOUND, [other, lost, new], {lost.key: Fit("lost", 0.1)}, {})
    assert [row.state for row in rows] == ["own", "own", "checking", "network", "lost"]


def test_a_place_says_which_layers_it_was_moved_in() -> None:
    row = rows_of(FOUND, [], {}, BANDS)[0]  # type: ignore[arg-type]  # bands by their names
    assert len(row.keys) == 3
    fine = row.limited("fine")
    assert fine.layers == (2, 3)
    assert row.key_at(LatentPoint()) == row.key
    assert row.key_at(LatentPoint().with_amount(fine.key, 1.0)) == fine.key
