"""Bringing pictures in, as the window sees it: a project where there is none, one import, its end.

Not responsible for reading pictures (studio's pools do) nor for how progress looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import Progress
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.tasks import Task
from ganstudio.studio.events import ImportEnded
from ganstudio.studio.pictures import Bundle

if TYPE_CHECKING:
    from ganstudio.desktop.desk import Desk

__all__ = ["Imports"]

_BUNDLE = "bundle:"


class Imports(QObject):
    """One import at a time; `desk.imports` is the only instance.

    Signals:
        began: Pictures are being read.
        ended: The `ImportEnded` of it.

    Attributes:
        newest: How the newest import of the open project ended, None before the first.
    """

    began = Signal()
    ended = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._task: Task | None = None
        self._then_train = False
        self._made_project = False
        self.newest: ImportEnded | None = None

    @property
    def busy(self) -> bool:
        """Whether pictures are being read."""
        return self._task is not None

    @property
    def progress(self) -> Progress | None:
        """How far the import is; None if there is none."""
        return self._task.progress if self._task is not None else None

    def add(self, what: Sequence[str | Path], then_train: bool = False) -> None:
        """Bring pictures in; makes a project for them where none is open.

        Args:
            what: Folders, ZIPs, picture files or `bundle:NAME`.
            then_train: Start training as soon as they are in.
        """
        if not what or self.busy:
            return
        self._desk.withdraw_error()
        try:
            self._made_project = self._desk.project is None
            project = self._desk.project or self._project_for(what)
        except UserError as error:
            self._desk.show_error(error)
            return
        framing = None
        if not self._desk.pictures.pictures:
            framing = self._framing_for(what)
        self._then_train = then_train
        self._begin(self._desk.studio.pictures.add(project, what, framing))

    def reframe(self, framing: FramingSettings) -> None:
        """Decode everything anew for another size, framing or ground."""
        project = self._desk.project
        if project is not None and not self.busy:
            self._then_train = False
            self._begin(self._desk.studio.pictures.reframe(project, framing))

    def cancel(self) -> None:
        """Leave everything as it was before."""
        if self._task is not None:
            self._task.cancel()

    def on_event(self, event: object) -> None:
        """Take the end of the import; the window passes every event on."""
        if not isinstance(event, ImportEnded):
            return
        self._task = None
        self.newest = event
        if self._made_project and not event.usable:
            # A folder without a picture shall not leave an empty project behind.
            self._desk.give_up_project()
        else:
            self._desk.announce_project()
        self._made_project = False
        self.ended.emit(event)
        train = self._then_train and event.error is None and not event.cancelled
        self._then_train = False
        if event.error is not None:
            self._desk.show_error(event.error)
        elif train and event.usable:
            self._desk.start_training()

    def _begin(self, task: Task) -> None:
        self._task = task
        self.newest = None
        self.began.emit()

    def _project_for(self, what: Sequence[str | Path]) -> Project:
        name = self._name_for(what[0])
        return self._desk.new_project(name)

    def _name_for(self, first: str | Path) -> str:
        bundle = self._bundle(first)
        if bundle is not None:
            return self.tr("{title} demo").format(title=bundle.title)
        path = Path(first)
        return (path.stem if path.is_file() else path.name) or self.tr("My pictures")

    def _framing_for(self, what: Sequence[str | Path]) -> FramingSettings:
        bundle = self._bundle(what[0])
        return FramingSettings(size=bundle.size) if bundle else FramingSettings()

    def _bundle(self, source: str | Path) -> Bundle | None:
        name = str(source)
        if not name.startswith(_BUNDLE):
            return None
        bundles = self._desk.studio.pictures.bundles()
        return next((b for b in bundles if b.name == name.removeprefix(_BUNDLE)), None)
