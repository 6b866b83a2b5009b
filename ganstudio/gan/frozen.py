"""Which weights stay as they are while the others learn, by the names of their layers.

Not responsible for keeping them still: the optimiser does.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from ganstudio.project.errors import UserError

__all__ = ["frozen_weights"]


def frozen_weights(
    generator: nn.Module, discriminator: nn.Module, layers: Sequence[str]
) -> tuple[list[bool], list[bool]]:
    """Find the weights of layers such as "discriminator.trunk.0" (compare Mo 2020, Freeze-D).

    Args:
        generator: Its layers begin with "generator.".
        discriminator: Its layers begin with "discriminator.".
        layers: Names of layers, or of what layers lie in; each is there.

    Returns:
        For the generator's and for the discriminator's parameters, in their order: whether each
        stays as it is.

    Raises:
        UserError: "bad-setting" for a layer that is not there.
    """
    ours = [f"generator.{name}" for name, _ in generator.named_parameters()]
    theirs = [f"discriminator.{name}" for name, _ in discriminator.named_parameters()]
    for layer in layers:
        if not any(_lies_in(name, layer) for name in [*ours, *theirs]):
            known = sorted({".".join(name.split(".")[:2]) for name in [*ours, *theirs]})
            reason = f"there are {', '.join(known)}"
            raise UserError("bad-setting", key="optimizer.frozen", value=layer, reason=reason)
    still_g, still_d = (
        [any(_lies_in(name, layer) for layer in layers) for name in names]
        for names in (ours, theirs)
    )
    return still_g, still_d


def _lies_in(name: str, layer: str) -> bool:
    return f"{name}.".startswith(f"{layer}.")
