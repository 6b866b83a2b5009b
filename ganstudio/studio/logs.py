"""Logging to a rotating file in the per-user folder, and the newest lines for reports.

Not responsible for what a person reads on the screen.
"""

from __future__ import annotations

import logging
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path

from ganstudio.project.paths import log_folder

__all__ = ["log_file", "newest_lines", "start_logging", "stop_logging"]

_FORMAT = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"
_newest: deque[str] = deque(maxlen=400)
_handlers: list[logging.Handler] = []


class _Ring(logging.Handler):
    """Keeps the newest lines in memory."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one formatted line."""
        _newest.append(self.format(record))


def log_file() -> Path:
    """Where the log is written."""
    return log_folder() / "ganstudio.log"


def start_logging() -> None:
    """Log to file and ring. A folder that cannot be written to costs the file, not the start."""
    if _handlers:
        return
    _handlers.append(_Ring())
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        _handlers.append(
            RotatingFileHandler(log_file(), maxBytes=1_000_000, backupCount=2, encoding="utf-8")
        )
    except OSError:
        logging.getLogger(__name__).warning("no log file: %s", log_folder(), exc_info=True)
    root = logging.getLogger("ganstudio")
    root.setLevel(logging.INFO)
    for handler in _handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(handler)


def stop_logging() -> None:
    """Flush, close and forget the handlers."""
    root = logging.getLogger("ganstudio")
    for handler in _handlers:
        root.removeHandler(handler)
        handler.close()
    _handlers.clear()


def newest_lines(count: int = 100) -> list[str]:
    """The newest lines of the log, oldest first."""
    return list(_newest)[-count:]
