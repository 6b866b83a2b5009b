"""Films that are drawn while the program ends are given up: nobody waits for them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ganstudio.pictures.bundles import BUNDLES
from ganstudio.project.film import FilmSettings
from ganstudio.project.point import LatentPoint
from ganstudio.project.tasks import Task
from ganstudio.studio import engine
from ganstudio.studio.app import Studio


def test_the_end_of_the_program_ends_a_film_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, drawn = threading.Event(), engine.LoadedModel.render
    rendered: list[int] = []

    def render(model: engine.LoadedModel, points: list[LatentPoint]) -> object:
        rendered.append(len(points))
        if len(rendered) == 4:  # the keys, what the film looks like, and its first frames
            begun.set()
            assert task.cancelled or closing.wait(30)
        return drawn(model, points)

    monkeypatch.setattr(engine.LoadedModel, "render", render)
    studio, task, closing = Studio(window_open=False), Task(), threading.Event()
    cancel = task.cancel
    monkeypatch.setattr(task, "cancel", lambda: (cancel(), closing.set()))
    keys = [LatentPoint(seed_x=x) for x in range(3)]
    settings = FilmSettings(seconds=600, side=64, kind="gif")
    studio.exports.loop(BUNDLES["pixel-avatars"].model, keys, settings, tmp_path / "l.gif", task)
    assert begun.wait(60)
    studio.close()
    assert task.cancelled
    assert sum(rendered) < 200
    assert not list(tmp_path.glob("*.gif"))
