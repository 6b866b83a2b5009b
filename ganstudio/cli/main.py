"""From arguments to an exit code: one boundary for everything that can go wrong.

Not responsible for windows: it answers with a `WindowRequest`, and `__main__` opens it.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import traceback
from argparse import Namespace
from collections.abc import Iterator, Sequence

from ganstudio.cli.bugs import BrokenError
from ganstudio.cli.output import Output
from ganstudio.cli.parser import parse
from ganstudio.cli.requests import WindowRequest
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.numbers import say_count

__all__ = ["BUG", "DONE", "USER_ERROR", "main", "tell_problem"]

#: Exit codes.
DONE, BUG, USER_ERROR = 0, 1, 2

logger = logging.getLogger(__name__)
# Without a handler, Python would print warnings of ours on the terminal.
logging.getLogger("ganstudio").addHandler(logging.NullHandler())


def main(arguments: Sequence[str]) -> int | WindowRequest:
    """Run a command line.

    Args:
        arguments: Without the program's name.

    Returns:
        The exit code, or the wish for a window.
    """
    debug = "--debug" in arguments
    output = Output(as_json="--json" in arguments)
    try:
        options = parse(arguments)
        return _window(options) if not options.command else _run(options, output)
    except SystemExit as ended:
        return int(ended.code or DONE)
    except UserError as error:
        return tell_problem(error, debug, output)
    except (Cancelled, KeyboardInterrupt):
        output.tell("Stopped before it was done.")
        return USER_ERROR
    except Exception as error:  # whatever breaks is a bug of ours: one sentence, and the report
        with _log_open():
            logger.exception("a command broke")
        return _tell_bug(error, debug, output)


def tell_problem(error: UserError, debug: bool, output: Output | None = None) -> int:
    """Say what went wrong and what to do; returns the exit code."""
    output = output or Output()
    if debug:
        output.tell("".join(traceback.format_exception(error)).rstrip())
    output.tell_error(error)
    return BUG if error.code.endswith("-bug") else USER_ERROR


def _tell_bug(error: Exception, debug: bool, output: Output) -> int:
    """One sentence for the person, everything else into the log."""
    from ganstudio.studio.logs import log_file

    if debug:
        output.tell("".join(traceback.format_exception(error)).rstrip())
    if isinstance(error, BrokenError):
        told = UserError("training-bug", seen=say_count(error.images), log=log_file())
    else:
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        told = UserError("command-bug", reason=reason.rstrip("."), log=log_file())
    output.tell_error(told)
    return BUG


@contextlib.contextmanager
def _log_open() -> Iterator[None]:
    """Write to the log, which a command closes when it ends."""
    from ganstudio.studio.logs import start_logging, stop_logging

    start_logging()
    try:
        yield
    finally:
        stop_logging()


def _run(options: Namespace, output: Output) -> int | WindowRequest:
    """Commands are imported only when they are wanted: `--help` stays quick."""
    command = importlib.import_module(f"ganstudio.cli.{options.command}_command")
    answer: int | WindowRequest = command.run(options, output)
    return answer


def _window(options: Namespace) -> WindowRequest:
    if options.project is not None:
        from ganstudio.project.folder import Project

        Project.open(options.project)
    return WindowRequest(project=options.project, debug=options.debug)
