"""Piles are fresh, halved and fairly judged; games are a coin's; nothing of a run ever changes."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from ganstudio.gan.inspecting import Inspector
from ganstudio.gan.scores import scores
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.judging import Court, FolderJudged, HeatMap, Nearest, Pile, Round
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import Task
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import Bench, StartRequest
from ganstudio.studio.events import Judged, JudgingFailed
from tests.studio.conftest import TINY, Watch


def result(slices: Generator[object, None, Any]) -> Any:
    """All slices at once."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return end.value


def train(studio: Studio, project: Project, images: int = 64) -> RunFolder:
    studio.training.start(project, StartRequest(seed=7, threads=1, images=images))
    studio.training.wait()
    studio.events.drain()
    return project.newest_run()


#: Trained once, and copied for every test.
_trained: list[Path] = []


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("shelf")
    _trained.clear()


@pytest.fixture
def run(shelf: Path, tmp_path: Path, request: pytest.FixtureRequest) -> RunFolder:
    """With 24 pictures, of which none are held out."""
    if not _trained:
        project: Project = request.getfixturevalue("tiny_project")
        train(request.getfixturevalue("studio"), project)
        shutil.copytree(project.path.parent / "pictures", shelf / "pictures")
        shutil.copytree(project.path, shelf / "tiny")
        _trained.append(shelf)
    for name in ("pictures", "tiny"):
        shutil.copytree(shelf / name, tmp_path / name, dirs_exist_ok=True)
    return Project.open(tmp_path / "tiny").newest_run()


@pytest.fixture
def project(run: RunFolder) -> Project:
    return Project.open(run.path.parent.parent)


