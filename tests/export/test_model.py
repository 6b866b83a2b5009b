"""A model is handed on whole and known to work, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from ganstudio.export.model import export_model
from ganstudio.gan.modelfile import load_generator, network_for, save_generator
from ganstudio.project.errors import UserError
from ganstudio.project.presets import recipe_for


@pytest.fixture
def model(tmp_path: Path) -> Path:
    recipe = recipe_for(size=32, pictures=100).with_values(
        {"network.width": 4, "network.d_width": 4, "network.z_dim": 8}
    )
    path = tmp_path / "generator.safetensors"
    save_generator(path, network_for(recipe), recipe, 640)
    return path


def test_the_copy_is_the_model(model: Path, tmp_path: Path) -> None:
    copy = tmp_path / "out" / "mine.safetensors"
    export_model(model, copy)
    assert copy.read_bytes() == model.read_bytes()
    assert load_generator(copy).images_seen == 640


def test_a_damaged_model_is_not_handed_on(model: Path, tmp_path: Path) -> None:
    model.write_bytes(model.read_bytes()[:-4])
    copy = tmp_path / "mine.safetensors"
    copy.write_bytes(b"older")
    with pytest.raises(UserError):
        export_model(model, copy)
    assert copy.read_bytes() == b"older"


def test_names_that_would_mislead_or_harm_are_refused(model: Path, tmp_path: Path) -> None:
    codes = []
    for path in (tmp_path / "mine.png", model, tmp_path / "." / model.name):
        with pytest.raises(UserError) as caught:
            export_model(model, path)
        codes.append(caught.value.code)
    assert codes == ["wrong-ending", "same-file", "same-file"]
    assert load_generator(model)
