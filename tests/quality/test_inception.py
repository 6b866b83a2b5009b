"""Inception against the package that FIDs are published with; other files are refused in words."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
from pytorch_fid import inception as published
from safetensors.torch import save
from torchvision.models.inception import Inception3

from ganstudio.project.errors import UserError
from ganstudio.project.messages import frozen_pictures
from ganstudio.quality.inception import INCEPTION_FEATURES, Inception
from tests.inception_weights import Weights, random_weights, save_weights


@pytest.fixture(scope="module")
def weights() -> Weights:
    return random_weights()


@pytest.fixture(scope="module")
def file(weights: Weights, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_weights(tmp_path_factory.mktemp("inception") / "weights.safetensors", weights)


@pytest.fixture(scope="module")
def network(file: Path) -> Inception:
    return Inception(file)


def pictures(count: int, side: int, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (count, side, side, 3), dtype=np.uint8)


@pytest.mark.slow
@pytest.mark.parametrize("side", [32, 320])
def test_features_are_those_of_the_package_that_fids_are_published_with(
    network: Inception, weights: Weights, side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "load_state_dict_from_url", lambda url, progress: weights)
    monkeypatch.setattr(  # its first weights are thrown away, and take a second
        torch.nn.Conv2d, "reset_parameters", lambda self: None
    )
    theirs = published.InceptionV3().eval()
    seen = frozen_pictures(pictures(2, side))
    scaled = torch.from_numpy(seen.copy()).permute(0, 3, 1, 2).float() / 255
    with torch.inference_mode():
        expected = theirs(scaled)[0][:, :, 0, 0].numpy()
    found = network.features_of(seen)
    assert found.shape == (2, INCEPTION_FEATURES)
    assert found.dtype == np.float64
    assert expected.std() > 0.1
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


@pytest.mark.slow
def test_the_poolings_of_torchvision_would_give_other_features(
    network: Inception, weights: Weights
) -> None:
    plain = Inception3(num_classes=1_008, aux_logits=False, init_weights=False).eval()
    plain.load_state_dict(weights)
    plain.fc = torch.nn.Identity()
    seen = pictures(1, 299)
    scaled = 2 * (torch.from_numpy(seen).permute(0, 3, 1, 2).float() / 255) - 1
    with torch.inference_mode():
        other = plain(scaled).numpy()
    assert np.abs(network.features_of(seen) - other).max() > 0.1


def test_no_pictures_have_no_features(network: Inception) -> None:
    assert network.features_of(pictures(0, 32)).shape == (0, INCEPTION_FEATURES)


def test_the_digest_is_that_of_the_numbers_whatever_else_stands_in_the_file(
    network: Inception, weights: Weights, tmp_path: Path
) -> None:
    bare = {name: w for name, w in weights.items() if not name.endswith("num_batches_tracked")}
    more = bare | {"AuxLogits.conv0.bn.bias": torch.zeros(3)}
    other = weights | {"Conv2d_1a_3x3.bn.bias": torch.ones(32)}
    digests = [
        Inception(save_weights(tmp_path / f"{number}.safetensors", each)).digest
        for number, each in enumerate((more, other))
    ]
    assert digests[0] == network.digest
    assert digests[1] != network.digest


def refused(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        Inception(path)
    assert str(path) in str(caught.value)
    return caught.value


def header(weights: Weights, **others: tuple[str, list[int]]) -> bytes:
    """A file of which only the header is written: what is wrong there is said before any number."""
    told = {name: ("F32", list(tensor.shape)) for name, tensor in weights.items()}
    told |= {name.replace("__", "."): value for name, value in others.items()}
    entries = {
        name: {"dtype": dtype, "shape": shape, "data_offsets": [0, 0]}
        for name, (dtype, shape) in told.items()
    }
    text = json.dumps(entries).encode()
    return len(text).to_bytes(8, "little") + text


def test_another_file_is_refused_with_what_is_missing(weights: Weights, tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    path.write_bytes(save({"layer.weight": torch.zeros(2)}))
    assert refused(path).code == "inception-lacks"
    rest = {name: w for name, w in weights.items() if name != "Mixed_7c.branch1x1.conv.weight"}
    path.write_bytes(header(rest))
    assert "Mixed_7c.branch1x1.conv.weight is missing (1 in all)" in str(refused(path))
    path.write_bytes(header(weights, fc__weight=("F32", [1000, 2048]), fc__bias=("F32", [1000])))
    error = refused(path)  # torchvision's own
    assert error.code == "inception-other-classes"
    assert "1,008" in str(error)
    path.write_bytes(header(weights, Conv2d_1a_3x3__conv__weight=("F32", [32, 3, 3, 4])))
    assert "Conv2d_1a_3x3.conv.weight is not 32 × 3 × 3 × 3" in str(refused(path))
    path.write_bytes(header(weights, Conv2d_1a_3x3__bn__bias=("F16", [32])))
    assert refused(path).code == "inception-other-shape"
    path.write_bytes(header(weights))
    assert refused(path).code == "inception-damaged"
    broken = weights | {"Conv2d_1a_3x3.bn.bias": torch.full((32,), torch.nan)}
    assert refused(save_weights(path, broken)).code == "inception-not-finite"


def test_files_that_are_missing_cut_short_or_huge_are_named(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "weights.safetensors"
    assert refused(path).code == "no-such-file"
    assert refused(tmp_path).code == "unreadable-file"
    whole = file.read_bytes()
    for kept in (0, 5, 1_000, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:kept])
        assert refused(path).code == "inception-damaged"
    path.write_bytes(b"GIF89a" + bytes(100))
    assert refused(path).code == "inception-damaged"
    with path.open("wb") as huge:
        huge.truncate(500_000_000)
    assert refused(path).code == "inception-too-large"


def test_a_pickle_is_never_loaded_and_the_way_out_is_said(tmp_path: Path) -> None:
    path = tmp_path / "weights.pth"
    torch.save({"fc.bias": torch.zeros(3)}, path)
    error = refused(path)
    assert error.code == "inception-is-program"
    assert "save_file" in error.hint
    path.write_bytes(pickle.dumps({"fc.bias": [0.0]}))
    assert refused(path).code == "inception-is-program"
