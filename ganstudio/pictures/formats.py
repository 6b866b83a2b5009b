"""Which files are pictures, and opening them with the one reader that fits.

A file is known by its first bytes, never by its name. Only the six readers named here ever see
a byte of it: Pillow's other plug-ins (some of which start programs) are never asked.
Not responsible for pixels: `decode` makes them.
"""

from __future__ import annotations

from io import BytesIO

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

__all__ = [
    "FOREIGN_SUFFIXES",
    "HEAD_BYTES",
    "MAX_BYTES",
    "MAX_PIXELS",
    "SUFFIXES",
    "Unusable",
    "check_kind",
    "counts_without_suffix",
    "kind_of",
    "open_picture",
    "promises_picture",
    "unusable_after",
]

#: How many first bytes `kind_of` wants to see.
HEAD_BYTES = 16
#: No file or ZIP member larger than this is read.
MAX_BYTES = 1_000_000_000
#: No picture with more pixels than this is decoded.
MAX_PIXELS = 200_000_000

#: Names that promise a picture we can read.
SUFFIXES = frozenset(
    {".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".dib", ".tif", ".tiff",
     ".gif"}
)  # fmt: skip
#: Names that promise a picture of a kind we cannot read: worth a word, not to be passed over.
FOREIGN_SUFFIXES = frozenset(
    {".heic", ".heif", ".avif", ".jp2", ".jxl", ".psd", ".svg", ".eps", ".ai", ".ico", ".tga",
     ".exr", ".hdr", ".raw", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".raf", ".pef"}
)  # fmt: skip

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
)
_READERS: dict[str, type[ImageFile.ImageFile]] = {
    "BMP": BmpImagePlugin.BmpImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
    "WEBP": WebPImagePlugin.WebPImageFile,
}


class Unusable(Exception):
    """One picture cannot be used; the import goes on without it.

    Args:
        code: A key of `ganstudio.project.errors.TEXTS`.
        **values: What its sentence names, without the picture's own `name`.
    """

    def __init__(self, code: str, /, **values: str | int) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


def kind_of(head: bytes) -> str | None:
    """Which kind of picture begins with these bytes; None for anything else.

    Args:
        head: The first `HEAD_BYTES` bytes of a file, or fewer if it has fewer.
    """
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    # "BM" alone begins too many texts: the four reserved bytes of a bitmap are zero.
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return "BMP"
    return None


def promises_picture(name: str) -> bool:
    """Whether a file's name says that it is a picture, so that a person expects to see it."""
    suffix = _suffix(name)
    return suffix in SUFFIXES or suffix in FOREIGN_SUFFIXES


def counts_without_suffix(head: bytes) -> bool:
    """Whether a file that does not call itself a picture is one beyond doubt.

    TIFF and BMP are not: camera files and much else begin like them.
    """
    return kind_of(head) in {"PNG", "JPEG", "GIF", "WEBP"}


def check_kind(name: str, head: bytes) -> None:
    """Look at the beginning of a file before the rest is read.

    Raises:
        Unusable: If it cannot be a picture that we read.
    """
    kind = kind_of(head)
    suffix = _suffix(name)
    # Most camera files begin like a TIFF, with a stamp-sized preview where its picture would be.
    if suffix in FOREIGN_SUFFIXES and kind in {None, "TIFF"}:
        raise Unusable("picture-unknown-kind", kind=suffix[1:].upper())
    if kind is None:
        raise Unusable("picture-not-a-picture" if head else "picture-empty")


def open_picture(data: bytes) -> ImageFile.ImageFile:
    """Read the header of a picture; its pixels are not decoded yet.

    The reader is called directly and not through `Image.open`, whose own limit on pixels is one
    value for the whole process and lower than ours.

    Raises:
        Unusable: If it is no picture, is damaged, or has more than `MAX_PIXELS` pixels.
    """
    check_kind("", data[:HEAD_BYTES])
    try:
        picture = _READERS[kind_of(data[:HEAD_BYTES]) or ""](BytesIO(data))
    except Exception as error:  # a reader fed with hostile bytes may raise anything
        raise unusable_after(error) from error
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise Unusable("picture-too-large", megapixels=MAX_PIXELS // 1_000_000)
    return picture


def _suffix(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return dot + ending.lower() if stem else ""


def unusable_after(error: Exception) -> Unusable:
    """Why a picture is unusable, told from what its reader raised."""
    if isinstance(error, Unusable):
        return error
    if isinstance(error, Image.DecompressionBombError):
        # The readers of TIFF, GIF and WebP have a limit of their own, a little below ours.
        limit = 2 * (Image.MAX_IMAGE_PIXELS or MAX_PIXELS)
        return Unusable("picture-too-large", megapixels=limit // 1_000_000)
    text = str(error).lower()
    cut_short = isinstance(error, EOFError) or "truncated" in text or "not enough data" in text
    return Unusable("picture-cut-short" if cut_short else "picture-unreadable")
