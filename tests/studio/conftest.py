from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PIL import Image

from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.tasks import Task
from ganstudio.studio.app import Studio
from ganstudio.studio.events import Event
from ganstudio.studio.states import State

EventT = TypeVar("EventT")

#: A run small enough for a test: 32 pixels, a few channels, a few pictures a step.
TINY = TrainingPlan(
    preset="sketch",
    values={
        "network.width": 4,
        "network.d_width": 4,
        "network.z_dim": 16,
        "batch_size": 8,
        "horizon": 480,
    },
)


@pytest.fixture
def studio() -> Iterator[Studio]:
    application = Studio(window_open=False)
    yield application
    application.close()


@pytest.fixture
def tiny_project(tmp_path: Path, studio: Studio) -> Project:
    """A project with 24 pictures of coloured squares."""
    return make_tiny_project(studio, tmp_path)


def make_tiny_project(studio: Studio, tmp_path: Path) -> Project:
    """See `tiny_project`."""
    random = np.random.default_rng(0)
    folder = tmp_path / "pictures"
    folder.mkdir()
    for index in range(24):
        pixels = np.zeros((32, 32, 3), np.uint8)
        x, y = random.integers(0, 20, 2)
        pixels[y : y + 12, x : x + 12] = random.integers(60, 255, 3)
        Image.fromarray(pixels).save(folder / f"{index:02}.png")
    project = Project.create(tmp_path / "tiny", plan=TINY)
    studio.pictures.add_now(project, [folder], FramingSettings(size=32), Task())
    return project


class Watch:
    """Looks on as a window would, and remembers every event."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.events: list[Event] = []

    def until(self, condition: Callable[[], bool], seconds: float = 30) -> None:
        """Look on until a condition is true."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"never came true; saw {self.events}"
            self.studio.tick()
            self.events += self.studio.events.wait(0.01)
        self.events += self.studio.events.drain()

    def of(self, kind: type[EventT]) -> list[EventT]:
        """The events of one kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    def until_state(self, state: State) -> None:
        """Look on until training does this."""
        self.until(lambda: self.studio.training.state is state)

    def pause_at(self, clock: int) -> int:
        """Pause training once it has seen so many pictures; where that was."""
        training = self.studio.training
        self.until(lambda: training.clock >= clock)
        training.pause()
        self.until_state(State.PAUSED)
        return training.clock


@pytest.fixture
def watch(studio: Studio) -> Watch:
    return Watch(studio)
