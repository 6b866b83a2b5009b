"""A run's folder: what was decided when it began, and where everything it leaves lies.

Not responsible for tensors: `gan` writes snapshots and checkpoints into the folders named here.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from ganstudio.project.atomic import read_json, remove_folder, sweep, write_bytes, write_json
from ganstudio.project.changes import recipe_after
from ganstudio.project.errors import UserError
from ganstudio.project.history import append_lines, cut_after, read_lines
from ganstudio.project.locks import FileLock
from ganstudio.project.quality import MomentScore
from ganstudio.project.recipe import Recipe
from ganstudio.project.schema import read_model, stamp, up_to_date
from ganstudio.project.titles import STAR, UNSTAR, Best, best_moment, kept

__all__ = ["RunFolder", "RunInfo", "RunParent"]


class RunParent(BaseModel):
    """Where a run branched off: another run's id, or a model's name, and its clock."""

    model_config = ConfigDict(frozen=True)

    run: str
    images: int


class RunInfo(BaseModel):
    """run.json: decided once when the run is created, but for name, note, target and generation.

    Attributes:
        name: What a person calls it.
        note: What a person wrote about it.
        created: When, in ISO 8601 with a time zone.
        seed: Everything random derives from it and the clock.
        precision: "float32" or "bfloat16".
        threads: CPU threads; bit-equal resuming needs the same number.
        device: "cpu", "cuda:0" or "mps".
        device_reason: Why, in words.
        processes: How many trained together; bit-equal resuming needs the same number.
        row_images: Pictures a row of metrics is the mean of.
        speed: Images a second, as measured when the run was created.
        target: Images at which it is finished, None for "I stop it".
        held_out: Content hashes of the pictures training never sees.
        kinds: What the kinds of pictures are called that it tells apart; which picture is of which
            stands in `RunFolder.kinds_of`.
        generation: Raised whenever the history was cut; followers read again.
        parent: Where it branched off.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    created: str
    seed: int
    precision: str = "float32"
    threads: int = 1
    device: str = "cpu"
    device_reason: str = ""
    processes: int = 1
    row_images: int = 64
    speed: float = 0.0
    target: int | None = None
    held_out: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    generation: int = 0
    parent: RunParent | None = None
    note: str = ""


