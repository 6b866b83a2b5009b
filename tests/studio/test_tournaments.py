"""Tournaments behind the window: in slices, behind what a person judges, cancelled, replaced."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np
import pytest

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.presets import recipe_for
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.project.tasks import Task
from ganstudio.project.tournament import Player, Tournament, moments_of_runs
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from ganstudio.studio.events import TournamentEnded
from tests.studio.conftest import Watch

PLAYERS = (Player(Path("a"), "Run 1", 0), Player(Path("a"), "Run 1", 8))


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path / "runs" / "a")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "project")


def ended(watch: Watch) -> list[TournamentEnded]:
    return watch.of(TournamentEnded)


def result() -> Tournament:
    return Tournament(np.eye(2), np.zeros(2), np.zeros(2), np.zeros(4))


def counted(slices: int) -> Generator[None, None, Tournament]:
    for _ in range(slices):
        yield
    return result()


def test_what_a_person_judges_goes_before_its_next_slice(
    studio: Studio, watch: Watch, project: Project, run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def playing(*_given: object) -> Generator[None, None, Tournament]:
        for _ in range(3):
            order.append("plays")
            if len(order) == 1:
                studio.explorer.work_behind(lambda: order.append("scores"), "scoring")
                studio.explorer.work_behind(lambda: order.append("judges"), "judging")
            yield
        return result()

    monkeypatch.setattr(engine, "playing", playing)
    ticket = studio.tournaments.play(project, run, PLAYERS)
    watch.until(lambda: bool(ended(watch)) and "scores" in order)
    assert order == ["plays", "judges", "plays", "plays", "scores"]
    assert ended(watch)[0].ticket == ticket
    assert ended(watch)[0].players == PLAYERS


def test_it_is_cancelled_between_two_slices_and_tells_how_far_it_is(
    studio: Studio, watch: Watch, project: Project, run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def playing(
        project: Project, run: RunFolder, models: Sequence[Path], task: Task
    ) -> Generator[None, None, Tournament]:
        while True:
            task.check()
            task.report(1, 3)
            yield

    monkeypatch.setattr(engine, "playing", playing)
    assert studio.tournaments.progress.total == 0
    studio.tournaments.play(project, run, PLAYERS)
    watch.until(lambda: studio.tournaments.progress.total == 3)
    studio.tournaments.cancel()
    watch.until(lambda: bool(ended(watch)))
    assert (ended(watch)[0].found, ended(watch)[0].error) == (None, None)
    assert studio.tournaments.progress.total == 0
    studio.tournaments.cancel()  # nobody plays: nothing happens


def test_a_newer_one_takes_its_place(
    studio: Studio, watch: Watch, project: Project, run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []

    def playing(
        project: Project, run: RunFolder, models: Sequence[Path], task: Task
    ) -> Generator[None, None, Tournament]:
        begun.append(len(models))
        if len(models) == 2:
            while True:
                yield
        return (yield from counted(2))

    monkeypatch.setattr(engine, "playing", playing)
    studio.tournaments.play(project, run, PLAYERS)
    watch.until(lambda: begun == [2])
    ticket = studio.tournaments.play(project, run, (*PLAYERS, PLAYERS[0]))
    watch.until(lambda: bool(ended(watch)))
    assert [event.ticket for event in ended(watch)] == [ticket]


@pytest.mark.parametrize("error", [UserError("model-damaged", path="a"), ZeroDivisionError()])
def test_what_goes_wrong_is_told_and_another_one_can_be_played(
    studio: Studio,
    watch: Watch,
    project: Project,
    run: RunFolder,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    def broken(*_given: object) -> Generator[None, None, Tournament]:
        raise error
        yield

    monkeypatch.setattr(engine, "playing", broken)
    studio.tournaments.play(project, run, PLAYERS)
    watch.until(lambda: bool(ended(watch)))
    said = ended(watch)[0].error
    assert said is not None
    assert said.code == (error.code if isinstance(error, UserError) else "judging-bug")
    monkeypatch.setattr(engine, "playing", lambda *_given: counted(1))
    studio.tournaments.play(project, run, PLAYERS)
    watch.until(lambda: len(ended(watch)) == 2)
    assert ended(watch)[1].found is not None


def test_the_runs_of_a_project_are_offered_with_what_fits_and_what_is_whole(
    project: Project,
) -> None:
    def made(name: str, size: int) -> RunFolder:
        recipe = recipe_for(size=size, pictures=24, horizon=1_000)
        info = RunInfo(name=name, created="2026-01-01T00:00:00+00:00", seed=1)
        run = RunFolder.create(project.runs_path, recipe, info, [])
        for clock in (0, 64):
            folder = run.snapshot_folder(clock)
            folder.mkdir()
            (folder / "snapshot.json").write_text("{}")
        return run

    first, large, damaged, last = (
        made(name, size) for name, size in (("a", 32), ("b", 64), ("c", 32), ("d", 32))
    )
    first.star(0)
    (damaged.path / "recipe.json").write_text("{")
    found = moments_of_runs(project, first)
    assert [(run.name, run.fits) for run in found] == [("a", True), ("d", True), ("b", False)]
    assert found[0].clocks == (0, 64)
    assert found[0].best is not None
    assert found[0].best.clock == 0
    assert {run.folder for run in found} == {first.path, large.path, last.path}
