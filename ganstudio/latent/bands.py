"""Coarse, middle and fine: which stages and layers of a generator each band stands for.

Where things are is decided at 4 and 8 pixels, how they are painted at 64 and more (Karras 2019,
figure 3); small networks have less to share out.

Not responsible for what is done to them (`renderer`).
"""

from __future__ import annotations

from ganstudio.project.point import BANDS, Band

__all__ = ["band_layers", "band_stages", "layer_stage"]

_COARSE, _MIDDLE = 2, 2


def band_stages(band: Band, stages: int) -> range:
    """The stages of a band, of a generator with so many; every stage belongs to one band.

    Each band has at least one stage where there are three or more.
    """
    fine = max(1, stages - _COARSE - _MIDDLE)
    coarse = min(_COARSE, max(1, stages - 1 - fine))
    ends = (0, coarse, max(coarse, stages - fine), stages)
    place = BANDS.index(band)
    return range(min(ends[place], stages), min(ends[place + 1], stages))


def layer_stage(layer: int, stages: int) -> int:
    """The stage whose activations a layer shapes: see `gan.networks.style` for their order."""
    return min((layer + 1) // 2, stages - 1)


def band_layers(band: Band, layers: int, stages: int) -> tuple[int, ...]:
    """The layers of a band."""
    wanted = band_stages(band, stages)
    return tuple(layer for layer in range(layers) if layer_stage(layer, stages) in wanted)
