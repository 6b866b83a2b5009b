"""How much of a ring of 8 Gaussians and of a grid of 25 each loss learns to draw.

    python tests/benchmarks/modes.py [--smoke] [--only LOSS] [--seeds 5]

Every loss plays with the same networks, the same optimiser and as long. What was found is kept in
`results/modes.json`: what is there already, with the same settings, is not computed again. Beside
it stand the figures published for the same toys with other networks and far longer training.

Not responsible for the games themselves (`toys`).
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # the products are too small for more

from results import FOLDER, Found, Results
from toys import TOYS, Game, Settings, score_of

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
    # With 10, as for pictures, it finds no mode of the ring; Gulrajani's own toys take 0.1 too.
    "wasserstein-gp": {
        "loss": "wasserstein",
        "penalty": "wgan-gp",
        "gamma": 0.1,
        "gamma_end": 0.1,
    },
}
DEFAULT = "relativistic-r1-r2"

#: How long, on which toy.
LENGTHS: Mapping[str, dict[str, Any]] = {"ring": {"steps": 4_000}, "grid": {"steps": 12_000}}

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


@dataclass(frozen=True, slots=True)
class Match:
    """One of `LOSSES` on one of `TOYS`, for any number of seeds.

    Attributes:
        smoke: Whether it is broken off after a few steps.
    """

    toy: str
    loss: str
    smoke: bool = False

    @property
    def settings(self) -> Settings:
        """The rules of the game."""
        settings = Settings(**LOSSES[self.loss], **LENGTHS[self.toy])
        return replace(settings, steps=3) if self.smoke else settings

    @property
    def told(self) -> dict[str, object]:
        """Everything that decides what comes of a seed."""
        return {"toy": asdict(TOYS[self.toy]), "game": asdict(self.settings)}

    def kept(self, seed: int, results: Results) -> Found | None:
        """What a seed came to, if that was measured with these rules."""
        return results.get(self._name(seed), self.told)

    def measure(self, seeds: Iterable[int], results: Results) -> list[Found]:
        """What each seed comes to; those that were not played yet are played together."""
        seeds = list(seeds)
        missing = [seed for seed in seeds if self.kept(seed, results) is None]
        if missing:
            results.keep(self._play(missing), self.told)
        return [found for seed in seeds if (found := self.kept(seed, results)) is not None]

    def _play(self, seeds: list[int]) -> dict[str, Found]:
        began, toy = time.process_time(), TOYS[self.toy]
        drawn = Game(toy, self.settings, seeds).play()
        seconds = (time.process_time() - began) / len(seeds)
        scores = [score_of(points, toy) for points in drawn]
        return {
            self._name(seed): {
                "modes": score.modes,
                "good": round(score.good, 4),
                "kl": round(score.kl, 4),
                "cpu_seconds": round(seconds, 1),
            }
            for seed, score in zip(seeds, scores, strict=True)
        }

    def _name(self, seed: int) -> str:
        return f"{self.toy}/{self.loss}/{seed}"


def reached(toy: str, modes: Sequence[float]) -> bool:
    """Whether these seeds of the default loss cover what they must."""
    most = len(TOYS[toy].centres)
    if toy == "ring":
        return all(count == most for count in modes)
    return min(modes) >= most - 1 and sum(count < most for count in modes) <= len(modes) / 5


def run(smoke: bool) -> list[Row]:
    """Rows of (what, found, wanted)."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        results = Results((Path(folder) if smoke else FOLDER) / "modes.json")
        for toy, loss in itertools.product(TOYS, LOSSES):
            found = Match(toy, loss, smoke).measure(range(2 if smoke else 5), results)
            modes, good, kl = _means(found)
            what = f"{toy}, {loss}: modes, good, KL"
            wanted = WANTED[toy] if loss == DEFAULT else ""
            rows.append((what, f"{modes:.1f} {good:.0%} {kl:.3f}", wanted))
    return rows


def _means(found: Sequence[Found]) -> list[float]:
    """Of modes, share of good points and KL over all seeds."""
    return [statistics.fmean(entry[key] for entry in found) for key in ("modes", "good", "kl")]


def print_table(toy: str, found: Mapping[str, Sequence[Found]]) -> None:
    """The losses on one toy, and what was published."""
    most = len(TOYS[toy].centres)
    title = f"{toy}: {most} Gaussians"
    print(f"\n{title:<30} {'modes of each seed':>23} {'mean':>6} {'good':>8} {'KL':>7}")
    for loss, seeds in found.items():
        each = " ".join(f"{entry['modes']:.0f}" for entry in seeds)
        modes, good, kl = _means(seeds)
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
                loss: Match(toy, loss, options.smoke).measure(range(options.seeds), results)
                for loss in losses
            }
            print_table(toy, found)


if __name__ == "__main__":
    main()
