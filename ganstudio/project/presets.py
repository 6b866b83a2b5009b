"""From a preset to a recipe: filled in for a size, a number of pictures and a strength.

Not responsible for the presets' own numbers (`preset_table`), nor for building anything.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from ganstudio.project.errors import UserError
from ganstudio.project.preset_table import PRESETS, Preset
from ganstudio.project.recipe import Aspect, AugmentRecipe, LossName, Recipe

__all__ = [
    "DEFAULT_PRESET",
    "FEW_PICTURES",
    "PRESETS",
    "STRENGTHS",
    "UNDECIDED",
    "Preset",
    "recipe_for",
    "undecided_line",
]

DEFAULT_PRESET = "sketch"

#: Below so many pictures smaller batches learn better (measured by the authors of DiffAugment:
#: a Frechet distance of 47 instead of 54 with 100 pictures by halving the batch).
FEW_PICTURES = 300

#: Passes over all pictures until augmentation has its full share.
_RAMP_PASSES = 500

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
    aspect: Aspect = "1:1",
    channels: int = 3,
    classes: int = 0,
    horizon: int | None = None,
) -> Recipe:
    """Fill in a preset for a size, a number of pictures and a strength.

    Args:
        preset: A key of `PRESETS`.
        size: Pixels of the shorter side, one of `recipe.SIZES`.
        pictures: How many pictures there are to learn from; few pictures want augmentation
            (DiffAugment, Zhao 2020).
        strength: A key of `STRENGTHS`.
        aspect: Width to height, a key of `recipe.GRIDS`.
        channels: 1 for grey, 3 for RGB, 4 for RGB and alpha.
        classes: Kinds of pictures to tell apart; 0 for none.
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
    recipe = chosen.recipe.with_values(
        _widths(chosen, size, STRENGTHS[strength])
        | _batch_and_gamma(chosen, size, pictures)
        | {
            "network.size": size,
            "network.aspect": aspect,
            "network.channels": channels,
            "network.classes": classes,
            "horizon": horizon or chosen.recipe.horizon,
        }
    )
    if not chosen.augments:
        return recipe
    return recipe.model_copy(update={"augment": _augment_for(pictures)})


def _widths(preset: Preset, size: int, factor: float) -> dict[str, object]:
    generator, discriminator = (max(4, round(width * factor)) for width in preset.widths[size])
    return {"network.width": generator, "network.d_width": discriminator}


def _batch_and_gamma(preset: Preset, size: int, pictures: int) -> dict[str, object]:
    """Small sets want small batches; larger pictures a stronger penalty, where a preset says so."""
    batch = preset.recipe.batch_size
    if pictures < FEW_PICTURES:
        batch = min(batch, preset.few_batch or batch)
    values: dict[str, object] = {"batch_size": batch}
    if preset.gamma_per_pixel:
        game = preset.recipe.game
        gamma = preset.gamma_per_pixel * size * size / batch
        values |= {"game.gamma": gamma, "game.gamma_end": gamma * game.gamma_end / game.gamma}
    return values


def _augment_for(pictures: int) -> AugmentRecipe:
    """Augmentation by the number of pictures: none for plenty, and the fewer, the sooner.

    It costs early progress and pays once pictures are learned by heart, which takes as many passes
    over many as over few; so its share grows with passes. Colours stay as they are, however few
    pictures there are: three of four small sets were learned clearly better so (`small_data`).
    """
    if pictures >= 2_000:
        return AugmentRecipe()
    ramp = _RAMP_PASSES * max(1, pictures)
    return AugmentRecipe(policy=("translation", "cutout"), p=0.5, ramp_images=ramp)
