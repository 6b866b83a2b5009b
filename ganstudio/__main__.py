"""The one entry point: environment first, then the command line, then a command or the window.

Not responsible for understanding arguments (`cli`) nor for windows (`desktop`).
"""

from __future__ import annotations

import builtins
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ganstudio.cli.requests import WindowRequest

__all__ = ["main"]


def main() -> int:
    """Run GAN Studio; returns the exit code."""
    _prepare_environment()
    from ganstudio.cli.main import main as run_command_line

    answer = run_command_line(sys.argv[1:])
    if isinstance(answer, int):
        return answer
    return _open_window(answer)


def _prepare_environment() -> None:
    """Set what must be set before torch or Qt is loaded; a person's own choice wins."""
    from ganstudio.project.openmp import let_threads_sleep

    let_threads_sleep()
    os.environ.setdefault("QT_API", "pyside6")
    os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
    # Looking for plugins among all that is installed takes longer than everything else of it.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _open_window(request: WindowRequest) -> int:
    """Open the window, or say in one sentence why there can be none."""
    from ganstudio.cli.main import tell_problem
    from ganstudio.studio.display import display_problem, missing_library

    problem = display_problem()
    if problem is not None:
        return tell_problem(problem, request.debug)
    try:
        run_window = _load_window()
    except ImportError as error:
        problem = missing_library(error)
        if problem is None:
            raise
        return tell_problem(problem, request.debug)
    return run_window(request)


def _load_window() -> Callable[[WindowRequest], int]:
    """Import the window, in the order that is quickest."""
    if sys.platform == "win32":
        # torch after Qt fails to load c10.dll (pytorch#166628, torch 2.9).
        import torch  # noqa: F401 - loading it is all that is wanted
    # PySide6 reads the source of every module that is imported after it: the many others go first.
    import ganstudio.studio.app  # noqa: F401 - loading it is all that is wanted

    plain_import = builtins.__import__
    from ganstudio.desktop.app import run_window

    # It looks for `from __feature__ import`, which nothing here has: a tenth of importing torch.
    builtins.__import__ = plain_import
    return run_window


if __name__ == "__main__":
    sys.exit(main())
