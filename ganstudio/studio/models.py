"""What a person may call a model: a project, a run, a moment of it, or a file.

Not responsible for opening it: `engine` and `explorer` do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ganstudio.pictures import BUNDLES, PREFIX, Bundle, bundle_named
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.numbers import parse_count, say_count
from ganstudio.project.picture_list import PictureList
from ganstudio.project.recipe import NetworkRecipe
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best

__all__ = [
    "BEST",
    "ModelRef",
    "beginnings",
    "best_of_run",
    "best_or_newest",
    "bundled_model",
    "find_model",
    "model_named",
    "model_of_favourite",
    "model_of_run",
    "model_to_begin_with",
]

#: MODEL@best is the best moment of a run.
BEST = "best"


@dataclass(frozen=True, slots=True)
class ModelRef:
    """A model that is there.

    Attributes:
        path: Its `generator.safetensors`, or another file of that kind.
        title: What a person reads: "Run 1 at 412 k", or the file's name.
        run: The run it belongs to, None for a file.
        images: The clock of its snapshot, None for a file.
        bundle: `bundle:NAME` for a model that came with the program.
        best: Why it is the best moment of its run, None if that is not why it was taken.
    """

    path: Path
    title: str
    run: RunFolder | None = None
    images: int | None = None
    bundle: str = ""
    best: Best | None = None

    @property
    def key(self) -> str:
        """As a plan's `source` and a run's parent call it."""
        return self.bundle or (self.run.id if self.run is not None else self.title)


def find_model(text: str) -> ModelRef:
    """Find MODEL: a project or run (its newest snapshot), `MODEL@270k`, `MODEL@best`, or a file.

    Where nothing of that name lies on the disk, it may be that of a bundled set.

    Raises:
        UserError: If it is not there, with what is.
    """
    path = Path(text)
    if path.is_file():
        return ModelRef(path, path.stem)
    wanted: str | None = None
    if not path.exists() and "@" in text:
        name, _, wanted = text.rpartition("@")
        path = Path(name)
    if (path / "run.json").is_file():
        return _moment_of(RunFolder(path), wanted)
    if (path / "project.json").is_file():
        return _moment_of(Project.open(path).newest_run(), wanted)
    if not path.exists():
        if text not in BUNDLES:
            raise UserError("no-such-file", path=path)
        return bundled_model(BUNDLES[text])
    raise UserError("no-project", path=path)


def _moment_of(run: RunFolder, wanted: str | None) -> ModelRef:
    """The moment of a run that stands behind the @; the newest if there is none."""
    if wanted is None:
        return model_of_run(run)
    if wanted == BEST:
        return best_of_run(run)
    return model_of_run(run, 0 if wanted == "0" else parse_count(wanted))


def bundled_model(bundle: Bundle) -> ModelRef:
    """The model that came with the program for a bundled set."""
    return ModelRef(bundle.model, bundle.title, bundle=bundle.source)


def model_to_begin_with(pictures: PictureList) -> ModelRef:
    """What can be explored before anything was trained: a model of the same bundled pictures.

    Of other pictures there is none; then the one that draws best stands in.
    """
    names = {source.location for source in pictures.sources if source.kind == "bundle"}
    found = [bundle for name, bundle in BUNDLES.items() if name in names]
    return bundled_model(found[0] if found else BUNDLES["open-peeps"])


def beginnings(project: Project, network: NetworkRecipe) -> dict[str, str]:
    """What a new run with such networks can begin with: `TrainingPlan.source` -> title.

    Bundled models come first, then the project's runs, the newest first.
    """
    found = {
        PREFIX + name: bundle.title
        for name, bundle in BUNDLES.items()
        if _alike(network, _bundled_network(bundle))
    }
    for run in reversed(project.runs()):
        try:
            if run.snapshots() and _alike(network, run.recipe().network):
                found[run.id] = model_of_run(run).title
        except UserError:  # a run that is damaged is not offered
            continue
    return found


def model_named(project: Project, source: str) -> ModelRef | None:
    """The model that a plan's `source` means; None for nothing.

    Raises:
        UserError: "start-gone" if it is not there any more.
    """
    if not source:
        return None
    if source.startswith(PREFIX):
        return bundled_model(bundle_named(source))
    for run in project.runs():
        if run.id == source:
            return model_of_run(run)
    raise UserError("start-gone", name=source)


def model_of_favourite(
    project: Project, source: str, images: int, nearest: bool = False
) -> ModelRef | None:
    """The very model that drew a favourite, if it is still there.

    Args:
        project: Whose favourite it is.
        source: As the favourite says: the id of a run, or `bundle:NAME`.
        images: The clock of the snapshot, or of live weights.
        nearest: Where that moment was not kept, as most of live weights are not, take the one
            nearest to it.
    """
    if source.startswith(PREFIX):
        name = source.removeprefix(PREFIX)
        return bundled_model(BUNDLES[name]) if name in BUNDLES else None
    run = next((run for run in project.runs() if run.id == source), None)
    clocks = run.snapshots() if run is not None else ()
    if run is None or not clocks or not (nearest or images in clocks):
        return None
    try:
        return model_of_run(run, min(clocks, key=lambda clock: abs(clock - images)))
    except UserError:  # damaged, which is said where runs are listed
        return None


def _bundled_network(bundle: Bundle) -> NetworkRecipe:
    """What a bundled model is made of, but for its widths; a test reads the files."""
    return NetworkRecipe(name="sketch", size=bundle.size, width=4, d_width=4)


def _alike(network: NetworkRecipe, theirs: NetworkRecipe) -> bool:
    """Whether networks with the weights of theirs could draw the same kinds of pictures."""
    own, other = ((n.name, n.shape, n.classes) for n in (network, theirs))
    return own == other


def best_of_run(run: RunFolder) -> ModelRef:
    """The best moment of a run: what a person chose, else what holds the title.

    Raises:
        UserError: "no-snapshot", or "no-best" while nothing was scored or starred.
    """
    found = best_or_newest(run)
    if found.best is None:
        available = ", ".join(say_count(clock) for clock in run.snapshots())
        raise UserError("no-best", path=run.path, available=available)
    return found


def best_or_newest(run: RunFolder) -> ModelRef:
    """The best moment of a run, or the newest while nothing says which is the best.

    Raises:
        UserError: "no-snapshot".
    """
    best = run.best()
    found = model_of_run(run, best.clock if best is not None else None)
    return replace(found, best=best)


def model_of_run(run: RunFolder, moment: int | None = None) -> ModelRef:
    """The newest snapshot of a run, or the one nearest to a moment that was named.

    A moment is met if it reads the same when said, as 270 k is for 270,336.

    Raises:
        UserError: "no-snapshot" or "no-such-moment".
    """
    clocks = run.snapshots()
    if not clocks:
        raise UserError("no-snapshot", path=run.path)
    clock = clocks[-1]
    if moment is not None:
        clock = min(clocks, key=lambda candidate: abs(candidate - moment))
        if clock != moment and say_count(clock) != say_count(moment):
            available = ", ".join(say_count(candidate) for candidate in clocks)
            raise UserError(
                "no-such-moment", path=run.path, moment=say_count(moment), available=available
            )
    path = run.snapshot_folder(clock) / "generator.safetensors"
    return ModelRef(path, f"{run.info().name}, {say_count(clock)}", run, clock)
