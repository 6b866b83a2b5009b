"""How much of a direction a place has: on every network, also where directions know layers."""

from __future__ import annotations

import pytest
import torch

from ganstudio.gan.networks import NETWORKS
from ganstudio.latent.amounts import amount_of
from ganstudio.latent.renderer import Renderer
from ganstudio.project.direction import Direction, direction_key
from ganstudio.project.point import Bend, LatentPoint, Mix, Share
from tests.latent.test_renderer import renderer

HERE, THERE = LatentPoint(seed_x=3), LatentPoint(seed_x=8)


def known(it: Renderer, number: int = 0, layers: tuple[int, ...] = ()) -> str:
    """The key of a direction without a plan, which the renderer knows from now on."""
    random = torch.Generator().manual_seed(number)
    step = tuple(torch.randn(it.network.w_dim, generator=random).tolist())
    key = direction_key(step, layers)
    it.know([Direction(key=key, step=step, layers=layers)])
    return key


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_the_same_place_further_along_has_as_much_as_it_says(name: str) -> None:
    it = renderer(name)
    key, other = known(it), known(it, 1)
    here = HERE.with_amount(other, 2.0).with_amount(key, -1.0)
    assert amount_of(it, key, HERE.with_amount(key, 1.25).with_amount(other, -0.7), here) == 1.25
    bent = here.with_amount(key, 0.5).model_copy(update={"bends": (Bend(stage=1),)})
    assert amount_of(it, key, bent, here) == 0.5
    assert amount_of(it, key, here.with_amount(key, 0.0), here) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("name", sorted(NETWORKS))
@pytest.mark.parametrize("layers", [(), (2, 3)])
def test_between_places_nothing_along_the_direction_is_left_over(
    name: str, layers: tuple[int, ...]
) -> None:
    it = renderer(name)
    key, other = known(it, layers=layers), known(it, 1)
    there = THERE.model_copy(update={"diversity": 0.6}).with_amount(other, 1.5)
    here = HERE.with_amount(key, 2.0)
    amount = amount_of(it, key, there, here)
    assert amount is not None
    least = distance(it, key, there, here, amount)
    assert least < distance(it, key, there, here, amount + 0.01)
    assert least < distance(it, key, there, here, amount - 0.01)
    moved = there.with_amount(key, 0.8)
    assert amount_of(it, key, moved, here) == pytest.approx(amount + 0.8, abs=1e-4)
    again = here.with_amount(key, amount)
    assert amount_of(it, key, there, again) == pytest.approx(amount), "what it has does not count"


def distance(it: Renderer, key: str, there: LatentPoint, here: LatentPoint, amount: float) -> float:
    """Between both w, with so much of the direction; what it does not touch adds the same."""
    one, other = it.latents([there, here.with_amount(key, amount)]).double()
    return float((one - other).square().sum())


def test_a_direction_of_some_layers_hears_of_no_other_layers() -> None:
    it = renderer("style")
    fine, coarse = known(it, layers=(6, 7)), known(it, 1, layers=(0, 1))
    plain = amount_of(it, fine, THERE, HERE)
    assert amount_of(it, fine, THERE.with_amount(coarse, 5.0), HERE) == pytest.approx(plain)
    everywhere = known(it)
    step = it.latents([HERE.with_amount(everywhere, 1.0)]) - it.latents([HERE])
    assert step.ndim == 2
    through = THERE.with_amount(everywhere, 1.0)
    assert amount_of(it, fine, through, HERE) == pytest.approx(plain + 1.0, abs=1e-4)


def test_layers_that_another_place_decides_do_not_count() -> None:
    it = renderer("style")
    key = known(it)
    mixed = HERE.model_copy(update={"mixes": (Mix(band="fine", point=LatentPoint(seed_x=40)),)})
    amount = amount_of(it, key, mixed.with_amount(key, 1.5), mixed.with_amount(key, -1.0))
    assert amount == 1.5
    elsewhere = THERE.model_copy(update={"mixes": mixed.mixes}).with_amount(key, 1.5)
    plain = THERE.model_copy(update={"mixes": mixed.mixes})
    gain = amount_of(it, key, elsewhere, mixed) - amount_of(it, key, plain, mixed)
    assert gain == pytest.approx(1.5, abs=1e-4)


def test_what_cannot_be_told_is_not_told() -> None:
    it = renderer("style")
    key = known(it)
    strange = LatentPoint(vector=(0.5, 1.0, 2.0), space="w")
    assert amount_of(it, key, strange, HERE) is None
    within = THERE.model_copy(update={"blend": (Share(point=strange, weight=0.4),)})
    assert amount_of(it, key, within, HERE) is None
    assert amount_of(it, "unknown", THERE, HERE) is None
    fitting = LatentPoint(vector=(0.5,) * it.network.w_dim, space="w")
    assert amount_of(it, key, fitting, HERE) is not None


def test_weights_that_are_no_numbers_any_more_tell_nothing() -> None:
    """Training that has broken down is explored live like any other."""
    it = renderer("style")
    key = known(it)
    with torch.no_grad():
        for weight in it.network.parameters():
            weight.fill_(torch.nan)
    assert amount_of(it, key, THERE, HERE) is None
