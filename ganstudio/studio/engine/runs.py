"""Beginning a run and going on with one: what is decided, and what is opened.

Not responsible for threads: each function says who calls it.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ganstudio.pictures import TrainingSet, held_out, indices_of, open_training_set
from ganstudio.project.branching import BranchRequest, branch
from ganstudio.project.combinations import refuse_bad
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.host import Host
from ganstudio.project.kinds import wanted_kinds
from ganstudio.project.outlook import memory_notice
from ganstudio.project.planning import preset_recipe
from ganstudio.project.processes import Place
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo, RunParent
from ganstudio.studio.engine.together import in_memory
from ganstudio.studio.machine import Machine, MachineReport
from ganstudio.studio.models import ModelRef, model_named

if TYPE_CHECKING:
    from ganstudio.gan.device import DeviceChoice
    from ganstudio.gan.live import LiveModel
    from ganstudio.gan.probe import Probe
    from ganstudio.gan.session import TrainingSession
    from ganstudio.gan.together import Leader

__all__ = ["StartRequest", "create_run", "live_model", "load", "measured", "open_session"]

logger = logging.getLogger(__name__)


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
        source: For a new run: the model that it begins with; None begins with nothing.
        branch: For a new run: the run and moment that it goes on from.
        settings_given: Names of options that only a new run can take.
        place: Of this process, the first of several that train together; None if it is alone.
        scores: Score moments between two steps; a window does so beside training.
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
    source: ModelRef | None = None
    branch: BranchRequest | None = None
    settings_given: tuple[str, ...] = field(default=())
    place: Place | None = None
    scores: bool = False

    @property
    def processes(self) -> int:
        """How many train together."""
        return self.place.size if self.place is not None else 1


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
    recipe: Recipe,
    device: str,
    threads: int,
    window_open: bool,
    should_stop: Callable[[], bool],
) -> Probe:
    """How fast a new run would be here, in which precision, on how many threads, in what memory.

    In the background.

    Raises:
        UserError: "no-such-device" or "bad-threads".
    """
    from ganstudio.gan.device import choose_device
    from ganstudio.gan.probe import probe

    return probe(
        recipe, choose_device(device, threads or None, window_open), should_stop=should_stop
    )


def create_run(
    project: Project,
    request: StartRequest,
    *,
    device: str,
    threads: int,
    window_open: bool,
    host: Host,
) -> RunFolder:
    """Decide everything a run decides once, and make its folder. Called in the trainer's thread.

    Raises:
        UserError: If there are no pictures, or the recipe or device is wrong.
        Cancelled: If the host said stop while measuring.
    """
    from ganstudio.gan.device import choose_device
    from ganstudio.gan.opening import check_processes
    from ganstudio.gan.parent import begin_from, parent_network
    from ganstudio.gan.probe import probe

    if request.branch is not None:
        return branch(
            project.runs_path, request.branch, name=_next_name(project), seed=request.seed
        )
    plan = request.plan or project.info().plan
    source = request.source or model_named(project, plan.source)
    listed = project.pictures()  # a person may change the list while the computer is measured
    kinds = wanted_kinds(listed)
    with open_training_set(project) as pictures:
        if kinds.names and not kinds.of.keys() >= set(pictures.hashes):
            raise UserError("pictures-changed")
        recipe = preset_recipe(plan, listed, len(pictures))
        recipe = recipe.with_values(dict(plan.values))
        if source is not None:
            network = parent_network(source.path, recipe)
            recipe = recipe.model_copy(update={"network": network})
        refuse_bad(recipe)
        check_processes(recipe, request.processes)
        choice = choose_device(device, threads or None, window_open)
        if request.seed is not None:  # the same seed is to give the same pictures
            choice = choice.with_threads(choice.threads)
        measured = probe(recipe, choice, processes=request.processes, should_stop=host.should_stop)
        if host.should_stop():
            raise Cancelled
        tight = memory_notice(recipe, measured.speed)
        if tight is not None:
            host.on_notice(tight)
        recipe = _with_horizon(recipe, request, plan, measured.images_per_s)
        held = set(held_out(pictures.hashes, pictures).tolist())
        training = [name for index, name in enumerate(pictures.hashes) if index not in held]
        held_hashes = tuple(pictures.hashes[index] for index in sorted(held))
    info = RunInfo(
        name=_next_name(project),
        created=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        seed=request.seed if request.seed is not None else secrets.randbelow(2**31),
        precision=measured.choice.precision,
        threads=measured.choice.threads,
        device=measured.choice.device,
        device_reason=measured.choice.reason + _in_processes(request.processes),
        processes=request.processes,
        row_images=measured.row_images,
        speed=measured.images_per_s,
        target=None if request.endless or plan.endless else recipe.horizon,
        held_out=held_hashes,
        kinds=kinds.names,
        parent=_parent(source),
    )
    run = RunFolder.create(project.runs_path, recipe, info, training, kinds.of)
    if source is not None:
        begin_from(run, source.path, measured.choice)
    logger.info("created %s: %s, %s", run.id, recipe.name, measured.choice.reason)
    return run


def _next_name(project: Project) -> str:
    return f"Run {len(project.runs()) + 1}"


def _in_processes(count: int) -> str:
    return f", in {count} processes" if count > 1 else ""


def _parent(source: ModelRef | None) -> RunParent | None:
    return None if source is None else RunParent(run=source.key, images=source.images or 0)


def _with_horizon(
    recipe: Recipe, request: StartRequest, plan: TrainingPlan, images_per_s: float
) -> Recipe:
    """Schedules end where the person's time or number of pictures does, in whole batches.

    Of a speed that could not be measured (0) no time can be made: then the recipe's own end stays.
    """
    if "horizon" in plan.values:
        return recipe
    images = request.horizon_images
    if request.horizon_minutes is not None and images_per_s > 0:
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
    leader: Leader,
    *,
    window_open: bool,
    disk_budget: int,
) -> tuple[TrainingSession, TrainingSet]:
    """Make a run ready to go on. Called in the trainer's thread; the caller closes both.

    Raises:
        UserError: If its pictures or checkpoints cannot be read, "bad-processes" and others.
    """
    from ganstudio.gan.device import choice_of, on_own_gpu
    from ganstudio.gan.opening import check_processes
    from ganstudio.gan.session import TrainingSession
    from ganstudio.gan.together import Terms

    info = run.info()
    check_processes(run.recipe(), request.processes)
    choice: DeviceChoice = choice_of(info, request.device, request.threads, window_open)
    pictures = open_training_set(project)
    chosen = indices_of(pictures.hashes, run.training_hashes())
    held = indices_of(pictures.hashes, info.held_out)
    learned, judged = ([pictures.hashes[row] for row in rows] for rows in (chosen, held))
    labels, held_labels = run.kinds_of(learned), run.kinds_of(judged)
    if request.place is not None:
        choice = on_own_gpu(choice, request.place)
        terms = Terms(
            recipe=run.recipe(),
            seed=info.seed,
            device=choice.device,
            threads=choice.threads,
            precision=choice.precision,
            pictures=tuple(learned),
            held_out=tuple(judged),
            labels=None if labels is None else tuple(labels),
            held_out_labels=None if held_labels is None else tuple(held_labels),
        )
        leader.begin(terms)
    images, rows = in_memory(pictures, chosen, machine)
    session = TrainingSession.open(
        run,
        images,
        choice=choice,
        rows=rows,
        live=live,
        watched=window_open,
        disk_budget=disk_budget,
        labels=labels,
        held_out=pictures.gather(held),
        held_out_labels=held_labels,
        host=host,
        leader=leader,
    )
    return session, pictures


def live_model(run: RunFolder) -> LiveModel:
    """The mailbox through which the explorer gets the newest weights of a training run."""
    from ganstudio.gan.live import LiveModel

    return LiveModel(run.recipe(), run.info().kinds)
