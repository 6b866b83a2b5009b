"""GAN Studio: train a GAN on your own pictures, watch it learn, explore what it can draw.

Each sub-package is one room of the house; a room imports only from rooms below it
(README, "The house"). This module holds the version and nothing else, so that importing it is free.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
