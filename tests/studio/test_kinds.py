"""Folders as kinds, from the import to what is drawn: labels reach the run and stay with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from ganstudio.desktop.run_choice import fits
from ganstudio.gan import probe
from ganstudio.gan.modelfile import read_model_info
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.point import LatentPoint
from ganstudio.project.tasks import Task
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import ModelOpened
from ganstudio.studio.models import beginnings
from tests.studio.conftest import TINY, Watch


@pytest.fixture
def kinds_project(tmp_path: Path, studio: Studio) -> Project:
    """Eight dark "night" and sixteen light "day" pictures, 48 x 32, with alpha."""
    random = np.random.default_rng(0)
    for kind, count, base in (("night", 8, 20), ("day", 16, 180)):
        folder = tmp_path / "pictures" / kind
        folder.mkdir(parents=True)
        for index in range(count):
            pixels = np.full((32, 48, 4), 255, np.uint8)
            pixels[..., :3] = base + random.integers(0, 40, (32, 48, 3))
            Image.fromarray(pixels).save(folder / f"{index:02}.png")
    project = Project.create(tmp_path / "kinds", plan=TINY)
    framing = FramingSettings(size=32, aspect="3:2", channels=4)
    studio.pictures.add_now(project, [tmp_path / "pictures"], framing, Task())
    project.write_pictures(project.pictures().model_copy(update={"kinds": True}))
    return project


def train(studio: Studio, project: Project, images: int) -> None:
    studio.training.start(project, StartRequest(seed=7, threads=1, images=images))
    studio.training.wait()
    failed = [event for event in studio.events.drain() if "Failed" in type(event).__name__]
    assert not failed


def test_a_run_knows_the_kind_of_each_of_its_pictures(
    studio: Studio, kinds_project: Project
) -> None:
    train(studio, kinds_project, 32)
    run = kinds_project.newest_run()
    assert run.info().kinds == ("day", "night")
    assert run.recipe().network.classes == 2
    names = {entry.hash: entry.name for entry in kinds_project.pictures().pictures}
    hashes = run.training_hashes()
    numbers = run.kinds_of(hashes)
    assert numbers is not None
    assert [("day", "night")[n] for n in numbers] == [names[h].split("/")[0] for h in hashes]


def test_renamed_folders_do_not_change_a_run_that_has_begun(
    studio: Studio, kinds_project: Project
) -> None:
    train(studio, kinds_project, 32)
    before = kinds_project.newest_run().kinds_of(kinds_project.newest_run().training_hashes())
    pictures = kinds_project.pictures()
    entries = tuple(
        entry.model_copy(update={"name": entry.name.replace("night", "a night")})
        for entry in pictures.pictures
    )
    kinds_project.write_pictures(pictures.model_copy(update={"pictures": entries}))
    train(studio, kinds_project, 64)
    run = kinds_project.newest_run()
    assert len(kinds_project.runs()) == 1
    assert run.checkpoints()[-1] == 64
    assert run.kinds_of(run.training_hashes()) == before


def test_a_model_can_be_told_what_to_draw(
    studio: Studio, kinds_project: Project, watch: Watch, tmp_path: Path
) -> None:
    train(studio, kinds_project, 64)
    run = kinds_project.newest_run()
    path = run.snapshot_folder(64) / "generator.safetensors"
    assert read_model_info(path).class_names == ("day", "night")

    all_in_turn = engine.generate(path, [4, 5], 1.0)
    assert np.array_equal(all_in_turn[1], engine.generate(path, [5], 1.0, "night")[0])
    assert not np.array_equal(all_in_turn[1], engine.generate(path, [5], 1.0, "day")[0])
    assert np.array_equal(studio.history(run).samples(64)[5][..., 3], all_in_turn[1][..., 3])
    with pytest.raises(UserError) as caught:
        engine.generate(path, [1], 1.0, "dusk")
    assert caught.value.code == "no-such-kind"
    assert "day, night" in str(caught.value.hint)

    studio.explore_run(run)
    watch.until(lambda: bool(watch.of(ModelOpened)))
    opened = watch.of(ModelOpened)[0]
    assert opened.kinds == ("day", "night")
    assert opened.shape == (32, 48, 4)
    drawn = studio.explorer.draw([LatentPoint(seed_x=5, kind=1)]).result(10)
    assert np.array_equal(drawn[0], all_in_turn[1])


def test_only_what_draws_the_same_is_offered_to_begin_with(
    studio: Studio, kinds_project: Project
) -> None:
    train(studio, kinds_project, 32)
    run = kinds_project.newest_run()
    network = run.recipe().network
    assert list(beginnings(kinds_project, network)) == [run.id]
    for other in ({"aspect": "1:1"}, {"channels": 3}, {"classes": 0}, {"size": 64}):
        assert run.id not in beginnings(kinds_project, network.model_copy(update=other))
    plain = network.model_copy(update={"aspect": "1:1", "channels": 3, "classes": 0})
    assert "bundle:pixel-avatars" in beginnings(kinds_project, plain)


def test_a_picture_left_out_while_the_computer_is_measured_is_still_of_its_kind(
    studio: Studio, kinds_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run learns from the pictures that were there when it was started."""
    real = probe.probe

    def meanwhile(*args: Any, **more: Any) -> probe.Probe:
        nights = {n for n, e in enumerate(kinds_project.pictures().pictures) if "night" in e.name}
        kinds_project.write_pictures(kinds_project.pictures().with_left_out(nights, True))
        return real(*args, **more)

    monkeypatch.setattr(probe, "probe", meanwhile)
    train(studio, kinds_project, 32)
    run = kinds_project.newest_run()
    assert run.info().kinds == ("day", "night")
    assert set(run.kinds_of(run.training_hashes()) or ()) == {0, 1}


def test_a_run_goes_on_only_with_the_kinds_it_knows(studio: Studio, kinds_project: Project) -> None:
    train(studio, kinds_project, 32)
    run, pictures = kinds_project.newest_run(), kinds_project.pictures()
    assert fits(run, pictures, TINY)
    assert not fits(run, pictures.model_copy(update={"kinds": False}), TINY)
    for old, new in (("night", "dusk"), ("night/00", "day/99")):
        entries = tuple(
            entry.model_copy(update={"name": entry.name.replace(old, new)})
            for entry in pictures.pictures
        )
        assert not fits(run, pictures.model_copy(update={"pictures": entries}), TINY)
