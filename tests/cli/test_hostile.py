"""What goes wrong in real life: one plain sentence and a hint each, and nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import pickle
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file, save_file

from ganstudio.project.folder import Project
from tests.cli.conftest import Run, draw_pictures


def _files(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}


def _said(err: str) -> bool:
    """A sentence and a hint on one line, and no traceback."""
    last = err.strip().splitlines()[-1]
    return last.endswith((".", "`")) and last.count(". ") >= 1 and "Traceback" not in err


# -- pictures ------------------------------------------------------------------------------------


def _no_pictures(folder: Path) -> None:
    folder.mkdir()


def _only_texts(folder: Path) -> None:
    folder.mkdir()
    for index in range(3):
        (folder / f"{index}.txt").write_text("a letter")


def _only_one_pixel(folder: Path) -> None:
    folder.mkdir()
    Image.new("RGB", (1, 1)).save(folder / "dot.png")


def _only_a_strip(folder: Path) -> None:
    folder.mkdir()
    Image.new("RGB", (20_000, 10)).save(folder / "strip.png")


def _only_a_torn_jpeg(folder: Path) -> None:
    folder.mkdir()
    whole = folder / "whole.jpg"
    Image.effect_noise((200, 200), 90).convert("RGB").save(whole)
    (folder / "torn.jpg").write_bytes(whole.read_bytes()[:900])
    whole.unlink()


def _only_a_bomb(folder: Path) -> None:
    """A PNG of a few kB that says it has 40,000 x 40,000 pixels."""
    folder.mkdir()

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    side = (40_000).to_bytes(4, "big")
    header = chunk(b"IHDR", side + side + b"\x08\x02\0\0\0")
    data = chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
    (folder / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + header + data + chunk(b"IEND", b""))


_BAD = [_no_pictures, _only_texts, _only_one_pixel, _only_a_strip, _only_a_torn_jpeg, _only_a_bomb]


@pytest.mark.parametrize("make", _BAD)
def test_no_usable_picture_is_one_sentence_and_leaves_no_project(
    run: Run, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "bad")
    before = _files(tmp_path / "bad")
    answer = run("new", tmp_path / "p", "--pictures", tmp_path / "bad", "--size", "64")
    assert answer.code == 2
    assert _said(answer.err)
    assert not answer.out
    assert not (tmp_path / "p").exists()
    assert _files(tmp_path / "bad") == before


@pytest.mark.parametrize("make", _BAD[2:])
def test_one_bad_picture_is_named_and_never_loses_the_good_ones(
    run: Run, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    pictures = draw_pictures(tmp_path / "good")
    make(pictures / "bad")
    name = next((pictures / "bad").iterdir()).name
    answer = run("new", tmp_path / "p", "--pictures", pictures, "--size", "32")
    assert answer.code == 0
    assert name in answer.err
    assert Project.open(tmp_path / "p").pictures().usable_count == 24


# -- folders and disks ---------------------------------------------------------------------------


def test_a_project_that_may_not_be_written_is_said(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _files(trained)
    monkeypatch.setattr(os, "access", lambda *_: False)
    answer = run("train", trained, "--images", "400")
    assert answer.code == 2
    assert _said(answer.err)
    assert "cannot be written to" in answer.err
    assert _files(trained) == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_refuses_while_training_loses_nothing(
    run: Run, trained: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    run_folder = Project.open(trained).newest_run()
    before = _files(run_folder.checkpoints_path)

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", refuse)
        answer = run("train", trained, "--images", "400")
    assert answer.code == 2
    assert _said(answer.err)
    after = _files(run_folder.checkpoints_path)
    assert before.items() <= after.items()
    assert run("train", trained, "--images", "400").code == 0
    assert run_folder.checkpoints()[-1] == 400


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_refuses_a_file_to_take_away_leaves_no_half_of_it(
    run: Run, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", refuse)
    for words in (
        ("generate", trained, "--seeds", "0", "--out", tmp_path / "o"),
        ("generate", trained, "--seeds", "0", "--sheet", tmp_path / "o" / "s.png"),
        ("export", trained, tmp_path / "o" / "m.safetensors"),
        ("new", tmp_path / "p", "--pictures", "pixel-avatars"),
    ):
        answer = run(*words)
        assert answer.code == 2
        assert _said(answer.err)
    assert not [path for path in (tmp_path / "o").rglob("*") if path.is_file()]
    assert not (tmp_path / "p").exists()


def test_a_deleted_cache_is_made_again_or_asked_for(run: Run, trained: Path) -> None:
    shutil.rmtree(Project.open(trained).cache_path)
    answer = run("train", trained, "--images", "240")
    if answer.code == 0:
        assert Project.open(trained).newest_run().checkpoints()[-1] == 240
    else:
        assert answer.code == 2
        assert _said(answer.err)


def test_a_half_written_checkpoint_is_passed_over(run: Run, trained: Path) -> None:
    newest = Project.open(trained).newest_run()
    assert run("train", trained, "--images", "240").code == 0
    folder = newest.checkpoint_folder(240)
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    (newest.checkpoints_path / ".ganstudio-tmp-1").mkdir()
    answer = run("train", trained, "--images", "320")
    assert answer.code == 0
    assert "Traceback" not in answer.err
    assert newest.checkpoints()[-1] == 320


@pytest.mark.parametrize("name", ["project.json", "run.json", "recipe.json"])
def test_a_newer_schema_is_refused_by_its_version_and_not_touched(
    run: Run, trained: Path, name: str
) -> None:
    path = next(trained.rglob(name))
    path.write_text(
        json.dumps(json.loads(path.read_text()) | {"schema_version": 99, "app_version": "9.9"})
    )
    before = _files(trained)
    for words in (("train", trained, "--images", "400"), ("info", trained)):
        answer = run(*words)
        assert answer.code == 2
        assert "9.9" in answer.err
        assert _said(answer.err)
    after = _files(trained)
    assert {key: value for key, value in after.items() if key in before} == before


@pytest.mark.parametrize("name", ["project.json", "run.json", "recipe.json", "pictures.json"])
@pytest.mark.parametrize("data", [b"", b"{", b"\x00\xff", b"[" * 50_000])
def test_a_damaged_file_is_named(run: Run, trained: Path, name: str, data: bytes) -> None:
    next(trained.rglob(name)).write_bytes(data)
    answer = run("train", trained, "--images", "400")
    assert answer.code == 2
    assert name in answer.err
    assert _said(answer.err)


# -- model files ---------------------------------------------------------------------------------


def _other_shapes(model: Path, path: Path) -> None:
    tensors = load_file(model)
    name = next(iter(tensors))
    header = model.read_bytes()
    length = int.from_bytes(header[:8], "little")
    metadata = json.loads(header[8 : 8 + length])["__metadata__"]
    save_file(tensors | {name: np.zeros((3, 3), np.float32)}, path, metadata)


def _pickle(model: Path, path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (os.mkdir, (str(path.parent / "sprung"),))

    path.write_bytes(pickle.dumps(Trap()))


def _cut(model: Path, path: Path) -> None:
    path.write_bytes(model.read_bytes()[:-100])


def _huge_header(model: Path, path: Path) -> None:
    path.write_bytes((2**62).to_bytes(8, "little") + b"{" * 1000)


def _strange(model: Path, path: Path) -> None:
    save_file({"a": np.zeros(3, np.float32)}, path)


def _empty(model: Path, path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("make", [_other_shapes, _pickle, _cut, _huge_header, _strange, _empty])
def test_a_bad_model_file_is_one_sentence_and_does_nothing(
    run: Run, trained: Path, tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    newest = Project.open(trained).newest_run()
    path = tmp_path / "bad.safetensors"
    make(newest.snapshot_folder(160) / "generator.safetensors", path)
    for words in (
        ("generate", path, "--seeds", "0", "--out", tmp_path / "o"),
        ("generate", path, "--seeds", "0", "--sheet", tmp_path / "s.png"),
        ("export", path, tmp_path / "copy.safetensors"),
        ("info", path),
        ("info", path, "--json"),
    ):
        answer = run(*words)
        assert answer.code == 2
        assert "bad.safetensors" in answer.err
        assert _said(answer.err)
        assert not answer.out or json.loads(answer.out)["event"] == "error"
    assert not (tmp_path / "sprung").exists()
    assert not (tmp_path / "copy.safetensors").exists()


def test_a_project_without_a_run_says_what_to_do(run: Run, tmp_path: Path, pictures: Path) -> None:
    assert run("new", tmp_path / "p", "--pictures", pictures, "--size", "32").code == 0
    answer = run("generate", tmp_path / "p", "--seeds", "0", "--out", tmp_path / "o")
    assert answer.code == 2
    assert "has no run yet" in answer.err
    assert "ganstudio train" in answer.err
