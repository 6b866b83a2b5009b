"""A walk through a real, tiny generator without a window: for tests of Explore's views."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from ganstudio.desktop.pages.explore.views import View
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.gan.modelfile import save_generator
from ganstudio.gan.networks import build_generator
from ganstudio.project.inside import Inside
from ganstudio.project.point import LatentPoint
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import NetworkRecipe
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.events import Event, ModelFailed, ModelOpened
from ganstudio.studio.explorer import ExplorerService, Frame

__all__ = ["Exploring", "exploring", "write_model"]


def write_model(path: Path, name: str, classes: int = 0, size: int = 32) -> Path:
    """A generator with its first weights."""
    recipe = recipe_for(size=size, pictures=100, classes=classes)
    values = {"name": name, "size": size, "width": 8, "d_width": 4, "z_dim": 16}
    network = NetworkRecipe.model_validate(values | {"classes": classes})
    generator = build_generator(network, torch.Generator().manual_seed(1)).eval()
    save_generator(path, generator, recipe.model_copy(update={"network": network}), 1_000)
    return path


class Exploring:
    """A walk, its explorer, and what was drawn and seen last."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.owner = QObject()
        self.stack = QUndoStack(self.owner)
        self.events: Batch[Event] = Batch()
        self.explorer = ExplorerService(self.events)
        self.walk = Walk(self.explorer, self.stack, self.owner)
        self.shown: Frame | None = None
        self.inside: Inside | None = None
        self.walk.picture_drawn.connect(self._drawn)
        self.walk.inside_seen.connect(self._seen)

    def open(self, path: Path) -> None:
        """Open a model, and wait for its first picture."""
        self.shown = None
        self.explorer.open_file(path)
        self.until(lambda: self.walk.model is not None and self.shown is not None)

    def until(self, condition: Callable[[], bool]) -> None:
        """Let events and pictures come in until something is so."""

        def so() -> bool:
            for event in self.events.drain():
                assert not isinstance(event, ModelFailed), event.error
                if isinstance(event, ModelOpened):
                    self.walk.model_opened(event)
            self.walk.collect()
            return condition()

        self.qtbot.waitUntil(so, timeout=10_000)

    def drawn(self) -> None:
        """Wait for the picture of the place of now."""
        self.until(lambda: self.shown is not None and self.shown.point == self.walk.point)

    def show(self, view: View) -> None:
        """Show a view as the page does."""
        self.qtbot.addWidget(view)
        view.resize(832, 552)
        view.show()
        view.active = True
        view.entered()

    def change(self, **values: object) -> LatentPoint:
        """The place of now with other values."""
        return self.walk.point.model_copy(update=values)

    def looked_inside(self) -> None:
        """Wait for what goes on inside at the place of now."""
        self.until(lambda: self.inside is not None and self.inside.wanted.point == self.walk.point)

    def _seen(self, inside: Inside) -> None:
        self.inside = inside

    def _drawn(self, frame: Frame) -> None:
        self.shown = frame


@contextmanager
def exploring(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exploring]:
    """Everything ends with it. Directions are not looked for: that takes longer than all else."""
    monkeypatch.setattr(engine.LoadedModel, "find_directions", lambda _model: None)
    it = Exploring(qtbot)
    try:
        yield it
    finally:
        it.walk._rest.stop()
        it.explorer.close()
