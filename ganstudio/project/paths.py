"""Where things lie on this computer.

Not responsible for what is inside a project: `folder` and `runs` know that.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import platformdirs

__all__ = ["default_projects", "log_folder", "resources", "settings_folder"]

_APP = "GAN Studio"


@cache
def resources() -> Path:
    """The folder of bundled pictures, fonts, icons and features.

    In a wheel it lies inside the package; in an editable copy beside it.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def settings_folder() -> Path:
    """Where settings live, per user. `GANSTUDIO_HOME` moves everything of ours elsewhere."""
    home = os.environ.get("GANSTUDIO_HOME")
    return Path(home) if home else Path(platformdirs.user_config_dir(_APP, appauthor=False))


def log_folder() -> Path:
    """Where logs and crash reports live, per user."""
    home = os.environ.get("GANSTUDIO_HOME")
    return Path(home) / "log" if home else Path(platformdirs.user_log_dir(_APP, appauthor=False))


def default_projects() -> Path:
    """Where new projects go unless the person says otherwise: `Documents/GAN Studio`."""
    home = os.environ.get("GANSTUDIO_HOME")
    documents = Path(home) if home else Path(platformdirs.user_documents_dir())
    return documents / _APP
