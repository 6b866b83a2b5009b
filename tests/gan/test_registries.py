"""What recipes may name and what there is are the same."""

from ganstudio.gan.augment import POLICIES
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.networks import NETWORKS
from ganstudio.project.presets import PRESETS, recipe_for


def test_presets_name_exactly_the_networks_there_are() -> None:
    assert {preset.recipe.network.name for preset in PRESETS.values()} == set(NETWORKS)


def test_presets_name_exactly_the_losses_there_are() -> None:
    assert {preset.recipe.game.loss for preset in PRESETS.values()} == set(LOSSES)


def test_recipes_name_only_augmentations_there_are_and_few_pictures_get_all() -> None:
    policies = [set(recipe_for(size=64, pictures=n).augment.policy) for n in (50, 1_000, 5_000)]
    assert policies[0] == set(POLICIES)
    assert all(policy <= set(POLICIES) for policy in policies)


def test_discriminators_that_compare_pictures_are_not_given_penalties() -> None:
    for preset in PRESETS.values():
        pair = NETWORKS[preset.recipe.network.name]
        assert pair.discriminator.independent or preset.recipe.game.gamma == 0
