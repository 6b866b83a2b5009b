"""The one door to the rooms with torch.

Every import of `gan`, `latent` and `export` is in here, inside functions, so that a window can show
before the engine has loaded.

Not responsible for threads: each function says who calls it. Nothing here keeps state.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from ganstudio.pictures import TrainingSet, held_out, indices_of, open_training_set
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.host import Host
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.project.presets import recipe_for, undecided_line
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.project.tasks import Task
from ganstudio.studio.machine import Machine, MachineReport
from ganstudio.studio.run_history import RunHistory

if TYPE_CHECKING:
    from ganstudio.gan.device import DeviceChoice
    from ganstudio.gan.live import LiveModel
    from ganstudio.gan.modelfile import ModelInfo
    from ganstudio.gan.probe import Probe
    from ganstudio.gan.session import TrainingSession
    from ganstudio.latent.generator import Generator

__all__ = [
    "Enlarging",
    "LoadedModel",
    "StartRequest",
    "create_run",
    "enlarged",
    "export_model",
    "export_table",
    "generate",
    "leave_keepsakes",
    "live_model",
    "load",
    "measured",
    "model_info",
    "open_model",
    "open_session",
    "save_as_sheet",
    "save_still",
]

logger = logging.getLogger(__name__)

#: How a picture is made larger: hard pixels, or smooth.
Enlarging = Literal["nearest", "lanczos"]

#: A set is held in memory up to this share of what is free; a larger one is read from the cache.
_MEMORY_SHARE = 0.25
#: A speed is measured as for a set that needs no augmentation.
_MANY_PICTURES = 10_000


@dataclass(frozen=True, slots=True)
class StartRequest:
    """What a person asked for when training was started.

    Attributes:
        fresh: Begin a new run even if there is one to go on with.
        run: The run to go on with; None for the newest.
        images: Stop at so many pictures seen in all.
        minutes: Stop after so long.
        endless: Go on until somebody says stop.
        horizon_minutes: For a new run: schedules end after about so long.
        horizon_images: For a new run: schedules end there.
        seed: For a new run; None draws one.
        device: "auto", "cpu", "cuda:0", "mps"; None takes the setting.
        threads: CPU threads; None or 0 follows the rule.
        plan: For a new run: preset, strength and changed values.
        settings_given: Names of options that only a new run can take.
    """

    fresh: bool = False
    run: Path | None = None
    images: int | None = None
    minutes: float | None = None
    endless: bool = False
    horizon_minutes: float | None = None
    horizon_images: int | None = None
    seed: int | None = None
    device: str | None = None
    threads: int | None = None
    plan: TrainingPlan | None = None
    settings_given: tuple[str, ...] = field(default=())


def load(wanted_device: str, threads: int, window_open: bool) -> MachineReport:
    """Import torch and say what training would run on; takes seconds, call it in the background.

    Raises:
        UserError: "no-such-device" if the wanted device is not there.
    """
    from ganstudio.gan.device import choose_device

    choice = choose_device(wanted_device, threads or None, window_open)
    return MachineReport(
        device=choice.device,
        reason=choice.reason,
        has_gpu=choice.device != "cpu",
        threads=choice.threads,
        torch_version=importlib.metadata.version("torch"),
    )


def measured(
    size: int,
    preset: str,
    strength: str,
    window_open: bool,
    should_stop: Callable[[], bool],
) -> Probe:
    """How fast a new run would be here, and in which precision. In the background.

    Raises:
        UserError: If there is no such preset, size or strength.
    """
    from ganstudio.gan.device import choose_device
    from ganstudio.gan.probe import probe

    recipe = recipe_for(preset, size=size, pictures=_MANY_PICTURES, strength=strength)
    choice = choose_device("auto", None, window_open)
    return probe(recipe, choice, should_stop=should_stop)


def create_run(
    project: Project,
    request: StartRequest,
    *,
    device: str,
    threads: int,
    window_open: bool,
    should_stop: Callable[[], bool],
) -> RunFolder:
    """Decide everything a run decides once, and make its folder. Called in the trainer's thread.

    Raises:
        UserError: If there are no pictures, or the recipe or device is wrong.
        Cancelled: If `should_stop` said so while measuring.
    """
    from ganstudio.gan.device import choose_device
    from ganstudio.gan.probe import probe

    plan = request.plan or project.info().plan
    with open_training_set(project) as pictures:
        size = int(pictures.shape[1])
        recipe = recipe_for(plan.preset, size=size, pictures=len(pictures), strength=plan.strength)
        recipe = recipe.with_values(dict(plan.values))
        choice = choose_device(device, threads or None, window_open)
        measured = probe(recipe, choice, should_stop=should_stop)
        if should_stop():
            raise Cancelled
        recipe = _with_horizon(recipe, request, plan, measured.images_per_s)
        held = set(held_out(pictures.hashes, pictures).tolist())
        training = [name for index, name in enumerate(pictures.hashes) if index not in held]
        held_hashes = tuple(pictures.hashes[index] for index in sorted(held))
    number = len(project.runs()) + 1
    info = RunInfo(
        name=f"Run {number}",
        created=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        seed=request.seed if request.seed is not None else secrets.randbelow(2**31),
        precision=measured.choice.precision,
        threads=measured.choice.threads,
        device=measured.choice.device,
        device_reason=measured.choice.reason,
        row_images=measured.row_images,
        speed=measured.images_per_s,
        target=None if request.endless or plan.endless else recipe.horizon,
        held_out=held_hashes,
    )
    run = RunFolder.create(project.runs_path, recipe, info, training)
    logger.info("created %s: %s, %s", run.id, recipe.name, measured.choice.reason)
    return run


def _with_horizon(
    recipe: Recipe, request: StartRequest, plan: TrainingPlan, images_per_s: float
) -> Recipe:
    """Schedules end where the person's time or number of pictures does, in whole batches."""
    if "horizon" in plan.values:
        return recipe
    images = request.horizon_images
    if request.horizon_minutes is not None:
        images = round(images_per_s * 60 * request.horizon_minutes)
    if images is None:
        return recipe
    batches = max(1, round(images / recipe.batch_size))
    return recipe.with_values({"horizon": batches * recipe.batch_size})


