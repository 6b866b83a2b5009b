"""Where to train, on how many threads, and why, in words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
import torch

from ganstudio.gan import device
from ganstudio.gan import probe as probing
from ganstudio.gan.device import DeviceChoice, choice_of, choose_device, on_own_gpu, use_threads
from ganstudio.gan.footprint import PeakMemory
from ganstudio.gan.probe import probe, row_images_for
from ganstudio.project.errors import UserError
from ganstudio.project.processes import Place
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunInfo


@pytest.fixture(autouse=True)
def _four_cores_and_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "cores", lambda: 4)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


def _two_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _device: "NVIDIA Tiny")


def test_without_a_window_every_core_works() -> None:
    choice = choose_device()
    assert (choice.device, choice.threads) == ("cpu", 4)
    assert choice.reason == "no GPU found: training on 4 CPU cores"
    narrow = choice.with_precision("bfloat16")
    assert narrow.reason == "no GPU found: training on 4 CPU cores in bfloat16"
    assert narrow.with_precision("float32") == choice


def test_an_open_window_keeps_a_core() -> None:
    choice = choose_device(window_open=True)
    assert choice.threads == 3
    assert choice.reason == "no GPU found: training on 3 of 4 CPU cores"


def test_a_single_core_trains_even_with_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "cores", lambda: 1)
    choice = choose_device(window_open=True)
    assert choice.threads == 1
    assert choice.reason == "no GPU found: training on 1 CPU core"


def test_a_person_may_choose_threads() -> None:
    assert choose_device("cpu", 2, window_open=True).threads == 2
    assert choose_device("cpu", 0).threads == 4
    for count in (5, -1):
        with pytest.raises(UserError) as caught:
            choose_device("cpu", count)
        assert caught.value.code == "bad-threads"


def test_a_gpu_is_taken_when_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    _two_gpus(monkeypatch)
    choice = choose_device()
    assert choice.device == "cuda:0"
    assert choice.reason == "NVIDIA Tiny found: training on it"
    assert choose_device("cuda").device == "cuda:0"
    assert choose_device("cuda:1").device == "cuda:1"
    assert choose_device("cpu").reason == "as chosen: training on 4 CPU cores"


@pytest.mark.parametrize("wanted", ["cuda", "cuda:7", "mps", "tpu", "cuda:x", ""])
def test_a_device_that_is_not_there_is_an_error_that_names_those_that_are(wanted: str) -> None:
    with pytest.raises(UserError) as caught:
        choose_device(wanted)
    assert caught.value.code == "no-such-device"
    assert "cpu" in caught.value.hint


def _info(**values: object) -> RunInfo:
    return RunInfo.model_validate({"name": "r", "created": "", "seed": 1} | values)


def test_a_run_goes_on_where_it_began() -> None:
    info = _info(device="cpu", threads=2, precision="bfloat16", device_reason="as it was")
    choice = choice_of(info, window_open=True)
    assert (choice.device, choice.threads, choice.precision) == ("cpu", 2, "bfloat16")
    assert choice.reason == "as it was"


def test_a_run_whose_device_is_gone_goes_on_elsewhere() -> None:
    choice = choice_of(_info(device="cuda:0", threads=16))
    assert (choice.device, choice.threads) == ("cpu", 4)


def test_a_person_may_move_a_run() -> None:
    assert choice_of(_info(device="cpu", threads=2), threads=3).threads == 3
    assert choice_of(_info(device="cuda:0", threads=2), "cpu").device == "cpu"


def test_processes_of_one_host_take_a_gpu_each(monkeypatch: pytest.MonkeyPatch) -> None:
    _two_gpus(monkeypatch)
    choice = choose_device("cuda")
    assert on_own_gpu(choice, Place(3, 4, 1, 2)).device == "cuda:1"
    with pytest.raises(UserError) as caught:
        on_own_gpu(choice, Place(2, 3, 2, 3))
    assert caught.value.code == "no-such-device"
    plain = choose_device("cpu")
    assert on_own_gpu(plain, Place(2, 3, 2, 3)) == plain


@pytest.fixture
def one_thread_after() -> Iterator[None]:
    yield
    use_threads(1)


def test_threads_are_set_for_the_process(one_thread_after: None) -> None:
    use_threads(2)
    assert torch.get_num_threads() == 2


def test_the_probe_measures_and_decides_by_measuring(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = probe(recipe, choose_device("cpu", 1))
    assert found.images_per_s > 0
    assert found.row_images % recipe.batch_size == 0
    assert found.choice.precision in ("float32", "bfloat16")


_Way = tuple[str, int]


def _probe_with_prices(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch, threads: int | None, price: dict[_Way, float]
) -> probing.Probe:
    """Probe on a computer of two cores, where a turn takes its price in each way of playing it."""
    now = [0]

    def turn(candidate: probing._Candidate, number: int) -> float:
        assert candidate.choice.threads == now[0]
        return price[candidate.choice.precision, candidate.choice.threads]

    monkeypatch.setattr("ganstudio.gan.device.cores", lambda: 2)
    monkeypatch.setattr(probing, "use_threads", lambda count: now.__setitem__(0, count))
    monkeypatch.setattr(probing, "_first_turns", lambda *_: (None, 0.0))
    monkeypatch.setattr(probing._Candidate, "_turn", turn)
    found = probe(recipe, choose_device("cpu", threads))
    assert now[0] == found.choice.threads
    return found


@pytest.mark.parametrize(
    ("narrow", "fewer", "both", "expected"),
    [
        (1.0, 1.0, 1.0, ("float32", 2)),
        (0.96, 0.96, 0.96, ("float32", 2)),
        (0.94, 1.0, 1.0, ("bfloat16", 2)),
        (1.0, 0.84, 1.0, ("float32", 2)),
        (1.0, 0.82, 1.0, ("float32", 1)),
        (0.90, 1.0, 0.77, ("bfloat16", 2)),
        (0.90, 0.93, 0.73, ("bfloat16", 1)),
        (0.90, 0.75, 0.74, ("float32", 1)),
        (9.0, 9.0, 9.0, ("float32", 2)),
    ],
)
def test_bfloat16_and_fewer_threads_are_taken_only_where_each_pays(
    recipe: Recipe,
    monkeypatch: pytest.MonkeyPatch,
    narrow: float,
    fewer: float,
    both: float,
    expected: _Way,
) -> None:
    price = {
        ("float32", 2): 1.0,
        ("bfloat16", 2): narrow,
        ("float32", 1): fewer,
        ("bfloat16", 1): both,
    }
    found = _probe_with_prices(recipe, monkeypatch, None, price)
    assert (found.choice.precision, found.choice.threads) == expected
    assert found.images_per_s == pytest.approx(recipe.batch_size / price[expected])
    assert found.choice.fewer_threads is None
    cores = "1 of 2 CPU cores" if expected[1] == 1 else "on 2 CPU cores"
    assert cores in found.choice.reason


def test_fewer_threads_are_really_tried(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch, one_thread_after: None
) -> None:
    played: list[_Way] = []
    turn = probing._Candidate._turn

    def watched(candidate: probing._Candidate, number: int) -> float:
        assert torch.get_num_threads() == candidate.choice.threads
        played.append((candidate.choice.precision, candidate.choice.threads))
        return turn(candidate, number)

    monkeypatch.setattr("ganstudio.gan.device.cores", lambda: 2)
    monkeypatch.setattr(probing._Candidate, "_turn", watched)
    found = probe(recipe, choose_device("cpu"))
    assert {("float32", 2), ("float32", 1)} <= set(played)
    assert found.images_per_s > 0
    assert torch.get_num_threads() == found.choice.threads


@pytest.mark.parametrize("turns", range(8))
def test_a_probe_may_be_stopped_between_any_two_turns(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch, one_thread_after: None, turns: int
) -> None:
    monkeypatch.setattr("ganstudio.gan.device.cores", lambda: 2)
    asked = itertools.count()
    found = probe(recipe, choose_device("cpu"), should_stop=lambda: next(asked) >= turns)
    assert found.images_per_s == 0
    assert found.choice.fewer_threads is None


def test_a_number_of_threads_that_a_person_chose_is_not_changed(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    price = {("float32", 2): 1.0, ("bfloat16", 2): 2.0}
    assert _probe_with_prices(recipe, monkeypatch, 2, price).choice.threads == 2


def test_a_busy_moment_does_not_choose_the_precision(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that runs fast in one round makes both slower in that round, and only there."""
    price = {"float32": 2.0, "bfloat16": 1.5}
    turns = {name: itertools.count() for name in price}

    def turn(candidate: probing._Candidate, number: int) -> float:
        precision = candidate.choice.precision
        return price[precision] * (10.0 if next(turns[precision]) in (2, 3) else 1.0)

    monkeypatch.setattr(probing, "_first_turns", lambda *_: (None, 0.0))
    monkeypatch.setattr(probing._Candidate, "_turn", turn)
    monkeypatch.setattr(probing, "_SECONDS", 60.0)
    found = probe(recipe, choose_device("cpu", 1))
    assert found.choice.precision == "bfloat16"
    assert found.images_per_s == pytest.approx(recipe.batch_size / 1.5)


