"""What drawing a place costs beside a bare pass through the generator.

    python tests/benchmarks/exploring.py [--smoke]

A place between four seeds, moved along three directions, is drawn as the Explore page draws it, to
uint8; beside it the generator draws a vector that it is given, and nothing else happens. Both by
turns on the same network in one process, medians of many; the ratio is what counts. How soon a
slider's picture is on the screen is measured by `window`.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import torch

from ganstudio.gan.networks import build_generator
from ganstudio.latent.renderer import Renderer
from ganstudio.project.direction import Direction, direction_key
from ganstudio.project.point import LatentPoint
from ganstudio.project.presets import recipe_for

CASES = (("sketch", 64), ("sketch", 256), ("style", 64), ("modern", 64))
_ROUNDS, _SMOKE_ROUNDS = 300, 3
_WANTED = 1.15

Row = tuple[str, str, str]


def run(smoke: bool) -> list[Row]:
    """Rows of (what, found, wanted)."""
    rows = []
    for preset, size in CASES[:1] if smoke else CASES:
        bare, drawn = _medians(preset, size, _SMOKE_ROUNDS if smoke else _ROUNDS)
        what = f"{preset}, {size} px: {1000 * drawn:.1f} ms, a bare pass {1000 * bare:.1f} ms"
        rows.append((what, f"{drawn / bare:.2f}", f"{_WANTED}"))
    return rows


def _medians(preset: str, size: int, rounds: int) -> tuple[float, float]:
    """Seconds of a bare pass, and of drawing a place."""
    recipe = recipe_for(preset, size=size, pictures=1_000).network
    network = build_generator(recipe, torch.Generator().manual_seed(0)).eval()
    network = network.to(memory_format=torch.channels_last)
    random = torch.Generator().manual_seed(1)
    steps = [tuple(row) for row in torch.randn(3, network.w_dim, generator=random).tolist()]
    directions = [Direction(key=direction_key(step), step=step) for step in steps]
    renderer = Renderer(network, directions)
    point = LatentPoint(seed_x=3.3, seed_y=0.7, diversity=0.8)
    for direction in directions:
        point = point.with_amount(direction.key, 0.5)
    z = torch.randn(1, network.z_dim, generator=random)

    def bare() -> None:
        with torch.inference_mode():
            network(z)

    def drawn() -> None:
        renderer.render([point])

    for _ in range(5):
        bare()
        drawn()
    pairs = [(_seconds(bare), _seconds(drawn)) for _ in range(rounds)]
    return statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="seconds: does it run?")
    for row in run(parser.parse_args().smoke):
        print(*row, sep="   ")


if __name__ == "__main__":
    main()
