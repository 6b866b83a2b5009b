"""Favourites are written behind the window: in order, before their project closes, or told."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest

from ganstudio.project import favourites as on_disk
from ganstudio.project.atomic import writing
from ganstudio.project.favourites import Favourite, new_favourite, read_favourites
from ganstudio.project.folder import Project
from ganstudio.project.kept import KeptPoint
from ganstudio.project.locks import FileLock
from ganstudio.project.point import LatentPoint
from ganstudio.studio import favourites as service
from ganstudio.studio.app import Studio
from ganstudio.studio.events import FavouritesWritten


class Disk:
    """Writes when it is let, and as long as there is room."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.full = False
        self.begun: list[int] = []

    def write(self, project: Path, favourites: tuple[Favourite, ...]) -> None:
        self.begun.append(len(favourites))
        assert self.free.wait(10)
        with writing(project):
            if self.full:
                raise OSError(errno.ENOSPC, "no room")
        on_disk.write_favourites(project, favourites)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    disk = Disk()
    monkeypatch.setattr(service, "write_favourites", disk.write)
    return disk


@pytest.fixture
def project(studio: Studio, tmp_path: Path) -> Project:
    return studio.projects.create(tmp_path / "project")


def keep(studio: Studio, seed: int) -> Favourite:
    one = new_favourite(KeptPoint(point=LatentPoint(seed_x=seed)))
    studio.favourites.put(one)
    return one


def told(studio: Studio) -> list[FavouritesWritten]:
    return [event for event in studio.events.drain() if isinstance(event, FavouritesWritten)]


def test_on_a_slow_disk_nobody_waits_and_the_newest_state_is_the_last(
    studio: Studio, project: Project, disk: Disk
):
    disk.free.clear()
    kept = [keep(studio, seed) for seed in range(4)]
    studio.favourites.remove(kept[0].id)
    assert studio.favourites.all() == tuple(kept[1:])
    assert not studio.favourites.settled
    studio.begin_close()
    assert not studio.closed
    disk.free.set()
    studio.favourites.close()
    assert studio.closed
    assert read_favourites(project.path) == tuple(kept[1:])
    assert disk.begun[-1] == 3
    assert len(disk.begun) <= 3, "states in between need not be written"


def test_who_closes_while_it_is_being_written_does_not_wait_for_ever(
    studio: Studio, project: Project, disk: Disk
):
    disk.free.clear()
    one = keep(studio, 1)
    while not disk.begun:
        pass
    studio.favourites.begin_close()
    disk.free.set()
    studio.favourites._writer.flush(5)
    assert studio.favourites.settled
    assert read_favourites(project.path) == (one,)


def test_what_is_on_the_disk_is_not_read_again_and_others_are(
    studio: Studio, project: Project, monkeypatch: pytest.MonkeyPatch
):
    one = keep(studio, 1)
    studio.favourites.close()
    read: list[Path] = []

    def reading(path: Path) -> tuple[Favourite, ...]:
        read.append(path)
        return read_favourites(path)

    monkeypatch.setattr(service, "read_favourites", reading)
    assert studio.favourites.all() == (one,)
    assert read == []
    on_disk.write_favourites(project.path, ())  # as another process does
    assert studio.favourites.all() == ()


def test_a_project_is_let_go_of_when_its_favourites_are_written(
    studio: Studio, project: Project, disk: Disk, monkeypatch: pytest.MonkeyPatch
):
    disk.free.clear()
    one = keep(studio, 1)
    flush, release, there = studio.favourites._writer.flush, FileLock.release, list[object]()

    def flushing(seconds: float | None = None) -> None:
        disk.free.set()
        flush(seconds)

    def releasing(lock: FileLock) -> None:
        there.append(read_favourites(project.path))
        release(lock)

    monkeypatch.setattr(studio.favourites._writer, "flush", flushing)
    monkeypatch.setattr(FileLock, "release", releasing)
    studio.projects.close()
    assert there[0] == (one,)


def test_what_cannot_be_written_is_told_stays_and_is_written_with_the_next_change(
    studio: Studio, project: Project, disk: Disk
):
    disk.full = True
    first = keep(studio, 1)
    studio.favourites.close()
    (event,) = told(studio)
    assert event.error is not None
    assert "disk is full" in event.error.sentence
    assert "Free at least" in event.error.hint
    assert studio.favourites.failed
    assert studio.favourites.all() == (first,)
    assert read_favourites(project.path) == ()
    disk.full = False
    second = keep(studio, 2)
    studio.favourites.close()
    assert told(studio) == [FavouritesWritten()]
    assert not studio.favourites.failed
    assert read_favourites(project.path) == (first, second)


def test_at_the_end_it_is_tried_once_more(studio: Studio, project: Project, disk: Disk):
    disk.full = True
    one = keep(studio, 1)
    studio.favourites.close()
    disk.full = False
    studio.close()
    assert read_favourites(project.path) == (one,)


def test_a_project_that_comes_back_has_what_could_not_be_written(
    studio: Studio, project: Project, disk: Disk, tmp_path: Path
):
    disk.full = True
    one = keep(studio, 1)
    studio.projects.create(tmp_path / "other")
    assert studio.favourites.all() == ()
    disk.full = False
    other = keep(studio, 2)
    studio.projects.open(project.path)
    assert studio.favourites.all() == (one,)
    studio.favourites.close()
    assert read_favourites(project.path) == (one,)
    assert read_favourites(tmp_path / "other") == (other,)


def test_nothing_is_written_into_a_project_that_somebody_else_holds_by_now(
    studio: Studio, project: Project, disk: Disk, tmp_path: Path
):
    disk.full = True
    one = keep(studio, 1)
    studio.projects.create(tmp_path / "other")
    assert studio.favourites.all() == ()
    disk.full = False
    with FileLock(project.lock.path):
        studio.projects.open(project.path)
        assert studio.favourites.all() == (one,), "what was kept is not lost"
        studio.favourites.close()
        assert read_favourites(project.path) == ()
        assert "is in use" in told(studio)[-1].error.sentence
        studio.projects.close()
    studio.close()
    assert read_favourites(project.path) == (one,)


def test_a_bug_while_writing_is_told_too_and_does_not_end_the_writing(
    studio: Studio, project: Project, monkeypatch: pytest.MonkeyPatch
):
    def broken(path: Path, favourites: tuple[Favourite, ...]) -> None:
        raise ZeroDivisionError("a wheel came off")

    with monkeypatch.context() as patch:
        patch.setattr(service, "write_favourites", broken)
        first = keep(studio, 1)
        studio.favourites.close()
    assert "a wheel came off" in told(studio)[0].error.sentence
    second = keep(studio, 2)
    studio.favourites.close()
    assert read_favourites(project.path) == (first, second)
