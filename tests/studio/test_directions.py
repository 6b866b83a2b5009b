"""Directions of a real model: found in slices, made, kept, and used again in a later moment."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ganstudio.project.direction import Direction
from ganstudio.project.directions_file import read_kept
from ganstudio.project.folder import Project
from ganstudio.project.point import LatentPoint
from ganstudio.studio.app import Studio
from ganstudio.studio.direction_rows import DirectionRow
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import DirectionMade, DirectionsChecked, DirectionsFound
from tests.studio.conftest import Watch, make_tiny_project


@pytest.fixture(scope="module")
def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Trained once; tests work on copies."""
    place = tmp_path_factory.mktemp("trained")
    studio = Studio(window_open=False)
    try:
        project = make_tiny_project(studio, place)
        studio.training.start(project, StartRequest(seed=7, threads=1, images=64))
        studio.training.wait()
    finally:
        studio.close()
    return project.path


@pytest.fixture
def trained(studio: Studio, trained_once: Path, tmp_path: Path) -> Project:
    shutil.copytree(trained_once, tmp_path / "tiny")
    return studio.projects.open(tmp_path / "tiny")


def _explore(studio: Studio, watch: Watch, project: Project, moment: int | None = None) -> None:
    before = len(watch.of(DirectionsFound))
    studio.directions.forget()
    studio.explore_run(project.newest_run(), moment)
    watch.until(lambda: len(watch.of(DirectionsFound)) > before)
    studio.directions.refresh()


def _named(studio: Studio, name: str) -> DirectionRow:
    return next(row for row in studio.directions.rows if row.kept.direction.name == name)


def _made(studio: Studio, watch: Watch) -> Direction:
    watch.until(lambda: bool(watch.of(DirectionMade)))
    made = watch.of(DirectionMade)[-1]
    assert made.direction is not None
    studio.directions.take([made.direction])
    return made.direction


def test_a_picture_that_is_asked_for_meanwhile_is_drawn_between_two_slices(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    studio.explore_run(trained.newest_run())
    stamp = studio.explorer.request(LatentPoint(seed_x=5))
    watch.until(lambda: (frame := studio.explorer.frames.take()) is not None
                and frame.stamp >= stamp)  # fmt: skip
    assert not studio.explorer.directions
    watch.until(lambda: bool(watch.of(DirectionsFound)))
    assert len(studio.explorer.directions) >= 12


def test_a_search_ends_where_another_model_is_opened(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    _explore(studio, watch, trained)

    def endless(model: object):  # slices
        while True:
            yield

    search = studio.explorer.search(endless)
    _explore(studio, watch, trained)
    watch.until(search.cancelled)


def test_marks_and_places_make_directions_that_are_kept(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    _explore(studio, watch, trained)
    points = [LatentPoint(seed_x=seed) for seed in range(20)]
    studio.directions.mark(points[:10], points[10:], "Marked")
    made = _made(studio, watch)
    assert made.origin == "marked"
    assert _named(studio, "Marked").state == "own"
    assert [one.direction for one in read_kept(trained.path)] == [made]
    moved = points[0].with_amount(made.key, 2.0)
    still, changed = studio.explorer.draw([points[0], moved]).result(10)
    assert (still != changed).any()


def test_from_a_place_to_itself_leads_nowhere(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    _explore(studio, watch, trained)
    studio.directions.between(LatentPoint(), LatentPoint(), "Nowhere")
    watch.until(lambda: bool(watch.of(DirectionMade)))
    error = watch.of(DirectionMade)[0].error
    assert error is not None
    assert error.code == "no-direction"


def test_names_limits_and_deletions_survive_a_restart(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    _explore(studio, watch, trained)
    first, second, third = studio.directions.rows[:3]
    studio.directions.change(first, name="Glasses")
    studio.directions.change(second, deleted=True)
    studio.directions.change(third, locked=True, reach=2.0)
    again = Studio(window_open=False)
    try:
        again.projects.open(trained.path)
        _explore(again, Watch(again), trained)
        assert _named(again, "Glasses").key == first.key
        rows = {row.kept.key: row for row in again.directions.rows}
        assert second.kept.key not in rows
        assert rows[third.kept.key].kept.locked
        assert rows[third.kept.key].reach == (2 * third.direction.low, 2 * third.direction.high)
        again.directions.put_back(again.directions.deleted[0].model_copy(update={"deleted": False}))
        assert second.kept.key in {row.kept.key for row in again.directions.rows}
    finally:
        again.close()


def test_a_later_moment_is_asked_whether_a_direction_still_does_what_it_did(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    run = trained.newest_run()
    early, late = run.snapshots()[0], run.snapshots()[-1]
    assert early < late
    _explore(studio, watch, trained, early)
    studio.directions.change(studio.directions.rows[0], name="Early")
    _explore(studio, watch, trained, late)
    assert _named(studio, "Early").state == "checking"
    watch.until(lambda: bool(watch.of(DirectionsChecked)))
    checked = watch.of(DirectionsChecked)[0]
    studio.directions.take_fit(checked)
    expected = {"same": "own", "aligned": "own", "lost": "lost"}
    assert _named(studio, "Early").state == expected[checked.fit.verdict]


def test_an_older_moment_draws_what_a_place_carries_along(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    run = trained.newest_run()
    _explore(studio, watch, trained, run.snapshots()[-1])
    point = LatentPoint(seed_x=3).with_amount(studio.directions.rows[0].key, 3.0)
    _explore(studio, watch, trained, run.snapshots()[0])
    still, moved = studio.explorer.draw([LatentPoint(seed_x=3), point]).result(10)
    assert (still != moved).any()


def test_what_a_kept_place_leads_along_is_kept_without_a_row(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    _explore(studio, watch, trained)
    key = studio.directions.rows[4].key
    before = len(studio.directions.rows)
    studio.directions.keep_used(LatentPoint().with_amount(key, 1.0))
    studio.directions.refresh()
    kept = read_kept(trained.path)
    assert [(one.key, one.listed) for one in kept] == [(key, False)]
    assert len(studio.directions.rows) == before


def test_a_file_of_directions_is_taken(
    studio: Studio, trained: Project, watch: Watch, tmp_path: Path
) -> None:
    _explore(studio, watch, trained)
    row = studio.directions.rows[2]
    studio.directions.save(row, tmp_path / "one.directions.json")
    studio.directions.change(row, deleted=True)
    assert studio.directions.load(tmp_path / "one.directions.json") == 1
    assert row.kept.key in {one.kept.key for one in studio.directions.rows}
