"""Frames as a film: MP4, GIF or a folder of PNG files, one after the other in constant memory.

MP4 and GIF are written by ffmpeg, a program of its own that `imageio-ffmpeg` brings along. It is
given raw frames and writes a file; no name or text of ours becomes one of its options but the path
of that file.

Not responsible for frames, nor for where a film goes.
"""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from PIL import Image

from ganstudio.export.image import ending, save_png
from ganstudio.export.stage import on_stage
from ganstudio.project.atomic import replace_file, replace_folder
from ganstudio.project.errors import UserError
from ganstudio.project.film import ENDINGS, FilmSettings
from ganstudio.project.messages import Pictures
from ganstudio.project.tasks import Task

__all__ = ["save_film"]

#: Constant quality: 17 is taken for indistinguishable, and small pictures are enlarged here.
_QUALITY = "17"
_COLOURS = 255
#: A GIF's colours are chosen from so many frames.
_LOOKED_AT = 24
_BYTES_A_PIXEL = 0.05


def save_film(
    path: Path,
    frames: Iterable[Pictures],
    settings: FilmSettings,
    task: Task | None = None,
    preview: Iterable[Pictures] = (),
) -> None:
    """Write a film.

    Args:
        path: Ends in `.mp4` or `.gif`, or a folder for PNG files; replaced in one piece.
        frames: (H, W, C) uint8 each, as many as `settings.frames`.
        settings: The film's.
        task: Takes the progress and may cancel between two frames.
        preview: Some of the frames, for a GIF: its colours are chosen from these.

    Raises:
        UserError: "wrong-ending", "disk-full", "folder-not-writable" or "film-not-written".
        Cancelled: If the task was cancelled; nothing is written then.
    """
    task = task or Task()
    ending(path, ENDINGS[settings.kind])
    watched = _watched(frames, settings.frames, task)
    if settings.kind == "png":
        _save_folder(path, watched, settings)
        return
    needed = round(_BYTES_A_PIXEL * settings.frames * settings.size[0] * settings.size[1])
    with replace_file(path, needed) as temporary, _inputs(settings, preview) as inputs:
        command = [*inputs, *_outputs(settings), str(temporary)]
        with _encoder(command, path) as sink:
            for picture in watched:
                sink.write(on_stage(picture, settings).tobytes())


def _watched(frames: Iterable[Pictures], total: int, task: Task) -> Iterator[Pictures]:
    for done, frame in enumerate(frames):
        task.check()
        task.report(done, total)
        yield frame
    task.report(total, total)


def _save_folder(path: Path, frames: Iterable[Pictures], settings: FilmSettings) -> None:
    digits = max(4, len(str(settings.frames)))
    with replace_folder(path) as folder:
        for number, picture in enumerate(frames, start=1):
            save_png(folder / f"frame-{number:0{digits}}.png", on_stage(picture, settings))


@contextlib.contextmanager
def _inputs(settings: FilmSettings, preview: Iterable[Pictures]) -> Iterator[list[str]]:
    """What ffmpeg reads: our frames, and for a GIF its colours."""
    width, height = settings.size
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}"]
    frames = [*raw, "-r", str(settings.rate), "-i", "-"]
    if settings.kind != "gif":
        yield frames
        return
    with tempfile.TemporaryDirectory() as folder:
        palette = Path(folder) / "palette.png"
        _palette(preview, settings).save(palette)
        yield [*frames, "-i", str(palette)]


def _outputs(settings: FilmSettings) -> list[str]:
    if settings.kind == "gif":
        # Dithering that stands still: what rests in a picture does not flicker.
        return ["-lavfi", "paletteuse=dither=bayer:bayer_scale=4", "-loop", "0", "-f", "gif"]
    return [
        *("-an", "-c:v", "libx264", "-preset", "medium", "-crf", _QUALITY),
        # The colours that every player takes for granted; the index at the front, for the web.
        *("-pix_fmt", "yuv420p", "-vf", "scale=out_color_matrix=bt709:out_range=tv"),
        *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
        *("-movflags", "+faststart", "-f", "mp4"),
    ]


def _palette(preview: Iterable[Pictures], settings: FilmSettings) -> Image.Image:
    """16 x 16 pixels, the colours of a GIF."""
    small = FilmSettings(shape=settings.shape, side=64, filling=settings.filling)
    looked_at = [on_stage(picture, small) for picture in preview][:_LOOKED_AT]
    strip = Image.new("RGB", (small.size[0], small.size[1] * max(1, len(looked_at))))
    for place, frame in enumerate(looked_at):
        strip.paste(frame, (0, place * small.size[1]))
    colours = strip.quantize(_COLOURS, Image.Quantize.MEDIANCUT).getpalette() or []
    known = [tuple(colours[place : place + 3]) for place in range(0, len(colours), 3)]
    square = Image.new("RGB", (16, 16), known[0])
    square.putdata((known + [known[0]] * 256)[:256])
    return square


@contextlib.contextmanager
def _encoder(command: list[str], path: Path) -> Iterator[IO[bytes]]:
    """Ffmpeg at work: it takes frames, and has written its file when the block ends.

    Raises:
        UserError: "film-not-written" or "disk-full".
    """
    import imageio_ffmpeg

    told = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y", *command]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            told, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints
        )
        assert process.stdin is not None
        try:
            with contextlib.suppress(BrokenPipeError):  # what it says of that counts
                yield process.stdin
            with contextlib.suppress(OSError):
                process.stdin.close()
        except BaseException:  # Ctrl+C too leaves no encoder behind; it goes on after that
            process.kill()
            process.wait()
            with contextlib.suppress(OSError):
                process.stdin.close()
            raise
        if process.wait() != 0:
            complaints.seek(0)
            raise _refusal(complaints.read().decode(errors="replace"), path)


def _refusal(words: str, path: Path) -> UserError:
    if "No space left" in words:
        return UserError("disk-full", path=path, needed_mb=100)
    lines = words.strip().splitlines() or ["the encoder gave up"]
    return UserError("film-not-written", path=path, reason=lines[-1][:200])
