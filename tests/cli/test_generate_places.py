"""`ganstudio generate` with kept places and favourites draws what the window draws, anywhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ganstudio.export.still import read_place
from ganstudio.project.direction import Direction, direction_key
from ganstudio.project.favourites import new_favourite, write_favourites
from ganstudio.project.folder import Project
from ganstudio.project.kept import KeptPoint, keep, write_kept
from ganstudio.project.messages import Pictures
from ganstudio.project.point import Bend, LatentPoint, Mix
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from ganstudio.studio.models import model_of_run
from tests.cli.conftest import Run


@pytest.fixture
def place(trained: Path) -> KeptPoint:
    """Along a direction that the model itself would not find, mixed and bent."""
    model = engine.open_model(model_of_run(Project.open(trained).newest_run()).path)
    step = tuple(float(number) for number in np.random.default_rng(3).normal(size=16))
    own = Direction(key=direction_key(step), step=step, origin="marked", name="Rounder")
    other = LatentPoint(seed_x=40).with_amount(own.key, -2.0)
    point = LatentPoint(
        seed_x=2.25,
        diversity=0.8,
        mixes=(Mix(band="fine", point=other),),
        bends=(Bend(stage=1, channels=(0, 1), action="amplify", amount=2.0),),
    ).with_amount(own.key, 1.5)
    return keep(point, [own], model.fingerprint, model.images)


def pixels(path: Path) -> Pictures:
    with Image.open(path) as image:
        return np.asarray(image)


def drawn_by_the_window(project: Path, place: KeptPoint) -> Pictures:
    """What the explorer draws that the window asks."""
    studio = Studio(window_open=True)
    try:
        studio.explore_run(Project.open(project).newest_run())
        studio.explorer.know(place.directions)
        return studio.explorer.draw([place.point]).result(60)[0]
    finally:
        studio.close()


def test_a_kept_place_is_the_same_picture_in_window_file_and_favourite(
    run: Run, trained: Path, tmp_path: Path, place: KeptPoint
) -> None:
    write_kept(tmp_path / "bun.json", place)
    kept = new_favourite(place).model_copy(update={"name": "Pink bun"})
    write_favourites(trained, (kept,))
    out = tmp_path / "out"
    words = ("--point", tmp_path / "bun.json", "--favourite", "Pink bun", "--seeds", "0-2")
    assert run("generate", trained, *words, "--out", out).code == 0
    names = {"seed-0000", "seed-0001", "seed-0002", "point-bun", "favourite-Pink bun"}
    assert {path.stem for path in out.iterdir()} == names
    window = drawn_by_the_window(trained, place)
    assert np.array_equal(pixels(out / "point-bun.png"), window)
    assert np.array_equal(pixels(out / "favourite-Pink bun.png"), window)
    assert read_place(out / "point-bun.png") == place
    again = ("--point", out / "point-bun.png", "--out", tmp_path / "again")
    assert run("generate", trained, *again).code == 0
    assert np.array_equal(pixels(tmp_path / "again" / "point-point-bun.png"), window)


@pytest.mark.slow
def test_another_process_draws_the_same(trained: Path, tmp_path: Path, place: KeptPoint) -> None:
    import torch

    write_kept(tmp_path / "bun.json", place)
    window = drawn_by_the_window(trained, place)
    program = (
        f"import torch; torch.set_num_threads({torch.get_num_threads()});"
        "import sys; from ganstudio.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    words = ["generate", trained, "--point", tmp_path / "bun.json", "--out", tmp_path / "out"]
    done = subprocess.run([sys.executable, "-c", program, *map(str, words)], check=False)
    assert done.returncode == 0
    assert np.array_equal(pixels(tmp_path / "out" / "point-bun.png"), window)


def test_a_place_of_another_model_is_drawn_and_said(
    run: Run, trained: Path, tmp_path: Path, place: KeptPoint
) -> None:
    write_kept(tmp_path / "bun.json", place.model_copy(update={"model": "another"}))
    answer = run(
        "generate", trained, "--point", tmp_path / "bun.json", "--sheet", tmp_path / "s.png"
    )
    assert answer.code == 0
    assert "another model" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Nothing says which pictures"),
        (("--favourite", "Snow"), "no favourite called Snow"),
        (("--point", "nowhere.json"), "nowhere.json"),
        (("--point", "README.md"), "README.md"),
    ],
)
def test_what_is_not_there_is_said(
    run: Run, trained: Path, words: tuple[str, ...], said: str
) -> None:
    answer = run("generate", trained, *words, "--out", trained / "o")
    assert answer.code == 2
    assert said in answer.err


def test_a_model_file_has_no_favourites(run: Run, trained: Path) -> None:
    model = model_of_run(Project.open(trained).newest_run()).path
    answer = run("generate", model, "--favourite", "Bun", "--out", trained / "o")
    assert answer.code == 2
    assert "belongs to no project" in answer.err
