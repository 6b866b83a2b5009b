"""The command of a terminal, in several processes: one run, one voice, one end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ganstudio.project.folder import Project
from tests.cli.conftest import TINY, Run

_RUNS_ON = ("--images", "100M")


#: The command, but that scoring rests for no longer than it works.
_SCORES_MUCH = """
import sys
from ganstudio.__main__ import main
from ganstudio.studio import scoring_between

scoring_between._FIRST_S = 0.0
scoring_between._REST = 1.0
sys.exit(main())
"""


def _torchrun(
    project: Path, *words: str, program: tuple[str, ...] = ("-m", "ganstudio")
) -> subprocess.Popen[str]:
    launch = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]
    command = [*launch, *program, "train", str(project), "--json", *words]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )


@pytest.mark.slow
def test_two_processes_train_one_run(trained: Path) -> None:
    with _torchrun(trained, "--fresh", *TINY, "--seed", "7", "--images", "64") as process:
        out, err = process.communicate(timeout=110)
    assert process.returncode == 0, err
    events = [json.loads(line) for line in out.splitlines()]
    assert events[0]["event"] == "run"
    assert [event["reason"] for event in events if event["event"] == "done"] == ["target"]
    run = Project.open(trained).newest_run()
    assert run.info().processes == 2
    assert "in 2 processes" in err
    assert run.checkpoints()[-1] == 64
    rows = [event for event in events if event["event"] == "metrics"]
    assert [row["images"] for row in run.metrics()] == [row["images"] for row in rows]


@pytest.mark.slow
def test_the_first_one_scores_and_the_others_wait(trained: Path, tmp_path: Path) -> None:
    program = tmp_path / "scores_much.py"
    program.write_text(_SCORES_MUCH)
    words = ("--fresh", *TINY, "--seed", "7", "--images", "1600")
    with _torchrun(trained, *words, program=(str(program),)) as process:
        out, err = process.communicate(timeout=110)
    assert process.returncode == 0, err
    events = [json.loads(line) for line in out.splitlines()]
    told = [event["images"] for event in events if event["event"] == "score"]
    run = Project.open(trained).newest_run()
    assert run.info().processes == 2
    assert run.checkpoints()[-1] == 1_600
    lines = [json.loads(line)["images"] for line in run.scores_path.read_text().splitlines()]
    assert lines == told
    assert told


@pytest.mark.slow
def test_ctrl_c_reaches_all_and_the_first_one_saves(trained: Path, run: Run) -> None:
    with _torchrun(trained, *_RUNS_ON) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "metrics":
                break
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert "Saved at" in err
    done = json.loads(out.splitlines()[-1])
    assert (done["event"], done["reason"]) == ("done", "stopped")
    assert Project.open(trained).newest_run().checkpoints()[-1] == done["images"]
    answer = run("train", trained, "--images", done["images"] + 8)
    assert answer.code == 0
    assert "Saved" not in answer.err


@pytest.mark.slow
def test_a_process_that_dies_ends_training_with_a_sentence(trained: Path) -> None:
    with _torchrun(trained, *_RUNS_ON) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "metrics":
                break
        os.kill(_helper_of(process.pid), signal.SIGKILL)
        out, err = process.communicate(timeout=60)
    assert "Another process of this training has ended" in err
    failed, error = (json.loads(line) for line in out.splitlines()[-2:])
    assert error["code"] == "training-process-lost"
    assert Project.open(trained).newest_run().checkpoints()[-1] == failed["images"]


@pytest.mark.slow
def test_what_a_person_can_mend_is_said_once(trained: Path) -> None:
    with _torchrun(trained, "--fresh", *TINY, "--set", "batch_size=9") as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode != 0
    assert err.count("2 processes cannot share batches of 9 pictures evenly.") == 1
    assert len(Project.open(trained).runs()) == 1


def _helper_of(launcher: int) -> int:
    import psutil

    for child in psutil.Process(launcher).children(recursive=True):
        if child.environ().get("RANK") == "1":
            return child.pid
    raise AssertionError("there is no second process")
