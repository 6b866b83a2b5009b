"""A recipe: architecture, game, optimiser and augmentation, frozen and checked once.

Not responsible for the numbers themselves (`presets`), nor for what is done with them (`gan`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ganstudio.project.errors import UserError

__all__ = [
    "GRIDS",
    "SIZES",
    "Aspect",
    "AugmentRecipe",
    "EmaRecipe",
    "GameRecipe",
    "LossName",
    "NetworkName",
    "NetworkRecipe",
    "NormName",
    "OptimizerRecipe",
    "PenaltyName",
    "PolicyName",
    "Recipe",
    "RhythmName",
    "WatchRecipe",
    "picture_shape",
]

#: Picture sizes, in pixels a side.
SIZES = (32, 64, 128, 256, 512)

#: Proportions of a picture, width to height.
Aspect = Literal["1:1", "3:2", "2:3", "16:9", "9:16"]

#: Rows and columns that a generator begins with; every doubling keeps their proportions, so 16:9
#: is 7:4 in truth.
GRIDS: Mapping[Aspect, tuple[int, int]] = MappingProxyType(
    {"1:1": (4, 4), "3:2": (4, 6), "2:3": (6, 4), "16:9": (4, 7), "9:16": (7, 4)}
)


def picture_shape(size: int, aspect: Aspect, channels: int) -> tuple[int, int, int]:
    """Of a picture: (channels, height, width), where its shorter side has `size` pixels."""
    rows, columns = GRIDS[aspect]
    doubled = size // min(rows, columns)
    return channels, rows * doubled, columns * doubled


# The names of `gan`'s registries, so that a recipe is checked before torch is loaded; a test in
# `gan` proves that they are the same.
NetworkName = Literal["sketch", "dcgan", "mlp", "resnet", "fastgan", "r3", "style"]
NormName = Literal["own", "none", "spectral"]
LossName = Literal[
    "relativistic", "non-saturating", "minimax", "least-squares", "hinge", "wasserstein"
]
SteerName = Literal["ramp", "sign", "held-out"]
PenaltyName = Literal["r1+r2", "r1", "r2", "wgan-gp"]
PolicyName = Literal[
    "color",
    "translation",
    "cutout",
    "flip",
    "turn",
    "shift",
    "geometry",
    "ada-color",
    "noise",
]


#: How often a moment is kept, against what the horizon asks for.
RhythmName = Literal["half", "planned", "double"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class NetworkRecipe(_Frozen):
    """Which pair of networks, and how large.

    Attributes:
        name: A key of `gan.networks.NETWORKS`.
        size: Pixels of the shorter side.
        aspect: A key of `GRIDS`.
        channels: 1 for grey, 3 for RGB, 4 for RGB and alpha.
        classes: Kinds of pictures that it can be told to draw; 0: it is not told.
        width: Channels of the generator's last stage; earlier stages are multiples.
        d_width: The same for the discriminator's first stage.
        z_dim: Numbers in a latent vector.
        d_norm: What keeps the discriminator's layers in bounds: "own" is as published.
        depth: Residual blocks of a stage, where a network has them.
    """

    name: NetworkName
    size: int = Field(default=32, ge=16, le=512)
    aspect: Aspect = "1:1"
    channels: int = Field(default=3, ge=1, le=4)
    classes: int = Field(default=0, ge=0, le=1_000)
    width: int = Field(ge=4, le=1024)
    d_width: int = Field(ge=4, le=1024)
    z_dim: int = Field(default=64, ge=2, le=1024)
    d_norm: NormName = "own"
    depth: int = Field(default=1, ge=1, le=4)

    @field_validator("size")
    @classmethod
    def _size_is_a_power_of_two(cls, size: int) -> int:
        if size & (size - 1):
            raise ValueError("a size is a power of two")
        return size

    @field_validator("channels")
    @classmethod
    def _channels_are_grey_rgb_or_rgba(cls, channels: int) -> int:
        if channels == 2:
            raise ValueError("pictures have 1, 3 or 4 channels")
        return channels

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns that the generator begins with."""
        return GRIDS[self.aspect]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Of a picture: (channels, height, width)."""
        return picture_shape(self.size, self.aspect, self.channels)

    @property
    def pixels(self) -> str:
        """Width and height of a picture as a person reads them: "96 × 64"."""
        _, height, width = self.shape
        return f"{width} × {height}"


class GameRecipe(_Frozen):
    """What the two play for.

    Attributes:
        loss: A key of `gan.losses.LOSSES`.
        penalty: Which slopes of the discriminator are kept in check: those at real pictures (R1),
            at generated ones (R2), or between both (WGAN-GP).
        gamma: Weight of the penalty at the start: gamma / 2 (R1 + R2), or gamma times WGAN-GP's; 0
            for none.
        gamma_end: The same at the horizon.
        penalty_every: The penalty is added on every k-th step, with k times its weight.
        d_steps: The discriminator learns on every step, the generator on every k-th.
    """

    loss: LossName
    penalty: PenaltyName = "r1+r2"
    gamma: float = Field(default=0.0, ge=0, le=1e4)
    gamma_end: float = Field(default=0.0, ge=0, le=1e4)
    penalty_every: int = Field(default=8, ge=1, le=64)
    d_steps: int = Field(default=1, ge=1, le=16)


class OptimizerRecipe(_Frozen):
    """Adam's numbers, each of which goes by a cosine from its first to its `_end` value.

    Attributes:
        beta2_end: None: it stays as it is.
        clip: A gradient longer than so many times its usual length is shortened to that; 0: never.
        frozen: Layers that stay as they are, such as "discriminator.trunk.0".
    """

    lr: float = Field(gt=0, le=1)
    lr_end: float = Field(gt=0, le=1)
    beta1: float = Field(default=0.0, ge=0, lt=1)
    beta2: float = Field(default=0.99, ge=0, lt=1)
    beta2_end: float | None = Field(default=None, ge=0, lt=1)
    clip: float = Field(default=0.0, ge=0, le=1_000)
    frozen: tuple[str, ...] = ()


class EmaRecipe(_Frozen):
    """The averaged generator that draws every picture a person sees.

    Attributes:
        half_life_images: Images after which a weight counts half.
        ramp: The half-life is never more than this share of the images seen so far.
    """

    half_life_images: int = Field(ge=0, le=100_000_000)
    ramp: float = Field(default=0.05, ge=0, le=1)


class AugmentRecipe(_Frozen):
    """What is done to every picture the inspector sees, real and generated alike.

    Attributes:
        policy: Any of "color", "translation", "cutout" (DiffAugment: the same pictures), and
            of "flip", "turn", "shift", "geometry", "ada-color", "noise" (ADA, each by itself).
        steer: "ramp" goes from 0 to p; "sign" and "held-out" raise p while the discriminator seems
            to learn by heart (Karras 2020), by the sign of real logits or by held-out pictures.
        p: Share of pictures that are augmented, at the end of the ramp; otherwise the most.
        ramp_images: Images over which that share grows from 0.
        flip: Whether real pictures may be mirrored: a property of the pictures.
    """

    policy: tuple[PolicyName, ...] = ()
    steer: SteerName = "ramp"
    p: float = Field(default=0.0, ge=0, le=1)
    ramp_images: int = Field(default=0, ge=0)
    flip: bool = False


class WatchRecipe(_Frozen):
    """How a run is watched while it learns; nothing of it decides what is learned.

    Attributes:
        first_seed: The fixed places that are drawn again and again are 64 seeds from this one on.
        snapshots: Half as many moments are kept, as many as planned, or twice as many.
    """

    first_seed: int = Field(default=0, ge=0, le=2**31 - 64)
    snapshots: RhythmName = "planned"


class Recipe(_Frozen):
    """Everything that decides what a run learns, but for the pictures and the seed.

    Attributes:
        name: The preset it came from.
        batch_size: Real pictures a step.
        horizon: Images at which every schedule reaches its end value; fixed when a run is created.
    """

    name: str
    network: NetworkRecipe
    game: GameRecipe
    optimizer: OptimizerRecipe
    ema: EmaRecipe
    augment: AugmentRecipe = AugmentRecipe()
    watch: WatchRecipe = WatchRecipe()
    batch_size: int = Field(default=64, ge=2, le=4096)
    horizon: int = Field(default=250_000, ge=1)

    @classmethod
    def parse(cls, value: Any) -> Recipe:
        """Check a recipe that was read from a file.

        Raises:
            UserError: "bad-setting", naming the first field that is wrong.
        """
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"]) or "recipe"
            raise UserError(
                "bad-setting", key=key, value=first.get("input"), reason=first["msg"].lower()
            ) from error

    def flat(self) -> dict[str, object]:
        """Every field by its dotted key, as `with_values` takes it."""
        return _flat(self.model_dump(mode="json"))

    def with_values(self, values: dict[str, object]) -> Recipe:
        """The same recipe with dotted fields replaced, such as `{"optimizer.lr": "0.001"}`.

        Raises:
            UserError: "no-such-setting" or "bad-setting".
        """
        plain = self.model_dump(mode="json")
        for key, value in values.items():
            *path, last = key.split(".")
            place: dict[str, Any] = plain
            for name in path:
                inner = place.get(name)
                place = inner if isinstance(inner, dict) else {}
            if last not in place or isinstance(place[last], dict):
                available = ", ".join(sorted(self.flat()))
                raise UserError("no-such-setting", key=key, available=available)
            is_list = isinstance(place[last], list) and isinstance(value, str)
            place[last] = [part for part in str(value).split("+") if part] if is_list else value
        return Recipe.parse(plain)


def _flat(plain: dict[str, Any], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in plain.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat
