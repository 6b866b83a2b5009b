"""Randomness that needs no memory: every stream derives from the run's seed and the clock.

Not responsible for what is drawn. Nothing here or above touches torch's global random state.
"""

from __future__ import annotations

import hashlib

import torch

__all__ = ["derived_seed", "generator_for"]


def derived_seed(seed: int, purpose: str, clock: int) -> int:
    """A 63-bit seed for one purpose at one moment, the same on every machine.

    Args:
        seed: The run's seed.
        purpose: What it is for, such as "order" or "latent"; streams never overlap.
        clock: Images seen, or an epoch.
    """
    text = f"{seed}/{purpose}/{clock}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little") >> 1


def generator_for(
    seed: int, purpose: str, clock: int, device: torch.device | str = "cpu"
) -> torch.Generator:
    """A private generator, seeded for one purpose at one moment."""
    return torch.Generator(device=device).manual_seed(derived_seed(seed, purpose, clock))
