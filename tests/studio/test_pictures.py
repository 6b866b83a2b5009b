from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings
from ganstudio.studio.app import Studio
from ganstudio.studio.events import ImportEnded
from tests.studio.conftest import Watch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eight good pictures, one that ends too early, one that is far too small."""
    folder = tmp_path / "scans"
    folder.mkdir()
    random = np.random.default_rng(1)
    for index in range(8):
        pixels = random.integers(0, 255, (40, 50, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"good {index}.png")
    whole = (folder / "good 0.png").read_bytes()
    (folder / "torn.png").write_bytes(whole[: len(whole) // 2])
    Image.new("RGB", (4, 4)).save(folder / "tiny.png")
    return folder


def test_bringing_in_tells_the_end_with_every_problem_by_name(
    studio: Studio, watch: Watch, tmp_path: Path, folder: Path
) -> None:
    project = Project.create(tmp_path / "project")
    studio.pictures.add(project, [folder], FramingSettings(size=32))
    watch.until(lambda: bool(watch.of(ImportEnded)))
    ended = watch.of(ImportEnded)[0]
    assert ended.error is None
    assert ended.usable == 8
    assert {name for name, _ in ended.problems} == {"torn.png", "tiny.png"}
    pictures = project.pictures()
    index = [picture.name for picture in pictures.pictures].index("good 3.png")
    tile = studio.pictures.tile(project, pictures, index)
    assert tile is not None
    assert tile.shape == (32, 32, 3)


def test_cancelling_leaves_the_project_as_it_was(
    studio: Studio, watch: Watch, tmp_path: Path, folder: Path
) -> None:
    project = Project.create(tmp_path / "project")
    task = studio.pictures.add(project, [folder], FramingSettings(size=32))
    task.cancel()
    watch.until(lambda: bool(watch.of(ImportEnded)))
    assert watch.of(ImportEnded)[0].cancelled or watch.of(ImportEnded)[0].usable == 8
    if watch.of(ImportEnded)[0].cancelled:
        assert project.pictures().pictures == ()
    assert not studio.pictures.busy


def test_nothing_usable_is_one_sentence(studio: Studio, watch: Watch, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    project = Project.create(tmp_path / "project")
    studio.pictures.add(project, [empty])
    watch.until(lambda: bool(watch.of(ImportEnded)))
    error = watch.of(ImportEnded)[0].error
    assert error is not None
    assert error.sentence
    assert error.hint


def test_leaving_out_by_hand_can_be_taken_back_but_a_torn_file_cannot(
    studio: Studio, watch: Watch, tmp_path: Path, folder: Path
) -> None:
    project = Project.create(tmp_path / "project")
    studio.pictures.add(project, [folder], FramingSettings(size=32))
    watch.until(lambda: bool(watch.of(ImportEnded)))
    everything = set(range(len(project.pictures().pictures)))
    assert studio.pictures.set_left_out(project, everything, True).usable_count == 0
    assert studio.pictures.set_left_out(project, everything, False).usable_count == 8


def test_another_size_is_decoded_anew(
    studio: Studio, watch: Watch, tmp_path: Path, folder: Path
) -> None:
    project = Project.create(tmp_path / "project")
    studio.pictures.add(project, [folder], FramingSettings(size=64))
    watch.until(lambda: bool(watch.of(ImportEnded)))
    studio.pictures.reframe(project, FramingSettings(size=32, mode="pad"))
    watch.until(lambda: len(watch.of(ImportEnded)) == 2)
    pictures = project.pictures()
    assert pictures.framing.size == 32
    index = [picture.name for picture in pictures.pictures].index("good 0.png")
    tile = studio.pictures.tile(project, pictures, index)
    assert tile is not None
    assert tile.shape == (32, 32, 3)


def test_bundled_sets_show_themselves_without_a_project(studio: Studio) -> None:
    names = {bundle.name for bundle in studio.pictures.bundles()}
    assert names == {"pixel-avatars", "open-peeps", "horse-sketches"}
    preview = studio.pictures.bundle_preview("pixel-avatars", 12)
    assert preview.shape == (12, 32, 32, 3)
