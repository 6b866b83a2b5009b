"""Taking away: pictures, sheets, tables, plots, films and models as files.

Not responsible for threads: the files pool or the command line calls these functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.kept import KeptPoint
from ganstudio.project.messages import Pictures
from ganstudio.project.pixels import laid_on
from ganstudio.project.presets import undecided_line
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import Task
from ganstudio.project.tournament import Player, Tournament
from ganstudio.studio.run_history import RunHistory

__all__ = [
    "Enlarging",
    "enlarged",
    "export_events",
    "export_model",
    "export_table",
    "fitted",
    "leave_keepsakes",
    "read_place",
    "save_as_sheet",
    "save_film",
    "save_still",
    "save_tournament",
]

#: How a picture is made larger: hard pixels, or smooth.
Enlarging = Literal["nearest", "lanczos"]


def enlarged(picture: Pictures, scale: int, enlarging: Enlarging) -> Pictures:
    """A picture by a whole factor of 1 to 16."""
    from ganstudio.export import still

    return still.enlarged(picture, scale, enlarging)


def fitted(picture: Pictures, width: int, height: int) -> Pictures:
    """A picture as smooth as can be at a size that a screen wants."""
    from ganstudio.export import still

    return still.fitted(picture, width, height)


def save_still(
    picture: Pictures,
    path: Path,
    place: KeptPoint,
    scale: int,
    enlarging: Enlarging,
) -> None:
    """Save one picture as PNG with its place inside."""
    from ganstudio.export import still

    still.save_still(path, picture, place, scale=scale, resampling=enlarging)


def read_place(path: Path) -> KeptPoint:
    """The place in a picture that was saved here, or in a `.json` file; see `still.read_place`."""
    from ganstudio.export import still

    return still.read_place(path)


def save_as_sheet(pictures: Pictures, path: Path, scale: int = 1) -> None:
    """Save pictures as one sheet, transparent ones on white."""
    from ganstudio.export.sheet import save_sheet

    save_sheet(path, laid_on(pictures, (255, 255, 255)), scale=scale)


def export_model(source: Path, path: Path) -> None:
    """Copy a generator after checking that it is one."""
    from ganstudio.export.model import export_model as checked_copy

    checked_copy(source, path)


def export_table(run: RunFolder, path: Path) -> None:
    """Save a run's rows as CSV."""
    from ganstudio.export.tables import save_csv

    save_csv(path, RunHistory(run).rows())


def export_events(project: Project, run: RunFolder, folder: Path, task: Task) -> Path:
    """Save a run for TensorBoard.

    Args:
        project: Whose run it is.
        run: The run.
        folder: Where several runs may lie, each in a folder that is called by its id.
        task: Takes the progress and may cancel.

    Returns:
        The run's folder in there.

    Raises:
        UserError: As `export.tensorboard.save_events`.
        Cancelled: If the task was cancelled.
    """
    from ganstudio.export.tensorboard import Told, save_events

    history, place = RunHistory(run), folder / run.id
    told = Told(
        created=run.info().created,
        rows=history.rows(),
        scores=list(run.scores().values()),
        events=run.events(),
        moments=history.snapshots(),
        sheet=history.samples,
        ground=project.pictures().framing.background,
    )
    save_events(place, told, task)
    return place


def save_tournament(path: Path, players: Sequence[Player], found: Tournament) -> None:
    """Save what came out of a tournament as CSV."""
    from ganstudio.export import tables

    tables.save_tournament(path, players, found)


def save_film(
    project: Project,
    run: RunFolder,
    path: Path,
    task: Task,
    losses: bool = False,
    captions: Mapping[int, str] | None = None,
) -> None:
    """Save all moments of a run as a time-lapse.

    Args:
        project: Whose run it is.
        run: The run.
        path: Ends in `.gif`.
        task: Takes the progress and may cancel.
        losses: Whether both losses stand under the pictures.
        captions: Clock -> what stands below; None for nothing.

    Raises:
        UserError: "no-snapshot", "wrong-ending", "disk-full" or "folder-not-writable".
        Cancelled: If the task was cancelled.
    """
    from ganstudio.export.timelapse import Below, save_timelapse

    history = RunHistory(run)
    clocks = history.snapshots()
    if not clocks:
        raise UserError("no-snapshot", path=run.path)
    background = project.pictures().framing.background
    below = None
    if losses or captions:
        rows = history.rows() if losses else []
        below = Below(rows, undecided_line(run.recipe().game.loss), captions or {})
    path.parent.mkdir(parents=True, exist_ok=True)
    save_timelapse(
        path, clocks, lambda clock: laid_on(history.samples(clock), background), task, below
    )


def leave_keepsakes(project: Project, run: RunFolder, task: Task) -> list[Path]:
    """What a training without a window leaves to look at: samples, losses, model, time-lapse."""
    from ganstudio.export.plots import save_plots
    from ganstudio.export.sheet import save_sheet

    history = RunHistory(run)
    background = project.pictures().framing.background
    clocks = history.snapshots()
    if not clocks:
        raise UserError("no-snapshot", path=run.path)
    folder = project.exports_path
    folder.mkdir(parents=True, exist_ok=True)
    names = ("samples.png", "losses.png", "model.safetensors", "timelapse.gif")
    samples, losses, model, film = (folder / name for name in names)
    newest = laid_on(history.samples(clocks[-1]), background)
    recipe = run.recipe()
    save_sheet(samples, newest, columns=8, scale=max(1, 96 // newest.shape[1]))
    even = undecided_line(recipe.game.loss)
    save_plots(losses, history.rows(), undecided=even, title=project.info().name)
    export_model(run.snapshot_folder(clocks[-1]) / "generator.safetensors", model)
    save_film(project, run, film, task)
    return [samples, losses, model, film]