class RunFolder:
    """One run on disk.

    Args:
        path: `PROJECT/runs/ID`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.metrics_path = path / "metrics.jsonl"
        self.events_path = path / "events.jsonl"
        self.scores_path = path / "scores.jsonl"
        self.log_path = path / "log.txt"
        self.snapshots_path = path / "snapshots"
        self.checkpoints_path = path / "checkpoints"
        self.lock = FileLock(path / "run.lock")

    @classmethod
    def create(
        cls,
        runs: Path,
        recipe: Recipe,
        info: RunInfo,
        training: Sequence[str],
        kinds: Mapping[str, int] | None = None,
    ) -> RunFolder:
        """Make a new run.

        Args:
            runs: The project's `runs` folder.
            recipe: Never changes from here on.
            info: What else was decided.
            training: Content hashes of the pictures it learns from, in their order.
            kinds: Content hash -> number of its kind in `info.kinds`, held-out pictures too.
        """
        now = datetime.datetime.now().astimezone()
        # The rest of the second, so that names rise even where two runs begin within one.
        rest = now.microsecond * 0x10000 // 1_000_000
        run = cls(runs / f"{now:%Y-%m-%d-%H%M%S}-{rest:04x}")
        for folder in (run.snapshots_path, run.checkpoints_path):
            folder.mkdir(parents=True)
        write_json(run.path / "recipe.json", stamp() | {"recipe": recipe.model_dump(mode="json")})
        write_bytes(run.path / "pictures.txt", ("\n".join(training) + "\n").encode())
        if kinds:
            named = [*training, *info.held_out]
            lines = "".join(f"{content} {kinds[content]}\n" for content in named)
            write_bytes(run.path / "kinds.txt", lines.encode())
        run.write_info(info)
        return run

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.path.name

    def info(self) -> RunInfo:
        """What was decided; raises `UserError` if run.json cannot be read."""
        return read_model(self.path / "run.json", RunInfo)

    def write_info(self, info: RunInfo) -> None:
        """Replace run.json."""
        write_json(self.path / "run.json", stamp() | info.model_dump(mode="json"))

    def recipe(self) -> Recipe:
        """The recipe it began with; raises `UserError` if it cannot be read."""
        path = self.path / "recipe.json"
        return Recipe.parse(up_to_date(path, read_json(path)).get("recipe"))

    def recipe_now(self) -> Recipe:
        """The recipe as changes while it trained have left it; raises as `recipe`."""
        return recipe_after(self.recipe(), self.events())

    def recipe_before(self, clock: int) -> Recipe:
        """The recipe as changes before a clock had left it; raises as `recipe`."""
        return recipe_after(self.recipe(), self.events(), before=clock)

    def training_hashes(self) -> list[str]:
        """Content hashes of the pictures this run learns from, in their order."""
        path = self.path / "pictures.txt"
        try:
            return path.read_text(encoding="utf-8").split()
        except FileNotFoundError as error:
            raise UserError("no-such-file", path=path) from error

    def kinds_of(self, hashes: Sequence[str]) -> list[int] | None:
        """The number of each picture's kind; None if this run knows no kinds.

        Raises:
            UserError: "unreadable-file" if a picture's kind is not known.
        """
        path = self.path / "kinds.txt"
        if not path.is_file():
            return None
        try:
            lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
            known = {content: int(number) for content, number in lines}
            return [known[content] for content in hashes]
        except (KeyError, ValueError) as error:
            raise UserError("unreadable-file", path=path, reason="kinds are missing") from error

    def snapshots(self) -> list[int]:
        """The clocks of all snapshots, ascending."""
        return _clocks(self.snapshots_path, "snapshot.json")

    def checkpoints(self) -> list[int]:
        """The clocks of all checkpoints, ascending."""
        return _clocks(self.checkpoints_path, "checkpoint.json")

    def snapshot_folder(self, clock: int) -> Path:
        """Where the snapshot of a clock lies."""
        return self.snapshots_path / str(clock)

    def checkpoint_folder(self, clock: int) -> Path:
        """Where the checkpoint of a clock lies."""
        return self.checkpoints_path / str(clock)

    def metrics(self) -> list[dict[str, Any]]:
        """All rows of metrics, in order."""
        return read_lines(self.metrics_path)

    def events(self) -> list[dict[str, Any]]:
        """All events, in order."""
        return read_lines(self.events_path)

    def scores(self) -> dict[int, MomentScore]:
        """Clock -> what the moment came to; the newest where one was scored again."""
        found = (MomentScore.of_line(line) for line in read_lines(self.scores_path))
        return {score.images: score for score in found if score is not None}

    def add_score(self, score: MomentScore) -> None:
        """Append the score of a moment."""
        append_lines(self.scores_path, [score.line()])

    def add_event(self, kind: str, images: int, **values: object) -> None:
        """Append an event to the history."""
        now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        append_lines(self.events_path, [{"event": kind, "images": images, "at": now, **values}])

    def star(self, clock: int, starred: bool = True) -> None:
        """Mark a moment as one's choice, or take the mark away."""
        self.add_event(STAR if starred else UNSTAR, clock)

    def best(self) -> Best | None:
        """The best moment: what a person chose, else what the scores say; None if nothing does."""
        return best_moment(self.scores(), self.events(), self.snapshots())

    def kept(self) -> frozenset[int]:
        """The clocks of the snapshots that never make room for others."""
        return kept(self.scores(), self.events(), self.snapshots())

    def rewind(self, clock: int) -> None:
        """Cut the history at a clock: rows, events, snapshots and checkpoints after it go.

        Raises the generation, so that followers read again.
        """
        later_snapshots = [c for c in self.snapshots() if c > clock]
        later_checkpoints = [c for c in self.checkpoints() if c > clock]
        newest = [*self.metrics()[-1:], *self.events()[-1:]]
        later_lines = any(line.get("images", 0) > clock for line in newest)
        if not (later_snapshots or later_checkpoints or later_lines):
            return
        for snapshot in later_snapshots:
            remove_folder(self.snapshot_folder(snapshot))
        for checkpoint in later_checkpoints:
            remove_folder(self.checkpoint_folder(checkpoint))
        cut_after(self.metrics_path, clock)
        cut_after(self.events_path, clock)
        cut_after(self.scores_path, clock)
        info = self.info()
        self.write_info(info.model_copy(update={"generation": info.generation + 1}))

    def sweep(self) -> None:
        """Remove what an interrupted writer left."""
        for folder in (self.path, self.snapshots_path, self.checkpoints_path):
            sweep(folder)


def _clocks(folder: Path, proof: str) -> list[int]:
    """Whole entries of a folder whose sub-folders are named by clocks."""
    try:
        with os.scandir(folder) as entries:
            return sorted(int(entry.name) for entry in entries if _is_whole(entry, proof))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _is_whole(entry: os.DirEntry[str], proof: str) -> bool:
    path = f"{entry.path}/{proof}"
    return entry.name.isdecimal() and os.path.isfile(path)  # noqa: PTH113 - quicker, for hundreds
