"""An inspector that nobody trained: it judges bundled pictures by chance, a little to their favour.

For the gallery and for tests of pages. It stands where `studio.engine.Bench` stands.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import numpy as np

from ganstudio.project.folder import Project
from ganstudio.project.judging import (
    Court,
    FolderJudged,
    HeatMap,
    JudgedPicture,
    Nearest,
    Neighbour,
    Pile,
    Round,
)
from ganstudio.project.messages import frozen_pictures
from ganstudio.project.quality import Estimate
from ganstudio.project.runs import RunFolder
from tests.gallery.invented_run import bundled, drawn

_AGE = 0.45


class InventedBench:
    """What the judging service needs of a bench.

    Attributes:
        bundle: Whose pictures are judged; set it before one is opened.
        opened: How many there were.
    """

    bundle = "open-peeps"
    opened = 0

    def __init__(self, project: Project, run: RunFolder, clock: int, seed: int) -> None:
        type(self).opened += 1
        self._chance = np.random.default_rng(seed if self.bundle == "pixel-avatars" else 11)
        self._real = bundled(self.bundle)
        self._fake = drawn(self._real, _AGE)
        self._seed = 64
        self.court = Court(
            images=clock,
            middle=0.0,
            right=Estimate(0.62, 0.021),
            balance=0.64,
            real=256,
            generated=256,
            honest=True,
            available=76,
        )

    def close(self) -> None:
        """Nothing is open."""

    def piling(self) -> Generator[None, None, Pile]:
        """As `Bench.piling`."""
        yield
        return self._pile(np.repeat([True, False], 50))

    def dealing(self, count: int) -> Generator[None, None, Pile]:
        """As `Bench.dealing`."""
        yield
        return self._pile(self._chance.random(count) < 0.5)

    def explaining(self, pile: Pile, index: int) -> Generator[None, None, HeatMap]:
        """As `Bench.explaining`: two spots."""
        yield
        high, wide = pile.pictures.shape[1:3]
        down, across = np.mgrid[0:high, 0:wide] / min(high, wide)
        weights = np.zeros((high, wide))
        for y, x, how in ((0.3, 0.55, 1.0), (0.62, 0.3, 0.7)):
            weights += how * np.exp(-((down - y) ** 2 + (across - x) ** 2) / 0.018)
        sign = 1 if pile.cards[index].called_real else -1
        return HeatMap(index, (sign * weights).astype(np.float32))

    def finding_nearest(self, pile: Pile, index: int) -> Generator[int, None, Nearest]:
        """As `Bench.finding_nearest`."""
        yield 8
        found = tuple(
            Neighbour(
                self._real[7 * place + 3], f"peep-{7 * place + 3:03}.png", 0.41 + 0.02 * place
            )
            for place in range(5)
        )
        return Nearest(index, found, 0.12, 1434)

    def judging_folder(self, folder: Path) -> Generator[None, None, FolderJudged]:
        """As `Bench.judging_folder`."""
        yield
        scores = np.sort(self._chance.normal(0.5, 0.18, 40).clip(0.02, 0.98))
        names = tuple(f"scan_{number:03}.jpg" for number in range(40))
        left_out = (("scan_017.jpg", "scan_017.jpg ends too early and was left out."),)
        return FolderJudged(folder.name, self._real[:40], names, tuple(scores.tolist()), left_out)

    def playing_round(self) -> Generator[None, None, Round]:
        """As `Bench.playing_round`."""
        yield
        real = np.array([True, False, False, True, False, True, True, False])
        pictures = np.where(real[:, None, None, None], self._real[:8], self._fake[:8])
        before = np.array([0.58, 0.60, 0.41, 0.66, 0.37, 0.44, 0.71, 0.52])
        after = before + np.where(real, 0.06, -0.09)
        redrawn = drawn(self._real[:8], _AGE + 0.04)[~real]
        changes = 128 + 4.0 * (redrawn.astype(float) - pictures[~real])
        return Round(
            images=self.court.images,
            pictures=frozen_pictures(pictures),
            real=tuple(real.tolist()),
            before=tuple(before.tolist()),
            after=tuple(after.tolist()),
            redrawn=frozen_pictures(redrawn),
            redrawn_scores=tuple((after[~real] + 0.07).tolist()),
            changes=frozen_pictures(changes.clip(0, 255).astype(np.uint8)),
            magnified=4.0,
            loss="relativistic",
            learning_rate=0.002,
        )

    def _pile(self, real: np.ndarray) -> Pile:
        real = self._chance.permutation(real)
        pictures, cards = [], []
        for number, one in enumerate(real.tolist()):
            score = self._chance.normal(0.57 if one else 0.44, 0.14)
            source = self._real if one else self._fake
            pictures.append(source[(number * 7 + self._seed) % len(source)])
            self._seed += not one
            cards.append(
                JudgedPicture(
                    real=one,
                    score=float(np.clip(score, 0.02, 0.98)),
                    name=f"peep-{number:03}.png" if one else "",
                    seed=None if one else self._seed,
                )
            )
        return Pile(self.court, frozen_pictures(np.stack(pictures)), tuple(cards))
