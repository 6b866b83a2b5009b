"""An inspector that only looks: its logits are its network's, whatever stands beside a picture."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from ganstudio.gan.data import to_network
from ganstudio.gan.inspecting import Inspector
from ganstudio.gan.modelfile import network_bytes
from ganstudio.gan.networks import build_discriminator
from ganstudio.project.messages import Pictures
from ganstudio.project.recipe import Recipe


def result(slices: Generator[None, None, Any]) -> Any:
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return end.value


def inspector_of(recipe: Recipe, folder: Path) -> Inspector:
    """Written as a snapshot does."""
    network = build_discriminator(recipe.network, torch.Generator().manual_seed(3))
    about = {"recipe": recipe.model_dump(mode="json"), "images_seen": 400}
    data = network_bytes(network, "discriminator", about)
    (folder / "discriminator.safetensors").write_bytes(data)
    return Inspector(folder / "generator.safetensors")


def test_logits_are_the_network_s_own(recipe: Recipe, images: Pictures, tmp_path: Path) -> None:
    inspector = inspector_of(recipe, tmp_path)
    assert (inspector.images, inspector.group) == (400, 1)
    found = result(inspector.looking(images, [0] * len(images)))
    network = build_discriminator(recipe.network, torch.Generator().manual_seed(3)).eval()
    with torch.no_grad():
        wanted = network(to_network(torch.from_numpy(images), torch.device("cpu")))
    assert found == pytest.approx(wanted.numpy(), abs=1e-5)


@pytest.mark.parametrize(("name", "norm"), [("style", "own"), ("dcgan", "own")])
def test_what_comes_later_in_a_pile_says_nothing_of_what_came_before(
    recipe: Recipe, images: Pictures, tmp_path: Path, name: str, norm: str
) -> None:
    """Not through a group that is compared, nor through a batch norm."""
    values = {"network.name": name, "network.d_norm": norm, "network.width": 8}
    inspector = inspector_of(recipe.with_values(values), tmp_path)
    kinds = [0] * len(images)
    all_of_them = result(inspector.looking(images, kinds))
    assert len(all_of_them) == len(images)
    assert np.isfinite(all_of_them).all()
    some = result(inspector.looking(images[:8], kinds))
    assert all_of_them[:8] == pytest.approx(some, abs=1e-5)
    few = result(inspector.looking(images[:3], kinds))  # a group that is not full
    assert few.shape == (3,)


def test_kinds_change_what_is_said(recipe: Recipe, images: Pictures, tmp_path: Path) -> None:
    inspector = inspector_of(recipe.with_values({"network.classes": 2}), tmp_path)
    one, two = (result(inspector.looking(images[:4], [kind] * 4)) for kind in (0, 1))
    assert not np.allclose(one, two)


def test_where_nothing_speaks_for_or_against_a_picture_the_map_is_empty(
    recipe: Recipe, images: Pictures, tmp_path: Path
) -> None:
    inspector = inspector_of(recipe, tmp_path)
    plain = np.full_like(images[:1], 90)
    weights = result(inspector.explaining(plain, [0], 0))
    assert np.abs(weights).max() < 1e-5
    assert np.abs(result(inspector.explaining(images[:1], [0], 0))).max() > 1e-5
