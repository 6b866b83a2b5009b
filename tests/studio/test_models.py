from __future__ import annotations

from pathlib import Path

import pytest

from ganstudio.pictures import BUNDLES
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import PictureList, SourceEntry
from ganstudio.project.presets import recipe_for
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.project.titles import Best
from ganstudio.studio import engine
from ganstudio.studio.models import beginnings, best_or_newest, find_model, model_to_begin_with
from tests.invented_scores import invented_score


def _run_with(project: Project, clocks: list[int]) -> RunFolder:
    recipe = recipe_for(size=32, pictures=4000)
    info = RunInfo(name="Run 1", created="2026-01-01T00:00:00+00:00", seed=1)
    run = RunFolder.create(project.runs_path, recipe, info, ["00"])
    for clock in clocks:
        folder = run.snapshot_folder(clock)
        folder.mkdir()
        (folder / "snapshot.json").write_text("{}")
    return run


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "horses")


def test_a_project_and_a_run_mean_their_newest_snapshot(project: Project) -> None:
    run = _run_with(project, [0, 6400, 270_336])
    for text in (str(project.path), str(run.path)):
        model = find_model(text)
        assert model.images == 270_336
        assert model.path == run.snapshot_folder(270_336) / "generator.safetensors"
        assert model.title == "Run 1, 270 k"


def test_a_moment_is_named_as_it_is_said(project: Project) -> None:
    _run_with(project, [0, 6400, 270_336])
    assert find_model(f"{project.path}@270k").images == 270_336
    assert find_model(f"{project.path}@6400").images == 6400


def test_a_moment_that_is_not_there_names_those_that_are(project: Project) -> None:
    _run_with(project, [0, 6400])
    with pytest.raises(UserError) as caught:
        find_model(f"{project.path}@270k")
    assert caught.value.code == "no-such-moment"
    assert "6.4 k" in caught.value.hint


def test_a_file_is_itself_even_with_an_at_sign_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine@home.safetensors"
    path.write_bytes(b"")
    assert find_model(str(path)).path == path


@pytest.mark.parametrize(
    ("made", "code"), [("nothing", "no-such-file"), ("folder", "no-project"), ("project", "no-run")]
)
def test_what_is_no_model_says_why(tmp_path: Path, made: str, code: str) -> None:
    path = tmp_path / "thing"
    if made == "folder":
        path.mkdir()
    if made == "project":
        Project.create(path)
    with pytest.raises(UserError) as caught:
        find_model(str(path))
    assert caught.value.code == code


def test_a_run_without_snapshots_says_so(project: Project) -> None:
    _run_with(project, [])
    with pytest.raises(UserError) as caught:
        find_model(str(project.path))
    assert caught.value.code == "no-snapshot"


@pytest.mark.parametrize("name", list(BUNDLES))
def test_each_bundled_set_has_a_model_that_learned_from_it(name: str) -> None:
    found = find_model(name)
    assert found.title == BUNDLES[name].title
    recipe = engine.model_info(found.path).recipe
    assert recipe.network.size == BUNDLES[name].size
    pictures = engine.generate(found.path, range(4), 1.0)
    assert pictures.std(axis=0).mean() > 5
    assert (found.path.parent / "SOURCE.txt").read_text().count("--seed") == 1
    assert (found.path.parent / "discriminator.safetensors").is_file()


def test_bundled_models_are_small() -> None:
    folder = BUNDLES["open-peeps"].model.parent.parent
    assert sum(file.stat().st_size for file in folder.rglob("*")) < 20_000_000


def test_a_bundled_set_is_explored_with_its_own_model() -> None:
    for name, bundle in BUNDLES.items():
        pictures = PictureList(sources=(SourceEntry(kind="bundle", location=name),))
        assert model_to_begin_with(pictures).path == bundle.model
    folder = PictureList(sources=(SourceEntry(kind="folder", location="pixel-avatars"),))
    assert model_to_begin_with(folder) == model_to_begin_with(PictureList())


def test_the_best_moment_has_a_name_of_its_own(project: Project) -> None:
    run = _run_with(project, [0, 6400, 270_336])
    for text in (f"{project.path}@best", f"{run.path}@best"):
        with pytest.raises(UserError) as caught:
            find_model(text)
        assert caught.value.code == "no-best"
        assert "270 k" in caught.value.hint
        assert "score" in caught.value.hint
    assert best_or_newest(run).images == 270_336
    for clock, distance in ((0, 400.0), (6400, 12.0), (270_336, 30.0)):
        score = invented_score(kernel=distance)
        run.add_score(MomentScore(clock, score, None, drawn=64, real=64, honest=True))
    found = find_model(f"{project.path}@best")
    assert (found.images, found.best) == (6400, Best(6400, "score"))
    assert best_or_newest(run).path == found.path
    run.star(0)
    assert find_model(f"{project.path}@best").best == Best(0, "choice")


@pytest.mark.parametrize("moment", ["", "Best", "best "])
def test_what_is_nearly_best_is_no_moment(project: Project, moment: str) -> None:
    _run_with(project, [0])
    with pytest.raises(UserError) as caught:
        find_model(f"{project.path}@{moment}")
    assert caught.value.code == "bad-count"


def test_a_damaged_run_is_no_beginning_and_hides_no_other(project: Project) -> None:
    whole, broken = _run_with(project, [0]), _run_with(project, [0])
    (broken.path / "recipe.json").write_text("{")
    assert list(beginnings(project, whole.recipe().network))[-1] == whole.id
