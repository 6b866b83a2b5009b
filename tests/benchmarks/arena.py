"""Where recipes compete: the same pictures, the same minutes of this computer, the same score.

Minutes become a number of pictures before a training begins (`paces`); the training runs to exactly
that number, with its schedules ending there, and may be broken off: the same command goes on with
it. The score is the Frechet distance on the bundled features between generated pictures (seeds 0,
1, 2 ... at diversity 1) and as many that nobody learned from; beside it stands what that distance
is for as many training pictures, which no generator is expected to go below.

Not responsible for who competes (`real_data`, `peers`, `small_data`, `beginnings`).
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import hashlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as `ganstudio` sets it before torch loads

import numpy as np
import numpy.typing as npt
from pace_players import Silent
from paces import EXAMPLE, Pace, Paces, Runner
from picture_sets import Pixels, picture_set, size_of
from results import FOLDER, Found, Results

from ganstudio.pictures.bundles import BUNDLES
from ganstudio.project.errors import UserError
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import AugmentRecipe, Recipe
from ganstudio.project.runs import RunFolder, RunInfo

_SMOKE_SCORED = 24
_SMOKE_IMAGES = 32
_DIVERGED = ("training-diverged", "training-no-way-back")


@dataclass(frozen=True, slots=True)
class Entry:
    """One training that is scored.

    Attributes:
        pictures: A name of `picture_sets`.
        player: A preset, or `EXAMPLE`.
        minutes: Of this computer.
        seed: Everything random derives from it.
        few: Learn from so many of the pictures; None for all that are not held out.
        augment: Whether a preset may augment; what it does then follows from the number.
        start: The bundled model it begins with; empty for nothing.
    """

    pictures: str
    player: str
    minutes: float
    seed: int = 0
    few: int | None = None
    augment: bool = True
    start: str = ""

    @property
    def name(self) -> str:
        """Of what is kept about it."""
        parts = [self.pictures, self.player, f"{self.minutes:g} min", f"seed {self.seed}"]
        parts += [f"{self.few} pictures"] if self.few else []
        parts += [] if self.augment else ["not augmented"]
        parts += [f"from {self.start}"] if self.start else []
        return "/".join(parts)

    @property
    def training(self) -> Pixels:
        """What it learns from."""
        return picture_set(self.pictures).few(self.few)

    def recipe(self, images: int | None = None) -> Recipe:
        """A preset filled in for the pictures; its schedules end after so many images."""
        from ganstudio.gan.parent import parent_network

        count = len(self.training)
        size = size_of(self.pictures)
        recipe = recipe_for(self.player, size=size, pictures=count, horizon=images)
        if not self.augment:
            recipe = recipe.model_copy(update={"augment": AugmentRecipe()})
        if self.start:
            network = parent_network(BUNDLES[self.start].model, recipe)
            recipe = recipe.model_copy(update={"network": network})
        return recipe

    @property
    def runner(self) -> Runner:
        """Whose pace counts."""
        recipe = None if self.player == EXAMPLE else self.recipe()
        return Runner(self.player, size_of(self.pictures), recipe)


class Arena:
    """Plays entries and keeps their scores.

    Args:
        results: A JSON file of `results`; it need not exist.
        work: Where runs lie until they are scored.
        paces: Of this computer; None to see a few pictures only, which proves that it works.
    """

    def __init__(self, results: Path, work: Path, paces: Paces | None) -> None:
        self._results, self._work, self._paces = Results(results), work, paces

    def pace(self, entry: Entry) -> Pace:
        """How fast an entry trains on this computer."""
        return Pace(1.0) if self._paces is None else self._paces.of(entry.runner)

    def images(self, entry: Entry) -> int:
        """How many pictures its minutes are, in whole batches."""
        if self._paces is None:
            return _SMOKE_IMAGES
        batch = 1 if entry.player == EXAMPLE else entry.recipe().batch_size
        return self.pace(entry).images_in(entry.minutes, batch)

    def kept(self, entry: Entry) -> Found | None:
        """What an entry came to, if that is known."""
        return self._results.get(entry.name, self._told(entry))

    def measure(self, entry: Entry) -> Found:
        """What an entry comes to; it is trained if that is not known yet."""
        found = self.kept(entry)
        if found is None:
            began = time.monotonic()
            _say(f"{entry.name}: {self.images(entry):,} pictures")
            found = self._play(entry)
            self._results.keep({entry.name: found}, self._told(entry))
            minutes = (time.monotonic() - began) / 60
            _say(f"{entry.name}: {found['frechet']:.1f} (after {minutes:.1f} minutes)")
        return found

    def _told(self, entry: Entry) -> dict[str, object]:
        """Everything that decides its score."""
        images = self.images(entry)
        told: dict[str, object] = {
            "pictures": _digest(entry.pictures, entry.few),
            "seed": entry.seed,
            "images": images,
            "bfloat16": self.pace(entry).bfloat16,
            "scored": self._scored(entry),
        }
        if entry.start:
            told["start"] = hashlib.blake2b(BUNDLES[entry.start].model.read_bytes()).hexdigest()
        if entry.player == EXAMPLE:
            from pytorch_dcgan import SETTINGS

            return told | {"example": SETTINGS}
        return told | {"recipe": entry.recipe(images).model_dump(mode="json")}

    def _scored(self, entry: Entry) -> int:
        """Pictures of each kind in the score."""
        pictures = picture_set(entry.pictures)
        count = min(len(pictures.held_out), len(pictures.training))
        return count if self._paces else min(count, _SMOKE_SCORED)

    def _play(self, entry: Entry) -> Found:
        place = self._work / entry.name.replace("/", "-").replace(" ", "-")
        began, images = time.process_time(), self.images(entry)
        if entry.player == EXAMPLE:
            drawn, found = _played_example(entry, images, self._scored(entry), place)
        else:
            precision = "bfloat16" if self.pace(entry).bfloat16 else "float32"
            drawn, found = _played(entry, images, self._scored(entry), place, precision)
        found |= scores(entry, drawn)
        found["cpu_seconds"] = round(time.process_time() - began, 1)
        shutil.rmtree(place)
        return found


@contextlib.contextmanager
def open_arena(work: Path | None = None, smoke: bool = False) -> Iterator[Arena]:
    """The arena whose results belong to the source.

    Args:
        work: Where runs lie, so that a training that was broken off goes on; None: nowhere.
        smoke: Whether it only has to be proved that it works; nothing is kept then.
    """
    with tempfile.TemporaryDirectory() as temporary:
        place = work or Path(temporary)
        if smoke:
            yield Arena(Path(temporary) / "arena.json", place, None)
        else:
            yield Arena(FOLDER / "arena.json", place, Paces())


def options_of(about: str | None, what: str, choices: Iterable[str]) -> argparse.Namespace:
    """What a benchmark's own command line says.

    Args:
        about: The benchmark's docstring.
        what: What `--only` names.
        choices: Its values.
    """
    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="seconds: does it run?")
    parser.add_argument("--plan", action="store_true", help="what is left, without training")
    parser.add_argument(
        "--only", action="append", choices=tuple(choices), metavar=what, help="just this one"
    )
    parser.add_argument("--work", type=Path, help="where runs lie until they are scored")
    return parser.parse_args()


def scores(entry: Entry, drawn: Pixels) -> Found:
    """Distance and floor; for few pictures also whether they were copied."""
    from ganstudio.quality.copying import copy_check
    from ganstudio.quality.features import features_of
    from ganstudio.quality.frechet import frechet_distance, statistics_of

    count = len(drawn)
    generated, held_out = features_of(drawn), _features(entry.pictures, "held_out", count)
    real = statistics_of(held_out)
    training = _features(entry.pictures, "training", count)
    found = {
        "frechet": frechet_distance(statistics_of(generated), real),
        "floor": frechet_distance(statistics_of(training), real),
        "scored": float(count),
    }
    if entry.few is not None:
        check = copy_check(generated, features_of(entry.training), held_out)
        found |= {"copy_rate": check.rate, "copy_expected": check.expected, "ratio": check.ratio}
    return {name: round(value, 4) for name, value in found.items()}


@functools.cache
def _digest(name: str, few: int | None) -> str:
    return hashlib.blake2b(picture_set(name).few(few).tobytes()).hexdigest()


@functools.cache
def _features(name: str, part: str, count: int) -> npt.NDArray[np.float64]:
    from ganstudio.quality.features import features_of

    pixels: Pixels = getattr(picture_set(name), part)[:count]
    return features_of(pixels)


def _played(
    entry: Entry, images: int, scored: int, place: Path, precision: str
) -> tuple[Pixels, Found]:
    """Train a preset, or go on with it; its pictures, and what there is to say of the training."""
    from ganstudio.gan.device import choose_device
    from ganstudio.gan.modelfile import load_generator
    from ganstudio.gan.parent import begin_from
    from ganstudio.gan.sampling import pictures_of, seed_vectors
    from ganstudio.gan.session import TrainingSession
    from ganstudio.gan.snapshot import snapshot_model_path

    choice = choose_device("cpu").with_precision(
        "bfloat16" if precision == "bfloat16" else "float32"
    )
    recipe = entry.recipe(images)
    run = _run_at(place, recipe, entry, precision, choice.threads)
    if entry.start and not run.checkpoints():
        begin_from(run, BUNDLES[entry.start].model, choice)
    diverged = 0.0
    with Stopped() as stopped:
        session = TrainingSession.open(run, entry.training, choice=choice, watched=False)
        try:
            session.run(Silent(stopped), images)
        except UserError as error:
            if error.code not in _DIVERGED:
                raise
            diverged = 1.0
        stopped.leave_if_asked()
    model = load_generator(snapshot_model_path(run, run.snapshots()[-1]))
    latents = seed_vectors(range(scored), model.network.z_dim)
    drawn = pictures_of(model.network, latents, diversity=1.0)
    return drawn, {"images": float(model.images_seen), "diverged": diverged}


def _run_at(place: Path, recipe: Recipe, entry: Entry, precision: str, threads: int) -> RunFolder:
    """The run that was broken off there, if it is the same one, or a new one."""
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        run = RunFolder(path)
        if run.recipe() == recipe and run.info().precision == precision:
            return run
        shutil.rmtree(path)
    info = RunInfo(
        name=entry.name,
        created="",
        seed=entry.seed,
        precision=precision,
        threads=threads,
        row_images=recipe.batch_size * 16,
    )
    return RunFolder.create(place, recipe, info, [str(i) for i in range(len(entry.training))])


def _played_example(entry: Entry, images: int, scored: int, place: Path) -> tuple[Pixels, Found]:
    """Train PyTorch's example, from its beginning."""
    from pytorch_dcgan import BATCH, Example, lay_out

    shutil.rmtree(place, ignore_errors=True)
    lay_out(place, entry.training)
    example = Example(place, size_of(entry.pictures), entry.seed)
    left = -(-images // BATCH)
    with Stopped() as stopped:

        def should_stop() -> bool:
            nonlocal left
            left -= 1
            return left < 0 or stopped()

        seen = example.train(should_stop)
        stopped.leave_if_asked()
    return example.draw(range(scored)), {"images": float(seen), "diverged": 0.0}


class Stopped:
    """Whether somebody asked the process to stop; a training is then saved before it ends."""

    def __init__(self) -> None:
        self._asked = False

    def __call__(self) -> bool:
        """Whether to stop."""
        return self._asked

    def leave_if_asked(self) -> None:
        """End the process, with what was trained so far on disk."""
        if self._asked:
            raise SystemExit("Stopped. The same command, with the same --work, goes on from here.")

    def __enter__(self) -> Stopped:
        self._before = [signal.signal(sign, self._ask) for sign in (signal.SIGINT, signal.SIGTERM)]
        return self

    def __exit__(self, *_: object) -> None:
        for sign, before in zip((signal.SIGINT, signal.SIGTERM), self._before, strict=True):
            signal.signal(sign, before)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked = True


def with_seeds(entry: Entry, seeds: Iterable[int]) -> list[Entry]:
    """The same entry with other seeds."""
    return [replace(entry, seed=seed) for seed in seeds]


def tell_plan(arena: Arena, entries: Sequence[Entry]) -> None:
    """Print how much training is left, without training; paces are measured."""
    left = 0.0
    print("| entry | pictures | minutes left |\n|---|---|---|")
    for entry in entries:
        minutes = 0.0 if arena.kept(entry) else entry.minutes
        left += minutes
        print(f"| {entry.name} | {arena.images(entry):,} | {minutes:g} |", flush=True)
    print(f"\n{left / 60:.1f} hours of this computer, undisturbed")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown."""
    lines = [list(head), ["---"] * len(head), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
