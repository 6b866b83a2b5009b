"""A person's settings: versioned, checked, one small file in the per-user folder.

Not responsible for window geometry (Qt keeps that) nor for a project's own settings.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ganstudio.project.atomic import write_json
from ganstudio.project.errors import UserError
from ganstudio.project.paths import default_projects, settings_folder
from ganstudio.project.schema import read_model, stamp

__all__ = ["Settings", "SettingsStore"]

logger = logging.getLogger(__name__)

_MOST_RECENT = 10


class Settings(BaseModel):
    """Everything a person can set for all projects.

    Attributes:
        palette: Colours; "system" follows the desktop.
        reduce_motion: No fades, no animated walks.
        device: "auto", "cpu", "cuda", "cuda:1" or "mps".
        threads: CPU threads for training; 0 lets GAN Studio choose.
        projects_folder: Where new projects go.
        disk_budget_gb: What the checkpoints and snapshots of one run may take.
        inception_file: Weights of Inception, safetensors, that FIDs are measured with; empty for
            none.
        inception_digest: What they were known by when they were chosen.
        recent: Projects, the newest first.
        last_project: The project that was open at the end.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", validate_assignment=True)

    palette: Literal["system", "dark", "light", "high-contrast"] = "dark"
    reduce_motion: bool = False
    device: str = Field(default="auto", pattern=r"^(auto|cpu|mps|cuda(:\d+)?)$")
    threads: int = Field(default=0, ge=0, le=1024)
    projects_folder: str = Field(default_factory=lambda: str(default_projects()))
    disk_budget_gb: float = Field(default=2.0, ge=0.1, le=10_000)
    inception_file: str = ""
    inception_digest: str = ""
    recent: tuple[str, ...] = ()
    last_project: str | None = None


class SettingsStore:
    """Reads the settings once, writes them whenever they change."""

    def __init__(self) -> None:
        self.path = settings_folder() / "settings.json"
        self.value = self._read()

    def _read(self) -> Settings:
        """The stored settings; a damaged file is set aside, so that nobody is locked out."""
        try:
            return read_model(self.path, Settings)
        except UserError as error:
            if error.code == "unreadable-file":
                logger.warning("settings set aside: %s", error)
                self.path.replace(self.path.with_suffix(".damaged.json"))
            return Settings()

    def update(self, **changes: object) -> Settings:
        """Change some settings and save them.

        Raises:
            UserError: If the per-user folder cannot be written to.
            pydantic.ValidationError: If a value is out of its range: that is a bug of the caller.
        """
        self.value = Settings.model_validate(self.value.model_dump() | changes)
        write_json(self.path, stamp() | self.value.model_dump(mode="json"))
        return self.value

    def remember_project(self, path: Path) -> None:
        """Put a project at the head of the recent ones."""
        here = str(path)
        others = [other for other in self.value.recent if other != here]
        self.update(recent=(here, *others)[:_MOST_RECENT], last_project=here)

    def forget_project(self, path: Path) -> None:
        """Take a project out of the recent ones."""
        others = tuple(other for other in self.value.recent if other != str(path))
        last = None if self.value.last_project == str(path) else self.value.last_project
        self.update(recent=others, last_project=last)
