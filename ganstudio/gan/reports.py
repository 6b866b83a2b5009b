"""What a run loop tells while it trains: rows, samples and rates, as often as is useful.

Not responsible for saving moments (`milestones`), nor for showing anything (the host).
"""

from __future__ import annotations

import dataclasses
import time

from ganstudio.gan.footprint import gpu_memory_taken, memory_held
from ganstudio.gan.row import RowMeans
from ganstudio.gan.sampling import labels_of_seeds, pictures_of, preview_seeds, seed_vectors
from ganstudio.gan.trainer import Trainer
from ganstudio.project.history import append_lines, cut_after
from ganstudio.project.host import Host
from ganstudio.project.messages import MetricsRow, Pictures
from ganstudio.project.runs import RunFolder

__all__ = ["Reporter"]

_SAMPLES_EVERY_S = 0.5
#: Drawing samples takes at most this share of the time.
_SAMPLES_SHARE = 0.02


class Reporter:
    """Rows into the history and to the host; samples to the host.

    Rows end where the clock is a multiple of `row_images`, so that their borders do not depend on
    when somebody paused. Where a run stops between two borders, the row so far is told as well, and
    is cut from the history again when training goes on.

    Args:
        run: Where rows are kept.
        trainer: Whose numbers and pictures.
        row_images: Pictures of a row, whole batches.
        watched: Whether somebody looks at samples between two snapshots.
    """

    def __init__(
        self, run: RunFolder, trainer: Trainer, row_images: int, watched: bool = True
    ) -> None:
        self._run, self._trainer, self._watched = run, trainer, watched
        batch = trainer.recipe.batch_size
        self._row_images = -(-row_images // batch) * batch
        self._seeds: range | None = None
        self.rate = 0.0
        self._samples_due = 0.0
        self._samples_told: tuple[int, range] | None = None
        self._unfinished_row = True  # whoever trained before may have left one
        self.begin()

    def begin(self) -> None:
        """Start the watch anew: after a pause, and after going back to a checkpoint."""
        self._since = time.monotonic()
        self._since_clock = self._trainer.clock

    def drop_unfinished_row(self) -> None:
        """Cut the row of a stop between two borders from the history."""
        if not self._unfinished_row:
            return
        self._unfinished_row = False
        border = self._trainer.clock // self._row_images * self._row_images
        newest = self._run.metrics()[-1:]
        if newest and newest[0].get("images", 0) > border:
            cut_after(self._run.metrics_path, border)
            info = self._run.info()
            self._run.write_info(info.model_copy(update={"generation": info.generation + 1}))

    @property
    def at_border(self) -> bool:
        """Whether a row ends at the trainer's clock."""
        return self._trainer.clock % self._row_images == 0

    def tell_row(self, host: Host, seconds: float) -> None:
        """Tell the row so far, and keep it; at a border a new one begins.

        Args:
            host: Who is told.
            seconds: Training time of the run so far.
        """
        means = self._trainer.row()
        if means is not None:
            self._unfinished_row = not self.at_border
            row = self._row(means, seconds)
            append_lines(self._run.metrics_path, [dataclasses.asdict(row)])
            self.begin()
            host.on_rows([row])
        if self.at_border:
            self._trainer.end_row()  # only now: a row that the disk refused is told later

    def _row(self, means: RowMeans, seconds: float) -> MetricsRow:
        trainer = self._trainer
        images = trainer.clock - self._since_clock
        if images > 0:
            self.rate = images / max(1e-6, time.monotonic() - self._since)
        return MetricsRow(
            images=trainer.clock,
            loss_g=means.loss_g,
            loss_d=means.loss_d,
            d_real=means.scores.d_real,
            d_fake=means.scores.d_fake,
            balance=means.scores.balance,
            penalty=means.penalty,
            gradient_g=means.gradient_g,
            gradient_d=means.gradient_d,
            learning_rate=trainer.learning_rate,
            augment_p=trainer.augment_p,
            images_per_s=self.rate,
            seconds=seconds,
            skipped=trainer.skipped,
            memory_mb=_megabytes(memory_held()),
            gpu_memory_mb=_megabytes(gpu_memory_taken(trainer.device)),
        )

    def draw(self) -> Pictures:
        """The fixed places as the averaged generator draws them now: uint8 (64, H, W, C).

        Which ones, the recipe says, which may have changed since the last time.
        """
        seeds, network = preview_seeds(self._trainer.recipe), self._trainer.recipe.network
        if seeds != self._seeds:
            self._seeds = seeds
            self._latents = seed_vectors(seeds, network.z_dim)
            self._labels = labels_of_seeds(seeds, network.classes)
        return pictures_of(self._trainer.average.network, self._latents, self._labels)

    def tell_samples_if_due(self, host: Host) -> None:
        """Draw and tell samples, at most twice a second and never for much of the time."""
        began = time.monotonic()
        if self._watched and began >= self._samples_due:
            self.tell_samples(host, self.draw())
            cost = time.monotonic() - began
            self._samples_due = began + max(_SAMPLES_EVERY_S, cost / _SAMPLES_SHARE)

    def tell_samples(self, host: Host, pictures: Pictures) -> None:
        """Tell samples of the trainer's clock and these places, once."""
        told = (self._trainer.clock, preview_seeds(self._trainer.recipe))
        if self._samples_told != told:
            self._samples_told = told
            host.on_samples(self._trainer.clock, pictures)


def _megabytes(count: int | None) -> float | None:
    return None if count is None else round(count / 1e6, 1)
