"""Films, looked at by a decoder that is not the one who wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from ganstudio.export.film import save_film
from ganstudio.export.stage import on_stage
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.film import SHAPES, FilmSettings
from ganstudio.project.messages import Pictures
from ganstudio.project.tasks import Task


def frames(count: int, channels: int = 3) -> Iterator[Pictures]:
    """A plain colour that goes around, so that a frame can be told from its neighbours."""
    for number in range(count):
        turn = 2 * np.pi * number / count
        colour = 128 + 100 * np.sin(turn + np.array([0.0, 2.1, 4.2, 1.0]))
        picture = np.ones((16, 16, 1)) * colour[:channels]
        if channels == 4:
            picture[..., 3] = 255
        yield picture.astype(np.uint8)


def decoded(path: Path) -> tuple[list[np.ndarray], float]:
    """All frames, (H, W, 3) uint8, and how many a second."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        rate = stream.average_rate
        assert rate is not None
        shown = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
        return shown, float(rate)


@pytest.mark.parametrize(("kind", "tolerance"), [("mp4", 6), ("gif", 16)])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_frames_rate_size_and_colours_are_what_was_asked_for(
    tmp_path: Path, kind: str, tolerance: int, channels: int
) -> None:
    settings = FilmSettings(seconds=1.0, shape="4:5", side=64, kind=kind, filling="fill")  # type: ignore[arg-type]
    path = tmp_path / f"film.{kind}"
    every = list(frames(settings.frames, channels))
    save_film(path, iter(every), settings, preview=every)
    shown, rate = decoded(path)
    assert len(shown) == settings.frames
    assert rate == settings.rate
    assert shown[0].shape == (80, 64, 3)
    for picture, seen in zip(every, shown, strict=True):
        wanted = np.broadcast_to(picture[8, 8, : 3 if channels > 1 else 1], 3).astype(int)
        assert np.abs(seen[40, 32].astype(int) - wanted).max() <= tolerance


def test_a_sequence_keeps_what_is_transparent(tmp_path: Path) -> None:
    settings = FilmSettings(seconds=1.0, shape="16:9", side=64, kind="png")
    save_film(tmp_path / "film", frames(settings.frames, 4), settings)
    files = sorted((tmp_path / "film").iterdir())
    assert [file.name for file in files[:2]] == ["frame-0001.png", "frame-0002.png"]
    assert len(files) == 30
    with Image.open(files[3]) as image:
        assert image.size == settings.size
        assert image.mode == "RGBA"
        assert image.getpixel((1, 1)) == (0, 0, 0, 0)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("filling", ["fit", "fill"])
@pytest.mark.parametrize("sharp", [True, False])
def test_every_shape_is_filled(shape: str, filling: str, sharp: bool) -> None:
    settings = FilmSettings(shape=shape, side=100, filling=filling, sharp=sharp)  # type: ignore[arg-type]
    width, height = settings.size
    assert min(width, height) == 100
    assert width % 2 == height % 2 == 0
    across, down = SHAPES[settings.shape]
    assert width / height == pytest.approx(across / down, rel=0.02)
    picture = np.full((16, 24, 3), 200, np.uint8)
    staged = np.asarray(on_stage(picture, settings))
    assert staged.shape == (height, width, 3)
    assert staged.min() > 150  # what lies behind is the picture too
    assert (staged[height // 2, width // 2] == 200).all()


def test_hard_pixels_stay_hard() -> None:
    picture = np.zeros((16, 16, 3), np.uint8)
    picture[::2] = 255
    settings = FilmSettings(side=100, sharp=True)
    assert set(np.unique(np.asarray(on_stage(picture, settings))[10:90, 50])) == {0, 255}


def test_giving_up_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"the one before")
    settings, task = FilmSettings(seconds=1.0, side=64), Task()

    def until_it_is_given_up() -> Iterator[Pictures]:
        for number, frame in enumerate(frames(30)):
            if number == 12:
                task.cancel()
            yield frame

    with pytest.raises(Cancelled):
        save_film(path, until_it_is_given_up(), settings, task)
    assert path.read_bytes() == b"the one before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_breaks_while_drawing_is_told_as_it_is(tmp_path: Path) -> None:
    def broken() -> Iterator[Pictures]:
        yield from frames(3)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_film(tmp_path / "film.mp4", broken(), FilmSettings(seconds=1.0, side=64))
    assert not list(tmp_path.iterdir())


def test_an_encoder_that_gives_up_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ganstudio.export.film._QUALITY", "nonsense")
    with pytest.raises(UserError) as caught:
        save_film(tmp_path / "film.mp4", frames(30), FilmSettings(seconds=1.0, side=512))
    assert caught.value.code == "film-not-written"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "values", [{"seconds": 0.2}, {"seconds": float("nan")}, {"side": 8}, {"side": 99_999}]
)
def test_a_film_that_cannot_be_is_refused(values: dict[str, float]) -> None:
    with pytest.raises(UserError) as caught:
        FilmSettings(**values)  # type: ignore[arg-type]
    assert caught.value.code == "bad-film"


def test_a_wrong_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        save_film(tmp_path / "film.txt", frames(30), FilmSettings(seconds=1.0))
    assert caught.value.code == "wrong-ending"
