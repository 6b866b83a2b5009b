"""Who looks on sees what another process trains, takes no lock, and follows it to its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ganstudio.project.atomic import write_json
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.locks import FileLock
from ganstudio.project.presets import recipe_for
from ganstudio.studio.app import Studio
from ganstudio.studio.events import RunNews
from tests.another_process import EVERY, HOST, AnotherProcess, images_of


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "project")


@pytest.fixture
def other(project: Project) -> Iterator[AnotherProcess]:
    process = AnotherProcess(project, recipe_for(size=32, pictures=400))
    yield process
    process.end()


@pytest.fixture
def onlooker(studio: Studio, project: Project, other: AnotherProcess) -> Studio:
    """Opened the project while the other process trains its first run, and looks at that."""
    other.begin()
    other.train(3)
    other.snapshot()
    opened = studio.projects.open(project.path)
    studio.following.watch(opened.newest_run())
    return studio


def look(studio: Studio) -> RunNews:
    """What one look brings."""
    studio.following.look()
    news = [event for event in studio.events.drain() if isinstance(event, RunNews)]
    assert len(news) <= 1
    return news[0] if news else RunNews(None)


@pytest.mark.parametrize(
    ("told", "first"), [({"seeds": [128, 129]}, 128), ({}, 0), ({"seeds": ["x"]}, 0), ([7], 0)]
)
def test_a_sheet_comes_with_the_seeds_of_its_places(
    onlooker: Studio, other: AnotherProcess, told: object, first: int
) -> None:
    write_json(other.run.snapshot_folder(3 * EVERY) / "snapshot.json", told)
    assert look(onlooker).first_seed == first


def test_it_is_known_at_once_who_trains(onlooker: Studio, other: AnotherProcess) -> None:
    holder = onlooker.following.trainer_of(other.run)
    assert holder is not None
    assert (holder.host, holder.pid) == (HOST, 4242)
    assert not holder.here
    assert onlooker.projects.read_only
    assert onlooker.following.opener == holder


def test_the_first_look_brings_everything_and_later_ones_what_is_new(
    onlooker: Studio, other: AnotherProcess
) -> None:
    first = look(onlooker)
    assert first.replaced
    assert images_of(first.rows) == [EVERY, 2 * EVERY, 3 * EVERY]
    assert first.moments == (3 * EVERY,)
    assert first.sheet is not None
    assert look(onlooker) == RunNews(None)
    other.train(2)
    pictures = other.snapshot()
    later = look(onlooker)
    assert not later.replaced
    assert images_of(later.rows) == [4 * EVERY, 5 * EVERY]
    assert later.moments == (3 * EVERY, 5 * EVERY)
    assert np.array_equal(later.sheet, pictures)
    assert onlooker.following.newest == later.rows[-1]


def test_looking_takes_no_lock_and_writes_nothing(onlooker: Studio, other: AnotherProcess) -> None:
    before = {path: path.stat().st_mtime_ns for path in other.run.path.rglob("*")}
    look(onlooker)
    assert {path: path.stat().st_mtime_ns for path in other.run.path.rglob("*")} == before
    assert not onlooker.projects.current.lock.held
    with pytest.raises(UserError):
        FileLock(other.run.lock.path).acquire()


def test_half_a_row_comes_when_it_is_whole(onlooker: Studio, other: AnotherProcess) -> None:
    look(onlooker)
    rest = other.tear()
    assert look(onlooker) == RunNews(None)
    with other.run.metrics_path.open("a") as file:
        file.write(rest)
    assert images_of(look(onlooker).rows) == [4 * EVERY]


def test_half_a_snapshot_comes_when_it_is_whole(onlooker: Studio, other: AnotherProcess) -> None:
    look(onlooker)
    other.train()
    pictures = other.snapshot()
    folder = other.run.snapshot_folder(other.clock)
    sheet, proof = folder / "samples.png", folder / "snapshot.json"
    whole = sheet.read_bytes()
    aside = proof.rename(folder / "later")
    assert look(onlooker).moments is None  # as on a share that shows files one after the other
    sheet.write_bytes(whole[: len(whole) // 2])
    aside.rename(proof)
    news = look(onlooker)
    assert news.moments == (3 * EVERY, 4 * EVERY)
    assert news.sheet is None
    sheet.write_bytes(whole)
    assert np.array_equal(look(onlooker).sheet, pictures)


def test_a_history_that_was_cut_is_read_anew(onlooker: Studio, other: AnotherProcess) -> None:
    look(onlooker)
    other.resume_from(EVERY)
    other.train()
    news = look(onlooker)
    assert news.replaced
    assert images_of(news.rows) == [EVERY, 2 * EVERY]
    assert news.moments == ()
    assert news.sheet is None


def test_the_end_brings_the_last_rows_and_the_project(
    onlooker: Studio, other: AnotherProcess
) -> None:
    look(onlooker)
    other.train()
    other.end()
    news = look(onlooker)
    assert images_of(news.rows) == [4 * EVERY]
    assert news.others_changed
    assert onlooker.following.trainer_of(other.run) is None
    onlooker.following.take_over()
    assert not onlooker.projects.read_only
    assert onlooker.projects.current.lock.held
    assert onlooker.events.drain() == [RunNews(other.run.path, others_changed=True)]
    other.run.metrics_path.write_text("")
    assert look(onlooker) == RunNews(None)  # nobody trains it: nothing to follow


def test_a_project_that_is_held_is_not_taken_over(onlooker: Studio) -> None:
    look(onlooker)
    onlooker.following.take_over()
    assert onlooker.projects.read_only


def test_a_run_that_begins_is_told_to_who_looks_at_the_newest(
    studio: Studio, project: Project, other: AnotherProcess
) -> None:
    opened = studio.projects.open(project.path)
    studio.following.watch(None)
    assert look(studio) == RunNews(None)
    first = other.begin()
    assert look(studio).begun == first.path
    studio.following.watch(first)
    look(studio)
    second = other.begin()
    assert look(studio).begun == second.path
    studio.following.watch(first)
    other.begin()
    assert look(studio).begun is None  # who looks at an old run is left in peace
    assert len(opened.runs()) == 3


def test_a_share_that_is_away_for_a_moment_breaks_nothing(
    onlooker: Studio, other: AnotherProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OSError(116, "Stale file handle")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "iterdir", away)
        assert look(onlooker) == RunNews(None)
    other.train()
    assert images_of(look(onlooker).rows)[-1] == other.clock


def test_what_this_process_trains_itself_is_not_followed(
    onlooker: Studio, other: AnotherProcess
) -> None:
    run = other.run
    other.end()
    with run.lock:
        onlooker.following.watch(run)
        assert onlooker.following.trainer_of(run) is None
        assert not look(onlooker).rows


def test_a_tick_looks_behind_the_window(onlooker: Studio, other: AnotherProcess) -> None:
    onlooker.tick()
    onlooker.pools.files.submit(lambda: None).result()
    news = onlooker.events.wait(5)
    assert isinstance(news[0], RunNews)
    assert news[0].replaced


def test_a_sheet_of_other_dimensions_and_a_bug_of_ours_end_nothing(
    onlooker: Studio, other: AnotherProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(onlooker)
    clock = other.run.snapshots()[-1]
    Image.new("RGB", (13, 7)).save(other.run.snapshot_folder(clock) / "samples.png")
    with pytest.raises(UserError, match="damaged"):
        onlooker.history(other.run).samples(clock)

    def breaks(_project: Project) -> None:
        raise ZeroDivisionError("on purpose")

    with monkeypatch.context() as broken:
        broken.setattr("ganstudio.studio.following._runs_of", breaks)
        assert look(onlooker) == RunNews(None)
        onlooker.following.tick()
    other.train(2)
    assert look(onlooker).rows
