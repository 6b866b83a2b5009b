"""Argparse in our words, and the options that several commands share.

Not responsible for any command (`making_options`, `looking_options`).
"""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from ganstudio.cli import values
from ganstudio.project.errors import UserError

__all__ = [
    "MODEL",
    "Parser",
    "add_diversity",
    "add_point",
    "add_project",
    "add_scoring",
    "add_settings",
    "add_target",
]

MODEL = (
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


class Parser(argparse.ArgumentParser):
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


def add_project(parser: Parser, words: str) -> None:
    """The project's folder, as the first word."""
    parser.add_argument("project", type=values.folder, metavar="PROJECT", help=words)


def add_point(parser: Parser) -> None:
    """`--point FILE`: places that were kept."""
    parser.add_argument(
        "--point",
        type=values.folder,
        action="append",
        default=[],
        metavar="FILE",
        help="a kept place (.json), or a PNG that GAN Studio saved; may be given several times",
    )


def add_diversity(parser: Parser) -> None:
    """`--diversity P`, of places that are only seeds."""
    parser.add_argument(
        "--diversity",
        type=values.diversity,
        default=1.0,
        metavar="P",
        help="0 is the average picture, 1 everything it knows (1)",
    )


def add_settings(parser: Parser, when: str) -> None:
    """`--set KEY=VALUE`; `when` says when it counts."""
    parser.add_argument(
        "--set",
        dest="settings",
        action="append",
        default=[],
        type=values.setting,
        metavar="KEY=VALUE",
        help=f"{when}change one field of the recipe, such as optimizer.lr=0.001; may be repeated",
    )


def add_scoring(parser: Parser, when: str = "") -> None:
    """`--no-score`; `when` says when it counts."""
    parser.add_argument(
        "--no-score",
        action="store_true",
        help=f"{when}do not score moments between steps, which takes a twentieth of the time",
    )


def add_target(parser: Parser, otherwise: str) -> None:
    """How far to train; `otherwise` says what happens without."""
    target = parser.add_mutually_exclusive_group()
    target.add_argument(
        "--images",
        type=values.count,
        metavar="N",
        help=f"until so many pictures were seen in all, such as 400k or 1M; {otherwise}",
    )
    target.add_argument("--minutes", type=values.minutes, metavar="M", help="for so long")
