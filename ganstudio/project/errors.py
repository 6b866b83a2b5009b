"""What can go wrong for a person, in one table: a code, one plain sentence, one thing to do.

Not responsible for showing them: `cli` prints them, `desktop` draws them (translating by code).
"""

from __future__ import annotations

from ganstudio.project.notice_texts import NOTICE_TEXTS

__all__ = ["TEXTS", "Cancelled", "UserError", "sentence_and_hint"]

#: code -> (what happened, what to do). Values stand in braces.
TEXTS: dict[str, tuple[str, str]] = {
    # -- reading and writing --------------------------------------------------------------------
    "disk-full": (
        "The disk is full: {path} could not be written.",
        "Free at least {needed_mb} MB, then go on. Everything saved before is safe.",
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
    # -- pictures -------------------------------------------------------------------------------
    "folder-forbidden": (
        "The folder {name} cannot be opened and was passed over.",
        "Allow reading it, then add it again.",
    ),
    "no-picture-files": (
        "There is no picture in {path}, only {count} other files.",
        "Choose a folder or ZIP with PNG, JPEG, WebP, BMP, TIFF or GIF files.",
    ),
    "no-pictures": (
        "This project has no pictures to learn from yet.",
        "Add a folder, a ZIP or a bundled set.",
    ),
    "no-pictures-here": (
        "There is nothing in {path}.",
        "Choose a folder or ZIP with pictures; 100 or more of one kind work best.",
    ),
    "no-such-bundle": ("There is no bundled set called {name}.", "There are: {available}."),
    "no-such-source": (
        "There is no folder, ZIP or picture called {path}.",
        "Check the name, or whether its disk is connected.",
    ),
    "no-usable-picture": (
        "None of the {total} pictures in {path} can be used: {small} are too small and {other} "
        "cannot be read.",
        "{first}",
    ),
    "only-picture-unusable": (
        "The only picture in {path} cannot be used: {why}.",
        "Choose more; 100 or more of one kind work best.",
    ),
    "picture-away": (
        "{name} is not where it was.",
        "Connect its disk or put it back, then refresh the pictures.",
    ),
    "picture-cut-short": (
        "{name} ends too early and was left out.",
        "Copy it again from where it came from.",
    ),
    "picture-duplicate": ("{name} is the same picture as {other}.", "It counts once."),
    "picture-empty": (
        "{name} is an empty file and was left out.",
        "Copy it again from where it came from.",
    ),
    "picture-encrypted": (
        "{name} is locked with a password and was left out.",
        "Unpack the ZIP with its password, then add the folder.",
    ),
    "picture-file-too-large": (
        "{name} is a file of more than {limit_mb} MB and was left out.",
        "Save a smaller copy and add that.",
    ),
    "picture-forbidden": (
        "{name} may not be read and was left out.",
        "Allow reading it, then add it again.",
    ),
    "picture-name": (
        "{name} has a name that cannot be written down, and was left out.",
        "Give it a name of plain letters, then add it again.",
    ),
    "picture-not-a-picture": (
        "{name} is not a picture, whatever its name says, and was left out.",
        "PNG, JPEG, WebP, BMP, TIFF and GIF can be read.",
    ),
    "picture-too-large": (
        "{name} has more than {megapixels} megapixels and was left out.",
        "Save a smaller copy and add that.",
    ),
    "picture-too-small": (
        "{name} is {width} × {height}, too small for {size} × {size}, and was left out.",
        "Its shorter side needs at least {needed} pixels; a smaller picture size may help.",
    ),
    "picture-unknown-kind": (
        "{name} is of a kind that cannot be read ({kind}) and was left out.",
        "Save it as PNG or JPEG and add that.",
    ),
    "picture-unreadable": (
        "{name} is damaged and was left out.",
        "Copy it again from where it came from.",
    ),
    "pictures-away": (
        "The pictures of this project are not where they were ({path}).",
        "Connect their disk or put them back, then try again.",
    ),
    "source-is-project": (
        "{path} is a GAN Studio project, not a folder of pictures.",
        "Open it as a project, or choose a folder of pictures.",
    ),
    "zip-unreadable": (
        "{path} is damaged, or not a ZIP at all.",
        "Copy it again, or unpack it and add the folder.",
    ),
    # -- bugs of ours that must not end the program ----------------------------------------------
    "engine-missing": (
        "The engine could not be loaded: {reason}.",
        "Install GAN Studio again. Pictures and projects can be looked at meanwhile.",
    ),
    "explorer-bug": ("Drawing broke. This is our fault.", "Open the model again.\n{report}"),
    "export-bug": ("Saving broke. This is our fault.", "Nothing was lost.\n{report}"),
    "import-bug": ("Reading pictures broke. This is our fault.", "Nothing was lost.\n{report}"),
    "judging-bug": ("Judging broke. This is our fault.", "Nothing was lost.\n{report}"),
    # -- recipes and values ---------------------------------------------------------------------
    "bad-count": ("{text} is not a number of pictures.", "Write 4000, 4k or 1M."),
    "bad-diversity": ("A diversity of {text} is outside 0 to 2.", "1 is everything it knows."),
    "bad-aspect": ("{text} is not a proportion.", "Use one of {available}."),
    "bad-colours": ("{text} are not colours.", "Use grey, colour or transparent."),
    "bad-framing": ("{text} is not a framing.", "Use crop or pad."),
    "bad-seeds": ("{text} is not a list of seeds.", "Write 0-63, or 1,5,9."),
    "bad-setting": (
        "{key} cannot be {value}: {reason}.",
        "See `ganstudio info` for what it is now.",
    ),
    "bad-size": ("{text} is not a picture size.", "Use 32, 64, 128, 256 or 512."),
    "pictures-changed": (
        "The pictures changed while the training was made ready.",
        "Start it again.",
    ),
    "no-kinds": (
        "The pictures lie in one folder, so there are no kinds of them to tell apart.",
        "Put every kind into a folder of its own, or leave out --kinds.",
    ),
    "no-such-kind": ("This model knows no kind called {name}.", "It knows: {available}."),
    "no-such-preset": ("There is no recipe called {name}.", "There are: {available}."),
    "no-such-setting": ("A recipe has no {key}.", "It has: {available}."),
    "setting-form": ("{text} is not a setting.", "Write KEY=VALUE, for example network.width=32."),
    # -- training and models --------------------------------------------------------------------
    "bad-processes": (
        "{processes} processes cannot share batches of {batch} pictures evenly.",
        "Start another number of them, or set batch_size to a multiple of {unit}.",
    ),
    "bad-threads": (
        "Training cannot use {count} threads here.",
        "Use 1 to {cores}, or 0 to leave the choice to GAN Studio.",
    ),
    "helper-out-of-memory": (
        "The memory of process {rank} is full, so training is ended.",
        "Start more processes, each with fewer pictures at a time, or a smaller network.",
    ),
    "helper-without-pictures": (
        "Process {rank} finds {found} of the {wanted} pictures that training learns from.",
        "Let all hosts see the same project folder, or copy all of it to each of them.",
    ),
    "model-damaged": (
        "{path} is damaged or cut short, or no model at all.",
        "Fetch it again from where it came.",
    ),
    "model-is-program": (
        "{path} is a pickle: a file that could run programs, so it is never opened.",
        "Ask for the model as a real .safetensors file.",
    ),
    "model-not-finite": (
        "{path} holds numbers that are not finite, so it cannot draw.",
        "Choose an earlier snapshot.",
    ),
    "model-other-networks": (
        "{path} does not fit the networks it describes.",
        "Fetch it again from where it came; it was changed after it was saved.",
    ),
    "model-too-large": (
        "{path} is too large to be a model of GAN Studio.",
        "Choose a .safetensors file that GAN Studio saved.",
    ),
    "model-unknown": (
        "{path} does not say which networks it belongs to.",
        "Choose a .safetensors file that GAN Studio saved.",
    ),
    "processes-apart": (
        "The processes that shall train together do not find each other: {reason}.",
        "Start all of them with torchrun, on hosts that can reach each other.",
    ),
    "no-such-device": ("There is no {name} on this computer.", "There are: {available}."),
    "run-other-pictures": (
        "This run learns from pictures of {wanted}, and these are of {found}.",
        "Go back to that picture size, or start a new run.",
    ),
    "too-few-pictures": ("There is no picture left to learn from.", "Bring some in first."),
    "training-disk-full": (
        "The disk is nearly full, so training was ended at {clock} pictures seen.",
        "Everything up to {saved} is saved. Free at least {needed_mb} MB, then go on.",
    ),
    "training-device-lost": (
        "The {device} stopped answering at {clock} pictures seen, so training was ended.",
        "Everything up to {saved} is saved. Start GAN Studio again and go on; if it comes back, "
        "restart the computer, or train on the CPU.",
    ),
    "training-diverged": (
        "The two networks blew up three times, so training was ended at {clock} pictures seen.",
        "Everything up to {saved} is saved. Start a new run with a lower learning rate.",
    ),
    "training-no-way-back": (
        "The networks blew up, and no checkpoint is left to go back to.",
        "Start a new run, with a lower learning rate.",
    ),
    "training-out-of-memory": (
        "The memory is full even with a few pictures at a time, so training was ended.",
        "Everything up to {saved} is saved. Close other programs, or start a smaller network.",
    ),
    "training-process-lost": (
        "Another process of this training has ended, and training with it.",
        "Everything up to {saved} is saved. Read what that process said, then go on.",
    ),
    "start-gone": (
        "The run {name}, which the new one should begin with, is not there any more.",
        "Choose another beginning under More, or nothing.",
    ),
    "start-no-inspector": (
        "{path} holds a generator alone, and training needs its inspector too.",
        "Start from a run, a snapshot of one, or a model that came with the program.",
    ),
    "start-other-networks": (
        "{path} learned with {found}, and this run would have {wanted}.",
        "Start from another model, or from nothing.",
    ),
    # -- settings that do not go together -------------------------------------------------------
    "combination-batch-norm-penalty": (
        "The inspector of {network} compares pictures, so its slope at one of them means nothing.",
        "Set network.d_norm=none to keep the penalty, or game.gamma=0 to go without.",
    ),
    "combination-leaks": (
        "Augmenting {p} of all pictures shows up in what the generator draws.",
        "Keep augment.p at 0.8 or lower.",
    ),
    "combination-minimax": (
        "With the minimax loss the generator learns next to nothing while its pictures are bad.",
        "It shows why nobody uses it; game.loss=non-saturating has the same goal.",
    ),
    "combination-momentum-wasserstein": (
        "The Wasserstein loss becomes unstable with momentum.",
        "Set optimizer.beta1=0.",
    ),
    "combination-nothing-holds": (
        "Nothing keeps the inspector in check, so training may run in circles.",
        "Set game.gamma=1 for a penalty, or network.d_norm=spectral.",
    ),
    "combination-residual-too-fast": (
        "Networks such as {network} are known to blow up at a learning rate of {lr}.",
        "Set optimizer.lr=0.0002.",
    ),
    "combination-sign-without-middle": (
        "The loss {loss} only compares pictures, so the sign of a score means nothing.",
        "Set augment.steer=held-out, or augment.steer=ramp.",
    ),
    "combination-wasserstein-unbounded": (
        "The Wasserstein loss has no bound unless something keeps the inspector in check.",
        "Set game.penalty=wgan-gp and game.gamma=10, or network.d_norm=spectral.",
    ),
    # -- notices while training -----------------------------------------------------------------
    **NOTICE_TEXTS,
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
    "bad-filter": ("{text} is not a way to enlarge.", "Use nearest or lanczos."),
    "bad-scale": ("A picture cannot be saved {text} times as large.", "Use 1 to 16."),
    "film-needs-run": (
        "{path} does not say how it learned, so there is no time-lapse of it.",
        "Name a project or a run; a model file alone is not enough.",
    ),
    "no-history": ("There are no losses to draw yet.", "Train a little first."),
    "no-place": (
        "{path} does not say where it was drawn.",
        "Only PNG files saved by GAN Studio know their place.",
    ),
    "same-file": ("{path} is the model itself.", "Choose another name."),
    "wrong-ending": ("{path} does not end in {ending}.", "Write a name such as picture{ending}."),
}


class UserError(Exception):
    """Something a person caused or can mend.

    Args:
        code: A key of `TEXTS`.
        **values: What the sentence names (files, numbers, moments).

    Raises:
        KeyError: If the code stands in no table or a value is missing: that is a bug of ours.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.values = values
        self.sentence, self.hint = sentence_and_hint(code, values)
        super().__init__(f"{self.sentence} {self.hint}".strip())


class Cancelled(Exception):
    """A person pressed Cancel; what was finished before stays."""


def sentence_and_hint(code: str, values: dict[str, object]) -> tuple[str, str]:
    """The English sentence and hint for a code, with its values filled in."""
    sentence, hint = TEXTS[code]
    return sentence.format(**values), hint.format(**values)
