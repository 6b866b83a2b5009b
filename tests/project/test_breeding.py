"""Variations and children: valid places, the same for the same throw, as different as asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ganstudio.project.breeding import Brood, children, variations
from ganstudio.project.family import Family
from ganstudio.project.point import Bend, LatentPoint, Mask, Mix, Share

KEYS = tuple(f"key{n:02}" for n in range(16))
HERE = LatentPoint(seed_x=21, seed_y=4, diversity=0.8).with_amount(KEYS[0], 1.2)
THERE = LatentPoint(seed_x=77, seed_y=9, kind=2).with_amount(KEYS[1], -2.0)


def _vary(how_different: float, throw: int = 1, point: LatentPoint = HERE) -> Brood:
    return variations(point, how_different, 25, throw, KEYS, {KEYS[2]})


def _cross(
    mother: LatentPoint = HERE, father: LatentPoint = THERE, throw: int = 1, count: int = 25
) -> Brood:
    return children(mother, father, 0.3, count, throw, KEYS, {KEYS[0]})


def _distance(point: LatentPoint, other: LatentPoint) -> float:
    way = np.hypot(point.seed_x - other.seed_x, point.seed_y - other.seed_y)
    return float(way) + sum(abs(point.amount(key) - other.amount(key)) for key in KEYS)


@pytest.mark.parametrize("count", [9, 25])
def test_the_place_itself_is_in_the_middle_and_all_others_are_different(count: int):
    brood = variations(HERE, 0.3, count, 1, KEYS)
    assert brood.parents == (count // 2,)
    assert brood.points[count // 2] == HERE
    assert len(set(brood.points)) == count


def test_the_same_throw_gives_the_same_sheet_and_another_one_another():
    assert _vary(0.4) == _vary(0.4)
    assert not set(_vary(0.4, 1).points) & set(_vary(0.4, 2).points) - {HERE}
    assert _cross() == _cross()
    assert not set(_cross(throw=1).points) & set(_cross(throw=2).points) - {HERE, THERE}


def test_the_dial_leads_from_a_shade_to_another_picture():
    far = []
    for how_different in (0.05, 0.2, 0.4, 0.7, 1.0):
        points = [point for point in _vary(how_different).points if point != HERE]
        far.append(float(np.mean([_distance(point, HERE) for point in points])))
    assert far == sorted(far)
    assert far[0] < 1.0
    away = [p for p in _vary(1.0).points if max(abs(p.seed_x - 21), abs(p.seed_y - 4)) >= 1]
    assert len(away) >= 20, "wholly another seed"


def test_what_is_locked_stays_in_variations_and_is_the_mothers_in_children():
    locked = HERE.with_amount(KEYS[2], 0.7)
    assert {point.amount(KEYS[2]) for point in _vary(0.9, point=locked).points} == {0.7}
    amounts = {point.amount(KEYS[0]) for point in _cross().points[:-1]}
    assert amounts == {1.2}


def test_children_lie_between_their_parents_in_order():
    brood = _cross()
    assert (brood.points[0], brood.points[-1]) == (HERE, THERE)
    assert brood.parents == (0, 24)
    of_father = []
    for child in brood.points[1:-1]:
        (share,) = child.blend
        is_mother = child.kind == HERE.kind
        of_father.append(share.weight if is_mother else 1 - share.weight)
    assert of_father == sorted(of_father)
    assert of_father[0] < 0.1 < 0.9 < of_father[-1]
    assert any(child.mixes for child in brood.points), "some have a band from one parent"
    assert {child.amount(KEYS[1]) < -1 for child in brood.points} == {True, False}


def test_generations_of_children_stay_valid_and_small():
    """Shares are pooled, so that places never lie deeper within places than they may."""
    random = np.random.default_rng(0)
    pool = [HERE, THERE, LatentPoint(seed_x=3), LatentPoint(seed_x=500, seed_y=2)]
    for generation in range(30):
        mother, father = (pool[i] for i in random.choice(len(pool), 2, replace=False))
        brood = _cross(mother, father, generation, 9)
        for child in brood.points:
            assert LatentPoint.model_validate(child.model_dump(mode="json")) == child
            assert len(child.model_dump_json(exclude_defaults=True)) < 20_000
        pool.append(brood.points[int(random.integers(1, 8))])


def test_what_happens_inside_the_network_comes_from_one_parent():
    bent = HERE.model_copy(
        update={
            "bends": (Bend(stage=1, action="blur", amount=0.1),),
            "mask": Mask(point=LatentPoint(seed_x=5), rows=((0.0, 1.0),)),
            "mixes": (Mix(band="fine", point=LatentPoint(seed_x=6)),),
            "blend": (Share(point=LatentPoint(seed_x=7), weight=0.25),),
        }
    )
    inner = _cross(bent).points[1:-1]
    assert {(bool(child.bends), child.mask is not None) for child in inner} == {
        (True, True),
        (False, False),
    }
    for child in inner:
        assert LatentPoint.model_validate(child.model_dump(mode="json")) == child


def test_vectors_of_one_space_are_crossed_block_by_block_and_vary_as_vectors():
    mother = LatentPoint(vector=tuple([0.0] * 64))
    father = LatentPoint(vector=tuple([1.0] * 64))
    brood = children(mother, father, 0.0, 9, 1, ())
    for child in brood.points:
        blocks = np.reshape(child.vector, (8, 8))
        assert (blocks == blocks[:, :1]).all()
    own = tuple(np.random.default_rng(0).normal(size=256))
    varied = variations(LatentPoint(vector=own), 0.5, 9, 1, ()).points[0]
    assert varied.vector != own
    assert np.std(varied.vector) == pytest.approx(1.0, abs=0.15), "as likely as the one before"


# -- the family ---


def test_a_family_is_kept_with_its_parents_and_found_again(tmp_path: Path):
    path = tmp_path / "families" / "run.jsonl"
    family = Family(path)
    brood, cross = _vary(0.4), _cross()
    founder = family.add(HERE)
    child = family.add(brood.points[3], (founder,))
    other = family.add(THERE)
    grandchild = family.add(cross.points[5], (child, other))
    assert family.add(brood.points[3], (founder,)) == child, "nobody comes twice"
    again = Family(path)
    assert again.members == family.members
    assert again.generations() == [[founder, other], [child], [grandchild]]
    assert again.line_of(grandchild) == {founder, child, other, grandchild}
    assert again.number_of(brood.points[3]) == child
    assert again.number_of(brood.points[4]) is None


def test_a_damaged_line_costs_one_member_only(tmp_path: Path):
    path = tmp_path / "run.jsonl"
    family = Family(path)
    family.add(HERE)
    family.add(THERE, (0,))
    family.add(_vary(0.4).points[1], (1,))
    lines = path.read_text().splitlines()
    lines[1] = '{"point": {"seed_x": "nowhere"}, "parents": [7]}'
    path.write_text("\n".join(lines) + "\n")
    again = Family(path)
    assert len(again.members) == 3
    assert again.members[2] == family.members[2].__class__(family.members[2].point, (1,), 1)
