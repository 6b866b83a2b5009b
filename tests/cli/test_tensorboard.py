"""`ganstudio export PROJECT --tensorboard DIR` on a real run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from ganstudio.project.folder import Project
from tests.cli.conftest import Run


def test_a_run_is_written_into_a_folder_of_its_own(run: Run, trained: Path, tmp_path: Path) -> None:
    folder = Project.open(trained).newest_run()
    told = run("export", trained, "--tensorboard", tmp_path / "board")
    assert told.code == 0
    place = tmp_path / "board" / folder.id
    assert told.out == f"{place}\n"
    assert f"tensorboard --logdir {tmp_path / 'board'}" in told.err
    found = EventAccumulator(str(place), {"scalars": 0, "images": 0}).Reload()
    rows = folder.metrics()
    assert rows
    losses = found.Scalars("loss/generator")
    assert [event.step for event in losses] == [row["images"] for row in rows]
    assert [event.value for event in losses] == [np.float32(row["loss_g"]) for row in rows]
    assert [event.step for event in found.Images("samples")] == folder.snapshots()


def test_what_cannot_be_written_is_said_and_a_run_is_never_overwritten(
    run: Run, trained: Path, tmp_path: Path
) -> None:
    told = run("export", "open-peeps", "--tensorboard", tmp_path)
    assert (told.code, "how it learned" in told.err) == (2, True)
    runs = Project.open(trained).runs_path
    before = sorted(path for path in runs.rglob("*"))
    told = run("export", trained, "--tensorboard", runs)
    assert (told.code, "other things" in told.err) == (2, True)
    assert sorted(path for path in runs.rglob("*")) == before
    assert run("export", trained).code == 2
    assert run("export", trained, "a.safetensors", "--tensorboard", tmp_path).code == 2
