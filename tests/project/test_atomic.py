"""A write either happened whole or did not happen, whatever the disk does."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ganstudio.project.atomic import (
    read_json,
    replace_folder,
    sweep,
    write_bytes,
    write_json,
)
from ganstudio.project.errors import UserError

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


def _failing(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


_PLACES = ("os.fsync", "pathlib.Path.replace")
_REFUSALS = [
    (errno.ENOSPC, "disk-full"),
    (errno.EDQUOT, "disk-full"),
    (errno.EROFS, "folder-not-writable"),
    (errno.EACCES, "folder-not-writable"),
    (errno.EPERM, "folder-not-writable"),
]


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize(("number", "code"), _REFUSALS)
def test_a_refused_write_keeps_the_old_file_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, number: int, code: str
) -> None:
    path = tmp_path / "file"
    write_bytes(path, b"old")
    monkeypatch.setattr(place, _failing(number))
    with pytest.raises(UserError) as caught:
        write_bytes(path, b"new")
    assert caught.value.code == code
    assert str(path) in caught.value.sentence
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize(("number", "code"), _REFUSALS)
def test_a_refused_folder_keeps_the_old_one_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, number: int, code: str
) -> None:
    final = tmp_path / "folder"
    with replace_folder(final) as temporary:
        (temporary / "a").write_bytes(b"old")
    monkeypatch.setattr(place, _failing(number))
    with pytest.raises(UserError) as caught, replace_folder(final) as temporary:
        (temporary / "a").write_bytes(b"new")
    assert caught.value.code == code
    monkeypatch.undo()
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]
    assert (final / "a").read_bytes() == b"old"


def test_other_system_errors_are_no_user_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", _failing(errno.EIO))
    with pytest.raises(OSError, match="Input/output"):
        write_bytes(tmp_path / "file", b"x")
    assert not list(tmp_path.iterdir())


def test_a_folder_whose_filling_fails_never_appears(tmp_path: Path) -> None:
    def fill_half() -> None:
        with replace_folder(tmp_path / "folder") as temporary:
            (temporary / "a").write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fill_half()
    assert not list(tmp_path.iterdir())


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    final = tmp_path / "folder"
    for name in ("one", "two"):
        with replace_folder(final) as temporary:
            (temporary / name).write_text(name)
    assert [entry.name for entry in final.iterdir()] == ["two"]


def test_nothing_is_visible_under_the_final_name_before_it_is_whole(tmp_path: Path) -> None:
    final = tmp_path / "folder"
    with replace_folder(final) as temporary:
        (temporary / "a").write_text("a")
        assert not final.exists()
        assert temporary.parent == final.parent
    assert final.is_dir()


def test_sweeping_takes_only_what_writers_left(tmp_path: Path) -> None:
    write_bytes(tmp_path / "kept", b"kept")
    (tmp_path / ".ganstudio-tmp-1").write_bytes(b"torn")
    (tmp_path / ".ganstudio-tmp-2").mkdir()
    (tmp_path / ".ganstudio-tmp-2" / "a").write_bytes(b"torn")
    assert sweep(tmp_path) == 2
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept"]
    assert sweep(tmp_path / "missing") == 0


@given(value=_JSON)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_json_comes_back_as_it_was(tmp_path: Path, value: object) -> None:
    path = tmp_path / "deep" / "value.json"
    write_json(path, value)
    assert read_json(path) == value
    assert path.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"nope"])
def test_damaged_json_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "value.json"
    path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_json(path)
    assert caught.value.code == "unreadable-file"
    assert "value.json" in caught.value.sentence


def test_a_missing_json_and_a_folder_in_its_place_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_json(tmp_path / "missing.json")
    assert caught.value.code == "no-such-file"
    with pytest.raises(UserError) as caught:
        read_json(tmp_path)
    assert caught.value.code == "unreadable-file"
