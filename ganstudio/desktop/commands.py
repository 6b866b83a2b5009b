"""The table of commands: words, tip, shortcut, icon and menu of everything a person can ask for.

Not responsible for doing anything, nor for `QAction`s: `actions` makes those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from ganstudio.desktop.translate import marked

__all__ = ["COMMANDS", "CONTEXT", "MENUS", "Command"]

CONTEXT = "Commands"
_Standard = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can ask for.

    Attributes:
        key: Its name in the code.
        menu: A key of `MENUS`.
        text: In the menu: a verb with its object.
        tip: What it does, in a sentence.
        keys: Shortcuts, the one that is shown first; Ctrl is Cmd on macOS.
        standard: The platform's own shortcut, where it has one; it wins over `keys`.
        icon: A name of `icons.NAMES`.
        checkable: Whether it is on or off.
        group: Entries of one number stand together in the menu.
    """

    key: str
    menu: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    standard: QKeySequence.StandardKey | None = None
    icon: str = ""
    checkable: bool = False
    group: int = 0


#: key -> title, in the order of the menu bar.
MENUS: dict[str, str] = {
    "project": marked("Commands", "Project"),
    "edit": marked("Commands", "Edit"),
    "view": marked("Commands", "View"),
    "run": marked("Commands", "Run"),
    "picture": marked("Commands", "Picture"),
    "help": marked("Commands", "Help"),
}


def _command(
    key: str,
    menu: str,
    group: int,
    text: str,
    tip: str,
    *keys: str,
    standard: QKeySequence.StandardKey | None = None,
    icon: str = "",
    checkable: bool = False,
) -> Command:
    return Command(key, menu, text, tip, keys, standard, icon, checkable, group)


