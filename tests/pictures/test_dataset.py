"""Training gets the usable pictures, in an order of their own, as long as they are anywhere."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ganstudio.pictures import decode, import_pictures, indices_of, open_training_set
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.tasks import Task

SMALL = FramingSettings(size=32)


def bring(project, executor, *what):
    report = import_pictures(project, what, executor, Task(), SMALL)
    project.write_pictures(report.pictures)
    return report.pictures


@pytest.fixture
def root(make, tmp_path):
    return make.folder(tmp_path / "in", 20)


def test_every_usable_picture_is_there_once_and_right(make, project, executor, root):
    (root / "copy.png").write_bytes(make.png(3, 32, 32))
    (root / "bad.png").write_text("text")
    pictures = bring(project, executor, root)
    project.write_pictures(pictures.with_left_out({5}, True))
    with open_training_set(project) as found:
        assert len(found) == 19
        assert found.shape == (19, 32, 32, 3)
        assert pictures.pictures[5].hash not in found.hashes
        for place, name in enumerate(found.names):
            data = (root / name).read_bytes()
            assert np.array_equal(found[place], decode(data, SMALL).pixels)


def test_the_order_is_that_of_the_contents(make, executor, tmp_path):
    sets = []
    for number, order in enumerate((range(10), reversed(range(10)))):
        project = Project.create(tmp_path / f"p{number}")
        for place, seed in enumerate(order):
            folder = tmp_path / f"p{number}-in{place}"
            folder.mkdir()
            (folder / f"{place}.png").write_bytes(make.png(seed, 32, 32))
            bring(project, executor, folder)
        sets.append(open_training_set(project))
    first, second = sets
    assert first.hashes == second.hashes == tuple(sorted(first.hashes))
    assert np.array_equal(np.asarray(first), np.asarray(second))


def test_it_is_read_like_an_array(project, executor, root):
    bring(project, executor, root)
    found = open_training_set(project)
    whole = np.asarray(found)
    assert whole.dtype == found.dtype == np.uint8
    indices = np.array([7, 0, 7, 19])
    for got, expected in (
        (found.gather(indices), whole[indices]),
        (found[indices], whole[indices]),
        (found[2:9:3], whole[2:9:3]),
        (found[4], whole[4]),
        (found[-1], whole[-1]),
        (found[[True] + [False] * 19], whole[:1]),
        (found[np.empty(0, np.int64)], whole[:0]),
    ):
        assert np.array_equal(got, expected)
        assert got.flags.c_contiguous
        got[...] = 0  # the caller's own
    assert np.array_equal(np.asarray(found), whole)
    with pytest.raises(IndexError):
        found.gather([20])


def test_many_threads_read_at_once(project, executor, root):
    bring(project, executor, root)
    found = open_training_set(project)
    whole = np.asarray(found)

    def work(seed):
        wanted = np.random.default_rng(seed).integers(0, 20, 16)
        return np.array_equal(found.gather(wanted), whole[wanted])

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(200)))


def test_a_deleted_cache_is_made_again(project, executor, root):
    bring(project, executor, root)
    whole = np.asarray(open_training_set(project))
    for pool in (None, executor):
        shutil.rmtree(project.cache_path)
        assert np.array_equal(np.asarray(open_training_set(project, pool)), whole)


def test_who_cannot_wait_takes_what_the_cache_has(project, executor, root):
    bring(project, executor, root)
    whole = np.asarray(open_training_set(project))
    found = open_training_set(project, decode=False)
    assert np.array_equal(np.asarray(found), whole)
    assert found.missing == 0
    index = next(project.cache_path.rglob("index.txt"))
    lines = index.read_text().splitlines(keepends=True)
    index.write_text("".join(lines[:-3]))
    found = open_training_set(project, decode=False)
    assert (len(found), found.missing) == (len(whole) - 3, 3)
    shutil.rmtree(project.cache_path)
    with pytest.raises(UserError):
        open_training_set(project, decode=False)
    assert not any(path.is_file() for path in project.cache_path.rglob("*"))
    assert len(open_training_set(project)) == len(whole)


def test_with_the_sources_away_it_goes_on_from_the_cache(project, executor, root):
    bring(project, executor, root)
    whole = np.asarray(open_training_set(project))
    shutil.rmtree(root)
    found = open_training_set(project)
    assert np.array_equal(np.asarray(found), whole)
    assert found.missing == 0


def test_what_is_nowhere_is_counted_and_the_rest_goes_on(make, project, executor, root):
    pictures = bring(project, executor, root)
    shutil.rmtree(project.cache_path)
    for number in range(5):
        (root / f"{number:03}.png").unlink()
    found = open_training_set(project)
    assert (len(found), found.missing) == (15, 5)
    assert project.pictures() == pictures


def test_with_everything_away_it_says_so(project, executor, root):
    bring(project, executor, root)
    shutil.rmtree(project.cache_path)
    shutil.rmtree(root)
    with pytest.raises(UserError) as caught:
        open_training_set(project)
    assert caught.value.code == "pictures-away"
    assert "in" in caught.value.sentence


def test_a_project_without_pictures_says_so(project, executor, root):
    with pytest.raises(UserError) as caught:
        open_training_set(project)
    assert caught.value.code == "no-pictures"
    pictures = bring(project, executor, root)
    project.write_pictures(pictures.with_left_out(set(range(20)), True))
    with pytest.raises(UserError) as caught:
        open_training_set(project)
    assert caught.value.code == "no-pictures"


def test_hashes_of_a_run_are_found_again(project, executor, root):
    bring(project, executor, root)
    hashes = open_training_set(project).hashes
    wanted = [hashes[7], "0" * 32, hashes[2]]
    assert indices_of(hashes, wanted).tolist() == [2, 7]
