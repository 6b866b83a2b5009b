"""How much of a ring of 8 Gaussians and of a grid of 25 each loss learns to draw.

    python tests/benchmarks/modes.py [--smoke] [--only LOSS] [--seeds 5]

Every loss plays with the same networks, the same optimiser and as long. What was found is kept in
`results/modes.json`: what is there already, with the same settings, is not computed again. Beside
it stand the figures published for the same toys with other networks and far longer training.

Not responsible for the games themselves (`toys`).
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # the products are too small for more

from results import FOLDER, Found, Results
from toys import TOYS, Game, Settings

Row = tuple[str, str, str]

_ZERO_CENTRED = {"gamma": 0.1, "gamma_end": 0.001}

#: What plays: the program's default first.
LOSSES: Mapping[str, dict[str, Any]] = {
    "relativistic-r1-r2": {"loss": "relativistic", "penalty": "r1+r2", **_ZERO_CENTRED},
    "non-saturating-r1": {"loss": "non-saturating", "penalty": "r1", **_ZERO_CENTRED},
    "non-saturating": {"loss": "non-saturating"},
    "minimax": {"loss": "minimax"},
    "least-squares": {"loss": "least-squares"},
    "hinge": {"loss": "hinge"},
    "wasserstein-gp": {
        "loss": "wasserstein",
        "penalty": "wgan-gp",
        "gamma": 10.0,
        "gamma_end": 10.0,
    },
}
DEFAULT = "relativistic-r1-r2"

#: How long, on which toy.
LENGTHS: Mapping[str, dict[str, Any]] = {
    "ring": {"steps": 4_000, "batch_size": 128},
    "grid": {"steps": 8_000, "batch_size": 128},
}

#: PacGAN (Lin 2018), table 1, means of 10 runs: modes, share of good points, KL. Its generator has
#: 4 layers of 400, its grid is four times as large, and it looks at 40 million points.
PUBLISHED: Mapping[str, Mapping[str, tuple[float, float, float]]] = {
    "ring": {
        "GAN": (6.3, 0.982, 0.45),
        "ALI": (6.6, 0.976, 0.36),
        "PacGAN2": (7.9, 0.956, 0.07),
        "PacGAN3": (7.8, 0.977, 0.10),
        "PacGAN4": (7.8, 0.959, 0.07),
    },
    "grid": {
        "GAN": (17.3, 0.948, 0.70),
        "ALI": (24.1, 0.957, 0.14),
        "PacGAN2": (23.8, 0.913, 0.13),
        "PacGAN3": (24.6, 0.942, 0.06),
        "PacGAN4": (24.8, 0.936, 0.04),
    },
}

#: What the default loss must reach on each toy, in words and as a check of its modes.
WANTED = {"ring": "8 each", "grid": "25, one 24"}


def settings_of(toy: str, loss: str) -> Settings:
    """The rules of the game for one of `LOSSES` on one of `TOYS`."""
    return Settings(**LOSSES[loss], **LENGTHS[toy])


def measure(
    toy: str, loss: str, seeds: Iterable[int], results: Results, *, smoke: bool = False
) -> list[Found]:
    """What each seed comes to; seeds that were not played yet are played together."""
    settings = settings_of(toy, loss)
    if smoke:
        settings = replace(settings, steps=3)
    told = {"toy": asdict(TOYS[toy]), "game": asdict(settings)}
    names = {seed: f"{toy}/{loss}/{seed}" for seed in seeds}
    missing = [seed for seed, name in names.items() if results.get(name, told) is None]
    if missing:
        results.keep(_play(toy, settings, {seed: names[seed] for seed in missing}), told)
    return [found for name in names.values() if (found := results.get(name, told)) is not None]


def _play(toy: str, settings: Settings, names: Mapping[int, str]) -> dict[str, Found]:
    began = time.process_time()
    scores = Game(TOYS[toy], settings, list(names)).play()
    seconds = round((time.process_time() - began) / len(names), 1)
    return {
        name: {
            "modes": score.modes,
            "good": round(score.good, 4),
            "kl": round(score.kl, 4),
            "cpu_seconds": seconds,
        }
        for name, score in zip(names.values(), scores, strict=True)
    }


def reached(toy: str, modes: Sequence[float]) -> bool:
    """Whether these seeds of the default loss cover what they must."""
    most = len(TOYS[toy].centres)
    if toy == "ring":
        return all(count == most for count in modes)
    return min(modes) >= most - 1 and sum(count < most for count in modes) <= len(modes) / 5


def run(smoke: bool) -> list[Row]:
    """Rows of (what, found, wanted)."""
    with tempfile.TemporaryDirectory() as folder:
        results = Results((Path(folder) if smoke else FOLDER) / "modes.json")
        rows = []
        for toy in TOYS:
            for loss in LOSSES:
                found = measure(toy, loss, range(2 if smoke else 5), results, smoke=smoke)
                modes, good, kl = (_mean(found, key) for key in ("modes", "good", "kl"))
                what = f"{toy}: {loss}: modes, good, KL"
                wanted = WANTED[toy] if loss == DEFAULT else ""
                rows.append((what, f"{modes:.1f} {good:.0%} {kl:.3f}", wanted))
    return rows


def _mean(found: Sequence[Found], key: str) -> float:
    return statistics.fmean(entry[key] for entry in found)


def print_table(toy: str, found: Mapping[str, Sequence[Found]]) -> None:
    """The losses on one toy, and what was published."""
    most = len(TOYS[toy].centres)
    title = f"{toy}: {most} Gaussians"
    print(f"\n{title:<30} {'modes of each seed':>23} {'mean':>6} {'good':>8} {'KL':>7}")
    for loss, seeds in found.items():
        each = " ".join(f"{entry['modes']:.0f}" for entry in seeds)
        modes, good, kl = (_mean(seeds, key) for key in ("modes", "good", "kl"))
        print(f"  {loss:<28} {each:>23} {modes:>6.1f} {good:>8.1%} {kl:>7.3f}")
    print("  published (PacGAN, table 1)")
    for method, (modes, good, kl) in PUBLISHED[toy].items():
        print(f"  {method:<28} {'':>23} {modes:>6.1f} {good:>8.1%} {kl:>7.3f}")
    if DEFAULT in found:
        modes_found = [entry["modes"] for entry in found[DEFAULT]]
        verdict = "yes" if reached(toy, modes_found) else "no"
        print(f"  {DEFAULT} covers what it must ({WANTED[toy]}): {verdict}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="seconds: does it run?")
    parser.add_argument("--only", choices=LOSSES, help="just this loss")
    parser.add_argument("--seeds", type=int, default=5, help="seeds 0 to one less than this")
    options = parser.parse_args()
    losses = [options.only] if options.only else list(LOSSES)
    with tempfile.TemporaryDirectory() as folder:
        results = Results((Path(folder) if options.smoke else FOLDER) / "modes.json")
        for toy in TOYS:
            found = {
                loss: measure(toy, loss, range(options.seeds), results, smoke=options.smoke)
                for loss in losses
            }
            print_table(toy, found)


if __name__ == "__main__":
    main()
