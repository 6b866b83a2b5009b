"""The recipes by name: their numbers, each with a reason, as data.

Not responsible for building anything: a test in `gan` proves that the names used here are exactly
those of its registries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ganstudio.project.errors import UserError
from ganstudio.project.recipe import (
    AugmentRecipe,
    EmaRecipe,
    GameRecipe,
    LossName,
    NetworkRecipe,
    OptimizerRecipe,
    Recipe,
)

__all__ = [
    "DEFAULT_PRESET",
    "PRESETS",
    "STRENGTHS",
    "UNDECIDED",
    "Preset",
    "recipe_for",
    "undecided_line",
]

DEFAULT_PRESET = "sketch"

#: Network size as a person chooses it -> factor on both widths.
STRENGTHS: Mapping[str, float] = MappingProxyType({"small": 0.5, "medium": 1.0, "large": 2.0})

#: Name of a loss -> (generator, inspector) losses when the inspector cannot tell at all. A test in
#: `gan` computes them from the losses themselves.
UNDECIDED: Mapping[LossName, tuple[float, float]] = MappingProxyType(
    {
        "relativistic": (math.log(2), math.log(2)),
        "non-saturating": (math.log(2), 2 * math.log(2)),
        "minimax": (-math.log(2), 2 * math.log(2)),
        "least-squares": (0.25, 0.5),
        "hinge": (0.0, 2.0),
    }
)


@dataclass(frozen=True, slots=True)
class Preset:
    """One recipe by name.

    Attributes:
        title: What a person reads.
        why: One sentence on when to choose it, with its source.
        recipe: The numbers at medium strength and 32 pixels.
        widths: Picture size -> (generator width, discriminator width) at medium strength.
    """

    title: str
    why: str
    recipe: Recipe
    widths: Mapping[int, tuple[int, int]]


# Measured on the pixel avatars: what counts is the number of steps, so batches are small (Frechet
# distance after 40,000 pictures: 101 with batches of 64, 77 of 32, 66 of 16), and the discriminator
# has to be as wide as the generator (half as wide: 137 instead of 101). Without `clip` a run of 300
# pictures at 64 pixels fell apart after 6,700: the inspector's gradients grew a thousandfold within
# the eight steps between two penalties.
_SKETCH = Recipe(
    name="sketch",
    network=NetworkRecipe(name="sketch", width=32, d_width=32, z_dim=64),
    game=GameRecipe(loss="relativistic", gamma=1.0, gamma_end=0.1, penalty_every=8),
    optimizer=OptimizerRecipe(lr=2e-3, lr_end=2e-4, beta1=0.0, beta2=0.99, clip=2.0),
    ema=EmaRecipe(half_life_images=10_000, ramp=0.05),
    batch_size=16,
)

_DCGAN = Recipe(
    name="dcgan-2015",
    network=NetworkRecipe(name="dcgan", width=64, d_width=64, z_dim=100),
    game=GameRecipe(loss="non-saturating"),
    optimizer=OptimizerRecipe(lr=2e-4, lr_end=2e-4, beta1=0.5, beta2=0.999),
    ema=EmaRecipe(half_life_images=10_000, ramp=0.05),
    batch_size=128,
)

PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "sketch": Preset(
            title="Sketch",
            why="Small and quick: first pictures within minutes, even without a GPU.",
            recipe=_SKETCH,
            widths={32: (32, 32), 64: (24, 24), 128: (16, 16), 256: (16, 16), 512: (8, 8)},
        ),
        "dcgan-2015": Preset(
            title="DCGAN (2015)",
            why="The classic that made GANs work on pictures (Radford, Metz, Chintala 2015).",
            recipe=_DCGAN,
            widths={32: (64, 64), 64: (64, 64), 128: (32, 32), 256: (16, 16), 512: (8, 8)},
        ),
    }
)


def undecided_line(loss: LossName) -> float | None:
    """Both losses of an inspector that cannot tell, where they are one number: a line in plots."""
    generator, inspector = UNDECIDED.get(loss, (math.nan, math.nan))
    return generator if generator == inspector else None


def recipe_for(
    preset: str = DEFAULT_PRESET,
    *,
    size: int,
    pictures: int,
    strength: str = "medium",
    channels: int = 3,
    horizon: int | None = None,
) -> Recipe:
    """Fill in a preset for a size, a number of pictures and a strength.

    Args:
        preset: A key of `PRESETS`.
        size: Pixels a side, one of `recipe.SIZES`.
        pictures: How many pictures there are to learn from; few pictures want augmentation
            (DiffAugment, Zhao 2020).
        strength: A key of `STRENGTHS`.
        channels: 3 for RGB.
        horizon: Images at which schedules end; None keeps the preset's.

    Raises:
        UserError: "no-such-preset" or "bad-setting".
    """
    if preset not in PRESETS:
        raise UserError("no-such-preset", name=preset, available=", ".join(PRESETS))
    if strength not in STRENGTHS:
        reason = f"there are {', '.join(STRENGTHS)}"
        raise UserError("bad-setting", key="strength", value=strength, reason=reason)
    chosen = PRESETS[preset]
    if size not in chosen.widths:
        raise UserError("bad-size", text=size)
    g_width, d_width = (round(w * STRENGTHS[strength]) for w in chosen.widths[size])
    values: dict[str, object] = {
        "network.size": size,
        "network.channels": channels,
        "network.width": g_width,
        "network.d_width": d_width,
        "horizon": horizon or chosen.recipe.horizon,
    }
    recipe = chosen.recipe.with_values(values)
    if preset != DEFAULT_PRESET:
        return recipe
    return recipe.model_copy(update={"augment": _augment_for(pictures)})


def _augment_for(pictures: int) -> AugmentRecipe:
    """Augmentation by the number of pictures: none for plenty, everything for very few."""
    if pictures >= 2_000:
        return AugmentRecipe()
    policy = ("translation", "cutout", "color") if pictures < 500 else ("translation", "cutout")
    return AugmentRecipe(policy=policy, p=0.5, ramp_images=50_000)