# The texts below are literals inside marked's sense: lupdate reads `_command` by its
# alias `-tr-function-alias marked+=_command`.
# fmt: off
_ALL = (
    _command("new-project", "project", 0, "New project", "Make a folder for a new project.",
             "Ctrl+N", icon="plus"),
    _command("open-project", "project", 0, "Open project", "Open the folder of a project.",
             "Ctrl+O", icon="folder"),
    _command("rename-project", "project", 1, "Rename project",
             "Give this project another name; its folder stays where it is."),
    _command("show-project", "project", 1, "Show in folder",
             "Show where this project lies on the disk."),
    _command("add-pictures", "project", 2, "Add pictures",
             "Add pictures or ZIPs to this project.", "Ctrl+I", icon="plus"),
    _command("add-folder", "project", 2, "Add a folder of pictures",
             "Add every picture in a folder and in the folders inside it.", "Ctrl+Shift+I",
             icon="folder"),
    _command("open-model", "project", 2, "Open a model file",
             "Explore a .safetensors file that GAN Studio saved."),
    _command("settings", "project", 3, "Settings", "Palette, motion, device, folders.",
             "Ctrl+,", standard=_Standard.Preferences, icon="settings"),
    _command("close-window", "project", 4, "Close window",
             "Save, then close the window and end the program.", "Ctrl+W"),
    _command("quit", "project", 4, "Quit", "Save, then end the program.",
             "Ctrl+Q", standard=_Standard.Quit),
    _command("undo", "edit", 0, "Undo", "Take the last change on this page back.",
             "Ctrl+Z", icon="undo"),
    _command("redo", "edit", 0, "Redo", "Do again what was just taken back.",
             "Ctrl+Shift+Z", icon="redo"),
    _command("leave-out", "edit", 1, "Leave out",
             "Leave the chosen pictures out of the set, or bring them back.", "Del"),
    _command("select-all", "edit", 1, "Select all", "Choose all pictures that are shown.",
             "Ctrl+A"),
    _command("find", "edit", 2, "Find", "Look for a picture by the name of its file.",
             "Ctrl+F", icon="search"),
    _command("page-pictures", "view", 0, "Pictures", "What it shall learn.",
             "Ctrl+1", icon="pictures", checkable=True),
    _command("page-train", "view", 0, "Train", "Watch it learn.",
             "Ctrl+2", icon="train", checkable=True),
    _command("page-judge", "view", 0, "Judge", "See whether anybody can still tell.",
             "Ctrl+3", icon="judge", checkable=True),
    _command("page-explore", "view", 0, "Explore", "Walk through what it can draw.",
             "Ctrl+4", icon="explore", checkable=True),
    _command("larger", "view", 1, "Larger", "Show the pictures larger.", "Ctrl++", "Ctrl+="),
    _command("smaller", "view", 1, "Smaller", "Show the pictures smaller.", "Ctrl+-"),
    _command("fit", "view", 1, "Fit", "Show the picture as large as it fits.", "Ctrl+0"),
    _command("view-1", "view", 2, "First view", "Show the first view of this page.",
             "Alt+1", checkable=True),
    _command("view-2", "view", 2, "Second view", "Show the second view of this page.",
             "Alt+2", checkable=True),
    _command("view-3", "view", 2, "Third view", "Show the third view of this page.",
             "Alt+3", checkable=True),
    _command("view-4", "view", 2, "Fourth view", "Show the fourth view of this page.",
             "Alt+4", checkable=True),
    _command("view-5", "view", 2, "Fifth view", "Show the fifth view of this page.",
             "Alt+5", checkable=True),
    _command("panel", "view", 3, "Show panel", "Show or hide the panel at the right.",
             "F9", checkable=True),
    _command("full-screen", "view", 3, "Full screen", "Fill the whole screen with the window.",
             "F11", standard=_Standard.FullScreen, icon="full-screen", checkable=True),
    _command("second-screen", "view", 3, "Picture on second screen",
             "Show the picture on another screen, with nothing else on it. Esc leaves.",
             "Shift+F11", icon="full-screen", checkable=True),
    _command("next-region", "view", 4, "Next region",
             "Go on to the rail, the stage, the panel or the status line.", "F6"),
    _command("previous-region", "view", 4, "Previous region",
             "Go back to the region before.", "Shift+F6"),
    _command("next-step", "run", 0, "Do the next step", "Press the amber button.",
             "Ctrl+Return", "Ctrl+Enter", icon="arrow-right"),
    _command("training-toggle", "run", 0, "Start training",
             "Start, pause or go on with training.", "Ctrl+R", icon="play"),
    _command("training-stop", "run", 0, "Stop training",
             "Save everything after the step at hand and end the training.", "Ctrl+.", icon="stop"),
    _command("new-run", "run", 1, "New run",
             "Start again from noise, with the pictures and settings of now. Earlier runs stay."),
    _command("rename-run", "run", 1, "Rename run", "Give this run another name."),
    _command("delete-run", "run", 1, "Delete run", "Move this run to the trash."),
    _command("branch", "run", 1, "Branch from this moment",
             "Go on training from the moment that is shown, as a run of its own.",
             "Ctrl+B", icon="branch"),
    _command("compare", "run", 1, "Compare two moments",
             "Keep the moment that is shown as before, and draw a curtain over what comes next.",
             "Ctrl+Shift+C", checkable=True),
    _command("all-runs", "run", 1, "All runs",
             "Show every run of this project with what it came to.",
             "Ctrl+Shift+R", checkable=True),
    _command("pin-note", "run", 1, "Pin a note to this moment",
             "Write a few words that stand at this moment on the time axis.",
             "Ctrl+Shift+N", icon="pin"),
    _command("snapshot-back", "run", 2, "One snapshot back", "Go to the snapshot before.",
             "Alt+Left"),
    _command("snapshot-on", "run", 2, "One snapshot on", "Go to the next snapshot.", "Alt+Right"),
    _command("snapshot-first", "run", 2, "First snapshot", "Go to where it all began.",
             "Alt+Home"),
    _command("snapshot-now", "run", 2, "Now", "Go to the present moment.", "Alt+End"),
    _command("export-model", "run", 3, "Export model",
             "Save the best generator of this run as one file that others can open.",
             "Ctrl+Shift+E", icon="export"),
    _command("export-film", "run", 3, "Save a time-lapse",
             "Save all moments one after the other as a GIF, with the losses if you like.",
             icon="film"),
    _command("plots-csv", "run", 3, "Save the plots as a table",
             "Save every row of the history as a CSV file."),
    _command("plots-tensorboard", "run", 3, "Save the run for TensorBoard",
             "Save losses, scores, events and samples as event files."),
    _command("plots-svg", "run", 3, "Save the plots as lines",
             "Save both plots as an SVG file, sharp at any size."),
    _command("plots-png", "run", 3, "Save the plots as a picture",
             "Save both plots as a PNG file."),
    _command("save-picture", "picture", 0, "Save picture",
             "Save this picture as a PNG file that remembers its place.",
             "Ctrl+Shift+S", icon="save"),
    _command("copy-picture", "picture", 0, "Copy picture",
             "Put this picture on the clipboard.", "Ctrl+C"),
    _command("through-time", "picture", 0, "This place through time",
             "What each moment of the run draws at this place.", icon="film"),
    _command("save-place", "picture", 0, "Save place",
             "Save this place as a small file that the command line and others can draw."),
    _command("open-place", "picture", 0, "Open a place",
             "Be where a saved picture or a place file was drawn.", icon="folder"),
    _command("keep", "picture", 0, "Keep",
             "Star the moment that is shown; in Explore keep the picture as a favourite.",
             "Ctrl+D", icon="star"),
    _command("all-favourites", "picture", 0, "All favourites",
             "Show every favourite with its name and tags.", icon="grid"),
    _command("make-loop", "picture", 0, "Make a loop",
             "Make a film that leads through the favourites of this model.", icon="loop"),
    _command("surprise", "picture", 1, "Surprise me", "Jump to a place nobody has seen yet.",
             "Ctrl+J", icon="dice"),
    _command("small-jump", "picture", 1, "A small jump", "Jump to a place nearby.",
             "Ctrl+Shift+J"),
    _command("wander", "picture", 1, "Walk by itself",
             "Walk on smoothly from here, until it is paused; Space on the picture does the same.",
             icon="play"),
    _command("hold-version", "picture", 2, "Hold this version",
             "Keep drawing with the weights of now while training goes on.",
             "Ctrl+L", icon="pin", checkable=True),
    _command("show-before", "picture", 2, "Show before",
             "Hold the key to see the picture before this step, or a favourite you chose.",
             "B", checkable=True),
    _command("lock-control", "picture", 3, "Lock this control",
             "Keep this direction as it is when jumping.", "Ctrl+Shift+L", icon="lock"),
    _command("reset-control", "picture", 3, "Reset this control",
             "Put the control with the focus back to its default.", "Ctrl+Backspace", icon="reset"),
    _command("reset-all", "picture", 3, "Reset all controls",
             "Put every direction back to its default.", "Ctrl+Shift+Backspace"),
    _command("call-real", "picture", 4, "It is real",
             "Playing inspector: the picture is one of yours.", "R"),
    _command("call-generated", "picture", 4, "It is generated",
             "Playing inspector: the generator drew the picture.", "G"),
    _command("frames", "picture", 4, "Show frames",
             "Frame real pictures and generated ones, or do not tell.", "F", checkable=True),
    _command("new-pile", "picture", 4, "New pile",
             "Jumble pictures that were not in a pile before.", "N", icon="dice"),
    _command("play-round", "picture", 5, "One round, slowly",
             "Play one round of the game on copies, step by step."),
    _command("judge-folder", "picture", 5, "Sort a folder by the inspector",
             "Show any folder's pictures, the least convincing first.", icon="folder"),
    _command("tournament", "run", 2, "Tournament",
             "Let the generators of several moments play against the inspectors of several."),
    _command("shortcuts", "help", 0, "All shortcuts", "Every command and its keys.",
             "Ctrl+/"),
    _command("show-log", "help", 1, "Show log", "Open the folder with the log files."),
    _command("about", "help", 2, "About GAN Studio",
             "Version, licences, and where everything comes from."),
)
# fmt: on

COMMANDS: Mapping[str, Command] = {command.key: command for command in _ALL}
