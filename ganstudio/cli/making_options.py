"""What the commands understand that make something: a project, a run, a recipe.

Not responsible for doing it, nor for words shared with others (`plain_parser`).
"""

from __future__ import annotations

from collections.abc import Callable

from ganstudio.cli import values
from ganstudio.cli.plain_parser import Parser, add_project, add_scoring, add_settings, add_target

__all__ = ["MAKING"]


def _demo() -> Parser:
    parser = Parser(
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
    add_target(parser, "headless without either: 3 minutes")
    add_scoring(parser, "headless: ")
    return parser


def _new() -> Parser:
    parser = Parser("new", "Make a project from your pictures.")
    add_project(parser, "the folder to make")
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


def _train() -> Parser:
    parser = Parser(
        "train",
        "Train a project: go on with its newest run, or begin one.",
        "Ctrl+C stops after the current step and saves; the same command goes on from there.\n"
        "On several devices: torchrun --nproc-per-node 4 -m ganstudio train PROJECT",
    )
    add_project(parser, "the project's folder")
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
    add_settings(parser, "for a new run: ")
    add_target(parser, "without either: up to the recipe's horizon")
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
    add_scoring(parser)
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


def _recipes() -> Parser:
    parser = Parser("recipes", "List the recipes, or say why each number of one is what it is.")
    parser.add_argument("name", nargs="?", metavar="NAME", help="of a recipe; without: all of them")
    parser.add_argument(
        "--size", type=values.size, metavar="S", help="for pictures of so many pixels a side (64)"
    )
    parser.add_argument(
        "--pictures", type=values.count, metavar="N", help="for so many pictures (plenty)"
    )
    add_settings(parser, "")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    return parser


def _advise() -> Parser:
    parser = Parser(
        "advise", "Say which recipe suits a project's pictures, your time and this computer."
    )
    add_project(parser, "the project's folder")
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


#: In the order in which a person meets them.
MAKING: dict[str, Callable[[], Parser]] = {
    "demo": _demo,
    "new": _new,
    "train": _train,
    "recipes": _recipes,
    "advise": _advise,
}
