"""The bundled sets are what their cards say."""

from __future__ import annotations

import numpy as np
import pytest

from ganstudio.pictures import (
    BUNDLES,
    bundle_named,
    bundle_tiles,
    held_out,
    import_pictures,
    open_training_set,
)
from ganstudio.project.errors import UserError
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.tasks import Task


def test_titles_and_counts_of_the_first_run_page():
    said = {bundle.title: (bundle.count, bundle.size) for bundle in BUNDLES.values()}
    assert said == {
        "Open Peeps": (1_500, 64),
        "Pixel avatars": (4_000, 32),
        "Horse sketches": (1_281, 64),
    }


_LARGE = {"pixel-avatars"}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] * (name in _LARGE)) for name in BUNDLES],
)
def test_a_bundled_set_is_whole(name, project, executor):
    bundle = BUNDLES[name]
    report = import_pictures(
        project, [bundle.source], executor, Task(), FramingSettings(size=bundle.size)
    )
    project.write_pictures(report.pictures)
    assert report.usable == report.total == bundle.count
    assert report.problems == ()
    assert {(e.width, e.height) for e in report.pictures.pictures} == {(bundle.size, bundle.size)}
    assert (bundle.folder / "LICENSE.txt").read_text().strip()
    assert bundle.licence in (bundle.folder / "SOURCE.txt").read_text()
    training = open_training_set(project)
    assert len(held_out(training.hashes, training)) == round(bundle.count * 0.05)


@pytest.mark.parametrize("name", BUNDLES)
def test_previews_come_without_a_project(name):
    size = BUNDLES[name].size
    tiles = bundle_tiles(name, 6)
    assert tiles.shape == (6, size, size, 3)
    assert all(np.ptp(tile) > 50 for tile in tiles)


def test_names_with_and_without_prefix():
    assert bundle_named("bundle:open-peeps") is bundle_named("open-peeps")
    with pytest.raises(UserError) as caught:
        bundle_named("cats")
    assert "open-peeps" in caught.value.hint
