"""A project: one folder that can be moved, zipped and shared.

Not responsible for decoding pictures or training: it knows names, places and small JSON files.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ganstudio.project.atomic import sweep, write_bytes, write_json, writing
from ganstudio.project.errors import UserError
from ganstudio.project.locks import FileLock
from ganstudio.project.picture_list import PictureList
from ganstudio.project.runs import RunFolder
from ganstudio.project.schema import read_model, stamp, stamped

__all__ = ["Project", "ProjectInfo", "TrainingPlan"]


class TrainingPlan(BaseModel):
    """What the next new run shall be like, as the person left the settings.

    Attributes:
        preset: A key of `presets.PRESETS`.
        strength: A key of `presets.STRENGTHS`.
        minutes: Train so long; None if `images` says it, or if the person stops it.
        images: Train until so many pictures were seen.
        endless: Train until the person stops it.
        values: Dotted fields of the recipe that the person changed.
        source: What it begins with: "" for nothing, `bundle:NAME`, or the id of an earlier run.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    preset: str = "sketch"
    strength: str = "medium"
    minutes: float | None = None
    images: int | None = None
    endless: bool = False
    values: dict[str, str | int | float | bool] = {}
    source: str = ""


class ProjectInfo(BaseModel):
    """project.json."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    created: str
    plan: TrainingPlan = TrainingPlan()


class Project:
    """A project on disk.

    Args:
        path: Its folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cache_path = path / "cache"
        self.runs_path = path / "runs"
        self.exports_path = path / "exports"
        self.lock = FileLock(path / "project.lock")

    @classmethod
    def create(
        cls, path: Path, name: str | None = None, plan: TrainingPlan | None = None
    ) -> Project:
        """Make a new project.

        Raises:
            UserError: "project-exists", "project-folder-taken" or "folder-not-writable".
        """
        if (path / "project.json").exists():
            raise UserError("project-exists", path=path)
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise UserError("project-folder-taken", path=path)
        with writing(path):
            path.mkdir(parents=True, exist_ok=True)
        project = cls(path)
        now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        project.write_info(
            ProjectInfo(name=name or path.name, created=now, plan=plan or TrainingPlan())
        )
        project.write_pictures(PictureList())
        return project

    @classmethod
    def open(cls, path: Path) -> Project:
        """Open a project that is there; nothing is written.

        Raises:
            UserError: "no-project", "newer-project" or "unreadable-file".
        """
        if not (path / "project.json").is_file():
            raise UserError("no-project", path=path)
        project = cls(path)
        project.info()
        return project

    @property
    def writable(self) -> bool:
        """Whether this process may write into the folder."""
        return os.access(self.path, os.W_OK)

    def info(self) -> ProjectInfo:
        """Name and settings."""
        return read_model(self.path / "project.json", ProjectInfo)

    def write_info(self, info: ProjectInfo) -> None:
        """Replace project.json."""
        write_json(self.path / "project.json", stamp() | info.model_dump(mode="json"))

    def pictures(self) -> PictureList:
        """The list of pictures; an empty one if there is none yet."""
        path = self.path / "pictures.json"
        return read_model(path, PictureList) if path.is_file() else PictureList()

    def write_pictures(self, pictures: PictureList) -> None:
        """Replace pictures.json."""
        write_bytes(self.path / "pictures.json", stamped(pictures))

    def runs(self) -> list[RunFolder]:
        """All runs that can be read, oldest first."""
        if not self.runs_path.is_dir():
            return []
        folders = sorted(self.runs_path.iterdir())
        return [RunFolder(folder) for folder in folders if (folder / "run.json").is_file()]

    def newest_run(self) -> RunFolder:
        """The run that was created last.

        Raises:
            UserError: "no-run".
        """
        runs = self.runs()
        if not runs:
            raise UserError("no-run", path=self.path)
        return runs[-1]

    def sweep(self) -> None:
        """Remove what interrupted writers left."""
        for folder in (self.path, self.cache_path, self.runs_path, self.exports_path):
            sweep(folder)
        for run in self.runs():
            if run.lock.holder() is None:  # what another process is just writing is no litter
                run.sweep()
