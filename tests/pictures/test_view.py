"""The grid shows the cache's own rows; the line about a picture comes from its original."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from ganstudio.pictures import PictureView, decode, import_pictures
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.tasks import Task

SMALL = FramingSettings(size=32)


@pytest.fixture
def pictures(make, project, executor, tmp_path):
    root = make.folder(tmp_path / "in", 3, size=50)
    (root / "bad.png").write_text("text")
    (root / "clear.webp").write_bytes(
        make.encoded(Image.new("RGBA", (90, 40), (1, 2, 3, 4)), "WEBP")
    )
    (root / "grey.jpg").write_bytes(make.encoded(make.noise(1).convert("L"), "JPEG"))
    (root / "palette.gif").write_bytes(make.encoded(make.noise(1), "GIF"))
    return import_pictures(project, [root], executor, Task(), SMALL).pictures


def test_tiles_are_the_rows_of_the_cache(project, pictures, tmp_path):
    with PictureView(project, pictures) as view:
        for index, entry in enumerate(pictures.pictures):
            tile = view.tile(index)
            if entry.name == "bad.png":
                assert tile is None
                continue
            data = (tmp_path / "in" / entry.name).read_bytes()
            assert np.array_equal(tile, decode(data, SMALL).pixels)
            assert not tile.flags.writeable


def test_left_out_pictures_are_still_shown(project, pictures):
    with PictureView(project, pictures.with_left_out({0}, True)) as view:
        assert view.tile(0) is not None


def test_facts_about_the_original(project, pictures, tmp_path):
    names = [entry.name for entry in pictures.pictures]
    with PictureView(project, pictures) as view:
        facts = {name: view.info(index) for index, name in enumerate(names)}
        (tmp_path / "in" / "000.png").unlink()
        assert view.info(names.index("000.png")) is None
    assert facts["bad.png"] is None
    said = {name: (f.width, f.height, f.kind, f.colour) for name, f in facts.items() if f}
    assert said == {
        "000.png": (50, 50, "PNG", "colour"),
        "001.png": (50, 50, "PNG", "colour"),
        "002.png": (50, 50, "PNG", "colour"),
        "clear.webp": (90, 40, "WEBP", "transparent"),
        "grey.jpg": (64, 64, "JPEG", "grey"),
        "palette.gif": (64, 64, "GIF", "palette"),
    }
    assert facts["001.png"].bytes == (tmp_path / "in" / "001.png").stat().st_size
