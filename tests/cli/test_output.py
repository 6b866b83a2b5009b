"""What was asked for goes to stdout, whole and readable; everything else to stderr."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganstudio.cli.output import Output
from ganstudio.cli.progress import counting_line, training_line
from ganstudio.project.errors import UserError
from ganstudio.project.quality import MomentScore
from tests.invented_scores import invented_score


def test_events_are_json_even_where_numbers_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=True).event("metrics", loss=math.nan, high=math.inf, path=Path("a"), more=(1,))
    line = capsys.readouterr().out
    assert json.loads(line) == {
        "event": "metrics",
        "loss": None,
        "high": None,
        "path": "a",
        "more": [1],
    }
    assert line.isascii()


def test_words_and_events_never_mix(capsys: pytest.CaptureFixture[str]) -> None:
    words, events = Output(), Output(as_json=True)
    words.event("done")
    events.result("a path")
    assert capsys.readouterr().out == ""
    events.tell_error(UserError("no-such-file", path="x"))
    captured = capsys.readouterr()
    assert json.loads(captured.out)["code"] == "no-such-file"
    assert "There is no x." in captured.err


def test_a_reader_that_goes_away_is_no_crash() -> None:
    code = (
        "from ganstudio.cli.output import Output\n"
        "output = Output(as_json=True)\n"
        "for index in range(100_000): output.event('metrics', images=index)\n"
        "output.tell('whole')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
    assert process.returncode == 0
    assert err == b"whole\n"


def test_a_terminal_without_such_letters_still_gets_the_line() -> None:
    code = "from ganstudio.cli.output import Output\nOutput().result('32 × 32 Größe')\n"
    environment = {"PYTHONIOENCODING": "ascii", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, check=True
    )
    assert done.stdout.startswith(b"32 ")


def test_progress_in_a_file_is_not_one_line_a_moment(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output()
    for index in range(1_000):
        output.progress(f"{index}")
    assert capsys.readouterr().err == "0\n"


@given(
    clock=st.integers(0, 10**9),
    target=st.none() | st.integers(1, 10**9),
    share=st.none() | st.floats(-1, 2),
    rate=st.floats(0, 1e6),
    left=st.none() | st.floats(0, 1e7),
)
def test_a_training_line_is_one_line(
    clock: int, target: int | None, share: float | None, rate: float, left: float | None
) -> None:
    line = training_line(clock, target, share, rate, left)
    assert "\n" not in line
    assert "pictures seen" in line
    assert ("left" in line) == (left is not None and rate > 0)


def test_a_training_line_says_the_newest_score() -> None:
    score = MomentScore(41_000, invented_score(kernel=37.46), None, 64, 64, True)
    line = training_line(42_000, 250_000, 0.1, 286.0, 200.0, score)
    assert line.endswith(", distance 37.5 at 41 k")


@given(st.integers(0, 10**6), st.integers(-1, 10**6))
def test_a_counting_line_is_one_line(done: int, total: int) -> None:
    assert counting_line("Reading", done, total).count("\n") == 0
