"""Pictures of kinds, proportions and colours of their own, from the command line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ganstudio.export.still import read_place
from tests.cli.conftest import TINY, Run, draw_pictures


@pytest.fixture
def foldered(tmp_path: Path) -> Path:
    """12 pictures of squares in each of two folders."""
    for kind in ("squares", "more squares"):
        draw_pictures(tmp_path / "scans" / kind, 12 if kind == "squares" else 13, 40)
    for index, path in enumerate(sorted((tmp_path / "scans").rglob("*.png"))):
        pixels = np.asarray(Image.open(path)).copy()
        pixels[0, 0] = index  # no two files are the same
        Image.fromarray(pixels).save(path)
    return tmp_path / "scans"


def test_new_train_and_generate_know_kinds_shapes_and_colours(
    run: Run, foldered: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    made = run(
        "new", project, "--pictures", foldered, "--size", 32, "--aspect", "3:2",
        "--colours", "transparent", "--kinds",
    )  # fmt: skip
    assert made.code == 0
    assert "25 pictures at 48 × 32, of 2 kinds: more squares, squares." in made.err
    assert run("train", project, "--images", 16, *TINY).code == 0

    info = run("info", project)
    assert "25 of 25 pictures at 48 × 32, transparent, 2 kinds: more squares, squares" in info.out
    sheet, out = tmp_path / "sheet.png", tmp_path / "out"
    assert run("generate", project, "--seeds", "0-3", "--sheet", sheet).code == 0
    with Image.open(sheet) as image:
        assert (image.mode, image.size) == ("RGB", (48 * 2 + 2, 32 * 2 + 2))
    words = ("generate", project, "--seeds", "0-1", "--out", out)
    assert run(*words).code == 0
    assert [read_place(out / f"seed-000{n}.png").point.kind for n in (0, 1)] == [0, 1]
    assert run(*words, "--kind", "squares").code == 0
    assert [read_place(out / f"seed-000{n}.png").point.kind for n in (0, 1)] == [1, 1]
    with Image.open(out / "seed-0000.png") as image:
        assert (image.mode, image.size) == ("RGBA", (48, 32))


def test_a_kind_that_a_model_does_not_know_is_refused(run: Run, trained: Path) -> None:
    answer = run("generate", trained, "--seeds", "0", "--out", trained / "x", "--kind", "dogs")
    assert answer.code == 2
    assert "knows no kind called dogs" in answer.err


def test_without_folders_there_are_no_kinds_and_no_project_is_left(
    run: Run, pictures: Path, tmp_path: Path
) -> None:
    answer = run("new", tmp_path / "p", "--pictures", pictures, "--kinds")
    assert answer.code == 2
    assert "lie in one folder" in answer.err
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--aspect", "5:4", "Use one of 1:1, 3:2"), ("--colours", "red", "grey, colour or")],
)
def test_other_shapes_and_colours_are_refused(
    run: Run, pictures: Path, tmp_path: Path, option: str, value: str, said: str
) -> None:
    answer = run("new", tmp_path / "p", "--pictures", pictures, option, value)
    assert answer.code == 2
    assert said in answer.err