def open_session(
    project: Project,
    run: RunFolder,
    request: StartRequest,
    machine: Machine,
    live: LiveModel,
    host: Host,
    *,
    window_open: bool,
    disk_budget: int,
) -> tuple[TrainingSession, TrainingSet]:
    """Make a run ready to go on. Called in the trainer's thread; the caller closes both.

    Raises:
        UserError: If its pictures or checkpoints cannot be read.
    """
    from ganstudio.gan.device import choice_of
    from ganstudio.gan.session import TrainingSession

    choice: DeviceChoice = choice_of(run.info(), request.device, request.threads, window_open)
    pictures = open_training_set(project)
    rows = indices_of(pictures.hashes, run.training_hashes())
    nbytes = int(np.prod(pictures.shape[1:])) * len(rows)
    in_memory = nbytes < machine.memory_free() * _MEMORY_SHARE
    session = TrainingSession.open(
        run,
        pictures.gather(rows) if in_memory else pictures,
        choice=choice,
        rows=None if in_memory else rows.tolist(),
        live=live,
        disk_budget=disk_budget,
        host=host,
    )
    return session, pictures


def live_model(run: RunFolder) -> LiveModel:
    """The mailbox through which the explorer gets the newest weights of a training run."""
    from ganstudio.gan.live import LiveModel

    return LiveModel(run.recipe())


