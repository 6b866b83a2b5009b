"""Speeds: measured once for what they depend on, anew for anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.outlook import Speed
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import Recipe
from ganstudio.studio.advising import Answers, advised
from ganstudio.studio.app import Studio
from ganstudio.studio.machine import MachineReport

SKETCH = recipe_for(size=32, pictures=5_000)
CPU = MachineReport("cpu", "no GPU found: training on 2 CPU cores", False, 2, "2.9")
GPU = MachineReport("cuda:0", "GPU found: training on it", True, 2, "2.9")


@pytest.fixture
def submitted(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []
    monkeypatch.setattr(studio.pools.measuring, "submit", lambda *given: found.append(given))
    return found


@pytest.mark.parametrize(
    "change",
    [
        {"network.size": 64},
        {"network.width": 8},
        {"batch_size": 8},
        {"game.penalty_every": 1},
        {"network.channels": 1},
    ],
)
def test_what_changes_the_speed_is_measured_anew(
    studio: Studio, submitted: list[Any], change: dict[str, object]
) -> None:
    assert studio.speeds.measure(SKETCH) is None
    assert studio.speeds.measure(SKETCH) is None
    assert len(submitted) == 1
    studio.speeds.known[studio.speeds.key(SKETCH)] = Speed(5.0)
    assert studio.speeds.measure(SKETCH) == Speed(5.0)
    assert studio.speeds.measure(SKETCH.with_values(change)) is None
    assert len(submitted) == 2


def test_another_device_is_measured_anew_and_another_learning_rate_is_not(
    studio: Studio, submitted: list[Any]
) -> None:
    studio.speeds.known[studio.speeds.key(SKETCH)] = Speed(5.0)
    same = SKETCH.with_values({"optimizer.lr": 1e-3, "horizon": 16_000})
    assert studio.speeds.measure(same) == Speed(5.0)
    studio.settings.update(device="cpu")
    assert studio.speeds.measure(SKETCH) is None
    assert len(submitted) == 1


def test_a_device_that_is_not_there_ends_the_waiting(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_recipe: Recipe, device: str, *_: object) -> None:
        raise UserError("no-such-device", name=device, available="cpu")

    monkeypatch.setattr("ganstudio.studio.engine.measured", refuse)
    studio.settings.update(device="cuda:7")
    key = studio.speeds.key(SKETCH)
    studio.speeds._measure(key, SKETCH)
    assert studio.speeds.known[key].images_per_s == 0


def at(rate: float) -> Callable[[Recipe], Speed]:
    return lambda _recipe: Speed(rate)


def test_every_candidate_is_asked_for_at_once_and_waited_for(tiny_project: Project) -> None:
    asked: list[str] = []

    def measure(recipe: Recipe) -> Speed | None:
        asked.append(f"{recipe.name} {recipe.network.width}")
        return Speed(100.0) if len(asked) == 1 else None

    assert advised(Answers(tiny_project.pictures(), 30), CPU, measure) is None
    assert len(set(asked)) == 2


def test_the_answer_is_a_recipe_with_a_reason_for_every_value(tiny_project: Project) -> None:
    filled = advised(Answers(tiny_project.pictures(), 60, "faces"), CPU, at(500.0))
    assert filled is not None
    assert filled.plan.minutes == 60
    assert filled.plan.values == {"augment.flip": True}
    assert filled.recipe.augment.flip
    assert set(filled.reasons) == set(filled.recipe.flat())
    assert all(filled.reasons.values())
    drawings = advised(Answers(tiny_project.pictures(), 60, "drawings"), CPU, at(500.0))
    assert drawings is not None
    assert not drawings.recipe.augment.flip


def test_few_pictures_of_all_sorts_are_not_learned_as_one_subject(tiny_project: Project) -> None:
    names = {}
    for kind in ("faces", "mixed"):
        filled = advised(Answers(tiny_project.pictures(), 6_000, kind), GPU, at(500.0))
        assert filled is not None
        names[kind] = filled.plan.preset
    assert names == {"faces": "few-shot", "mixed": "style"}