@pytest.fixture
def bench(project: Project, run: RunFolder) -> Bench:
    return Bench(project, run, run.snapshots()[-1], seed=3)


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder by its contents."""
    return {
        str(path.relative_to(folder)): hashlib.blake2b(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_pile_is_half_real_and_every_picture_is_what_its_card_says(
    project: Project, bench: Bench
) -> None:
    pile: Pile = result(bench.piling())
    assert Counter(card.real for card in pile.cards) == {True: 16, False: 16}
    assert pile.pictures.shape == (32, 32, 32, 3)
    assert not pile.pictures.flags.writeable
    originals = {
        path.name: np.asarray(Image.open(path).convert("RGB"))
        for path in (project.path.parent / "pictures").iterdir()
    }
    model = engine.open_model(bench._model_path)
    for card, picture in zip(pile.cards, pile.pictures, strict=True):
        assert 0 <= card.score <= 1
        if card.real:
            assert (picture == originals[card.name]).all()
            assert card.seed is None
        else:
            drawn = model.render(engine.points_of_seeds(model, [card.seed], 1.0))[0]
            assert np.abs(picture.astype(int) - drawn.astype(int)).max() <= 1
            assert card.name == ""
    kinds = [card.real for card in pile.cards]
    assert kinds != sorted(kinds)
    assert kinds != sorted(kinds, reverse=True)


def test_scores_are_those_of_gan_scores_with_one_middle_for_both_kinds(bench: Bench) -> None:
    seen: list[tuple[list[bool], np.ndarray]] = []
    real_judging = bench._judging

    def watched(entries: Any, keep: bool) -> Generator[None, None, Any]:
        found = yield from real_judging(entries, keep)
        seen.append(([entry.seed is None for entry in entries], found[0]))
        return found

    bench._judging = watched  # type: ignore[method-assign]
    pile: Pile = result(bench.piling())
    (is_real, reference), (_, logits) = seen
    real = torch.from_numpy(reference[np.array(is_real)])
    fake = torch.from_numpy(reference[~np.array(is_real)])
    assert (len(real), len(fake)) == (24, 256)
    court = pile.court
    assert court.middle == pytest.approx(float(real.mean() + fake.mean()) / 2)
    told = scores(real, fake, middle=None)
    assert court.balance == pytest.approx(told.balance)
    mine = torch.sigmoid(torch.from_numpy(logits) - court.middle)
    assert [card.score for card in pile.cards] == pytest.approx(mine.tolist())
    right = [(value > court.middle) == kind for value, kind in zip(reference, is_real, strict=True)]
    assert court.right.value == pytest.approx(np.mean(right))
    assert court.right.interval[0] < court.right.value < court.right.interval[1]


def test_a_loss_with_a_middle_of_its_own_keeps_it(studio: Studio, tiny_project: Project) -> None:
    studio.projects.open(tiny_project.path)
    values = dict(TINY.values) | {"game.loss": "hinge"}
    studio.projects.set_plan(TrainingPlan(preset="sketch", values=values))
    run = train(studio, studio.projects.current or tiny_project, 16)
    court: Court = result(Bench(tiny_project, run, run.snapshots()[-1], 1).convening())
    assert court.middle == 0.0


def test_no_generated_picture_ever_comes_again_and_real_ones_come_in_turn(bench: Bench) -> None:
    piles: list[Pile] = [result(bench.piling()), result(bench.dealing(10)), result(bench.piling())]
    seeds = [card.seed for pile in piles for card in pile.cards if card.seed is not None]
    assert len(set(seeds)) == len(seeds)
    assert min(seeds) >= 64  # those that Train shows all the time are no surprise
    first, second, third = ([c.name for c in pile.cards if c.real] for pile in piles)
    assert not set(first) & set(second)
    assert len({*first, *second, *third}) == 24  # all of them, before one comes a third time
    assert not piles[0].again
    assert piles[-1].again
    for pile in piles:
        shown = [card.name for card in pile.cards if card.real]
        assert len(set(shown)) == len(shown)


def test_the_same_seed_makes_the_same_piles_and_another_makes_others(
    project: Project, run: RunFolder, bench: Bench
) -> None:
    clock = run.snapshots()[-1]
    one, two, other = (
        result(made.piling())
        for made in (bench, Bench(project, run, clock, 3), Bench(project, run, clock, 4))
    )
    assert [card.seed for card in one.cards] == [card.seed for card in two.cards]
    assert (one.pictures == two.pictures).all()
    assert [card.score for card in one.cards] == [card.score for card in two.cards]
    assert not {card.seed for card in one.cards} & {card.seed for card in other.cards} - {None}


def test_a_game_is_decided_by_coins(bench: Bench) -> None:
    shares = [sum(card.real for card in result(bench.dealing(10)).cards) for _ in range(12)]
    assert len(set(shares)) > 2  # nobody can count what is left
    assert 3 <= np.mean(shares) <= 7


def test_held_out_pictures_are_judged_where_there_are_any(
    studio: Studio, project: Project, run: RunFolder
) -> None:
    hashes = run.training_hashes()
    (run.path / "pictures.txt").write_text("\n".join(hashes[4:]) + "\n")
    run.write_info(run.info().model_copy(update={"held_out": tuple(hashes[:4])}))
    bench = Bench(project, run, run.snapshots()[-1], 1)
    pile: Pile = result(bench.piling())
    assert pile.court.honest
    assert pile.court.available == pile.court.real == 4
    names = {card.name for card in pile.cards if card.real}
    pictures = bench._pictures.all
    assert names == {pictures.names[place] for place in bench._pictures.held_out}


def test_a_heat_map_finds_what_the_score_rests_on(bench: Bench) -> None:
    """A discriminator that only looks at the brightness of one corner."""

    class Corner(torch.nn.Module):
        def forward(self, pictures: torch.Tensor, labels: object) -> torch.Tensor:
            return 10 * pictures[:, :, :8, :8].mean((1, 2, 3))

    pictures = np.zeros((1, 32, 32, 3), np.uint8)
    pictures[:, 2:6, 2:6] = 255
    bench._inspector._network = Corner()  # type: ignore[assignment]
    pile = Pile(result(bench.convening()), pictures, (result(bench.piling()).cards[0],))
    heat: HeatMap = result(bench.explaining(pile, 0))
    assert heat.weights.shape == (32, 32)
    assert np.unravel_index(heat.weights.argmax(), (32, 32)) < (8, 8)
    assert heat.weights[:8, :8].mean() > 10 * abs(heat.weights[16:, 16:]).mean()


def test_the_nearest_pictures_are_the_nearest_and_a_copy_lies_at_0(
    project: Project, bench: Bench
) -> None:
    pile: Pile = result(bench.piling())
    copied = next(place for place, card in enumerate(pile.cards) if card.real)
    found: Nearest = result(bench.finding_nearest(pile, copied))
    assert found.searched == 24
    assert found.neighbours[0].name == pile.cards[copied].name
    assert found.neighbours[0].distance == pytest.approx(0, abs=1e-6)
    assert (found.neighbours[0].picture == pile.pictures[copied]).all()
    distances = [neighbour.distance for neighbour in found.neighbours]
    assert distances == sorted(distances)
    assert len(distances) == 5
    assert found.limit is None  # nothing is held out here
    assert not found.suspicious


def test_a_folder_is_sorted_and_bad_files_are_named(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "others"
    folder.mkdir()
    random = np.random.default_rng(1)
    for index in range(5):
        pixels = random.integers(0, 256, (40, 32, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{index}.png")
    (folder / "broken.png").write_bytes(b"nothing")
    (folder / "notes.txt").write_text("no picture at all")
    found: FolderJudged = result(bench.judging_folder(folder))
    assert sorted(found.names) == [f"{index}.png" for index in range(5)]
    assert list(found.scores) == sorted(found.scores)
    assert found.pictures.shape == (5, 32, 32, 3)
    assert [name for name, _ in found.left_out] == ["broken.png"]
    assert "broken.png" in found.left_out[0][1]
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UserError):
        result(bench.judging_folder(empty))


def test_a_round_is_one_true_step_of_both_and_touches_nothing(
    project: Project, run: RunFolder, bench: Bench
) -> None:
    before = fingerprint(project.path)
    networks = (bench._model._network, bench._inspector._network)
    weights = [
        {name: value.clone() for name, value in network.state_dict().items()}
        for network in networks
    ]
    found: Round = result(bench.playing_round())
    assert fingerprint(project.path) == before
    for network, kept in zip(networks, weights, strict=True):
        assert all(torch.equal(value, kept[name]) for name, value in network.state_dict().items())
    assert sorted(found.real) == [False] * 4 + [True] * 4
    assert found.pictures.shape == (8, 32, 32, 3)
    assert found.before != found.after
    towards = [
        (after - was) * (1 if real else -1)
        for was, after, real in zip(found.before, found.after, found.real, strict=True)
    ]
    assert sum(towards) > 0  # it has learned to tell these pictures better
    assert found.redrawn.shape == found.changes.shape == (4, 32, 32, 3)
    drawn = found.pictures[[not real for real in found.real]]
    assert (found.redrawn != drawn).any()
    was = [score for score, real in zip(found.after, found.real, strict=True) if not real]
    assert sum(found.redrawn_scores) > sum(was)  # and the generator to fool it better


# -- the service: tickets, newest wins, errors --


@pytest.fixture
def judging(studio: Studio, project: Project, run: RunFolder) -> Studio:
    studio.judging.look_at(project, run, run.snapshots()[-1], seed=5)
    return studio


def test_every_answer_carries_its_ticket(judging: Studio, watch: Watch) -> None:
    ticket = judging.judging.new_pile()
    watch.until(lambda: bool(watch.of(Judged)))
    (event,) = watch.of(Judged)
    assert event.ticket == ticket
    pile = event.found
    assert isinstance(pile, Pile)
    later = judging.judging.explain(pile, 0)
    watch.until(lambda: len(watch.of(Judged)) == 2)
    answer = watch.of(Judged)[1]
    assert (answer.ticket, type(answer.found)) == (later, HeatMap)


def test_of_one_kind_only_the_newest_is_answered(judging: Studio, watch: Watch) -> None:
    judging.judging.new_pile()
    newest = judging.judging.deal(10)
    watch.until(lambda: any(event.ticket == newest for event in watch.of(Judged)))
    assert len(watch.of(Judged)) == 1


def test_another_moment_drops_what_was_asked_before(
    judging: Studio, project: Project, run: RunFolder, watch: Watch
) -> None:
    judging.judging.new_pile()
    first, *_ = run.snapshots()
    judging.judging.look_at(project, run, first)
    ticket = judging.judging.new_pile()
    watch.until(lambda: bool(watch.of(Judged)))
    (event,) = watch.of(Judged)
    assert event.ticket == ticket
    assert isinstance(event.found, Pile)
    assert event.found.court.images == first


def test_what_cannot_be_read_is_told_and_the_next_question_is_answered(
    judging: Studio, project: Project, run: RunFolder, watch: Watch
) -> None:
    first, last = run.snapshots()[0], run.snapshots()[-1]
    (run.snapshot_folder(first) / "discriminator.safetensors").write_bytes(b"nothing")
    judging.judging.look_at(project, run, first)
    ticket = judging.judging.new_pile()
    watch.until(lambda: bool(watch.of(JudgingFailed)))
    (failed,) = watch.of(JudgingFailed)
    assert (failed.ticket, failed.error.code) == (ticket, "model-damaged")
    judging.judging.look_at(project, run, last)
    judging.judging.new_pile()
    watch.until(lambda: bool(watch.of(Judged)))


def test_a_bug_of_ours_is_told_too(
    judging: Studio, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(bench: Bench) -> Generator[None, None, Pile]:
        raise RuntimeError("a wheel came off")
        yield

    monkeypatch.setattr(Bench, "piling", broken)
    judging.judging.new_pile()
    watch.until(lambda: bool(watch.of(JudgingFailed)))
    assert watch.of(JudgingFailed)[0].error.code == "judging-bug"


@pytest.mark.parametrize(
    ("name", "preset"),
    [
        ("dcgan", "dcgan-2015"),
        pytest.param("style", "style", marks=pytest.mark.slow),
        pytest.param("resnet", "wgan-gp-2017", marks=pytest.mark.slow),
        pytest.param("fastgan", "few-shot", marks=pytest.mark.slow),
    ],
)
def test_networks_that_compare_pictures_transparency_and_kinds_can_be_judged_by(
    tmp_path: Path, studio: Studio, name: str, preset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ganstudio.studio.engine.bench._REFERENCE", 16)
    random = np.random.default_rng(0)
    folder = tmp_path / "pictures"
    for kind in ("one", "two"):
        (folder / kind).mkdir(parents=True)
        for index in range(8):
            pixels = random.integers(0, 256, (32, 48, 4)).astype(np.uint8)
            Image.fromarray(pixels).save(folder / kind / f"{index:02}.png")
    values = {
        "network.width": 4,
        "network.d_width": 4,
        "network.z_dim": 16,
        "batch_size": 8,
        "horizon": 480,
    }
    project = Project.create(tmp_path / "p", plan=TrainingPlan(preset=preset, values=values))
    framing = FramingSettings(size=32, aspect="3:2", channels=4)
    studio.pictures.add_now(project, [folder], framing, Task())
    project.write_pictures(project.pictures().model_copy(update={"kinds": True}))
    run = train(studio, project, 8)
    bench = Bench(project, run, run.snapshots()[-1], 1)
    pile: Pile = result(bench.piling())
    assert pile.pictures.shape[1:] == (32, 48, 4)
    assert {card.kind for card in pile.cards} == {0, 1}
    assert np.isfinite([card.score for card in pile.cards]).all()
    heat: HeatMap = result(bench.explaining(pile, 3))
    assert heat.weights.shape == (32, 48)
    round_: Round = result(bench.playing_round())
    assert round_.pictures.shape == (8, 32, 48, 4)
    assert Inspector(bench._model_path).recipe.network.name == name
