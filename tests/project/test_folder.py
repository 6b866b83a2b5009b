"""A project is made once, opened by anybody, and never harmed by looking at it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.picture_list import PictureEntry, PictureList
from ganstudio.project.presets import recipe_for
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.project.schema import MIGRATIONS, SCHEMA_VERSION


def _tree(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}


def test_a_new_project_comes_back(tmp_path: Path) -> None:
    made = Project.create(tmp_path / "a" / "faces", plan=TrainingPlan(minutes=3))
    opened = Project.open(made.path)
    assert opened.info().name == "faces"
    assert opened.info().plan.minutes == 3
    assert opened.pictures() == PictureList()
    assert opened.runs() == []
    with pytest.raises(UserError) as caught:
        opened.newest_run()
    assert caught.value.code == "no-run"


def test_a_place_that_is_taken_is_refused_and_left_alone(tmp_path: Path) -> None:
    Project.create(tmp_path / "project")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    before = _tree(tmp_path)
    codes = []
    for name in ("project", "folder", "file"):
        with pytest.raises(UserError) as caught:
            Project.create(tmp_path / name)
        codes.append(caught.value.code)
    assert codes == ["project-exists", "project-folder-taken", "project-folder-taken"]
    assert _tree(tmp_path) == before


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert Project.create(tmp_path).info().name == tmp_path.name


def test_a_newer_project_is_refused_by_its_version_and_not_touched(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "faces")
    path = project.path / "project.json"
    value = json.loads(path.read_bytes())
    value |= {"schema_version": SCHEMA_VERSION + 1, "app_version": "9.3"}
    path.write_text(json.dumps(value))
    before = _tree(project.path)
    with pytest.raises(UserError) as caught:
        Project.open(project.path)
    assert caught.value.code == "newer-project"
    assert "9.3" in caught.value.sentence
    assert _tree(project.path) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"format": "ganstudio"}',
        '{"format": "ganstudio", "schema_version": 0}',
        '{"format": "ganstudio", "schema_version": true}',
        '{"format": "ganstudio", "schema_version": 1}',
    ],
)
def test_a_strange_project_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "project.json").write_text(text)
    with pytest.raises(UserError) as caught:
        Project.open(tmp_path)
    assert caught.value.code == "unreadable-file"
    assert "project.json" in caught.value.sentence


def test_what_is_no_project_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(UserError) as caught:
            Project.open(path)
        assert caught.value.code == "no-project"


def test_looking_writes_nothing(tmp_path: Path) -> None:
    made = Project.create(tmp_path / "faces")
    before = _tree(made.path)
    project = Project.open(made.path)
    _ = (project.info(), project.pictures(), project.runs(), project.writable)
    assert _tree(made.path) == before


def test_the_newest_run_is_the_last_made_and_broken_ones_are_not_listed(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "faces")
    recipe = recipe_for(size=32, pictures=10)
    info = RunInfo(name="Run", created="2024-05-01T10:00:00+02:00", seed=1)
    for name in ("2024-01-01-000000-aaaa", "2024-01-02-000000-aaaa"):
        run = RunFolder.create(project.runs_path, recipe, info, [])
        run.path.rename(project.runs_path / name)
    (project.runs_path / "2024-01-03-000000-aaaa").mkdir()
    assert project.newest_run().id == "2024-01-02-000000-aaaa"
    assert len(project.runs()) == 2


def test_a_person_s_choice_never_brings_back_what_cannot_be_read() -> None:
    pictures = PictureList(
        pictures=(
            PictureEntry(source=0, name="a.png"),
            PictureEntry(source=0, name="b.png", left_out="picture-too-small"),
        )
    )
    out = pictures.with_left_out({0, 1}, left_out=True)
    assert [picture.left_out for picture in out.pictures] == ["by-hand", "picture-too-small"]
    back = out.with_left_out({0, 1}, left_out=False)
    assert back == pictures
    assert back.usable_count == 1


def test_every_older_version_has_its_step() -> None:
    assert set(MIGRATIONS) == set(range(1, SCHEMA_VERSION))


def test_sweeping_leaves_what_another_process_writes(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "project")
    info = RunInfo(name="Run 1", created="2026-01-01T00:00:00+00:00", seed=1)
    run = RunFolder.create(project.runs_path, recipe_for(size=32, pictures=9), info, [])
    half = run.snapshots_path / ".ganstudio-tmp-1"
    half.mkdir()
    with run.lock:
        Project(project.path).sweep()
        assert half.is_dir()
    project.sweep()
    assert not half.exists()
