from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.studio.projects import ProjectsService
from ganstudio.studio.settings import SettingsStore

HOLDER = """
import sys
from pathlib import Path
from ganstudio.project.locks import FileLock
with FileLock(Path(sys.argv[1]) / "project.lock"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def opened() -> list[Path | None]:
    return []


@pytest.fixture
def projects(opened: list[Path | None]) -> Iterator[ProjectsService]:
    service = ProjectsService(SettingsStore(), opened.append)
    yield service
    service.close()


def test_a_new_project_is_open_remembered_and_can_be_opened_again(
    projects: ProjectsService, opened: list[Path | None], tmp_path: Path
) -> None:
    project = projects.create(tmp_path / "horses", plan=TrainingPlan(minutes=3))
    assert projects.current is project
    assert opened == [project.path]
    projects.close()
    assert projects.last() == project.path
    assert projects.open(project.path).info().plan.minutes == 3


def test_a_project_that_another_process_holds_opens_read_only(
    projects: ProjectsService, tmp_path: Path
) -> None:
    path = projects.create(tmp_path / "horses").path
    projects.close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        projects.open(path)
        assert projects.read_only
        holder.communicate(b"")
    projects.open(path)
    assert not projects.read_only


def test_opening_something_else_fails_and_keeps_what_is_open(
    projects: ProjectsService, tmp_path: Path
) -> None:
    project = projects.create(tmp_path / "horses")
    with pytest.raises(UserError) as caught:
        projects.open(tmp_path)
    assert caught.value.code == "no-project"
    assert projects.current is project


def test_renaming_changes_the_name_and_not_the_folder(
    projects: ProjectsService, tmp_path: Path
) -> None:
    path = projects.create(tmp_path / "horses").path
    projects.rename("Wild horses")
    assert Project.open(path).info().name == "Wild horses"


@pytest.mark.parametrize("name", ["../../etc", "", "...", "a/b\\c:d", "Horses"])
def test_a_free_folder_is_always_inside_the_projects_folder(
    projects: ProjectsService, name: str
) -> None:
    folder = Path(SettingsStore().value.projects_folder)
    free = projects.free_folder(name)
    assert free.parent == folder
    assert not free.exists()
    free.mkdir(parents=True)
    assert projects.free_folder(name) != free
