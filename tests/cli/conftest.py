from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from ganstudio.cli.main import main
from ganstudio.cli.requests import WindowRequest

#: A recipe small enough for a test, as a person would write it.
TINY = [
    word
    for setting in (
        "network.width=4",
        "network.d_width=4",
        "network.z_dim=16",
        "batch_size=8",
        "horizon=160",
    )
    for word in ("--set", setting)
]


@dataclass(frozen=True)
class Answer:
    """What a command line did."""

    code: int | WindowRequest
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """Each line of stdout as JSON; a line that is none fails."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def run_words(*words: object) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run_words


def draw_pictures(folder: Path, count: int = 24, size: int = 32) -> Path:
    """A folder with pictures of coloured squares."""
    random = np.random.default_rng(0)
    folder.mkdir(parents=True)
    for index in range(count):
        pixels = np.zeros((size, size, 3), np.uint8)
        x, y = random.integers(0, size // 2, 2)
        pixels[y : y + size // 3, x : x + size // 3] = random.integers(60, 255, 3)
        Image.fromarray(pixels).save(folder / f"{index:02}.png")
    return folder


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    return draw_pictures(tmp_path / "pictures")


@pytest.fixture(scope="session")
def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a run that has reached its horizon of 160 pictures, made by the commands."""
    place = tmp_path_factory.mktemp("trained")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GANSTUDIO_HOME", str(place / "home"))
        pictures = draw_pictures(place / "pictures")
        project = place / "project"
        assert main(["new", str(project), "--pictures", str(pictures), "--size", "32"]) == 0
        assert main(["train", str(project), "--seed", "7", "--threads", "1", *TINY]) == 0
    return project


@pytest.fixture
def trained(trained_once: Path, tmp_path: Path) -> Path:
    """A copy of that project, free to be changed."""
    return Path(shutil.copytree(trained_once, tmp_path / "trained"))
