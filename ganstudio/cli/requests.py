"""What the command line answers when it does not do the work itself.

Not responsible for opening the window: `__main__` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["WindowRequest"]


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """A window is wanted.

    Attributes:
        project: Open this project; with `demo`, the folder the demo lives in.
        demo: Name of a bundled set: open or make a project with it, ready to train.
        images: Train until so many pictures were seen.
        minutes: Train so long.
        debug: Whether a bug of ours shall show its traceback.
    """

    project: Path | None = None
    demo: str | None = None
    images: int | None = None
    minutes: float | None = None
    debug: bool = False
