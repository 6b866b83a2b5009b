"""The feature network against known numbers, and against what a distance must notice."""

import numpy as np
import numpy.typing as npt
import pytest
import torch

from ganstudio.project.paths import resources
from ganstudio.quality.features import FEATURES, feature_network, features_of
from ganstudio.quality.frechet import frechet_distance, statistics_of


def test_the_weights_travel_with_their_licence_and_source() -> None:
    folder = resources() / "features" / "mobilenetv2-b13"
    assert "Apache" in (folder / "LICENSE.txt").read_text(encoding="utf-8")
    assert "MobileNetV2" in (folder / "SOURCE.txt").read_text(encoding="utf-8")


def wave() -> torch.Tensor:
    """(1, 3, 96, 96) of smooth colour waves: a picture that is the same everywhere."""
    row = torch.linspace(-1, 1, 96)
    down, across = torch.meshgrid(row, row, indexing="ij")
    return torch.stack([torch.sin(5 * down), torch.cos(3 * across), down * across])[None]


def test_features_equal_those_of_the_reference_reader() -> None:
    features = feature_network()(wave())[0].double()
    assert features.shape == (FEATURES,)
    # Made once with the separate reader that came with the weights.
    torch.testing.assert_close(
        features[:4],
        torch.tensor([1.27384, -0.1012, -8.2252, -0.28399], dtype=torch.double),
        atol=2e-4,
        rtol=0,
    )
    assert float(features.sum()) == pytest.approx(2.6388, abs=5e-3)
    assert float(features.square().sum()) == pytest.approx(489.0909, abs=2e-2)


def noise_pictures(count: int, size: int) -> npt.NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 256, (count, size, size, 3), dtype=np.uint8)


@pytest.mark.parametrize("size", [32, 96, 128])
def test_pictures_of_any_size_become_features_each_on_its_own(size: int) -> None:
    pictures = noise_pictures(52, size)
    together = features_of(pictures)
    assert together.shape == (52, FEATURES)
    assert together.dtype == np.float64
    np.testing.assert_allclose(features_of(pictures[51:]), together[51:], atol=1e-4)


def test_pictures_at_the_networks_own_size_are_not_resampled() -> None:
    pictures = noise_pictures(2, 96)
    scaled = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1
    np.testing.assert_allclose(features_of(pictures), feature_network()(scaled), atol=1e-4)


def test_no_pictures_give_no_features() -> None:
    assert features_of(noise_pictures(0, 32)).shape == (0, FEATURES)


def test_a_little_noise_moves_pictures_away() -> None:
    random = np.random.default_rng(4)
    flat = random.integers(40, 216, (40, 1, 1, 3)) * np.ones((1, 32, 32, 1), dtype=np.int64)
    noisy = (flat + random.integers(-12, 13, flat.shape)).astype(np.uint8)
    plain = statistics_of(features_of(flat.astype(np.uint8)))
    again = statistics_of(features_of(flat[::-1].astype(np.uint8)))
    assert frechet_distance(plain, again) < 1e-3
    assert frechet_distance(plain, statistics_of(features_of(noisy))) > 1.0
