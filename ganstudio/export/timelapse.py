"""How the pictures came out of noise, as a short looping GIF; both losses and words may go along.

Not responsible for finding snapshots: it takes their clocks and a way to load their pictures.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from ganstudio.export.image import as_image, ending
from ganstudio.export.look import ACCENT, LINE, STAGE, TEXT, TEXT_QUIET, font
from ganstudio.export.loss_track import TRACK_COLOURS, LossTrack
from ganstudio.export.sheet import columns_for, laid_out
from ganstudio.project.atomic import write_bytes
from ganstudio.project.errors import UserError
from ganstudio.project.messages import MetricsRow, Pictures
from ganstudio.project.numbers import say_count
from ganstudio.project.tasks import Task

__all__ = ["MOST_FRAMES", "Below", "chosen_moments", "save_timelapse"]

MOST_FRAMES = 100

_FRAME_MS = 90
_LAST_MS = 2_500
#: A GIF wider than this is larger than anybody wants to send.
_WIDEST = 480
_LEAST_WIDE = 300
_STRIP = 32
_COLOURS = 255
#: These stay exactly as they are.
_OWN = (*TRACK_COLOURS, ACCENT)
_LETTERS, _LINE_HIGH, _MOST_LINES = 13, 19, 4


@dataclass(frozen=True, slots=True)
class Below:
    """What stands under the pictures beside the clock.

    Attributes:
        rows: The history whose losses are drawn; empty for none.
        undecided: Both losses of an inspector that cannot tell, None for no such line.
        captions: Clock -> a sentence; a moment without one has none.
    """

    rows: Sequence[MetricsRow] = ()
    undecided: float | None = None
    captions: Mapping[int, str] = field(default_factory=dict)


def chosen_moments(clocks: Sequence[int], most: int = MOST_FRAMES) -> list[int]:
    """At most so many moments, evenly chosen by their order; the first and the last always stay."""
    if len(clocks) <= most:
        return list(clocks)
    return [clocks[index] for index in np.linspace(0, len(clocks) - 1, most).round().astype(int)]


def save_timelapse(
    path: Path,
    clocks: Sequence[int],
    load: Callable[[int], Pictures],
    task: Task | None = None,
    below: Below | None = None,
) -> None:
    """Save the fixed places at one moment after another as a GIF that loops and rests at its end.

    Args:
        path: Ends in `.gif`; replaced in one piece if it is there.
        clocks: The moments, ascending, in images seen.
        load: Gives a moment's pictures, (N, H, W, C) uint8, always the same N.
        task: Takes the progress and may cancel between two frames.
        below: What stands under the pictures; None for the clock alone.

    Raises:
        UserError: "no-history" without moments; "wrong-ending", "disk-full" or
            "folder-not-writable".
        Cancelled: If the task was cancelled; nothing is written then.
    """
    ending(path, ".gif")
    moments = chosen_moments(clocks)
    if not moments:
        raise UserError("no-history")
    task = task or Task()
    frames: list[Image.Image] = []
    foot: _Foot | None = None
    for done, clock in enumerate(moments):
        task.check()
        task.report(done, len(moments) + 1)
        frame = _frame(load(clock), clock, moments[-1])
        if below is not None:
            foot = foot or _Foot(below, moments, frame.width)
            frame = foot.under(frame, clock)
        frames.append(frame)
    buffer = io.BytesIO()
    _write(buffer, frames, task)
    write_bytes(path, buffer.getvalue())
    task.report(len(moments) + 1, len(moments) + 1)


def _frame(pictures: Pictures, clock: int, last: int) -> Image.Image:
    """One moment: the sheet, and below it a strip with its clock and how far it is."""
    across = max(3, min(columns_for(len(pictures)), _WIDEST // pictures.shape[2]))
    sheet = as_image(laid_out(pictures[: across * across], across))
    widest = max(sheet.width, sheet.height)
    if widest > _WIDEST:
        sheet.thumbnail((_WIDEST, _WIDEST), Image.Resampling.LANCZOS)
    elif widest < _LEAST_WIDE:
        factor = -(-_LEAST_WIDE // widest)
        size = (sheet.width * factor, sheet.height * factor)
        sheet = sheet.resize(size, Image.Resampling.NEAREST)
    frame = Image.new("RGB", (sheet.width, sheet.height + _STRIP), STAGE)
    frame.paste(sheet)
    draw = ImageDraw.Draw(frame)
    middle = sheet.height + _STRIP // 2
    words = say_count(clock)
    draw.text((10, middle), words, font=font(15, "SemiBold"), fill=TEXT, anchor="lm")
    after = 10 + font(15, "SemiBold").getlength(words) + 7
    draw.text((after, middle), "pictures seen", font=font(13), fill=TEXT_QUIET, anchor="lm")
    left, right = 170, sheet.width - 11
    if right - left > 40:
        reached = left + (right - left) * (clock / last if last else 1.0)
        draw.rectangle((left, middle - 1, right, middle + 1), fill=LINE)
        draw.rectangle((left, middle - 1, reached, middle + 1), fill=ACCENT)
    return frame


class _Foot:
    """Losses and words under the frames of one film, all of one height."""

    def __init__(self, below: Below, moments: Sequence[int], width: int) -> None:
        self._track: LossTrack | None = None
        if below.rows:
            self._track = LossTrack(below.rows, below.undecided, moments[-1], width)
        self._words = {clock: _wrapped(below.captions.get(clock, ""), width) for clock in moments}
        self._lines = max(map(len, self._words.values()))

    def under(self, frame: Image.Image, clock: int) -> Image.Image:
        """A frame with what stands below it."""
        track = self._track.at(clock) if self._track is not None else None
        words_high = self._lines * _LINE_HIGH + 10 if self._lines else 0
        top = frame.height
        high = top + (track.height if track is not None else 0) + words_high
        image = Image.new("RGB", (frame.width, high), STAGE)
        image.paste(frame)
        if track is not None:
            image.paste(track, (0, top))
            top += track.height
        draw = ImageDraw.Draw(image)
        for number, line in enumerate(self._words[clock]):
            place = (10, top + number * _LINE_HIGH + _LINE_HIGH // 2)
            draw.text(place, line, font=font(_LETTERS), fill=TEXT, anchor="lm")
        return image


def _wrapped(sentence: str, width: int) -> list[str]:
    """A sentence in lines that fit; what is too long ends in dots."""
    lines: list[str] = []
    room = width - 20
    for word in sentence.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font(_LETTERS).getlength(longer) <= room:
            lines[-1] = longer
        elif len(lines) == _MOST_LINES:
            lines[-1] = f"{lines[-1]} ..."
            break
        else:
            lines.append(word)
    return lines


def _write(buffer: io.BytesIO, frames: list[Image.Image], task: Task) -> None:
    """Give all frames one palette and no dithering: what stands still must not flicker."""
    palette = _shared_palette(frames)
    indexed: list[Image.Image] = []
    for frame in frames:
        task.check()
        indexed.append(_in_palette(frame, palette))
    durations = [_FRAME_MS] * (len(indexed) - 1) + [_LAST_MS]
    indexed[0].save(
        buffer,
        "GIF",
        save_all=True,
        append_images=indexed[1:],
        duration=durations,
        loop=0,
        optimize=False,
    )


def _in_palette(frame: Image.Image, palette: Image.Image) -> Image.Image:
    """A frame in the colours of a palette; what is exactly one of our own colours stays so.

    Pillow takes neighbouring colours for one another, which tints a plain ground.
    """
    found = frame.quantize(palette=palette, dither=Image.Dither.NONE)
    numbers = np.array(found)
    pixels = np.array(frame.convert("RGBA")).view(np.uint32)[:, :, 0]
    for number, colour in enumerate(_OWN):
        exact = np.array([*colour, 255], np.uint8).view(np.uint32)[0]
        numbers[pixels == exact] = number
    exactly = Image.fromarray(numbers, "P")
    exactly.putpalette(palette.getpalette() or [])
    return exactly


def _shared_palette(frames: list[Image.Image]) -> Image.Image:
    """One palette for the whole film. Late frames count more: there the pictures are."""
    late = frames[len(frames) // 2 :]
    chosen = [frames[0], *late[:: max(1, len(late) // 6)], frames[-1]]
    image = Image.fromarray(np.concatenate([np.asarray(frame) for frame in chosen]))
    image.thumbnail((1_000, 1_000), Image.Resampling.NEAREST)
    # Thin lines are few pixels, so that a median cut would forget their colours.
    own = [value for colour in _OWN for value in colour]
    found = image.quantize(_COLOURS - len(_OWN), Image.Quantize.MEDIANCUT)
    palette = found.getpalette() or []
    found.putpalette([*own, *palette][: 3 * (_COLOURS + 1)])
    return found
