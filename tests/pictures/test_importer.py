"""An import takes everything that can be used, names the rest, and loses nothing."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from ganstudio.pictures import import_pictures, problems_of, refresh_pictures, remove_source, work
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.tasks import Task

SMALL = FramingSettings(size=32)


@pytest.fixture
def bring(project, executor):
    """Import into the project and write its list, as the application does."""

    def run(*what, framing=None, task=None):
        report = import_pictures(project, what, executor, task or Task(), framing)
        project.write_pictures(report.pictures)
        return report

    return run


@pytest.fixture
def decoded(monkeypatch):
    """Counts how many pictures were decoded."""
    count = Counter()
    plain = work.decode

    def counted(data, framing):
        count["decoded"] += 1
        return plain(data, framing)

    monkeypatch.setattr(work, "decode", counted)
    return count


def malformed(make, root):
    """A folder with one of everything that goes wrong, and two good pictures."""
    root.mkdir()
    jpeg = make.encoded(make.noise(9, 200, 200), "JPEG")
    files = {
        "cut.jpg": jpeg[:-3000],
        "dot.png": make.png(1, 1, 1),
        "line.png": make.encoded(Image.new("RGB", (20_000, 10))),
        "bomb.png": make.png_header(50_000, 50_000),
        "text.png": b"I am a text",
        "empty.png": b"",
        "phone.heic": b"\0\0\0\x18ftypheic" + bytes(50),
        "good.jpg": jpeg,
        "good.png": make.png(2),
        "copy of good.png": make.png(2),
        "labels.csv": b"a,b,c",
        "notes.txt": b"nothing",
    }
    for name, data in files.items():
        (root / name).write_bytes(data)
    return root


EXPECTED = {
    "bomb.png": "picture-too-large",
    "cut.jpg": "picture-cut-short",
    "dot.png": "picture-too-small",
    "empty.png": "picture-empty",
    "line.png": "picture-too-small",
    "phone.heic": "picture-unknown-kind",
    "text.png": "picture-not-a-picture",
}


def test_what_cannot_be_used_is_named_with_its_reason_and_the_rest_is_taken(make, bring, tmp_path):
    report = bring(malformed(make, tmp_path / "in"))
    assert {problem.name: problem.code for problem in report.problems} == EXPECTED
    assert (report.usable, report.duplicates, report.passed_over) == (2, 1, 2)
    assert report.total == len(EXPECTED) + 3
    for problem in report.problems:
        assert problem.name in problem.sentence
        assert problem.hint
        assert report.pictures.pictures[problem.index].name == problem.name
    copy = next(e for e in report.pictures.pictures if e.left_out == "picture-duplicate")
    assert (copy.name, copy.values) == ("good.png", {"other": "copy of good.png"})


def test_the_same_from_a_zip(make, bring, tmp_path):
    root = malformed(make, tmp_path / "in")
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for path in root.iterdir():
            archive.write(path, f"../{path.name}")
    report = bring(tmp_path / "in.zip")
    assert {p.name.removeprefix("../"): p.code for p in report.problems} == EXPECTED
    assert (report.usable, report.duplicates, report.passed_over) == (2, 1, 2)


def test_list_survives_being_written(make, bring, project, tmp_path):
    report = bring(malformed(make, tmp_path / "in"))
    assert Project.open(project.path).pictures() == report.pictures
    assert problems_of(project.pictures()) == report.problems


def test_originals_are_as_before(make, bring, tmp_path):
    root = malformed(make, tmp_path / "in")
    state = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.iterdir()}
    bring(root)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.iterdir()} == state


def test_a_second_import_reads_and_decodes_nothing(make, bring, decoded, tmp_path, monkeypatch):
    root = make.folder(tmp_path / "in", 12)
    first = bring(root, framing=SMALL)
    assert decoded["decoded"] == 12
    monkeypatch.setattr(work, "content_hash", None)
    second = bring(root)
    assert decoded["decoded"] == 12
    assert second.pictures == first.pictures
    assert second.added == 0


def test_only_new_and_changed_pictures_are_decoded(make, bring, decoded, tmp_path):
    root = make.folder(tmp_path / "in", 12)
    bring(root, framing=SMALL)
    make.folder(root, 3, first=20)
    (root / "000.png").write_bytes(make.png(99, 40, 40))
    (root / "001.png").unlink()
    report = bring(root)
    assert decoded["decoded"] == 12 + 3 + 1
    assert (report.total, report.usable, report.added) == (14, 14, 2)
    assert report.pictures.pictures[0].width == 40
    assert len(report.pictures.sources) == 1


def test_left_out_by_hand_stays_out_until_the_file_changes(make, bring, project, tmp_path):
    root = make.folder(tmp_path / "in", 4)
    report = bring(root, framing=SMALL)
    project.write_pictures(report.pictures.with_left_out({0, 1}, True))
    (root / "001.png").write_bytes(make.png(50, 32, 32))
    for framing in (SMALL, FramingSettings(size=64)):
        report = bring(root, framing=framing)
        assert [entry.left_out for entry in report.pictures.pictures] == [
            "by-hand",
            None,
            None,
            None,
        ]
    assert report.problems == ()


def test_duplicates_count_once_across_sources_and_come_back_with_their_original_gone(
    make, bring, tmp_path
):
    first, second = make.folder(tmp_path / "a", 3), make.folder(tmp_path / "b", 4)
    bring(first, framing=SMALL)
    report = bring(second)
    assert (report.usable, report.duplicates, report.added) == (4, 3, 1)
    without = remove_source(report.pictures, 0)
    assert without.usable_count == 4
    assert [source.location for source in without.sources] == [str(second)]
    assert {entry.source for entry in without.pictures} == {0}


def test_single_files_are_taken_one_by_one(make, bring, tmp_path):
    root = make.folder(tmp_path / "in", 5)
    (root / "note.txt").write_text("no picture")
    assert bring(root / "000.png", root / "003.png", framing=SMALL).usable == 2
    report = bring(root / "001.png", root / "note.txt")
    assert report.usable == 3
    assert [problem.code for problem in report.problems] == ["picture-not-a-picture"]
    assert len(report.pictures.sources) == 1


@pytest.mark.parametrize("names", [[], ["a.txt"], ["a.txt", "sub/b.csv"]])
def test_a_place_without_pictures_is_told_in_its_own_words(bring, project, tmp_path, names):
    root = tmp_path / "in"
    root.mkdir()
    for name in names:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("text")
    with pytest.raises(UserError) as caught:
        bring(root)
    assert caught.value.code == ("no-picture-files" if names else "no-pictures-here")
    assert str(root) in caught.value.sentence
    assert project.pictures().sources == ()


def test_pictures_of_which_none_can_be_used(make, bring, project, tmp_path):
    root = tmp_path / "in"
    root.mkdir()
    (root / "a.png").write_bytes(make.png(1, 5, 5))
    (root / "b.png").write_text("text")
    with pytest.raises(UserError) as caught:
        bring(root)
    assert caught.value.code == "no-usable-picture"
    assert caught.value.values["total"] == 2
    assert (caught.value.values["small"], caught.value.values["other"]) == (1, 1)
    assert project.pictures().pictures == ()


def test_the_hash_alone_is_the_identity_so_names_and_order_do_not_matter(make, executor, tmp_path):
    hashes = []
    for number, order in enumerate(((0, 1, 2, 3), (3, 1, 0, 2))):
        root = tmp_path / f"in{number}"
        root.mkdir()
        for place, seed in enumerate(order):
            (root / f"{place}.png").write_bytes(make.png(seed))
        report = import_pictures(
            Project.create(tmp_path / f"p{number}"), [root], executor, Task(), SMALL
        )
        hashes.append({entry.hash for entry in report.pictures.pictures})
    assert hashes[0] == hashes[1]


def test_progress_counts_pictures(make, bring, tmp_path):
    class Watched(Task):
        def __init__(self):
            super().__init__()
            self.seen = []

        def report(self, done, total, text=None):
            self.seen.append((done, total))

    task = Watched()
    bring(make.folder(tmp_path / "in", 40), framing=SMALL, task=task)
    assert task.seen == [(done, 40) for done in range(41)]


def test_cancel_leaves_the_project_as_it_was(make, bring, project, executor, tmp_path):
    bring(make.folder(tmp_path / "a", 3), framing=SMALL)
    before = project.pictures()

    class Impatient(Task):
        def report(self, done, total, text=None):
            super().report(done, total, text)
            if done == 50:
                self.cancel()

    with pytest.raises(Cancelled):
        bring(make.folder(tmp_path / "b", 400, first=10), task=Impatient())
    assert project.pictures() == before
    assert refresh_pictures(project, executor, Task()).usable == 3
    assert bring(tmp_path / "b").usable == 403


def test_little_is_under_way_at_a_time(make, project, tmp_path, monkeypatch):
    monkeypatch.setattr(work, "_CHUNK_PICTURES", 2)
    monkeypatch.setattr(work.os, "cpu_count", lambda: 2)

    class Counting(ThreadPoolExecutor):
        most = handed = 0

        def submit(self, *args, **kwargs):
            self.handed += 1
            future = super().submit(*args, **kwargs)
            futures.append(future)
            self.most = max(self.most, sum(not f.done() for f in futures))
            return future

    futures = []
    with Counting(1) as pool:
        import_pictures(project, [make.folder(tmp_path / "in", 100)], pool, Task(), SMALL)
        assert pool.handed == 50
        assert pool.most <= 6


def test_nothing_goes_on_after_an_import_that_failed(
    make, project, executor, tmp_path, monkeypatch
):
    def bug(*_):
        raise RuntimeError("a bug")

    monkeypatch.setattr("ganstudio.pictures.importer.entry_after", bug)
    with pytest.raises(RuntimeError, match="a bug"):
        import_pictures(project, [make.folder(tmp_path / "in", 300)], executor, Task(), SMALL)
    idle = threading.Event()
    executor.submit(idle.set).result(timeout=5)
    assert idle.is_set()


def test_another_size_judges_small_pictures_anew(make, bring, executor, project, tmp_path):
    root = make.folder(tmp_path / "in", 2, size=100)
    (root / "small.png").write_bytes(make.png(7, 20, 20))
    assert bring(root, framing=FramingSettings(size=64)).usable == 3
    for size, usable in ((128, 2), (32, 3), (64, 3)):
        report = refresh_pictures(project, executor, Task(), FramingSettings(size=size))
        project.write_pictures(report.pictures)
        assert report.usable == usable
        assert report.pictures.framing.size == size


def test_a_size_decoded_before_is_there_at_once(make, bring, project, executor, decoded, tmp_path):
    bring(make.folder(tmp_path / "in", 5), framing=SMALL)
    for size in (64, 32, 64):
        report = refresh_pictures(project, executor, Task(), FramingSettings(size=size))
        project.write_pictures(report.pictures)
    assert decoded["decoded"] == 10


def test_what_is_away_comes_back_with_its_source(make, bring, project, executor, tmp_path):
    root = make.folder(tmp_path / "in", 3)
    bring(root, framing=SMALL)
    away = root.rename(tmp_path / "away")
    assert refresh_pictures(project, executor, Task()).usable == 3  # the cache has them all
    shutil.rmtree(project.cache_path)
    report = refresh_pictures(project, executor, Task())
    project.write_pictures(report.pictures)
    assert (report.usable, {p.code for p in report.problems}) == (0, {"picture-away"})
    away.rename(root)
    assert refresh_pictures(project, executor, Task()).usable == 3


def test_a_full_disk_is_told_before_the_work_begins(make, bring, decoded, tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(UserError) as caught:
        bring(make.folder(tmp_path / "in", 3), framing=SMALL)
    assert caught.value.code == "disk-full"
    assert decoded["decoded"] == 0


@pytest.mark.parametrize(
    ("framing", "code"),
    [
        (FramingSettings(size=100), "bad-size"),
        (FramingSettings.model_construct(size=32, mode="x"), "bad-framing"),
    ],
)
def test_a_framing_that_is_none_is_refused(make, bring, tmp_path, framing, code):
    with pytest.raises(UserError) as caught:
        bring(make.folder(tmp_path / "in", 1), framing=framing)
    assert caught.value.code == code


def test_a_name_that_would_steer_a_terminal_is_shown_without_that(make, bring, tmp_path):
    root = make.folder(tmp_path / "in", 2)
    (root / "x\x1b[2J\u202ey.png").write_text("text")
    (problem,) = bring(root, framing=SMALL).problems
    assert problem.sentence.isprintable()
    assert problem.name.isprintable()


def test_the_only_picture_is_named_when_it_cannot_be_used(make, bring, tmp_path):
    root = tmp_path / "in"
    root.mkdir()
    (root / "dot.png").write_bytes(make.png(1, 1, 1))
    with pytest.raises(UserError) as caught:
        bring(root)
    assert caught.value.code == "only-picture-unusable"
    assert "dot.png is 1 × 1" in caught.value.sentence
