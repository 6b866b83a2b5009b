"""The presets: recipes by name, their numbers and when to choose them, as data.

Every number is its paper's unless a comment says what was measured here. `reasons` says in one line
why each stands where it does.

Not responsible for filling them in (`presets`), nor for building anything: a test in `gan` proves
that the names used here are those of its registries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ganstudio.project.recipe import (
    AugmentRecipe,
    EmaRecipe,
    GameRecipe,
    NetworkRecipe,
    OptimizerRecipe,
    Recipe,
)

__all__ = ["PRESETS", "Preset"]


@dataclass(frozen=True, slots=True)
class Preset:
    """One recipe by name.

    Attributes:
        title: What a person reads.
        why: One sentence on when to choose it, with its source.
        recipe: The numbers at medium strength and 32 pixels, for plenty of pictures.
        widths: Picture size -> (generator width, discriminator width) at medium strength.
        good_images: Pictures seen after which a run is usually worth looking at: a rough figure.
        few_batch: Pictures of a batch where there are few pictures; None: as always.
        gamma_per_pixel: gamma = this * size^2 / batch; None: gamma is the recipe's at every size.
        augments: Whether augmentation follows from the number of pictures; else it is the recipe's.
        classic: Whether it is there to learn from rather than to draw the best pictures.
    """

    title: str
    why: str
    recipe: Recipe
    widths: Mapping[int, tuple[int, int]]
    good_images: int
    few_batch: int | None = None
    gamma_per_pixel: float | None = None
    augments: bool = False
    classic: bool = False


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

_STYLE = Recipe(
    name="style",
    network=NetworkRecipe(name="style", width=128, d_width=128, z_dim=256),
    game=GameRecipe(loss="relativistic", gamma=1.0, gamma_end=0.1, penalty_every=4),
    optimizer=OptimizerRecipe(lr=2.5e-3, lr_end=2.5e-4, beta1=0.0, beta2=0.99, clip=2.0),
    ema=EmaRecipe(half_life_images=10_000, ramp=0.05),
    batch_size=32,
    horizon=1_000_000,
)

_FEW_SHOT = Recipe(
    name="few-shot",
    network=NetworkRecipe(name="fastgan", width=32, d_width=32, z_dim=256),
    game=GameRecipe(loss="hinge"),
    optimizer=OptimizerRecipe(lr=2e-4, lr_end=2e-4, beta1=0.5, beta2=0.999),
    ema=EmaRecipe(half_life_images=5_500, ramp=0.05),
    augment=AugmentRecipe(policy=("color", "translation"), p=0.8),
    batch_size=8,
    horizon=400_000,
)

_MODERN = Recipe(
    name="modern",
    network=NetworkRecipe(name="r3", width=192, d_width=192, z_dim=64),
    game=GameRecipe(loss="relativistic", gamma=2.0, gamma_end=0.2, penalty_every=1),
    optimizer=OptimizerRecipe(lr=2e-4, lr_end=5e-5, beta1=0.0, beta2=0.9, beta2_end=0.99),
    ema=EmaRecipe(half_life_images=500_000, ramp=0.05),
    augment=AugmentRecipe(policy=("translation", "cutout"), p=0.3, ramp_images=5_000_000),
    batch_size=64,
    horizon=5_000_000,
)

_GOODFELLOW = Recipe(
    name="goodfellow-2014",
    network=NetworkRecipe(name="mlp", width=64, d_width=64, z_dim=100),
    game=GameRecipe(loss="non-saturating"),
    optimizer=OptimizerRecipe(lr=2e-4, lr_end=2e-4, beta1=0.5, beta2=0.999),
    ema=EmaRecipe(half_life_images=10_000, ramp=0.05),
    batch_size=100,
)

_DCGAN = Recipe(
    name="dcgan-2015",
    network=NetworkRecipe(name="dcgan", width=64, d_width=64, z_dim=100),
    game=GameRecipe(loss="non-saturating"),
    optimizer=OptimizerRecipe(lr=2e-4, lr_end=2e-4, beta1=0.5, beta2=0.999),
    ema=EmaRecipe(half_life_images=10_000, ramp=0.05),
    batch_size=128,
)

_LSGAN = Recipe(
    name="lsgan-2016",
    network=NetworkRecipe(name="dcgan", width=64, d_width=64, z_dim=100),
    game=GameRecipe(loss="least-squares"),
    optimizer=OptimizerRecipe(lr=2e-4, lr_end=2e-4, beta1=0.5, beta2=0.999),
    ema=EmaRecipe(half_life_images=10_000, ramp=0.05),
    batch_size=64,
)

_WGAN_GP = Recipe(
    name="wgan-gp-2017",
    network=NetworkRecipe(name="resnet", width=128, d_width=128, z_dim=128),
    game=GameRecipe(
        loss="wasserstein",
        penalty="wgan-gp",
        gamma=10.0,
        gamma_end=10.0,
        penalty_every=1,
        d_steps=5,
    ),
    optimizer=OptimizerRecipe(lr=2e-4, lr_end=1e-6, beta1=0.0, beta2=0.9),
    ema=EmaRecipe(half_life_images=10_000, ramp=0.05),
    batch_size=64,
    horizon=1_000_000,
)

_SNGAN = Recipe(
    name="sngan-2018",
    network=NetworkRecipe(name="resnet", width=256, d_width=128, z_dim=128, d_norm="spectral"),
    game=GameRecipe(loss="hinge", d_steps=5),
    optimizer=OptimizerRecipe(lr=2e-4, lr_end=1e-6, beta1=0.0, beta2=0.9),
    ema=EmaRecipe(half_life_images=10_000, ramp=0.05),
    batch_size=64,
    horizon=1_000_000,
)

_CLASSIC_WIDTHS = {32: (64, 64), 64: (64, 64), 128: (32, 32), 256: (16, 16), 512: (8, 8)}

PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "sketch": Preset(
            title="Sketch",
            why="Small and quick: first pictures within minutes, even without a GPU.",
            recipe=_SKETCH,
            good_images=150_000,
            widths={32: (32, 32), 64: (24, 24), 128: (16, 16), 256: (16, 16), 512: (8, 8)},
            augments=True,
        ),
        "style": Preset(
            title="Style",
            why="For a GPU and an evening: styles layer by layer, the most to explore "
            "(after Karras 2020).",
            recipe=_STYLE,
            good_images=500_000,
            widths={32: (256, 256), 64: (128, 128), 128: (64, 64), 256: (32, 32), 512: (16, 16)},
            few_batch=8,
            gamma_per_pixel=0.0002,
            augments=True,
        ),
        "few-shot": Preset(
            title="Few-shot",
            why="For 30 to 1,000 pictures on a GPU: the inspector has to describe what it sees, "
            "which keeps it from learning by heart (Liu 2021).",
            recipe=_FEW_SHOT,
            good_images=200_000,
            widths={32: (64, 64), 64: (64, 32), 128: (32, 16), 256: (16, 8), 512: (8, 8)},
        ),
        "modern": Preset(
            title="Modern",
            why="For more than 5,000 pictures and nights on a GPU: today's plainest strong recipe "
            "(R3GAN, Huang 2024).",
            recipe=_MODERN,
            good_images=2_500_000,
            widths={32: (384, 384), 64: (192, 192), 128: (96, 96), 256: (48, 48), 512: (24, 24)},
            gamma_per_pixel=0.03125,
        ),
        "goodfellow-2014": Preset(
            title="The first GAN (2014)",
            why="Where it all began: networks that see a picture as one long list of numbers "
            "(Goodfellow 2014).",
            recipe=_GOODFELLOW,
            good_images=400_000,
            widths={32: (128, 128), 64: (96, 96), 128: (48, 48), 256: (16, 16), 512: (8, 8)},
            classic=True,
        ),
        "dcgan-2015": Preset(
            title="DCGAN (2015)",
            why="The classic that made GANs work on pictures (Radford, Metz, Chintala 2015).",
            recipe=_DCGAN,
            good_images=400_000,
            widths=_CLASSIC_WIDTHS,
            classic=True,
        ),
        "lsgan-2016": Preset(
            title="LSGAN (2016)",
            why="The inspector's judgement as a distance: pictures that fool it but lie far off "
            "are still pulled in (Mao 2016).",
            recipe=_LSGAN,
            good_images=400_000,
            widths=_CLASSIC_WIDTHS,
            classic=True,
        ),
        "wgan-gp-2017": Preset(
            title="WGAN-GP (2017)",
            why="The inspector measures how far the two kinds lie apart, with a slope of 1; wants "
            "a GPU (Gulrajani 2017).",
            recipe=_WGAN_GP,
            good_images=800_000,
            widths={32: (128, 128), 64: (64, 64), 128: (32, 32), 256: (16, 16), 512: (8, 8)},
            classic=True,
        ),
        "sngan-2018": Preset(
            title="SNGAN (2018)",
            why="Every layer of the inspector is kept at norm 1, so no penalty is needed; wants a "
            "GPU (Miyato 2018).",
            recipe=_SNGAN,
            good_images=800_000,
            widths={32: (256, 128), 64: (64, 64), 128: (32, 32), 256: (16, 16), 512: (8, 8)},
            classic=True,
        ),
    }
)
