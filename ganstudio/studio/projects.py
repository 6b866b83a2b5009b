"""The open project: new, open, rename, recent; who may write.

Not responsible for moving things to the trash: the window asks the desktop for that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.runs import RunFolder
from ganstudio.studio.settings import SettingsStore

__all__ = ["ProjectsService"]

logger = logging.getLogger(__name__)


class ProjectsService:
    """Holds at most one open project.

    Args:
        settings: Where recent projects are remembered.
        on_open: Told which project is open, for the sign that is read after a bad end.

    Attributes:
        before_leaving: Called before a project is let go of, while it still may be written.
    """

    def __init__(self, settings: SettingsStore, on_open: Callable[[Path | None], None]) -> None:
        self._settings = settings
        self._on_open = on_open
        self.before_leaving: Callable[[], None] = lambda: None
        self.current: Project | None = None
        self.read_only = False

    def create(
        self, path: Path, name: str | None = None, plan: TrainingPlan | None = None
    ) -> Project:
        """Make a project and open it.

        Raises:
            UserError: If there is one already, or the folder cannot be written to.
        """
        Project.create(path, name, plan)
        return self.open(path)

    def open(self, path: Path) -> Project:
        """Open a project; if another process writes to it, or it may not be written, read-only.

        Raises:
            UserError: "no-project", "newer-project" or "unreadable-file".
        """
        project = Project.open(path.resolve())
        self.close()
        self.read_only = not project.writable
        if not self.read_only:
            try:
                project.lock.acquire()
            except UserError as error:
                logger.info("opened read-only: %s", error)
                self.read_only = True
            else:
                project.sweep()
        self.current = project
        self._settings.remember_project(project.path)
        self._on_open(project.path)
        logger.info("opened project %s%s", project.path, " read-only" if self.read_only else "")
        return project

    def take_over(self) -> bool:
        """Hold a project that was read-only until now, because nobody else holds it any more.

        Returns:
            Whether it may be written now.
        """
        project = self.current
        if project is None or not self.read_only or not project.writable:
            return False
        try:
            project.lock.acquire()
        except UserError:  # somebody was quicker
            return False
        project.sweep()
        self.read_only = False
        logger.info("took over %s", project.path)
        return True

    def close(self) -> None:
        """Let go of the open project."""
        if self.current is not None:
            self.before_leaving()
            self.current.lock.release()
            self.current = None
            self._on_open(None)

    def rename(self, name: str) -> None:
        """Give the open project another name; its folder keeps its own."""
        if self.current is not None:
            info = self.current.info()
            self.current.write_info(info.model_copy(update={"name": name}))

    def set_plan(self, plan: TrainingPlan) -> None:
        """Remember what the next new run shall be like."""
        if self.current is not None and not self.read_only:
            info = self.current.info()
            self.current.write_info(info.model_copy(update={"plan": plan}))

    @staticmethod
    def rename_run(run: RunFolder, name: str) -> None:
        """Give a run another name."""
        run.write_info(run.info().model_copy(update={"name": name}))

    @staticmethod
    def note_run(run: RunFolder, note: str) -> None:
        """Write down what a person wants to remember of a run."""
        run.write_info(run.info().model_copy(update={"note": note}))

    def recent(self) -> list[Path]:
        """Projects that are still there, the newest first."""
        paths = (Path(path) for path in self._settings.value.recent)
        return [path for path in paths if (path / "project.json").is_file()]

    def last(self) -> Path | None:
        """The project to open again at the start."""
        last = self._settings.value.last_project
        return Path(last) if last and (Path(last) / "project.json").is_file() else None

    def free_folder(self, name: str) -> Path:
        """A folder for a new project of this name that is not taken yet."""
        safe = "".join(c for c in name if c.isalnum() or c in " -_.").strip(" .") or "Project"
        folder = Path(self._settings.value.projects_folder)
        candidate, number = folder / safe, 2
        while candidate.exists():
            candidate, number = folder / f"{safe} {number}", number + 1
        return candidate
