"""Any picture becomes the right square; anything else is refused with a reason."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from ganstudio.pictures import Unusable, decode
from ganstudio.project.picture_list import FramingSettings

RED = (255, 0, 0)


def square(size: int = 64, mode: str = "crop", background: tuple[int, int, int] = RED):
    return FramingSettings(size=size, mode=mode, background=background)


def reason(data: bytes, framing: FramingSettings) -> str:
    with pytest.raises(Unusable) as caught:
        decode(data, framing)
    return caught.value.code


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("BMP", {}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"}),
     ("WEBP", {"lossless": True})],
)  # fmt: skip
@pytest.mark.parametrize("mode", ["crop", "pad"])
def test_a_picture_of_the_wanted_size_is_not_touched(make, kind, options, mode):
    image = make.noise(1)
    decoded = decode(make.encoded(image, kind, **options), square(mode=mode))
    assert np.array_equal(decoded.pixels, np.asarray(image))
    assert (decoded.width, decoded.height) == (64, 64)
    assert decoded.pixels.dtype == np.uint8
    assert decoded.pixels.flags.c_contiguous


def test_jpeg_is_read(make):
    image = make.noise(1).resize((8, 8)).resize((64, 64), Image.Resampling.BICUBIC)
    pixels = decode(make.encoded(image, "JPEG", quality=95), square()).pixels
    assert np.abs(pixels.astype(int) - np.asarray(image)).mean() < 4


#: How a picture lies in the file for each EXIF orientation, from the standard's own words
#: (which side of the scene is the first row, which the first column).
LIES = {
    1: lambda u: u,
    2: lambda u: u[:, ::-1],
    3: lambda u: u[::-1, ::-1],
    4: lambda u: u[::-1],
    5: lambda u: u.swapaxes(0, 1),
    6: lambda u: u[:, ::-1].swapaxes(0, 1),
    7: lambda u: u[::-1, ::-1].swapaxes(0, 1),
    8: lambda u: u[::-1].swapaxes(0, 1),
}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("kind", "options"), [("PNG", {}), ("TIFF", {}), ("WEBP", {"lossless": 1})]
)
@pytest.mark.parametrize("mode", ["crop", "pad"])
def test_exif_orientation_is_followed(make, orientation, kind, options, mode):
    upright = np.asarray(make.noise(3, 70, 101))
    lying = Image.fromarray(np.ascontiguousarray(LIES[orientation](upright)))
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = decode(make.encoded(lying, kind, exif=exif, **options), square(mode=mode))
    plain = decode(make.encoded(Image.fromarray(upright)), square(mode=mode))
    assert np.array_equal(turned.pixels, plain.pixels)
    assert (turned.width, turned.height) == (70, 101)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_large_turned_jpeg_is_decoded_coarsely_and_rightly(make, orientation):
    smooth = make.noise(4, 6, 9).resize((600, 900), Image.Resampling.BICUBIC)
    lying = Image.fromarray(np.ascontiguousarray(LIES[orientation](np.asarray(smooth))))
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = decode(make.encoded(lying, "JPEG", quality=95, exif=exif), square(32))
    plain = decode(make.encoded(smooth), square(32))
    assert np.abs(turned.pixels.astype(int) - plain.pixels).mean() < 3
    assert (turned.width, turned.height) == (600, 900)


def test_damaged_exif_costs_only_the_rotation(make):
    data = make.encoded(make.noise(1), "PNG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert np.array_equal(decode(data, square()).pixels, np.asarray(make.noise(1)))


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_grey_is_scaled_not_clipped(make, kind):
    deep = np.linspace(0, 65_535, 64 * 64).round().astype(np.uint16).reshape(64, 64)
    pixels = decode(make.encoded(Image.fromarray(deep), kind), square()).pixels
    assert np.abs(pixels.astype(float) - deep[..., None] / 257).max() <= 0.5
    assert (pixels.min(), pixels.max()) == (0, 255)


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        (np.linspace(0, 1, 4096, dtype=np.float32), 255),
        (np.linspace(0, 255, 4096, dtype=np.float32), 1),
        (np.linspace(0, 65_535, 4096).round().astype(np.int32), 255 / 65_535),
        (np.linspace(0, 200, 4096).round().astype(np.int32), 1),
    ],
)
def test_deep_tiff_uses_its_range(make, values, scale):
    grid = values.reshape(64, 64)
    pixels = decode(make.encoded(Image.fromarray(grid), "TIFF"), square()).pixels
    assert np.abs(pixels.astype(float) - grid[..., None] * scale).max() <= 0.51


def test_float_tiff_with_holes_is_read(make):
    grid = np.full((64, 64), -3.0, np.float32)
    grid[:32] = 5.0
    grid[0, 0] = np.nan
    pixels = decode(make.encoded(Image.fromarray(grid), "TIFF"), square()).pixels
    assert (pixels[8, 8, 0], pixels[60, 60, 0]) == (255, 0)


def test_palette_with_transparency_lies_on_the_background(make):
    image = Image.new("P", (64, 64), 1)
    image.putpalette([0, 0, 0, 0, 0, 255, 0, 255, 0])
    image.paste(0, (0, 0, 32, 64))
    for transparency in (0, b"\x00\xff\xff"):
        pixels = decode(make.encoded(image, transparency=transparency), square()).pixels
        assert tuple(pixels[0, 0]) == RED
        assert tuple(pixels[0, 63]) == (0, 0, 255)


def test_half_transparent_colour_is_mixed_with_the_background(make):
    for image in (
        Image.new("RGBA", (64, 64), (0, 0, 200, 128)),
        Image.new("RGBA", (200, 100), (0, 0, 200, 128)),
    ):
        for kind in ("PNG", "WEBP", "TIFF"):
            pixels = decode(make.encoded(image, kind), square()).pixels.astype(int)
            assert np.abs(pixels - (127, 0, 100)).max() <= 2


def test_colour_under_full_transparency_does_not_bleed(make):
    image = Image.new("RGBA", (256, 256), (0, 255, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 128, 256))
    pixels = decode(make.encoded(image), square()).pixels
    assert pixels[..., 1].max() == 0


@pytest.mark.parametrize("alpha", [0, 128, 255])
def test_grey_with_alpha(make, alpha):
    image = Image.new("LA", (64, 64), (100, alpha))
    pixels = decode(make.encoded(image), square()).pixels.astype(int)
    share = alpha / 255
    expected = np.array(RED) * (1 - share) + 100 * share
    assert np.abs(pixels - expected).max() <= 1


def test_one_transparent_grey(make):
    image = Image.new("L", (64, 64), 7)
    image.paste(200, (0, 0, 10, 10))
    pixels = decode(make.encoded(image, transparency=7), square()).pixels
    assert tuple(pixels[60, 60]) == RED
    assert tuple(pixels[0, 0]) == (200, 200, 200)


@pytest.mark.parametrize(("kind", "near"), [("TIFF", 0), ("JPEG", 3)])
def test_cmyk(make, kind, near):
    image = Image.new("CMYK", (64, 64), (255, 40, 0, 30))
    pixels = decode(make.encoded(image, kind), square()).pixels.astype(int)
    expected = np.array(((255 - 255) * 225, (255 - 40) * 225, 255 * 225)) / 255
    assert np.abs(pixels - expected).max() <= near + 1


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_plain_grey_and_palette(make, mode):
    image = make.noise(5).convert(mode)
    pixels = decode(make.encoded(image), square()).pixels
    assert np.array_equal(pixels, np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "WEBP", "PNG"])
def test_only_the_first_of_several_pictures_counts(make, kind):
    first, second = (Image.new("RGB", (64, 64), colour) for colour in ((0, 0, 255), (0, 255, 0)))
    options = {"lossless": True} if kind == "WEBP" else {}
    data = make.encoded(first, kind, save_all=True, append_images=[second], **options)
    assert np.array_equal(decode(data, square()).pixels, np.asarray(first))


def test_crop_takes_the_middle(make):
    image = Image.new("RGB", (192, 64), (9, 9, 9))
    image.paste(make.noise(6), (64, 0))
    assert np.array_equal(decode(make.encoded(image), square()).pixels, np.asarray(make.noise(6)))


def test_pad_keeps_everything_and_fills_the_sides(make):
    image = Image.new("RGB", (128, 64), (0, 0, 255))
    pixels = decode(make.encoded(image), square(mode="pad")).pixels
    assert (pixels[:16] == RED).all()
    assert (pixels[48:] == RED).all()
    assert (pixels[16:48] == (0, 0, 255)).all()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("edge", [256, 1024])
def test_shrinking_averages_and_does_not_pick(make, kind, edge):
    checks = (np.indices((edge, edge)).sum(axis=0) % 2 * 255).astype(np.uint8)
    image = Image.fromarray(checks).convert("RGB")
    pixels = decode(make.encoded(image, kind), square(32)).pixels
    assert np.abs(pixels.astype(int) - 127).max() <= 4


def test_enlarging_is_smooth(make):
    image = Image.new("RGB", (32, 32), (0, 0, 0))
    image.paste((255, 255, 255), (16, 0, 32, 32))
    row = decode(make.encoded(image), square(64)).pixels[32, :, 0]
    assert set(np.unique(row)) - {0, 255}
    assert (row[:24] < 40).all()
    assert (row[40:] > 215).all()


@pytest.mark.parametrize(
    ("width", "height", "size", "fits"),
    [(16, 500, 32, True), (15, 500, 32, False), (500, 15, 64, False), (16, 16, 64, True),
     (31, 99, 128, False), (32, 99, 128, True), (127, 127, 512, False), (128, 128, 512, True),
     (1, 1, 32, False), (20_000, 10, 64, False), (20_000, 16, 64, True)],
)  # fmt: skip
@pytest.mark.parametrize("mode", ["crop", "pad"])
def test_shorter_side_decides(make, width, height, size, fits, mode):
    data = make.encoded(Image.new("RGB", (width, height), (1, 2, 3)))
    if fits:
        assert decode(data, square(size, mode)).pixels.shape == (size, size, 3)
    else:
        assert reason(data, square(size, mode)) == "picture-too-small"


def test_too_many_pixels_are_refused_from_the_header(make):
    assert reason(make.png_header(20_000, 10_001), square()) == "picture-too-large"
    assert reason(make.png_header(2**31 - 1, 2**31 - 1), square()) == "picture-too-large"
    assert reason(make.png_header(20_000, 10_000), square()) != "picture-too-large"


def test_pillows_own_limit_is_neither_used_nor_changed(make, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    for kind in ("PNG", "JPEG", "BMP"):
        decode(make.encoded(make.noise(1), kind), square())
    assert Image.MAX_IMAGE_PIXELS == 10


def test_no_other_reader_ever_sees_the_bytes(make, monkeypatch):
    def never(*_: object, **__: object):
        raise AssertionError("a general reader was asked")

    monkeypatch.setattr(Image, "open", never)
    monkeypatch.setattr(Image, "init", never)
    decode(make.png(1), square())
    for beginning in (
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"8BPS\0\1",
        b"\0\0\1\0",
        b"<svg/>",
        b"P6 1 1 255 ",
    ):
        assert reason(beginning + bytes(100), square()) == "picture-not-a-picture"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF"])
def test_half_a_file_is_refused(make, kind):
    data = make.encoded(make.noise(1), kind)
    assert reason(data[: len(data) // 2], square()) in {"picture-cut-short", "picture-unreadable"}


def test_a_truncated_jpeg_is_said_to_end_too_early(make):
    data = make.encoded(make.noise(1, 200, 200), "JPEG")
    assert reason(data[:-2000], square()) == "picture-cut-short"


def test_empty_and_text(make):
    assert reason(b"", square()) == "picture-empty"
    assert reason(b"hello, this is a text", square()) == "picture-not-a-picture"
    assert reason(b"BMW is a maker of cars and other things", square()) == "picture-not-a-picture"
