"""What can go wrong for a person, in one table: a code, one plain sentence, one thing to do.

Not responsible for showing them: `cli` prints them, `desktop` draws them (translating by code).
"""

from __future__ import annotations

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
    "no-snapshot": (
        "{path} has nothing to draw with yet.",
        "Train a little first; the first snapshot comes within seconds.",
    ),
    "no-such-moment": ("{path} has no snapshot at {moment}.", "It has: {available}."),
    "project-exists": ("{path} holds a project already.", "Open it, or choose another name."),
    "project-folder-taken": (
        "{path} is there already and is not a project.",
        "Choose a new name or an empty folder.",
    ),
    "run-settings-fixed": (
        "This run was started with other settings, and {setting} cannot change while it goes on.",
        "Branch, or --fresh: a fresh run takes the new settings.",
    ),
    # -- recipes and values ---------------------------------------------------------------------
    "bad-count": ("{text} is not a number of pictures.", "Write 4000, 4k or 1M."),
    "bad-diversity": ("A diversity of {text} is outside 0 to 2.", "1 is everything it knows."),
    "bad-framing": ("{text} is not a framing.", "Use crop or pad."),
    "bad-seeds": ("{text} is not a list of seeds.", "Write 0-63, or 1,5,9."),
    "bad-setting": (
        "{key} cannot be {value}: {reason}.",
        "See `ganstudio info` for what it is now.",
    ),
    "bad-size": ("{text} is not a picture size.", "Use 32, 64, 128, 256 or 512."),
    "no-such-preset": ("There is no recipe called {name}.", "There are: {available}."),
    "no-such-setting": ("A recipe has no {key}.", "It has: {available}."),
    "setting-form": ("{text} is not a setting.", "Write KEY=VALUE, for example network.width=32."),
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
