"""A model file tells what it is; a stranger's is refused in a sentence, and never executed."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save

from ganstudio.gan.modelfile import (
    load_generator,
    network_for,
    put_weights,
    read_model_info,
    save_generator,
)
from ganstudio.gan.sampling import pictures_of, seed_vectors
from ganstudio.project.errors import UserError
from ganstudio.project.recipe import Recipe


@pytest.fixture
def model(tmp_path: Path, recipe: Recipe) -> Path:
    path = tmp_path / "model.safetensors"
    network = network_for(recipe)
    rng = torch.Generator().manual_seed(8)
    with torch.no_grad():
        for weight in network.parameters():
            weight.normal_(0, 0.1, generator=rng)
    save_generator(path, network, recipe, 270_000, preview_seed=5)
    return path


def test_it_draws_what_was_saved(model: Path, recipe: Recipe) -> None:
    loaded = load_generator(model)
    assert loaded.recipe == recipe
    assert (loaded.images_seen, loaded.preview_seed) == (270_000, 5)
    assert loaded.class_names == ()
    again = network_for(recipe)
    put_weights(again, load_file(model))
    latents = seed_vectors(range(4), 8)
    assert (pictures_of(loaded.network, latents) == pictures_of(again, latents)).all()
    assert not loaded.network.training
    assert not any(weight.requires_grad for weight in loaded.network.parameters())


def test_its_fingerprint_is_its_content(model: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.safetensors"
    copy.write_bytes(model.read_bytes())
    info = read_model_info(model)
    assert info.fingerprint == read_model_info(copy).fingerprint
    assert info.fingerprint == load_generator(model).fingerprint
    copy.write_bytes(_with_value(model, 3.0))
    assert read_model_info(copy).fingerprint != info.fingerprint


def test_its_info_counts_weights(model: Path) -> None:
    info = read_model_info(model)
    assert info.bytes == model.stat().st_size
    assert info.parameters == sum(v.numel() for v in load_file(model).values() if v.ndim > 0)


# -- strangers' files ------------------------------------------------------------------------------


def _parts(model: Path) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    data = model.read_bytes()
    length = int.from_bytes(data[:8], "little")
    return load_file(model), json.loads(data[8 : 8 + length])["__metadata__"]


def _with_value(model: Path, value: float) -> bytes:
    tensors, metadata = _parts(model)
    next(v for v in tensors.values() if v.ndim).view(-1)[0] = value
    return save(tensors, metadata)


def _with_metadata(model: Path, **changes: str) -> bytes:
    tensors, metadata = _parts(model)
    return save(tensors, metadata | changes)


def _with_recipe(model: Path, **network: object) -> bytes:
    tensors, metadata = _parts(model)
    recipe = json.loads(metadata["recipe"])
    recipe["network"] |= network
    return save(tensors, metadata | {"recipe": json.dumps(recipe)})


def _without_metadata(model: Path) -> bytes:
    return save(_parts(model)[0])


def _truncated(model: Path) -> bytes:
    return model.read_bytes()[:-7]


def _half_a_header(model: Path) -> bytes:
    return model.read_bytes()[:60]


def _empty(_model: Path) -> bytes:
    return b""


def _endless_header(_model: Path) -> bytes:
    return (2**62).to_bytes(8, "little") + b"{}"


def _deep_header(_model: Path) -> bytes:
    header = b"[" * 100_000
    return len(header).to_bytes(8, "little") + header


def _one_name_more(model: Path) -> bytes:
    tensors, metadata = _parts(model)
    return save(tensors | {"more": torch.zeros(1)}, metadata)


def _one_name_less(model: Path) -> bytes:
    tensors, metadata = _parts(model)
    tensors.popitem()
    return save(tensors, metadata)


def _other_shape(model: Path) -> bytes:
    tensors, metadata = _parts(model)
    name = next(name for name, value in tensors.items() if value.ndim > 1)
    return save(tensors | {name: tensors[name].flatten()}, metadata)


def _other_type(model: Path) -> bytes:
    tensors, metadata = _parts(model)
    halves = {k: v.half() if v.is_floating_point() else v for k, v in tensors.items()}
    return save(halves, metadata)


def _picture(_model: Path) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(100)


BAD: list[tuple[Callable[[Path], bytes], str]] = [
    (_without_metadata, "model-unknown"),
    (lambda m: _with_metadata(m, format="something-else"), "model-unknown"),
    (lambda m: _with_metadata(m, recipe="{"), "model-unknown"),
    (lambda m: _with_metadata(m, images_seen="-4"), "model-unknown"),
    (lambda m: _with_metadata(m, schema_version='"one"'), "model-unknown"),
    (lambda m: _with_metadata(m, schema_version="999"), "newer-project"),
    (lambda m: _with_recipe(m, name="no-such-network"), "model-unknown"),
    (lambda m: _with_recipe(m, width=-1), "model-unknown"),
    (lambda m: _with_recipe(m, width=8), "model-other-networks"),
    # Such a generator would need hundreds of gigabytes: it is never made.
    (lambda m: _with_recipe(m, width=512, size=512, z_dim=1024), "model-other-networks"),
    (_one_name_more, "model-other-networks"),
    (_one_name_less, "model-other-networks"),
    (_other_shape, "model-other-networks"),
    (_other_type, "model-other-networks"),
    (lambda m: _with_value(m, float("nan")), "model-not-finite"),
    (lambda m: _with_value(m, float("inf")), "model-not-finite"),
    (_truncated, "model-damaged"),
    (_half_a_header, "model-damaged"),
    (_empty, "model-damaged"),
    (_endless_header, "model-damaged"),
    (_deep_header, "model-damaged"),
    (_picture, "model-damaged"),
]


@pytest.mark.parametrize(("make", "code"), BAD)
def test_a_bad_file_is_refused_in_a_sentence(
    model: Path, tmp_path: Path, make: Callable[[Path], bytes], code: str
) -> None:
    path = tmp_path / "bad.safetensors"
    path.write_bytes(make(model))
    with pytest.raises(UserError) as caught:
        load_generator(path)
    assert caught.value.code == code
    assert str(path) in caught.value.sentence
    assert caught.value.hint


def test_no_file_and_a_folder_are_sentences_too(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.safetensors", tmp_path):
        with pytest.raises(UserError):
            load_generator(path)


def test_a_file_larger_than_any_model_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.safetensors"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(UserError) as caught:
        load_generator(path)
    assert caught.value.code == "model-too-large"


class _Bomb:
    """Unpickled, it would leave a file behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("protocol", [0, 2, 5])
def test_a_booby_trapped_pickle_is_refused_and_not_executed(tmp_path: Path, protocol: int) -> None:
    trap = tmp_path / "sprung"
    path = tmp_path / "model.safetensors"
    path.write_bytes(pickle.dumps(_Bomb(trap), protocol))
    with pytest.raises(UserError) as caught:
        load_generator(path)
    assert caught.value.code in ("model-is-program", "model-damaged")
    assert not trap.exists()


def test_a_torch_file_is_called_by_its_name_and_not_executed(tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    path = tmp_path / "model.safetensors"
    torch.save(_Bomb(trap), path)
    with pytest.raises(UserError) as caught:
        load_generator(path)
    assert caught.value.code == "model-is-program"
    assert not trap.exists()
