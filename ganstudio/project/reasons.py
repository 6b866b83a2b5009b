"""Why each number of a recipe is what it is: one line for every field, for a person to read.

Not responsible for the numbers themselves (`preset_table`, `presets`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ganstudio.project.recipe import Recipe

__all__ = ["GENERAL", "reason", "reasons"]

#: Why a field has this value, where the value is a name: (field, value) -> line.
_BY_NAME: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("network.name", "sketch"): "Transposed and strided convolutions: the quickest on a CPU.",
        ("network.name", "dcgan"): "The published pair of Radford 2015.",
        ("network.name", "mlp"): "No idea of neighbours: each pixel is a number of its own.",
        ("network.name", "resnet"): "Residual blocks, as in WGAN-GP and SNGAN.",
        ("network.name", "fastgan"): "Skip-layer excitation learns from very few pictures.",
        ("network.name", "r3"): "Residual blocks without any norm: today's plainest strong pair.",
        ("network.name", "style"): "Styles layer by layer: the most to explore afterwards.",
        ("network.d_norm", "own"): "As published.",
        ("network.d_norm", "none"): "Nothing: a penalty keeps the inspector in check instead.",
        ("network.d_norm", "spectral"): "Each layer at norm 1, so no penalty is needed.",
        ("game.loss", "relativistic"): "Compares pairs, so no kind of picture is forgotten.",
        ("game.loss", "non-saturating"): "The generator learns most where it is worst.",
        ("game.loss", "minimax"): "The loss of the proof; in practice it stops teaching.",
        ("game.loss", "least-squares"): "A distance, which does not level off.",
        ("game.loss", "hinge"): "Ignores pictures that are told apart safely already.",
        ("game.loss", "wasserstein"): "Measures how far the two kinds of pictures lie apart.",
        ("game.penalty", "r1+r2"): "Proven to settle, for real and generated pictures alike.",
        ("game.penalty", "r1"): "Proven to settle, at real pictures alone.",
        ("game.penalty", "r2"): "At generated pictures alone.",
        ("game.penalty", "wgan-gp"): "A slope of 1 on the way between the two kinds.",
    }
)

#: Why a preset has this value: (preset, field) -> line.
_BY_PRESET: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("sketch", "batch_size"): "Small: what counts is the number of steps (measured: 66 "
        "against 101 with 64).",
        ("sketch", "optimizer.lr"): "Ten times the textbook's: three times as good in a short "
        "run (measured).",
        ("sketch", "game.gamma"): "1 at 32 pixels keeps the penalty between 1 and 15 % of the "
        "loss (measured).",
        ("sketch", "network.width"): "Half as wide is as good within minutes (measured).",
        ("sketch", "network.d_width"): "As wide as the generator: narrower was worse (measured).",
        ("style", "optimizer.lr"): "For layers of equalised learning rate (Karras 2020).",
        ("style", "game.gamma"): "0.0002 x size^2 / batch (Karras 2020, the authors' rule).",
        ("style", "batch_size"): "32, or 8 for under 300 pictures.",
        ("few-shot", "batch_size"): "Small batches are right for tiny sets (Liu 2021).",
        ("few-shot", "game.gamma"): "None: norms and its own lesson keep the inspector in check.",
        ("few-shot", "augment.p"): "Nearly always: few pictures have to go a long way.",
        ("modern", "game.gamma"): "2 at 64 pixels, four times that for every doubling "
        "(Huang 2024).",
        ("modern", "optimizer.lr"): "Residual networks without norm blow up at more.",
        ("modern", "optimizer.beta2_end"): "Adam forgets more slowly towards the end (Huang 2024).",
        ("wgan-gp-2017", "game.d_steps"): "Five: the distance has to be measured well first "
        "(Gulrajani 2017).",
        ("sngan-2018", "game.d_steps"): "Five, as published (Miyato 2018).",
        ("dcgan-2015", "optimizer.lr"): "As published; 0.001 was too high (Radford 2015).",
        ("dcgan-2015", "optimizer.beta1"): "0.5: with 0.9 training swung (Radford 2015).",
        ("goodfellow-2014", "optimizer.lr"): "Adam, which came later, in place of momentum.",
    }
)

#: Why a field is there and what more of it does.
GENERAL: Mapping[str, str] = MappingProxyType(
    {
        "name": "The preset it came from.",
        "network.name": "Which pair of networks plays.",
        "network.size": "That of the pictures.",
        "network.aspect": "That of the pictures.",
        "network.channels": "Those of the pictures.",
        "network.classes": "Kinds of pictures that can be asked for; 0: none.",
        "network.width": "How much the generator can learn; twice as wide takes 2-4 times longer.",
        "network.d_width": "How sharp the inspector's eye is; about as wide as the generator.",
        "network.z_dim": "Numbers that decide a picture: as many directions to explore.",
        "network.depth": "Residual blocks of a stage; more of them learn finer things, and slower.",
        "network.d_norm": "What keeps the inspector's layers in bounds.",
        "game.loss": "What the two play for.",
        "game.penalty": "Which slopes of the inspector are kept in check.",
        "game.gamma": "More is steadier and blurrier, less is bolder.",
        "game.gamma_end": "Less towards the end, for sharper detail.",
        "game.penalty_every": "A penalty is dear: every k-th step, k times as strong, is as good.",
        "game.d_steps": "The inspector's steps for one of the generator's.",
        "optimizer.lr": "How far each step goes.",
        "optimizer.lr_end": "Smaller steps towards the end settle the pictures.",
        "optimizer.beta1": "Momentum: 0 suits a game, where the other player moves too.",
        "optimizer.beta2": "How long Adam remembers how steep it was.",
        "optimizer.beta2_end": "The same at the end; none: it stays.",
        "optimizer.clip": "A step that would be much longer than usual is shortened; 0: never.",
        "optimizer.frozen": "Layers that keep what they learned before.",
        "ema.half_life_images": "Pictures on screen come from an average, which is calmer.",
        "ema.ramp": "While little is learned the average looks back less far.",
        "augment.policy": "Few pictures go a longer way when they are moved and covered.",
        "augment.steer": "Along a ramp, or by how much the inspector seems to learn by heart.",
        "augment.p": "Share of pictures that are changed; above 0.8 it shows.",
        "augment.ramp_images": "From none at first, through 500 passes: it costs early progress.",
        "augment.flip": "Only where a mirrored picture is as good.",
        "watch.first_seed": "The 64 fixed places are the seeds from this one on.",
        "watch.snapshots": "How often a moment is kept, within the same room on the disk.",
        "batch_size": "Pictures of a step: more is calmer and slower.",
        "horizon": "Where every schedule ends.",
    }
)


def reason(recipe: Recipe, field: str) -> str:
    """One line on why a field of a recipe is what it is.

    Args:
        recipe: With the preset's name.
        field: A dotted key of `recipe.flat()`.
    """
    value = recipe.flat()[field]
    by_preset = _BY_PRESET.get((recipe.name, field))
    return by_preset or _BY_NAME.get((field, str(value))) or GENERAL[field]


def reasons(recipe: Recipe) -> dict[str, str]:
    """A line for every field."""
    return {field: reason(recipe, field) for field in recipe.flat()}
