"""Every command and option, and the words that explain them.

This contract is kept for ever: commands and options are only added. A first word that is a command
is the command; anything else is a project to open in the window.

Not responsible for doing anything; nothing heavier than argparse is imported here.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from typing import NoReturn

from ganstudio import __version__
from ganstudio.cli import values
from ganstudio.project.errors import UserError

__all__ = ["COMMANDS", "parse"]

_MODEL = (
    "a project or a run (its newest snapshot), MODEL@270k for another moment of it, MODEL@best for "
    "the best one, a .safetensors file, or the name of a bundled set, such as open-peeps"
)

#: What argparse says -> what we say. Both sides are regular expressions' halves.
_PLAIN = (
    (r"the following arguments are required: (.+)", r"\1 must be given"),
    (r"one of the arguments (.+) is required", r"One of \1 must be given"),
    (r"unrecognized arguments: (.+)", r"This command does not know \1"),
    (r"argument (\S+): expected one argument", r"\1 needs a value"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 and \2 exclude each other"),
    (r"argument (\S+): ignored explicit argument (.+)", r"\1 takes no value"),
)


class _Parser(argparse.ArgumentParser):
    """Argparse that raises our errors, in our words, and never guesses a shortened option."""

    def __init__(self, command: str, about: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=f"ganstudio {command}".strip(),
            description=about,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.add_argument(
            "--debug", action="store_true", help="show the traceback when something goes wrong"
        )

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print."""
        for pattern, words in _PLAIN:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, words, message)
                break
        raise UserError("usage", problem=message, command=self.prog)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read a command line.

    Args:
        arguments: Without the program's name.

    Returns:
        A namespace whose `command` is one of `COMMANDS`, or "" for the window.

    Raises:
        UserError: If it cannot be understood.
        SystemExit: After --help and --version, with code 0.
    """
    words = list(arguments)
    debug = bool(words) and words[0] == "--debug"
    if debug:
        del words[0]
    if words and words[0] in COMMANDS:
        command, add_options = words[0], COMMANDS[words[0]]
        parser = add_options()
        options = parser.parse_args(words[1:])
    else:
        command = ""
        options = _window_options(words)
    options.command = command
    options.debug = options.debug or debug
    return options


def _window_options(words: list[str]) -> argparse.Namespace:
    parser = _window()
    options, rest = parser.parse_known_args(words)
    if rest and options.project is not None and not options.project.exists():
        raise UserError("no-such-command", name=options.project, available=", ".join(COMMANDS))
    return parser.parse_args(words)


def _window() -> _Parser:
    commands = "\n".join(f"  {name:<10}{add().description}" for name, add in COMMANDS.items())
    parser = _Parser(
        "",
        "Train a GAN on your own pictures, watch it learn, and walk through what it can draw.\n"
        "Without a command the window opens.",
        f"commands:\n{commands}\n\n`ganstudio COMMAND --help` explains one.",
    )
    parser.add_argument(
        "project", nargs="?", type=values.folder, metavar="PROJECT", help="open this project"
    )
    parser.add_argument("--version", action="version", version=f"GAN Studio {__version__}")
    return parser


def _demo() -> _Parser:
    parser = _Parser(
        "demo",
        "A first run on pictures that came with the program.",
        "Without a display, or with --headless, it trains in the terminal and leaves samples.png,\n"
        "losses.png, model.safetensors and timelapse.gif in the project's exports folder.",
    )
    parser.add_argument(
        "name",
        nargs="?",
        default="pixel-avatars",
        metavar="NAME",
        help="pixel-avatars (small, for any computer), open-peeps or horse-sketches",
    )
    parser.add_argument("--headless", action="store_true", help="train in the terminal")
    parser.add_argument(
        "--project", type=values.folder, metavar="DIR", help="where (headless: ./ganstudio-demo)"
    )
    _add_target(parser, "headless without either: 3 minutes")
    return parser


def _new() -> _Parser:
    parser = _Parser("new", "Make a project from your pictures.")
    _add_project(parser, "the folder to make")
    parser.add_argument(
        "--pictures",
        required=True,
        metavar="FOLDER|ZIP|NAME",
        help="a folder, a ZIP, or the name of a bundled set such as open-peeps",
    )
    parser.add_argument(
        "--size",
        type=values.size,
        metavar="S",
        help="pixels of the shorter side: 32, 64, 128, 256 or 512 (64, or what a bundled set has)",
    )
    parser.add_argument(
        "--aspect",
        type=values.aspect,
        default="1:1",
        metavar="W:H",
        help="width to height: 1:1, 3:2, 2:3, 16:9 or 9:16 (1:1)",
    )
    parser.add_argument(
        "--colours",
        type=values.colours,
        default=3,
        metavar="grey|colour|transparent",
        help="transparent keeps what can be seen through (colour)",
    )
    parser.add_argument(
        "--framing",
        type=values.framing,
        default="crop",
        metavar="crop|pad",
        help="crop cuts the middle out, pad keeps everything (crop)",
    )
    parser.add_argument(
        "--kinds",
        action="store_true",
        help="every folder is a kind of picture that the networks learn to tell apart",
    )
    return parser


def _train() -> _Parser:
    parser = _Parser(
        "train",
        "Train a project: go on with its newest run, or begin one.",
        "Ctrl+C stops after the current step and saves; the same command goes on from there.\n"
        "On several devices: torchrun --nproc-per-node 4 -m ganstudio train PROJECT",
    )
    _add_project(parser, "the project's folder")
    parser.add_argument(
        "--recipe", metavar="NAME", help="for a new run: a name from `ganstudio recipes`"
    )
    parser.add_argument(
        "--strength",
        choices=("small", "medium", "large"),
        help="for a new run: size of the networks (as set in the window)",
    )
    parser.add_argument(
        "--from",
        dest="source",
        metavar="MODEL",
        help="for a new run: begin with what this model learned, its inspector too (nothing)",
    )
    _add_settings(parser, "for a new run: ")
    _add_target(parser, "without either: up to the recipe's horizon")
    parser.add_argument(
        "--seed", type=values.seed, metavar="S", help="for a new run: same seed, same pictures"
    )
    parser.add_argument(
        "--device", metavar="D", help="auto, cpu, cuda, cuda:1 or mps (as set in the window)"
    )
    parser.add_argument(
        "--threads",
        type=values.threads,
        metavar="T",
        help="CPU threads (all cores, or half of them if faster)",
    )
    parser.add_argument("--fresh", action="store_true", help="begin a new run")
    parser.add_argument(
        "--branch",
        metavar="[RUN@]CLOCK",
        help="a new run that goes on from the nearest checkpoint at or before 270k, or best, of "
        "the newest run or of RUN; --set changes what is different from there on",
    )
    parser.add_argument(
        "--json", action="store_true", help="one JSON object for each event on stdout"
    )
    return parser


def _recipes() -> _Parser:
    parser = _Parser("recipes", "List the recipes, or say why each number of one is what it is.")
    parser.add_argument("name", nargs="?", metavar="NAME", help="of a recipe; without: all of them")
    parser.add_argument(
        "--size", type=values.size, metavar="S", help="for pictures of so many pixels a side (64)"
    )
    parser.add_argument(
        "--pictures", type=values.count, metavar="N", help="for so many pictures (plenty)"
    )
    _add_settings(parser, "")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    return parser


def _advise() -> _Parser:
    parser = _Parser(
        "advise", "Say which recipe suits a project's pictures, your time and this computer."
    )
    _add_project(parser, "the project's folder")
    parser.add_argument(
        "--minutes", type=values.minutes, default=30.0, metavar="M", help="it may take so long (30)"
    )
    parser.add_argument(
        "--kind",
        choices=("faces", "drawings", "mixed"),
        default="any",
        help="what they show: faces or one subject, drawings and icons, or all sorts",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    return parser


def _generate() -> _Parser:
    parser = _Parser("generate", "Draw pictures with a model.")
    parser.add_argument("model", metavar="MODEL", help=_MODEL)
    parser.add_argument(
        "--seeds",
        type=values.seeds,
        required=True,
        metavar="0-63",
        help="which pictures: 0-63, or 1,5,9; a seed is always the same picture",
    )
    parser.add_argument(
        "--diversity",
        type=values.diversity,
        default=1.0,
        metavar="P",
        help="0 is the average picture, 1 everything it knows (1)",
    )
    parser.add_argument(
        "--kind", metavar="NAME", help="for a model of several kinds: draw this one (all in turn)"
    )
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--out", type=values.folder, metavar="DIR", help="one PNG a seed, in here")
    place.add_argument("--sheet", type=values.folder, metavar="FILE", help="all on one PNG")
    return parser


def _export() -> _Parser:
    parser = _Parser("export", "Save a model as one file to share.")
    parser.add_argument("model", metavar="MODEL", help=_MODEL)
    parser.add_argument("file", type=values.folder, metavar="FILE.safetensors")
    return parser


def _timelapse() -> _Parser:
    parser = _Parser("timelapse", "Save how a run learned to draw as a GIF.")
    parser.add_argument("model", metavar="PROJECT", help="a project or a run")
    parser.add_argument("file", type=values.folder, metavar="FILE.gif")
    parser.add_argument(
        "--losses", action="store_true", help="both losses under the pictures, with a moving line"
    )
    parser.add_argument("--caption", default="", metavar="TEXT", help="a line of yours below")
    return parser


def _info() -> _Parser:
    parser = _Parser("info", "Say what a project, a run or a model is.")
    parser.add_argument("what", metavar="PROJECT|MODEL", help=_MODEL)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    return parser


def _runs() -> _Parser:
    parser = _Parser("runs", "List the runs of a project, or say what differs between two.")
    _add_project(parser, "the project's folder")
    parser.add_argument(
        "--compare",
        nargs=2,
        metavar="RUN",
        help='names such as "Run 1", or ids: only what their recipes do not share',
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _score() -> _Parser:
    parser = _Parser(
        "score",
        "How good what a run draws is: realism, variety, copies, distances.",
        "Generated pictures are compared with pictures of yours that the run never saw.",
    )
    parser.add_argument(
        "model", metavar="PROJECT", help="a project, a run, PROJECT@270k or PROJECT@best"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="every moment without a score, the newest first; the run remembers them",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _doctor() -> _Parser:
    parser = _Parser(
        "doctor",
        "Say what is going on in a training: healthy, collapsed, copying, and what to do.",
        "It reads the history and the scores of a run, and changes nothing.",
    )
    _add_project(parser, "the project's folder")
    parser.add_argument("--run", metavar="RUN", help='a name such as "Run 1", or an id (newest)')
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _tournament() -> _Parser:
    parser = _Parser(
        "tournament",
        "Let generators of several moments play against the inspectors of several moments.",
        "With one run, moments of it are chosen evenly; name several MODELs to choose yourself,\n"
        "also of other runs: ganstudio tournament birds@100k birds@best birds/runs/ID@400k",
    )
    parser.add_argument(
        "models", nargs="+", metavar="MODEL", help="a project, a run, or PROJECT@270k"
    )
    parser.add_argument(
        "--moments", type=values.moments, default=8, metavar="N", help="of one run: so many (8)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _check() -> _Parser:
    parser = _Parser(
        "check", "Test this computer: device, speed, display, disk; a verdict in words."
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    return parser


def _add_project(parser: _Parser, words: str) -> None:
    parser.add_argument("project", type=values.folder, metavar="PROJECT", help=words)


def _add_settings(parser: _Parser, when: str) -> None:
    parser.add_argument(
        "--set",
        dest="settings",
        action="append",
        default=[],
        type=values.setting,
        metavar="KEY=VALUE",
        help=f"{when}change one field of the recipe, such as optimizer.lr=0.001; may be repeated",
    )


def _add_target(parser: _Parser, otherwise: str) -> None:
    target = parser.add_mutually_exclusive_group()
    target.add_argument(
        "--images",
        type=values.count,
        metavar="N",
        help=f"until so many pictures were seen in all, such as 400k or 1M; {otherwise}",
    )
    target.add_argument("--minutes", type=values.minutes, metavar="M", help="for so long")


#: The commands, in the order in which a person meets them.
COMMANDS: dict[str, Callable[[], _Parser]] = {
    "demo": _demo,
    "new": _new,
    "train": _train,
    "recipes": _recipes,
    "advise": _advise,
    "generate": _generate,
    "export": _export,
    "timelapse": _timelapse,
    "info": _info,
    "runs": _runs,
    "score": _score,
    "doctor": _doctor,
    "tournament": _tournament,
    "check": _check,
}
