"""Every command and option, and the words that explain them.

This contract is kept for ever: commands and options are only added. A first word that is a command
is the command; anything else is a project to open in the window.

Not responsible for doing anything; nothing heavier than argparse is imported here.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ganstudio import __version__
from ganstudio.cli import values
from ganstudio.cli.looking_options import LOOKING
from ganstudio.cli.making_options import MAKING
from ganstudio.cli.plain_parser import Parser
from ganstudio.project.errors import UserError

__all__ = ["COMMANDS", "parse"]


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


def _window() -> Parser:
    width = max(map(len, COMMANDS)) + 2
    commands = "\n".join(f"  {name:<{width}}{add().description}" for name, add in COMMANDS.items())
    parser = Parser(
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


#: The commands, in the order in which a person meets them.
COMMANDS = MAKING | LOOKING
