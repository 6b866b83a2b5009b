"""Which generator the Explore page draws with: a model file, live weights, or a run's snapshot.

Not responsible for what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ganstudio.desktop.desk import Desk
from ganstudio.project.errors import UserError
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best
from ganstudio.studio.models import ModelRef, model_to_begin_with
from ganstudio.studio.states import State

__all__ = ["Source"]


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the explorer was asked to open.

    Attributes:
        file: A model file that a person chose.
        run: The run that is looked at.
        live: The mailbox of its training, or who trains it elsewhere.
        bundled: The model that came with the program, before there is a run.
        asked: Whether a person asked for the best moment, also while the run trains.
        title: What the model file is called.
    """

    file: Path | None = None
    run: Path | None = None
    live: Any = None
    bundled: ModelRef | None = None
    asked: bool = False
    title: str = ""


class Source(QObject):
    """Follows the run that is looked at; a file that was opened stays until somebody goes back.

    Signals:
        closed: There is nothing to draw with.
    """

    closed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._studio = desk.studio
        self._opened: _Opened | None = None
        self._before: _Opened | None = None
        self._left: tuple[Path, Best | None] | None = None
        self._best: Best | None = None

    @property
    def file(self) -> Path | None:
        """The model file that is open, if it is one."""
        return self._opened.file if self._opened is not None else None

    @property
    def title(self) -> str:
        """What the model file is called that is open."""
        return self._opened.title if self._opened is not None else ""

    @property
    def key(self) -> str:
        """Which model draws, as favourites remember it: a run's id, `bundle:NAME`, or a title."""
        opened = self._opened
        if opened is None:
            return ""
        if opened.bundled is not None:
            return opened.bundled.key
        if opened.run is not None:
            return opened.run.name
        assert opened.file is not None
        folders, project = opened.file.parents, self._desk.project
        inside = project is not None and len(folders) > 2 and folders[3:4] == (project.runs_path,)
        return folders[2].name if inside else opened.title

    def run_named(self, id_: str) -> str:
        """What a person calls a run of the project; empty if it is gone, or damaged."""
        project = self._desk.project
        runs = project.runs() if project is not None else []
        try:
            return next((run.info().name for run in runs if run.id == id_), "")
        except UserError:
            return ""

    @property
    def words(self) -> str:
        """Whose model draws, where it is not the run's: the file's name, or what came along."""
        if self.bundled:
            return self.tr("{name}, came with GAN Studio").format(name=self.bundled)
        return self.title if self.file is not None else ""

    @property
    def bundled(self) -> str:
        """What the model is called that came with the program, if it is one."""
        model = self._opened.bundled if self._opened is not None else None
        return model.title if model is not None else ""

    @property
    def best(self) -> Best | None:
        """Which moment of the run it is and why, if it is drawn with because it is the best."""
        run = self._opened.run if self._opened is not None else None
        return self._best if run is not None else None

    @property
    def is_kept(self) -> bool:
        """Whether the best moment stays although newer weights keep coming."""
        asked = self._opened is not None and self._opened.asked
        return asked and self._live_now() is not None

    @property
    def folder(self) -> Path | None:
        """Where what belongs to the model may be kept: in the open project, if it can be written.

        All moments of a run share one; a model file has its own.
        """
        project, opened = self._desk.project, self._opened
        if project is None or opened is None or self._studio.projects.read_only:
            return None
        if opened.run is not None:
            return project.path / "explored" / opened.run.name
        fingerprint = self._studio.explorer.fingerprint
        return project.path / "explored" / fingerprint if fingerprint else None

    @property
    def is_open(self) -> bool:
        """Whether something was opened, or is being opened."""
        return self._opened is not None

    @property
    def is_live(self) -> bool:
        """Whether newer weights keep coming."""
        live = self._opened.live if self._opened is not None else None
        return live is not None and live == self._live_now()

    @property
    def is_paused(self) -> bool:
        """Whether newer weights come only when its training goes on."""
        return self.is_live and self._studio.training.state is State.PAUSED

    def open_file(self, path: Path, title: str = "") -> None:
        """Explore a model file; without a title it is called as the file is."""
        wanted = _Opened(file=path, title=title or path.name)
        left = self._opened
        if left is not None and left.run is not None:
            self._left = (left.run, self._best) if left.live is None else None
        self._open(wanted, lambda: self._studio.explorer.open_file(path, title or path.stem))

    def open_best(self) -> None:
        """Explore the best moment of the run, also while it trains."""
        run = self._desk.run
        best = run.best() if run is not None else None
        if run is not None and best is not None:
            wanted = _Opened(None, run.path, asked=True)
            self._open(wanted, lambda: self._explore(run, best))

    def look(self, visible: bool) -> None:
        """Have the right generator for the run that is looked at; open it only to be seen."""
        run, opened = self._desk.run, self._opened
        if self.is_kept or (opened is not None and opened.file is not None):
            return
        if run is None:
            self._look_at_bundled(visible)
            return
        if not visible:
            return
        wanted = _Opened(None, run.path, self._live_now())
        if wanted.live is None and opened is not None and opened.run == run.path:
            # When training ends, its last weights are kept until a person chooses a moment.
            another = self._chosen_anew(run)
        else:
            another = opened != wanted
        if another:
            self._open(wanted, lambda: self._explore(run))

    def _explore(self, run: RunFolder, best: Best | None = None) -> None:
        """Have the explorer open a run: at the best moment that is named, or as it is usual."""
        self._best = None
        found = self._studio.explore_run(run, best.clock if best is not None else None)
        self._best = best or found

    def _chosen_anew(self, run: RunFolder) -> bool:
        """Whether a person has starred a moment since the run was opened."""
        best = run.best()
        return best is not None and best.reason == "choice" and best != self._best

    def _live_now(self) -> Any:
        """The sign that newer weights of the run come: from its training here, or elsewhere."""
        run, training = self._desk.run, self._studio.training
        mine = run is not None and training.run is not None and training.run.path == run.path
        return training.live if mine and training.live is not None else self._desk.trainer

    def _look_at_bundled(self, visible: bool) -> None:
        """Before anything was trained: what a generator can be like."""
        model = model_to_begin_with(self._desk.pictures)
        if self._opened == _Opened(bundled=model):
            return
        self._close()
        if visible:
            explorer = self._studio.explorer
            self._open(_Opened(bundled=model), lambda: explorer.open_file(model.path, model.title))

    def back_to_run(self) -> None:
        """Close the file, or let go of the moment that was asked for.

        It is the moment that was left, although another may be the best one meanwhile.
        """
        run, left, was_file = self._desk.run, self._left, self.file is not None
        self._opened, self._left = None, None
        live = self._live_now() is not None
        if not was_file or live or run is None or left is None or left[0] != run.path:
            self.look(visible=True)
        else:
            self._open(_Opened(None, run.path), lambda: self._explore(run, left[1]))

    def run_changed(self, visible: bool) -> None:
        """Another run is looked at: that is what a person wants to see now."""
        self._opened = None
        self.look(visible)

    def opened(self) -> None:
        """The explorer has it."""
        self._before = self._opened

    def failed(self, broken: bool) -> None:
        """What was asked for could not be opened: the explorer still has what it had.

        Args:
            broken: The explorer itself broke, and has nothing any more.
        """
        self._opened = None if broken else self._before
        if self._opened is None:
            self._close()

    def _open(self, wanted: _Opened, opening: Callable[[], None]) -> None:
        try:
            opening()
        except UserError as error:
            if error.code != "no-snapshot":
                self._desk.show_error(error)
            self._close()
            return
        self._opened = wanted

    def _close(self) -> None:
        self._opened = self._before = None
        self.closed.emit()
