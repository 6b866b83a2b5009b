"""Sources are read in place, whole, in one order, and never written."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from ganstudio.pictures import Unusable, source_title
from ganstudio.pictures.places import open_source, places_of
from ganstudio.pictures.sources import FolderSource, Source, SourceAwayError, ZipSource
from ganstudio.project.errors import UserError
from ganstudio.project.picture_list import SourceEntry


def names(source: Source) -> list[str]:
    return [ref.name for ref in source.scan(lambda: None).refs]


def code_of(source: Source, name: str) -> str:
    with pytest.raises(Unusable) as caught:
        source.read(name)
    return caught.value.code


def written(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def encrypted(path: Path, name: str) -> None:
    """Set the flag that says "encrypted" on one member, in both places where a ZIP has it."""
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo(name).header_offset
    data = bytearray(path.read_bytes())
    data[offset + 6] |= 1
    central = data.rindex(name.encode(), 0, len(data)) - 46
    data[central + 8] |= 1
    path.write_bytes(bytes(data))


# -- folders -------------------------------------------------------------------------------------


def test_a_folder_is_searched_to_its_bottom_in_the_order_of_names(make, tmp_path):
    root = tmp_path / "pictures"
    for name in ("b.png", "a.JPG", "deep/er/c.webp", "deep/a.png", "Z.tiff", "e.gif", "f.bmp"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(make.png(1))
    found = names(FolderSource(root))
    assert found == sorted(found)
    assert set(found) == {
        "b.png", "a.JPG", "deep/er/c.webp", "deep/a.png", "Z.tiff", "e.gif", "f.bmp"
    }  # fmt: skip


def test_hidden_files_and_projects_are_passed_by(make, project, tmp_path):
    root = tmp_path / "pictures"
    for name in (
        ".hidden.png",
        ".folder/a.png",
        "__MACOSX/b.png",
        "mine/snapshot.png",
        "theirs/x.png",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(make.png(1))
    (root / "mine" / "project.json").write_text(json.dumps({"format": "ganstudio"}))
    (root / "theirs" / "project.json").write_text(json.dumps({"format": "something else"}))
    assert names(FolderSource(root)) == ["theirs/x.png"]


def test_links_in_a_circle_end(make, tmp_path):
    root = make.folder(tmp_path / "pictures", 2)
    (root / "again").symlink_to(root, target_is_directory=True)
    (root / "sub").mkdir()
    (root / "sub" / "up").symlink_to(root, target_is_directory=True)
    assert names(FolderSource(root)) == ["000.png", "001.png"]


def test_content_not_name_decides(make, tmp_path):
    root = tmp_path / "pictures"
    root.mkdir()
    (root / "no-suffix").write_bytes(make.png(1))
    (root / "labels.csv").write_text("a,b")
    (root / "photo.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(50))
    (root / "raw.nef").write_bytes(make.encoded(make.noise(1), "TIFF"))
    (root / "text.png").write_text("hello")
    source = FolderSource(root)
    scan = source.scan(lambda: None)
    assert [ref.name for ref in scan.refs] == ["no-suffix", "photo.heic", "raw.nef", "text.png"]
    assert scan.passed_over == 1
    assert code_of(source, "photo.heic") == "picture-unknown-kind"
    assert code_of(source, "raw.nef") == "picture-unknown-kind"
    assert code_of(source, "text.png") == "picture-not-a-picture"
    assert source.read("no-suffix") == make.png(1)


def test_a_pipe_does_not_stop_the_scan(make, tmp_path):
    root = make.folder(tmp_path / "pictures", 1)
    if not hasattr(os, "mkfifo"):
        return  # this system has no pipes among its files
    os.mkfifo(root / "pipe.png")
    assert names(FolderSource(root)) == ["000.png"]
    assert code_of(FolderSource(root, ["pipe.png"]), "pipe.png") == "picture-not-a-picture"


def test_a_name_that_is_no_text_is_refused_by_name(make, tmp_path):
    root = make.folder(tmp_path / "pictures", 1)
    try:
        Path(os.fsdecode(os.fsencode(root) + b"/bad\xff.png")).write_bytes(make.png(7))
    except OSError:
        return  # this system has no such names
    scan = FolderSource(root).scan(lambda: None)
    assert [ref.name for ref in scan.refs] == ["000.png"]
    assert scan.refused == [("bad\N{REPLACEMENT CHARACTER}.png", "picture-name")]


@pytest.mark.parametrize("name", ["../secret.png", "/etc/passwd", "a/../../secret.png", ""])
def test_a_list_from_a_stranger_does_not_lead_out_of_its_folder(make, tmp_path, name):
    root = make.folder(tmp_path / "pictures", 1)
    (tmp_path / "secret.png").write_bytes(make.png(1))
    assert code_of(FolderSource(root), name) == "picture-away"
    assert FolderSource(root).find(name) is None


def test_a_file_beyond_the_limit_is_not_read(make, tmp_path, monkeypatch):
    root = make.folder(tmp_path / "pictures", 1)
    monkeypatch.setattr("ganstudio.pictures.sources.MAX_BYTES", 100)
    assert code_of(FolderSource(root), "000.png") == "picture-file-too-large"


# -- ZIPs ----------------------------------------------------------------------------------------


def test_hostile_names_are_labels_and_never_paths(make, tmp_path):
    hostile = [
        "../../out.png",
        "/absolute.png",
        "C:\\windows\\x.png",
        "a/\x1b[31mred\n.png",
        "ok.png",
    ]
    path = written(tmp_path / "in.zip", {name: make.png(i) for i, name in enumerate(hostile)})
    before = sorted(tmp_path.rglob("*"))
    with ZipSource(path) as source:
        found = names(source)
        assert len(found) == len(hostile)
        assert all(name.isprintable() for name in found)
        assert {source.read(name) for name in found} == {make.png(i) for i in range(len(hostile))}
    assert sorted(tmp_path.rglob("*")) == before


def test_members_of_the_same_name_are_all_kept_apart(make, tmp_path):
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("same.png", make.png(0))
        for number in (1, 2):
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr("same.png", make.png(number))
    with ZipSource(path) as source:
        assert names(source) == ["same.png", "same.png (2)", "same.png (3)"]
        assert [source.read(name) for name in names(source)] == [make.png(i) for i in range(3)]


def test_encrypted_members_are_refused_and_the_rest_is_read(make, tmp_path):
    path = written(tmp_path / "in.zip", {"locked.png": make.png(1), "open.png": make.png(2)})
    encrypted(path, "locked.png")
    with ZipSource(path) as source:
        assert names(source) == ["locked.png", "open.png"]
        assert code_of(source, "locked.png") == "picture-encrypted"
        assert source.read("open.png") == make.png(2)


def test_a_zip_in_a_zip_is_passed_over(make, tmp_path):
    inner = written(tmp_path / "inner.zip", {"a.png": make.png(1)}).read_bytes()
    path = written(tmp_path / "in.zip", {"inner.zip": inner, "b.png": make.png(2)})
    with ZipSource(path) as source:
        assert names(source) == ["b.png"]
        assert source.scan(lambda: None).passed_over == 1


def test_a_bomb_is_measured_before_it_is_unpacked(make, tmp_path, monkeypatch):
    bomb = make.png(1) + bytes(20_000_000)
    path = written(tmp_path / "in.zip", {"bomb.png": bomb}, zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 100_000
    monkeypatch.setattr("ganstudio.pictures.sources.MAX_BYTES", 1_000_000)
    read = 0
    plain = zipfile.ZipExtFile.read

    def counted(self, n=-1):
        nonlocal read
        data = plain(self, n)
        read += len(data)
        return data

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    with ZipSource(path) as source:
        assert code_of(source, "bomb.png") == "picture-file-too-large"
    assert read < 1_000


def test_a_damaged_member_is_refused_and_the_rest_is_read(make, tmp_path):
    path = written(tmp_path / "in.zip", {"a.png": make.png(1), "b.png": make.png(2)})
    data = bytearray(path.read_bytes())
    data[200] ^= 0xFF
    path.write_bytes(bytes(data))
    with ZipSource(path) as source:
        assert code_of(source, "a.png") == "picture-unreadable"
        assert source.read("b.png") == make.png(2)


def test_what_is_no_zip_is_said_so(tmp_path):
    path = tmp_path / "in.zip"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(UserError) as caught:
        ZipSource(path)
    assert caught.value.code == "zip-unreadable"


# -- places --------------------------------------------------------------------------------------


def test_a_mixed_drop_becomes_sources(make, project, tmp_path):
    folder = make.folder(tmp_path / "folder", 1)
    loose = make.folder(tmp_path / "loose", 3)
    archive = written(tmp_path / "set.zip", {"a.png": make.png(1)})
    what = [
        folder,
        str(archive),
        loose / "002.png",
        loose / "000.png",
        "bundle:open-peeps",
        "pixel-avatars",
    ]
    places = places_of(what, project.path)
    assert [place.entry.kind for place in places] == ["folder", "zip", "bundle", "bundle", "files"]
    assert places[-1].names == ("000.png", "002.png")
    titles = [source_title(place.entry) for place in places]
    assert titles == ["folder", "set.zip", "Open Peeps", "Pixel avatars", "loose"]


def test_what_lies_inside_the_project_moves_with_it(make, project, tmp_path):
    make.folder(project.path / "originals", 1)
    (place,) = places_of([project.path / "originals"], project.path)
    assert place.entry.location == "originals"
    moved = project.path.rename(tmp_path / "elsewhere")
    with open_source(place.entry, moved) as source:
        assert names(source) == ["000.png"]


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("nowhere", "no-such-source"),
        ("bundle:nothing", "no-such-bundle"),
        ("PROJECT", "source-is-project"),
    ],
)
def test_what_cannot_be_a_source_is_said(project, what, code):
    with pytest.raises(UserError) as caught:
        places_of([project.path if what == "PROJECT" else what], project.path)
    assert caught.value.code == code


def test_a_source_that_is_away_is_told_from_a_broken_one(project, tmp_path):
    for kind in ("folder", "zip", "files"):
        with pytest.raises(SourceAwayError):
            open_source(SourceEntry(kind=kind, location=str(tmp_path / "gone")), project.path)


def test_originals_are_only_opened_for_reading(make, tmp_path, monkeypatch):
    root = make.folder(tmp_path / "pictures", 3)
    written(root / "set.zip", {"a.png": make.png(1)})
    state = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.iterdir()}
    modes: list[str] = []
    plain = io.open

    def watched(file, mode="r", *rest, **options):
        if str(file).startswith(str(root)):
            modes.append(mode)
        return plain(file, mode, *rest, **options)

    monkeypatch.setattr(io, "open", watched)
    for source in (FolderSource(root), ZipSource(root / "set.zip")):
        with source:
            for name in names(source):
                source.read(name)
    monkeypatch.undo()
    assert modes
    assert set(modes) == {"rb"}
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.iterdir()} == state
