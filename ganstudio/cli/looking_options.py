"""What the commands understand that look at what there is, or take it away.

Not responsible for doing it, nor for words shared with others (`plain_parser`).
"""

from __future__ import annotations

from collections.abc import Callable

from ganstudio.cli import values
from ganstudio.cli.plain_parser import MODEL, Parser, add_diversity, add_point, add_project
from ganstudio.project.film import SHAPES

__all__ = ["LOOKING"]


def _generate() -> Parser:
    parser = Parser("generate", "Draw pictures with a model.")
    parser.add_argument("model", metavar="MODEL", help=MODEL)
    parser.add_argument(
        "--seeds",
        type=values.seeds,
        default=[],
        metavar="0-63",
        help="which pictures: 0-63, or 1,5,9; a seed is always the same picture",
    )
    add_point(parser)
    parser.add_argument(
        "--favourite",
        action="append",
        default=[],
        metavar="NAME",
        help="a favourite of the project, by its name or number; may be given several times",
    )
    add_diversity(parser)
    parser.add_argument(
        "--kind", metavar="NAME", help="for a model of several kinds: draw this one (all in turn)"
    )
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument(
        "--out", type=values.folder, metavar="DIR", help="one PNG a picture, in here"
    )
    place.add_argument("--sheet", type=values.folder, metavar="FILE", help="all on one PNG")
    return parser


def _directions() -> Parser:
    parser = Parser(
        "directions",
        "List the directions of a model, or save them as a file.",
        "Without --find those that its project keeps. The window loads such files (+ beside\n"
        "Directions), whatever model they come from.",
    )
    parser.add_argument("model", metavar="MODEL", help=MODEL)
    parser.add_argument(
        "--find", action="store_true", help="look for them in the model, in seconds"
    )
    parser.add_argument(
        "--kinds-of",
        type=values.ways,
        default=values.ways("pca,sefa"),
        metavar="pca,sefa",
        help="look for principal components, or in the weights alone (both)",
    )
    parser.add_argument("--out", type=values.folder, metavar="FILE", help="save them, as JSON")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _export() -> Parser:
    parser = Parser("export", "Save a model as one file to share, or a run for TensorBoard.")
    parser.add_argument("model", metavar="MODEL", help=MODEL)
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("file", nargs="?", type=values.folder, metavar="FILE.safetensors")
    place.add_argument(
        "--tensorboard",
        type=values.folder,
        metavar="DIR",
        help="losses, scores, events and samples of the run as event files, in a folder in here",
    )
    return parser


def _timelapse() -> Parser:
    parser = Parser("timelapse", "Save how a run learned to draw as a GIF.")
    parser.add_argument("model", metavar="PROJECT", help="a project or a run")
    parser.add_argument("file", type=values.folder, metavar="FILE.gif")
    parser.add_argument(
        "--losses", action="store_true", help="both losses under the pictures, with a moving line"
    )
    parser.add_argument("--caption", default="", metavar="TEXT", help="a line of yours below")
    return parser


def _loop() -> Parser:
    parser = Parser(
        "loop",
        "Draw a closed, smooth film through several places of a model.",
        "It ends where it begins, so it can be played for ever.",
    )
    parser.add_argument("model", metavar="MODEL", help=MODEL)
    parser.add_argument(
        "file",
        type=values.folder,
        metavar="OUT",
        help="film.mp4, film.gif, or a folder for PNG files",
    )
    parser.add_argument(
        "--favourites",
        type=values.names,
        default=(),
        metavar="A,B,C",
        help="favourites of the project that it leads through, by their names or numbers",
    )
    add_point(parser)
    parser.add_argument(
        "--seeds", type=values.seeds, default=(), metavar="LIST", help="seeds, such as 3,14,15"
    )
    add_diversity(parser)
    parser.add_argument(
        "--seconds", type=values.seconds, default=20.0, metavar="S", help="1 to 600 (20)"
    )
    parser.add_argument(
        "--shape", choices=SHAPES, default="1:1", help="width to height: %(choices)s (1:1)"
    )
    parser.add_argument(
        "--size", type=values.side, default=1_080, metavar="N", help="shorter side (1080)"
    )
    parser.add_argument(
        "--fill", action="store_true", help="cut pictures of another shape instead of framing them"
    )
    parser.add_argument("--sharp", action="store_true", help="hard pixels instead of smooth ones")
    return parser


def _info() -> Parser:
    parser = Parser("info", "Say what a project, a run or a model is.")
    parser.add_argument("what", metavar="PROJECT|MODEL", help=MODEL)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    return parser


def _runs() -> Parser:
    parser = Parser("runs", "List the runs of a project, or say what differs between two.")
    add_project(parser, "the project's folder")
    parser.add_argument(
        "--compare",
        nargs=2,
        metavar="RUN",
        help='names such as "Run 1", or ids: only what their recipes do not share',
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _score() -> Parser:
    parser = Parser(
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
    parser.add_argument(
        "--inception",
        type=values.folder,
        metavar="FILE",
        help="measure FID too, with the weights of Inception in this .safetensors file",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _doctor() -> Parser:
    parser = Parser(
        "doctor",
        "Say what is going on in a training: healthy, collapsed, copying, and what to do.",
        "It reads the history and the scores of a run, and changes nothing.",
    )
    add_project(parser, "the project's folder")
    parser.add_argument("--run", metavar="RUN", help='a name such as "Run 1", or an id (newest)')
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _tournament() -> Parser:
    parser = Parser(
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


def _check() -> Parser:
    parser = Parser(
        "check", "Test this computer: device, speed, display, disk; a verdict in words."
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    return parser


#: In the order in which a person meets them.
LOOKING: dict[str, Callable[[], Parser]] = {
    "generate": _generate,
    "directions": _directions,
    "export": _export,
    "timelapse": _timelapse,
    "loop": _loop,
    "info": _info,
    "runs": _runs,
    "score": _score,
    "doctor": _doctor,
    "tournament": _tournament,
    "check": _check,
}
