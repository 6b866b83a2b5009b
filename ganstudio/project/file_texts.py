"""What can go wrong with files, projects, commands and the display: a code, a sentence, a remedy.

Not responsible for pictures (`picture_texts`) nor for training (`training_texts`).
"""

from __future__ import annotations

__all__ = ["FILE_TEXTS"]

#: code -> (what happened, what to do). Values stand in braces.
FILE_TEXTS: dict[str, tuple[str, str]] = {
    # -- reading and writing --------------------------------------------------------------------
    "disk-full": (
        "The disk is full: {path} could not be written.",
        "Free at least {needed_mb} MB, then go on. Everything saved before is safe.",
    ),
    "favourites-unwritten": (
        "{reason} Your favourites are not on the disk yet.",
        "They stay as they are here, and are written with the next change or at the end. {hint}",
    ),
    "folder-not-writable": (
        "{path} cannot be written to.",
        "Choose another folder, or allow writing to this one.",
    ),
    "locked": (
        "{path} is in use by another GAN Studio (process {pid} on {host}).",
        "Close it there, or look on: it can be opened without writing.",
    ),
    "no-such-file": ("There is no {path}.", "Check the name."),
    "directions-need-project": (
        "{path} is a model file, which keeps no directions.",
        "Add --find to look for them, or name a project.",
    ),
    "no-directions": (
        "{path} keeps no directions yet.",
        "Add --find to look for them, or name some in the window.",
    ),
    "no-direction": (
        "These are the same to the generator, so no direction leads between them.",
        "Choose others that look different.",
    ),
    "no-amount": (
        "How much of this quality that place has cannot be told: it belongs to another network.",
        "Drop it on the picture, to see what is drawn there.",
    ),
    "unreadable-file": (
        "{path} cannot be read: {reason}.",
        "Restore it from a copy, or leave it out.",
    ),
    # -- projects and runs ----------------------------------------------------------------------
    "newer-project": (
        "{path} was written by a newer GAN Studio ({app_version}).",
        "Install {app_version} or later to open it; nothing was changed.",
    ),
    "no-project": (
        "{path} is not a GAN Studio project.",
        "Choose a folder that holds a project.json, or make one with `ganstudio new`.",
    ),
    "no-run": ("{path} has no run yet.", "Train it first: `ganstudio train {path}`."),
    "no-such-run": ("There is no run called {name}.", "There are: {available}."),
    "no-snapshot": (
        "{path} has nothing to draw with yet.",
        "Train a little first; the first snapshot comes within seconds.",
    ),
    "no-best": (
        "{path} has no best moment yet: none was scored, and none has a star.",
        "Score them with `ganstudio score {path} --all`, or name one: {available}.",
    ),
    "no-such-moment": ("{path} has no snapshot at {moment}.", "It has: {available}."),
    "score-needs-run": (
        "{path} does not say which pictures it learned from, so it cannot be scored.",
        "Name a project or a run; a model file alone is not enough.",
    ),
    "score-other-pictures": (
        "The pictures are framed otherwise now than when this run learned from them.",
        "Set size, shape and colours back, or choose a run of now.",
    ),
    "score-needs-cache": (
        "Not all pictures of this run are ready to be looked at.",
        "Open the project in the window, or go on training it: that makes them ready.",
    ),
    "too-few-to-score": (
        "There are too few pictures to compare with.",
        "Scoring needs at least {least} that the run learned from or holds out.",
    ),
    "project-exists": ("{path} holds a project already.", "Open it, or choose another name."),
    "project-folder-taken": (
        "{path} is there already and is not a project.",
        "Choose a new name or an empty folder.",
    ),
    "run-settings-fixed": (
        "This run was started with other settings, and {setting} cannot change while it goes on.",
        "Branch, or --fresh: a fresh run takes the new settings.",
    ),
    "fixed-while-training": (
        "{key} stays as it is for a whole run.",
        "Branch from a moment of this run: the branch can have another one.",
    ),
    "nothing-to-branch-from": (
        "Nothing is saved at or before {clock} that training could go on from.",
        "Choose a later moment.",
    ),
    "branch-fixed": (
        "A branch goes on with the same networks and batches, so {key} stays as it is.",
        "Begin a new run with another one; it can start from this run's model.",
    ),
    "nothing-trains": (
        "Nothing trains now that could be changed.",
        "Go on training, then change it.",
    ),
    "trash-failed": (
        "{path} could not be moved to the trash.",
        "Delete the folder in the file manager instead.",
    ),
    # -- the command line and the display -------------------------------------------------------
    "bad-minutes": ("{text} is not a time to train.", "Write minutes, such as 3 or 0.5."),
    "bad-moments": ("{text} is not a number of moments.", "Use 2 to {most}."),
    "bad-seed": ("{text} is not a seed.", "Use a whole number from 0 on."),
    "command-bug": ("This broke: {reason}. It is our fault.", "The report is in {log}."),
    "demo-other-pictures": (
        "{path} holds a project with other pictures than {name}.",
        "Choose another folder with --project.",
    ),
    "display-dead": (
        "The display {name} does not answer, so there can be no window.",
        "Check DISPLAY or WAYLAND_DISPLAY; `ganstudio demo --headless` needs none.",
    ),
    "no-display": (
        "There is no display here, so there can be no window.",
        "Training works without: `ganstudio demo --headless`, `ganstudio train PROJECT`.",
    ),
    "no-such-command": ("There is no command {name}.", "There are: {available}."),
    "no-such-pictures": (
        "{text} is no folder, no ZIP and no bundled set.",
        "Check the name. Bundled sets are: {available}.",
    ),
    "qt-broken": (
        "The window cannot be shown, as Qt could not be loaded: {reason}.",
        "Install GAN Studio anew; training works without a window.",
    ),
    "qt-library-missing": (
        "The window cannot be shown, as the library {library} is missing.",
        "Install it {how}. Training works without a window.",
    ),
    "sheet-too-large": ("A sheet holds at most {most} pictures.", "Use --out DIR for more."),
    "training-bug": (
        "Training broke at {seen} pictures seen. It is our fault.",
        "What could be saved is saved. The report is in {log}.",
    ),
    "usage": ("{problem}.", "See `{command} --help`."),
    # -- taking away ----------------------------------------------------------------------------
    "bad-film": ("A film cannot have {what}.", "Use {use}."),
    "bad-filter": ("{text} is not a way to enlarge.", "Use nearest or lanczos."),
    "bad-scale": ("A picture cannot be saved {text} times as large.", "Use 1 to 16."),
    "film-ending": (
        "{path} does not say which kind of film it shall be.",
        "End it in .mp4 or .gif; without an ending it is a folder of PNG files.",
    ),
    "film-not-written": (
        "{path} could not be written: {reason}.",
        "Choose another kind of file or another folder.",
    ),
    "film-needs-run": (
        "{path} does not say how it learned, so there is no time-lapse of it.",
        "Name a project or a run; a model file alone is not enough.",
    ),
    "loop-needs-places": (
        "A loop leads through two places at least.",
        "Keep another favourite, or name two.",
    ),
    "no-such-favourite": ("There is no favourite called {name}.", "There are: {available}."),
    "favourites-need-project": (
        "{model} belongs to no project, and favourites are kept in one.",
        "Name a project or a run of it, or give the place as a file with --point.",
    ),
    "nothing-to-draw": (
        "Nothing says which pictures to draw.",
        "Use --seeds 0-63, --point FILE or --favourite NAME.",
    ),
    "no-history": ("There are no losses to draw yet.", "Train a little first."),
    "no-place": (
        "{path} does not say where it was drawn.",
        "Only PNG files saved by GAN Studio know their place.",
    ),
    "same-file": ("{path} is the model itself.", "Choose another name."),
    "tensorboard-folder-taken": (
        "{path} holds other things than files of TensorBoard.",
        "Choose another folder; nothing was changed.",
    ),
    "tensorboard-missing": (
        "Files for TensorBoard need the package tensorboard, which is not installed.",
        "Install it: `python -m pip install tensorboard`.",
    ),
    "tensorboard-needs-run": (
        "{path} does not say how it learned, so there is nothing for TensorBoard to show.",
        "Name a project or a run; a model file alone is not enough.",
    ),
    "wrong-ending": ("{path} does not end in {ending}.", "Write a name such as picture{ending}."),
}
