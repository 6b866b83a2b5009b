"""Bringing pictures in from the command line, with progress and a list of what was left out.

Not responsible for reading them: `studio.pictures` does.
"""

from __future__ import annotations

from pathlib import Path

from ganstudio.cli.output import Output
from ganstudio.cli.progress import counting_line
from ganstudio.cli.signals import Stopper
from ganstudio.cli.values import path_of
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings
from ganstudio.studio.app import Studio
from ganstudio.studio.events import ImportEnded
from ganstudio.studio.pictures import PicturesService

__all__ = ["bring_in", "named_pictures"]

#: So many left-out pictures are listed by name.
_LISTED = 20
_OWN_SIZE = 64


def named_pictures(text: str) -> tuple[str | Path, int]:
    """What FOLDER|ZIP|NAME means, and the size its pictures want to have.

    Raises:
        UserError: "no-such-pictures".
    """
    path = path_of(text)
    if path.exists():
        return path, _OWN_SIZE
    bundles = {bundle.name: bundle for bundle in PicturesService.bundles()}
    bundle = bundles.get(text.removeprefix("bundle:"))
    if bundle is None:
        raise UserError("no-such-pictures", text=text, available=", ".join(bundles))
    return bundle.source, bundle.size


def bring_in(
    studio: Studio,
    project: Project,
    what: str | Path,
    framing: FramingSettings,
    stopper: Stopper,
    output: Output,
) -> int:
    """Bring pictures into a project, wait for it, and name what was left out.

    Args:
        studio: Does the work.
        project: Where they go.
        what: A path or `bundle:NAME`.
        framing: How a picture becomes a square.
        stopper: Cancels when a person asks for the end.
        output: Takes progress and problems.

    Returns:
        How many pictures can be used.

    Raises:
        UserError: If there is no usable picture.
        Cancelled: If a person asked for the end.
    """
    task = studio.pictures.add(project, [what], framing)
    ended: ImportEnded | None = None
    while ended is None:
        if stopper.asked:
            task.cancel()
        now = task.progress
        output.progress(counting_line("Reading pictures", now.done, now.total))
        for event in studio.events.wait(0.1):
            if isinstance(event, ImportEnded):
                ended = event
    output.end_progress()
    if ended.cancelled:
        raise Cancelled
    if ended.error is not None:
        raise ended.error
    for name, sentence in ended.problems[:_LISTED]:
        output.tell(sentence if name in sentence else f"{name}: {sentence}")
    if len(ended.problems) > _LISTED:
        more = len(ended.problems) - _LISTED
        output.tell(f"{more:,} more were left out; the window lists them.")
    return ended.usable