def test_what_does_not_train_in_bfloat16_trains_in_float32(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def turn(candidate: probing._Candidate, number: int) -> float:
        if candidate.choice.precision == "bfloat16":
            raise RuntimeError("not implemented")
        return 1.0

    monkeypatch.setattr(probing._Candidate, "_turn", turn)
    found = probe(recipe, choose_device("cpu", 1))
    assert found.choice.precision == "float32"
    assert found.images_per_s == pytest.approx(recipe.batch_size)


def test_of_several_processes_one_share_of_a_batch_is_measured(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[int] = []

    def turn(candidate: probing._Candidate, number: int) -> float:
        played.append(candidate.recipe.batch_size)
        return 1.0

    monkeypatch.setattr(probing._Candidate, "_turn", turn)
    found = probe(recipe, choose_device("cpu", 1), processes=2)
    assert set(played) == {recipe.batch_size // 2}
    assert found.images_per_s == pytest.approx(recipe.batch_size)
    assert found.row_images % recipe.batch_size == 0


def test_a_probe_that_is_stopped_ends_at_once(recipe: Recipe) -> None:
    found = probe(recipe, choose_device("cpu", 1), should_stop=lambda: True)
    assert found.images_per_s == 0
    assert found.row_images == recipe.batch_size


def test_memory_is_known_from_two_small_turns(recipe: Recipe) -> None:
    recipe = recipe.with_values({"batch_size": 64, "network.width": 16, "network.d_width": 16})
    choice = choose_device("cpu", 1)
    predicted, _ = probing._first_turns(recipe, choice, 64, lambda: False)
    assert predicted is not None
    candidate = probing._Candidate(recipe, choice)
    with PeakMemory() as memory:
        candidate.first_turn()
    assert predicted.of(64) == pytest.approx(1.2 * memory.peak, rel=0.03)
    assert predicted.of(64) > 3 * predicted.of(8)


def test_a_batch_beyond_the_memory_is_told_and_never_played(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = recipe.with_values({"batch_size": 64})
    needed = probe(recipe, choose_device("cpu", 1)).memory_bytes
    played: list[int] = []
    turn = probing._Candidate._turn

    def watched(candidate: probing._Candidate, number: int) -> float:
        played.append(candidate.recipe.batch_size)
        return turn(candidate, number)

    monkeypatch.setattr(probing._Candidate, "_turn", watched)
    monkeypatch.setattr(probing, "memory_free", lambda _device: needed * 2 // 3)
    found = probe(recipe, choose_device("cpu", 1))
    assert (found.memory_bytes, found.memory_free) == (needed, needed * 2 // 3)
    assert found.images_per_s > 0
    assert max(played) == 32


def test_what_takes_long_is_measured_with_fewer_pictures(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[int] = []

    def turn(candidate: probing._Candidate, number: int) -> float:
        played.append(candidate.recipe.batch_size)
        return float(candidate.recipe.batch_size)  # a second a picture

    monkeypatch.setattr(probing._Candidate, "_turn", turn)
    found = probe(recipe.with_values({"batch_size": 64}), choose_device("cpu", 1))
    assert max(played) <= 16
    assert found.images_per_s == pytest.approx(1.0)


def test_there_are_about_four_rows_a_second() -> None:
    assert row_images_for(1_600, 64) == 384
    assert row_images_for(1, 64) == 64


def test_networks_that_do_not_fit_the_memory_have_no_speed(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found out before a run is made; a probe is not the place to end with a report."""

    def full(*_given: object, **_more: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB")

    monkeypatch.setattr(probing, "Trainer", full)
    found = probe(recipe, DeviceChoice("cpu", 1, ""))
    assert found.images_per_s == 0
