"""A run's history as event files that TensorBoard opens: the step is the clock, pictures seen.

Not responsible for reading a run (`studio`): it takes the values. The package `tensorboard` is an
extra, so it is imported when it is wanted.
"""

from __future__ import annotations

import datetime
import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ganstudio.export.sheet import laid_out
from ganstudio.project.atomic import replace_folder
from ganstudio.project.errors import UserError
from ganstudio.project.messages import MetricsRow, Pictures
from ganstudio.project.pixels import laid_on
from ganstudio.project.quality import MomentScore
from ganstudio.project.tasks import Task

if TYPE_CHECKING:
    from torch.utils.tensorboard import SummaryWriter

__all__ = ["ROW_TAGS", "Told", "save_events"]

#: Field of a row -> what it is called in TensorBoard.
ROW_TAGS = {
    "loss_g": "loss/generator",
    "loss_d": "loss/inspector",
    "penalty": "loss/penalty",
    "d_real": "judged/real",
    "d_fake": "judged/generated",
    "balance": "judged/balance",
    "gradient_g": "gradient/generator",
    "gradient_d": "gradient/inspector",
    "learning_rate": "training/learning_rate",
    "augment_p": "training/augmented",
    "images_per_s": "training/images_per_s",
    "seconds": "training/seconds",
    "skipped": "training/skipped_steps",
    "memory_mb": "memory/program_mb",
    "gpu_memory_mb": "memory/gpu_mb",
}

_EVENT_FILE = "events.out.tfevents."
#: Rows between two looks at whether somebody cancelled.
_ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What a run has to tell.

    Attributes:
        created: When it began, in ISO 8601 with a time zone.
        rows: Its metrics, by their clock.
        scores: Of its moments.
        events: Lines of its events: each with its clock and when it was.
        moments: The clocks of all snapshots, ascending.
        sheet: The fixed places as a snapshot drew them, (N, H, W, C) uint8.
        ground: What lies behind transparent pictures: red, green, blue.
    """

    created: str
    rows: Sequence[MetricsRow]
    scores: Sequence[MomentScore]
    events: Sequence[Mapping[str, Any]]
    moments: Sequence[int]
    sheet: Callable[[int], Pictures]
    ground: tuple[int, int, int]


def save_events(folder: Path, told: Told, task: Task) -> None:
    """Write the event files of one run.

    What has a time of its own keeps it. Rows, scores and pictures have none: they stand at the time
    the run began, and so much training time later.

    Args:
        folder: Of this run alone; event files that are in it are replaced.
        told: The run.
        task: Takes the progress and may cancel; then the folder stays as it was.

    Raises:
        UserError: "tensorboard-missing", "tensorboard-folder-taken", "disk-full",
            "folder-not-writable", or what is wrong with a sheet of samples.
        Cancelled: If the task was cancelled.
    """
    writer_of = _writer()
    if folder.is_file() or not _only_events(folder):
        raise UserError("tensorboard-folder-taken", path=folder)
    steps = _ROWS_AT_ONCE + len(told.rows) + len(told.moments)
    with replace_folder(folder) as temporary:
        writer = writer_of(str(temporary))
        try:
            for done in _written(writer, told):
                task.check()
                task.report(done, steps)
        finally:
            writer.close()
        for number, path in enumerate(sorted(temporary.iterdir())):
            path.rename(temporary / f"{_EVENT_FILE}{number}.ganstudio")  # else it names the host


def _writer() -> Callable[[str], SummaryWriter]:
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise UserError("tensorboard-missing") from error
    return SummaryWriter


def _only_events(folder: Path) -> bool:
    """Whether nothing would be lost with a folder: it is not there, or holds event files alone."""
    return not folder.is_dir() or all(
        path.name.startswith(_EVENT_FILE) for path in folder.iterdir()
    )


def _written(writer: SummaryWriter, told: Told) -> Iterator[int]:
    """Write everything; after each part, how many rows and sheets that were."""
    when = _Times(told)
    for event in told.events:
        _write_event(writer, event, when)
    for score in told.scores:
        for tag, value in _values_of(score):
            writer.add_scalar(tag, value, score.images, when.at(score.images))
    for done, row in enumerate(told.rows):
        for field, tag in ROW_TAGS.items():
            value = getattr(row, field)
            if value is not None:  # nobody measured it
                writer.add_scalar(tag, value, row.images, when.at(row.images))
        if done % _ROWS_AT_ONCE == 0:
            yield done
    for done, clock in enumerate(told.moments, len(told.rows)):
        sheet = laid_out(laid_on(told.sheet(clock), told.ground), columns=8)
        writer.add_image("samples", sheet, clock, when.at(clock), dataformats="HWC")
        yield done


class _Times:
    """When something was, in seconds since 1970."""

    def __init__(self, told: Told) -> None:
        self._began = _seconds(told.created) or 0.0
        self._clocks = [row.images for row in told.rows]
        self._trained = [row.seconds for row in told.rows]

    def at(self, clock: int) -> float:
        """As far into the training as the last row at or before a clock."""
        place = bisect_right(self._clocks, clock)
        return self._began + (self._trained[place - 1] if place else 0.0)


def _seconds(text: object) -> float | None:
    try:
        return datetime.datetime.fromisoformat(str(text)).timestamp()
    except ValueError:
        return None


def _write_event(writer: SummaryWriter, event: Mapping[str, Any], when: _Times) -> None:
    kind, clock = event.get("event"), event.get("images")
    if not isinstance(kind, str) or not isinstance(clock, int):
        return
    more = {key: value for key, value in event.items() if key not in ("event", "images", "at")}
    lines = [
        f"{key}: {value}" if isinstance(value, str) else f"{key}: {json.dumps(value)}"
        for key, value in more.items()
    ]
    at = _seconds(event.get("at"))
    writer.add_text(
        f"events/{kind}", "\n\n".join([kind, *lines]), clock, when.at(clock) if at is None else at
    )


def _values_of(score: MomentScore) -> Iterator[tuple[str, float]]:
    """Everything that was measured of a moment, by its tag."""
    found = score.score
    values = {
        "quality/realism": found.precision.value,
        "quality/coverage": found.recall.value,
        "quality/copying": None if found.copying is None else found.copying.value,
        "quality/kernel_distance": found.kernel.value,
        "quality/frechet_distance_bundled_features": found.frechet.value,
        "quality/sliced_wasserstein": found.sliced,
        "quality/colours": found.colors,
        "quality/diversity": found.diversity,
        "quality/newness": found.newness,
    }
    if score.inspector is not None:
        values["inspector/learned"] = score.inspector.learned
        values["inspector/held_out"] = score.inspector.held_out
        values["inspector/generated"] = score.inspector.generated
        values["inspector/memorised"] = score.inspector.memorised.value
    if score.fid is not None:  # one curve for each weights: their numbers are not the same measure
        values[f"FID/{score.fid.weights[:8]}"] = score.fid.value
    yield from ((tag, value) for tag, value in values.items() if value is not None)
