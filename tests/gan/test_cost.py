"""What networks cost, against counts by hand and published ones."""

import pytest

from ganstudio.gan.networks import NETWORKS
from ganstudio.gan.networks.cost import cost_of
from ganstudio.project.preset_table import PRESETS
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import NetworkRecipe


def test_dcgan_at_64_pixels_has_the_published_cost() -> None:
    cost = cost_of(NetworkRecipe(name="dcgan", size=64, width=64, d_width=64, z_dim=100))
    assert cost.parameters_g == pytest.approx(3.58e6, rel=0.002)
    assert cost.parameters_d == pytest.approx(2.77e6, rel=0.002)
    assert cost.flops_g == pytest.approx(209e6, rel=0.05)


def test_flops_of_the_sketch_inspector_are_those_counted_by_hand() -> None:
    cost = cost_of(NetworkRecipe(name="sketch", size=16, width=8, d_width=8, z_dim=12))
    first = 2 * 12 * 8 * 9 * 8 * 8  # 3 x 3, from 12 channels to 8, at 8 x 8 places
    second = 2 * 8 * 16 * 16 * 4 * 4  # 4 x 4, to 16 channels at 4 x 4 places
    assert cost.flops_d == first + second + 2 * 16 * 16


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_wider_and_larger_costs_more(name: str) -> None:
    def made(size: int, width: int) -> NetworkRecipe:
        return NetworkRecipe(name=name, size=size, width=width, d_width=width, z_dim=16)

    small, wide, large = (cost_of(made(*given)) for given in ((32, 16), (32, 32), (64, 16)))
    assert wide.parameters_g > small.parameters_g
    assert wide.flops_d > small.flops_d
    assert large.flops_g > small.flops_g


@pytest.mark.parametrize("preset", list(PRESETS))
def test_every_preset_is_of_a_size_that_a_computer_can_hold(preset: str) -> None:
    cost = cost_of(recipe_for(preset, size=256, pictures=10_000, strength="large").network)
    assert cost.parameters_g + cost.parameters_d < 150e6