class LoadedModel:
    """A generator with its directions, owned by one thread.

    Args:
        path: A `generator.safetensors`, or None for the live weights of a training run.
        live: Where those come from.

    Raises:
        UserError: If the file is no model, damaged, or not to be trusted.
    """

    def __init__(self, path: Path | None, live: LiveModel | None = None) -> None:
        from ganstudio.gan.modelfile import load_generator, network_for
        from ganstudio.latent.points import Renderer

        self.live = live
        if path is not None:
            loaded = load_generator(path)
            network, self.recipe = loaded.network, loaded.recipe
            self.images, self.fingerprint = loaded.images_seen, loaded.fingerprint
        else:
            assert live is not None
            network, self.recipe = network_for(live.recipe), live.recipe
            self.images, self.fingerprint = 0, ""
        self._network = network
        self._renderer = Renderer(cast("Generator", network))
        self.effects: tuple[float, ...] = ()

    def refresh(self) -> bool:
        """Take newer live weights if there are some; ask for the next ones."""
        from ganstudio.gan.modelfile import put_weights
        from ganstudio.latent.points import Renderer

        if self.live is None:
            return False
        self.live.want()
        weights = self.live.take()
        if weights is None:
            return False
        put_weights(self._network, weights.tensors)
        self._renderer = Renderer(self._renderer.network, self._renderer.directions)
        self.images = weights.clock
        return True

    def find_directions(self) -> None:
        """Find directions anew, ordered by how much they change the picture."""
        from ganstudio.latent.directions import find_directions

        self._renderer.directions, effects = find_directions(self._renderer.network)
        self.effects = tuple(effects.tolist())

    def render(self, points: Sequence[LatentPoint]) -> Pictures:
        """Draw points: (N, H, W, C) uint8, read-only."""
        return self._renderer.render(points)


def open_model(path: Path) -> LoadedModel:
    """Open a generator from a file; see `LoadedModel`."""
    return LoadedModel(path)


def model_info(path: Path) -> ModelInfo:
    """What a model file says of itself, from its header alone."""
    from ganstudio.gan.modelfile import read_model_info

    return read_model_info(path)


def generate(path: Path, seeds: Sequence[int], diversity: float) -> Pictures:
    """Draw seeds with a model: (N, H, W, C) uint8; the same pictures as the window's."""
    model = LoadedModel(path)
    points = [LatentPoint(seed_x=seed, diversity=diversity) for seed in seeds]
    chunks = [model.render(points[start : start + 64]) for start in range(0, len(points), 64)]
    if not chunks:
        raise UserError("bad-seeds", text="")
    return np.concatenate(chunks)


# -- taking away (files pool, or the command line) -----------------------------------------------


def enlarged(picture: Pictures, scale: int, enlarging: Enlarging) -> Pictures:
    """A picture by a whole factor of 1 to 16."""
    from ganstudio.export import still

    return still.enlarged(picture, scale, enlarging)


def save_still(
    picture: Pictures,
    path: Path,
    point: LatentPoint,
    fingerprint: str,
    scale: int,
    enlarging: Enlarging,
) -> None:
    """Save one picture as PNG with its place inside."""
    from ganstudio.export import still

    still.save_still(path, picture, point, model=fingerprint, scale=scale, resampling=enlarging)


def save_as_sheet(pictures: Pictures, path: Path, scale: int = 1) -> None:
    """Save pictures as one sheet."""
    from ganstudio.export.sheet import save_sheet

    save_sheet(path, pictures, scale=scale)


def export_model(source: Path, path: Path) -> None:
    """Copy a generator after checking that it is one."""
    from ganstudio.export.model import export_model as checked_copy

    checked_copy(source, path)


def export_table(run: RunFolder, path: Path) -> None:
    """Save a run's rows as CSV."""
    from ganstudio.export.tables import save_csv

    save_csv(path, RunHistory(run).rows())


def leave_keepsakes(project: Project, run: RunFolder, task: Task) -> list[Path]:
    """What a training without a window leaves to look at: samples, losses, model, time-lapse."""
    from ganstudio.export.plots import save_plots
    from ganstudio.export.sheet import save_sheet
    from ganstudio.export.timelapse import save_timelapse

    history = RunHistory(run)
    clocks = history.snapshots()
    if not clocks:
        raise UserError("no-snapshot", path=run.path)
    folder = project.exports_path
    folder.mkdir(parents=True, exist_ok=True)
    names = ("samples.png", "losses.png", "model.safetensors", "timelapse.gif")
    samples, losses, model, film = (folder / name for name in names)
    newest = history.samples(clocks[-1])
    recipe = run.recipe()
    save_sheet(samples, newest, columns=8, scale=max(1, 96 // newest.shape[1]))
    even = undecided_line(recipe.game.loss)
    save_plots(losses, history.rows(), undecided=even, title=project.info().name)
    export_model(run.snapshot_folder(clocks[-1]) / "generator.safetensors", model)
    save_timelapse(film, clocks, history.samples, task)
    return [samples, losses, model, film]
