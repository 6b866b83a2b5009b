"""A run's folder lists only what is whole, and can be cut back to any clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from ganstudio.project.atomic import write_json
from ganstudio.project.errors import UserError
from ganstudio.project.history import append_lines
from ganstudio.project.presets import recipe_for
from ganstudio.project.runs import RunFolder, RunInfo

_RECIPE = recipe_for(size=32, pictures=100)
_INFO = RunInfo(name="Run 1", created="2024-05-01T10:00:00+02:00", seed=7)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    run = RunFolder.create(tmp_path / "runs", _RECIPE, _INFO, ["aa", "bb"])
    for clock in (0, 64, 128, 256):
        write_json(run.snapshot_folder(clock) / "snapshot.json", {})
        append_lines(run.metrics_path, [{"images": clock}])
        run.add_event("note", clock, text="seen")
    for clock in (64, 200):
        write_json(run.checkpoint_folder(clock) / "checkpoint.json", {})
    return run


def test_what_was_decided_comes_back(run: RunFolder) -> None:
    assert run.info() == _INFO
    assert run.recipe() == _RECIPE
    assert run.training_hashes() == ["aa", "bb"]


def test_only_whole_entries_are_listed(run: RunFolder) -> None:
    (run.snapshots_path / "512").mkdir()
    (run.snapshots_path / ".ganstudio-tmp-1").mkdir()
    (run.snapshots_path / "notes").mkdir()
    (run.checkpoints_path / "-5").mkdir()
    assert run.snapshots() == [0, 64, 128, 256]
    assert run.checkpoints() == [64, 200]


def test_rewinding_cuts_everything_later_and_tells_followers(run: RunFolder) -> None:
    run.rewind(128)
    assert run.snapshots() == [0, 64, 128]
    assert run.checkpoints() == [64]
    assert [row["images"] for row in run.metrics()] == [0, 64, 128]
    assert [event["images"] for event in run.events()] == [0, 64, 128]
    assert run.info().generation == 1


def test_rewinding_to_the_end_changes_nothing(run: RunFolder) -> None:
    run.rewind(256)
    assert run.info().generation == 0
    assert run.snapshots() == [0, 64, 128, 256]


def test_rewinding_cuts_events_that_are_alone_later(run: RunFolder) -> None:
    run.add_event("note", 300)
    run.rewind(256)
    assert all(event["images"] <= 256 for event in run.events())


def test_runs_of_one_second_have_names_that_rise(tmp_path: Path) -> None:
    ids = [RunFolder.create(tmp_path, _RECIPE, _INFO, []).id for _ in range(20)]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("name", ["run.json", "recipe.json"])
def test_damaged_files_are_named(run: RunFolder, name: str) -> None:
    (run.path / name).write_text("{")
    with pytest.raises(UserError) as caught:
        _ = (run.info(), run.recipe())
    assert caught.value.code == "unreadable-file"
    assert name in caught.value.sentence


def test_sweeping_leaves_no_half_written_thing(run: RunFolder) -> None:
    (run.snapshots_path / ".ganstudio-tmp-1").mkdir()
    (run.checkpoints_path / ".ganstudio-tmp-2").mkdir()
    run.sweep()
    left = [*run.snapshots_path.glob(".*"), *run.checkpoints_path.glob(".*")]
    assert not left
    assert run.snapshots() == [0, 64, 128, 256]
