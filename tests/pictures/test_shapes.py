"""Pictures of other proportions and colours than the usual square in red, green and blue."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PIL import Image, ImageCms

from ganstudio.pictures import decode, import_pictures, open_training_set
from ganstudio.pictures.cache import PictureCache
from ganstudio.pictures.framing import framing_key
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.recipe import GRIDS
from ganstudio.project.tasks import Task


def framing(**settings: object) -> FramingSettings:
    return FramingSettings.model_validate({"size": 32, **settings})


def pixels(make, image: Image.Image, **settings: object) -> np.ndarray:
    return decode(make.encoded(image), framing(**settings)).pixels


@pytest.mark.parametrize(
    ("aspect", "wide", "high"),
    [("1:1", 64, 64), ("3:2", 96, 64), ("2:3", 64, 96), ("16:9", 112, 64), ("9:16", 64, 112)],
)
@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("mode", ["crop", "pad"])
def test_every_shape_comes_out_as_the_networks_want_it(make, aspect, wide, high, channels, mode):
    settings = framing(size=64, aspect=aspect, channels=channels, mode=mode)
    found = decode(make.encoded(make.noise(1, 150, 130)), settings).pixels
    assert found.shape == settings.shape == (high, wide, channels)
    assert found.dtype == np.uint8


def test_a_picture_of_the_wanted_shape_is_not_touched(make):
    image = make.noise(3, 48, 32)
    assert np.array_equal(pixels(make, image, aspect="3:2"), np.asarray(image))


def test_cropping_keeps_the_middle(make):
    """A third of a tall picture is kept, and it is the middle third."""
    image = make.noise(4, 48, 96)
    middle = np.asarray(image)[32:64]
    assert np.array_equal(pixels(make, image, aspect="3:2"), middle)


def test_padding_keeps_everything_and_fills_both_sides(make):
    image = Image.new("RGB", (32, 32), (10, 20, 30))
    found = pixels(make, image, aspect="3:2", mode="pad", background=(200, 0, 0))
    assert (found[:, 8:40] == (10, 20, 30)).all()
    assert (found[:, :8] == (200, 0, 0)).all()
    assert (found[:, 40:] == (200, 0, 0)).all()


def test_a_picture_turned_by_exif_is_cut_as_it_is_seen(make):
    image = make.noise(5, 32, 48)
    exif = Image.Exif()
    exif[0x0112] = 6  # shown, it is 48 wide
    data = make.encoded(image, exif=exif.tobytes())
    found = decode(data, framing(aspect="3:2")).pixels
    assert np.array_equal(found, np.rot90(np.asarray(image), -1))


def test_large_jpegs_are_as_good_in_another_shape(make):
    """They are decoded coarsely, but never below twice what is wanted."""
    image = make.noise(6, 16, 16).resize((1600, 1000), Image.Resampling.BICUBIC)
    fine = pixels(make, image, aspect="2:3")
    quick = decode(make.encoded(image, "JPEG", quality=95), framing(aspect="2:3")).pixels
    assert np.abs(quick.astype(int) - fine).mean() < 3


def test_grey_is_what_pillow_calls_grey(make):
    image = make.noise(7, 32, 32)
    assert np.array_equal(pixels(make, image, channels=1)[..., 0], np.asarray(image.convert("L")))


def test_grey_is_laid_on_the_background_first(make):
    image = Image.new("RGBA", (32, 32), (0, 0, 0, 0))
    assert (pixels(make, image, channels=1, background=(255, 255, 255)) == 255).all()


def test_transparency_is_kept_and_colours_are_multiplied_with_it(make):
    image = Image.new("RGBA", (32, 32), (200, 100, 50, 128))
    found = pixels(make, image, channels=4)
    assert found[0, 0].tolist() == [100, 50, 25, 128]


def test_what_nobody_sees_does_not_bleed_into_what_is_seen(make):
    """Half of it is white but clear; enlarged, the red half stays red up to its border."""
    image = Image.new("RGBA", (16, 16), (255, 255, 255, 0))
    image.paste((200, 0, 0, 255), (0, 0, 8, 16))
    found = pixels(make, image, channels=4)
    assert found[..., 1].max() <= 1
    assert (found[..., :3] <= found[..., 3:]).all()


def test_an_opaque_picture_stays_opaque_and_its_padding_is_clear(make):
    image = Image.new("RGB", (32, 16), (9, 8, 7))
    found = pixels(make, image, channels=4, mode="pad")
    assert (found[8:24] == (9, 8, 7, 255)).all()
    assert not found[:8].any()


def test_sixteen_bits_of_grey_become_any_colours(make):
    image = Image.fromarray(np.full((32, 32), 51_400, np.uint16))
    for channels, wanted in ((1, [200]), (3, [200] * 3), (4, [200] * 3 + [255])):
        assert pixels(make, image, channels=channels)[0, 0].tolist() == wanted


def test_every_framing_has_a_cache_of_its_own_and_old_caches_keep_theirs():
    shapes = itertools.product(GRIDS, (1, 3, 4), ("crop", "pad"))
    keys = [framing_key(framing(aspect=a, channels=c, mode=m)) for a, c, m in shapes]
    assert len(set(keys)) == len(keys)
    assert framing_key(FramingSettings()) == "64-crop-ffffff"


def test_what_transparent_pictures_are_shown_on_needs_no_new_cache():
    one, other = (framing(channels=4, background=ground) for ground in ((0, 0, 0), (9, 9, 9)))
    assert framing_key(one) == framing_key(other)


@pytest.mark.parametrize("settings", [{"aspect": "2:3"}, {"channels": 4}, {"channels": 1}])
def test_an_import_fills_the_set_in_that_shape(make, project, executor, tmp_path, settings):
    folder = make.folder(tmp_path / "in", 3, 48)
    wanted = framing(**settings)
    report = import_pictures(project, [folder], executor, Task(), wanted)
    project.write_pictures(report.pictures)
    with open_training_set(project, executor) as pictures:
        assert pictures.shape == (3, *wanted.shape)
        expected = decode((folder / pictures.names[1]).read_bytes(), wanted).pixels
        assert np.array_equal(pictures[1], expected)


def test_a_cache_refuses_rows_of_another_shape(tmp_path):
    cache = PictureCache(tmp_path, framing(aspect="3:2"))
    with pytest.raises(ValueError, match="not a row"):
        cache.append(["0" * 32], [np.zeros((32, 32, 3), np.uint8)])


def test_lab_is_read_in_any_colours(make):
    image = make.noise(8, 32, 32)
    lab = ImageCms.profileToProfile(
        image,
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )
    for channels in (1, 3, 4):
        data = make.encoded(lab, "TIFF")
        assert decode(data, framing(channels=channels)).pixels.shape == (32, 32, channels)
