from __future__ import annotations

import itertools
import math
from typing import cast

import numpy as np
import pytest
import torch

from ganstudio.gan.networks import build_generator
from ganstudio.latent.generator import Generator
from ganstudio.latent.loops import loop_points
from ganstudio.latent.renderer import Renderer
from ganstudio.project.point import Bend, LatentPoint, Mask, Mix, Share
from ganstudio.project.recipe import NetworkRecipe

KEYS = [LatentPoint(seed_x=x) for x in (1, 5, 9, 30)]


def weight(point: LatentPoint, key: LatentPoint) -> float:
    """How much of a key a place is."""
    if point == key:
        return 1.0
    return sum(share.weight for share in point.blend if share.point == key)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_loop_passes_every_key_in_order_and_ends_where_it_began(count: int) -> None:
    keys, frames = KEYS[:count], 60 * count
    points = list(loop_points(keys, frames, [1.0] * count, layered=True))
    assert len(points) == frames
    assert [points.index(key) for key in keys] == [60 * place for place in range(count)]
    for point in points:
        total = sum(weight(point, key) for key in keys)
        assert math.isclose(total, 1.0, abs_tol=1e-9)


def test_no_step_jumps_not_even_at_the_seam() -> None:
    points = list(loop_points(KEYS, 400, [1.0, 3.0, 0.5, 2.0], layered=True))
    steps = [
        max(abs(weight(one, key) - weight(other, key)) for key in KEYS)
        for one, other in zip(points, [*points[1:], points[0]], strict=True)
    ]
    assert max(steps) < 0.06  # the shortest way takes a thirteenth of 400 frames
    assert steps[-1] <= max(steps[:-1])
    bends = [abs(one - other) for one, other in itertools.pairwise(steps)]
    assert max(bends) < 0.4 * max(steps)


def test_more_time_where_pictures_differ_more_and_some_where_they_do_not() -> None:
    points = list(loop_points(KEYS[:3], 300, [3.0, 1.0, 0.0], layered=True))
    first, second, third = (
        max(range(300), key=lambda frame: weight(points[frame], key)) for key in KEYS[:3]
    )
    assert 2.5 < (second - first) / (third - second) < 3.5
    assert 0 < 300 - third < 20
    same = list(loop_points(KEYS[:2], 10, [0.0, 0.0], layered=True))
    assert len(same) == 10


def test_what_happens_inside_fades_in_and_out_around_its_key() -> None:
    other = LatentPoint(seed_x=77)
    edited = LatentPoint(
        seed_x=1,
        mixes=(Mix(band="fine", point=other),),
        mask=Mask(point=other, rows=((1.0, 0.5),)),
        bends=(
            Bend(stage=1, action="off"),
            Bend(stage=2, action="turn", amount=90.0),
            Bend(stage=0, action="amplify", amount=3.0),
        ),
    )
    points = list(loop_points([edited, KEYS[1]], 80, [1.0, 1.0], layered=False))
    assert points[0] == edited
    shown = [point.mask.rows[0][0] if point.mask else 0.0 for point in points]
    assert shown[:20] == sorted(shown[:20], reverse=True)
    assert shown[20:61] == [0.0] * 41
    assert shown[1] == pytest.approx(shown[-1])
    mixed = [point.mixes[0].weight if point.mixes else 0.0 for point in points]
    assert mixed[10] == pytest.approx(0.5)
    quarter = points[20].bends
    assert [bend.amount for bend in quarter] == pytest.approx([0.5, 45.0, 2.0])
    assert quarter[0].action == "amplify"
    there = points[41].bends
    assert max(abs(bend.amount) for bend in there if bend.action == "turn") < 5


def test_layers_with_a_w_of_their_own_carry_their_parts_along_the_path() -> None:
    mixed = LatentPoint(mixes=(Mix(band="fine", point=KEYS[2]),))
    points = list(loop_points([mixed, KEYS[1]], 10, [1.0, 1.0], layered=True))
    assert all(point.mixes == () for point in points[1:])
    assert isinstance(points[3].blend[0], Share)
    assert points[3].blend[0].point == mixed


@pytest.mark.parametrize("name", ["sketch", "style"])
def test_the_seam_is_no_larger_a_step_than_others(name: str) -> None:
    recipe = NetworkRecipe.model_validate(
        {"name": name, "size": 32, "width": 8, "d_width": 4, "z_dim": 16}
    )
    network = build_generator(recipe, torch.Generator().manual_seed(1)).eval()
    renderer = Renderer(cast("Generator", network))
    points = list(loop_points(KEYS[:3], 90, [1.0, 2.0, 1.0], layered=network.layers > 1))
    frames = renderer.render(points).astype(np.float32)
    steps = np.sqrt(np.square(frames - np.roll(frames, -1, axis=0)).mean((1, 2, 3)))
    assert 0 < steps[-1] <= steps[:-1].max()
    keys = renderer.render(KEYS[:3])
    assert (frames[points.index(KEYS[0])] == keys[0]).all()
