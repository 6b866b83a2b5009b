"""`ganstudio loop`: a film of favourites, saved places and seeds."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from ganstudio.project.favourites import new_favourite, write_favourites
from ganstudio.project.kept import keep, write_kept
from ganstudio.project.point import LatentPoint
from tests.cli.conftest import Run


def film(path: Path) -> tuple[int, int, int]:
    """Width, height, frames."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return stream.width, stream.height, sum(1 for _ in container.decode(stream))


def test_places_and_seeds_become_a_film(tmp_path: Path, run: Run) -> None:
    place, path = tmp_path / "there.json", tmp_path / "loop.mp4"
    write_kept(place, keep(LatentPoint(seed_x=2.5), ()))
    words = ("--point", place, "--seeds", "3", "--seconds", "1", "--size", "64", "--shape", "16:9")
    told = run("loop", "pixel-avatars", path, *words)
    assert told.code == 0
    assert told.out.strip() == str(path)
    assert film(path) == (114, 64, 30)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("film.txt", "--seeds", "1,2"), "which kind of film"),
        (("film.mp4", "--seeds", "1"), "two places at least"),
        (("film.mp4",), "two places at least"),
        (("film.mp4", "--seeds", "1,2", "--seconds", "0"), "A film cannot have"),
        (("film.mp4", "--seeds", "1,2", "--size", "9.5"), "A film cannot have"),
        (("film.mp4", "--favourites", "A,B"), "project"),
    ],
)
def test_what_cannot_be_is_said(
    tmp_path: Path, run: Run, words: tuple[str, ...], sentence: str
) -> None:
    told = run("loop", "pixel-avatars", tmp_path / words[0], *words[1:])
    assert told.code == 2
    assert sentence in told.err
    assert not list(tmp_path.glob("film*"))


def test_favourites_are_named(tmp_path: Path, run: Run, trained: Path) -> None:
    places = [new_favourite(keep(LatentPoint(seed_x=x), ())) for x in (1.5, 7)]
    named = [
        one.model_copy(update={"name": name})
        for one, name in zip(places, ("Pink bun", "Scarf"), strict=True)
    ]
    write_favourites(trained, tuple(named))
    path = tmp_path / "loop.gif"
    words = ("--favourites", "Scarf, Pink bun", "--seconds", "1", "--size", "64")
    assert run("loop", trained, path, *words).code == 0
    assert film(path) == (64, 64, 20)
    told = run("loop", trained, tmp_path / "other.gif", "--favourites", "Scarf,Nobody")
    assert told.code == 2
    assert "Nobody" in told.err
