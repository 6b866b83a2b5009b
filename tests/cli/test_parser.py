"""The words of the command line: kept for ever, understood whole, refused in one sentence."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ganstudio.cli.parser import COMMANDS, parse
from ganstudio.cli.requests import WindowRequest
from ganstudio.project.errors import UserError
from tests.cli.conftest import Run

#: The contract. Words may be added here, never taken away.
CONTRACT = {
    "demo": {"--headless", "--project", "--images", "--minutes"},
    "new": {"--pictures", "--size", "--framing"},
    "train": {
        "--recipe", "--set", "--images", "--minutes", "--seed", "--device", "--threads", "--fresh",
        "--json",
    },
    "generate": {"--seeds", "--diversity", "--out", "--sheet"},
    "directions": {"--find", "--kinds-of", "--out", "--json"},
    "export": set(),
    "info": {"--json"},
    "runs": {"--compare", "--json"},
    "score": {"--json"},
    "doctor": {"--run", "--json"},
    "check": {"--json"},
}  # fmt: skip


@pytest.mark.parametrize("command", CONTRACT)
def test_the_contract_is_kept_and_every_word_is_explained(command: str) -> None:
    parser = COMMANDS[command]()
    words = {word for action in parser._actions for word in action.option_strings}
    assert CONTRACT[command] <= words
    assert parser.description
    for action in parser._actions:
        assert action.help or action.metavar == "FILE.safetensors"


@pytest.mark.parametrize("command", ["", *CONTRACT])
def test_help_is_printed_to_stdout_and_is_no_failure(run: Run, command: str) -> None:
    answer = run(*([command] if command else []), "--help")
    assert answer.code == 0
    assert "usage: ganstudio" in answer.out
    assert not answer.err


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").out.startswith("GAN Studio ")


@pytest.mark.parametrize(
    "words", ["--help", "train --help", "train", "new x --pictures nowhere", "nowhere"]
)
def test_no_engine_is_loaded_to_read_or_refuse_words(words: str) -> None:
    code = (
        "import sys\n"
        "from ganstudio.cli.main import main\n"
        "main(sys.argv[1:])\n"
        "assert not {'torch', 'torchvision', 'PySide6'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *words.split()], capture_output=True)
    assert done.returncode == 0, done.stderr


def test_a_first_word_that_is_a_command_is_the_command(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "train").mkdir()
    monkeypatch.chdir(tmp_path)
    answer = run("train")
    assert answer.code == 2
    assert "PROJECT must be given" in answer.err


def test_without_a_command_a_window_is_wanted(run: Run, trained: Path) -> None:
    assert run().code == WindowRequest()
    assert run(trained).code == WindowRequest(project=trained)
    assert run("--debug", trained).code == WindowRequest(project=trained, debug=True)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("trian x", "no command trian"),
        ("nowhere", "nowhere is not a GAN Studio project"),
        ("--wrong", "does not know --wrong"),
        ("train", "PROJECT must be given"),
        ("train p --wrong", "does not know --wrong"),
        ("train p --images", "--images needs a value"),
        ("train p --images 4q", "4q is not a number of pictures"),
        ("train p --images 0", "0 is not a number of pictures"),
        ("train p --minutes 0", "0 is not a time"),
        ("train p --minutes nan", "nan is not a time"),
        ("train p --minutes inf", "inf is not a time"),
        ("train p --images 1k --minutes 3", "exclude each other"),
        ("train p --seed -1", "-1"),
        ("train p --seed x", "x is not a seed"),
        ("train p --threads 0", "0 threads"),
        ("train p --set lr", "lr is not a setting"),
        ("train p --set =3", "=3 is not a setting"),
        ("train p --fresh=yes", "--fresh takes no value"),
        ("train p --fre", "does not know --fre"),
        ("new p", "--pictures must be given"),
        ("new p --pictures x --size 48", "48 is not a picture size"),
        ("new p --pictures x --framing stretch", "stretch is not a framing"),
        ("new p --pictures nowhere", "nowhere is no folder, no ZIP and no bundled set"),
        ("generate m", "--seeds must be given"),
        ("generate m --seeds 0-3", "One of --out --sheet must be given"),
        ("generate m --seeds 9-3 --out x", "9-3 is not a list of seeds"),
        ("generate m --seeds 0 --out x --diversity 3", "diversity of 3 is outside"),
        ("generate nowhere --seeds 0 --out x", "There is no nowhere"),
        ("export nowhere x.safetensors", "There is no nowhere"),
        ("info nowhere", "There is no nowhere"),
        ("demo nobody --headless", "no bundled set called nobody"),
    ],
)
def test_what_cannot_be_understood_is_one_line_and_exit_code_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, part: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run(*words.split())
    assert answer.code == 2
    assert part in answer.err
    assert len(answer.err.strip().splitlines()) == 1
    assert not answer.out
    assert not list(tmp_path.glob("[!h]*"))


def test_debug_shows_where_it_went_wrong(run: Run) -> None:
    assert "Traceback" in run("--debug", "nowhere").err
    assert "Traceback" in run("train", "nowhere", "--debug").err
    assert "Traceback" not in run("train", "nowhere").err


_words = st.lists(
    st.sampled_from([*CONTRACT, *sorted(set().union(*CONTRACT.values())), "x", "3", "", "-", "--"])
    | st.text(max_size=6),
    max_size=7,
)


@given(_words)
@example(["~nobody-of-this-name"])
def test_any_words_are_understood_or_refused(words: list[str]) -> None:
    try:
        assert isinstance(parse(words), argparse.Namespace)
    except UserError as error:
        ended = error.sentence
    except SystemExit as end:
        ended = "" if end.code in (0, None) else "bad exit"
    else:
        ended = ""
    assert ended != "bad exit"
