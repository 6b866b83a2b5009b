from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from ganstudio.project.errors import UserError
from ganstudio.project.paths import settings_folder
from ganstudio.studio.settings import SettingsStore


def test_settings_survive_a_restart() -> None:
    SettingsStore().update(palette="light", threads=3)
    again = SettingsStore().value
    assert (again.palette, again.threads) == ("light", 3)


def test_a_damaged_file_is_set_aside_and_the_defaults_serve() -> None:
    folder = settings_folder()
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text("{ not json")
    assert SettingsStore().value.palette == "dark"
    assert (folder / "settings.damaged.json").read_text() == "{ not json"


def test_a_newer_file_is_left_alone_until_something_is_changed() -> None:
    store = SettingsStore()
    store.update(palette="light")
    newer = json.loads(store.path.read_text()) | {"schema_version": 99}
    store.path.write_text(json.dumps(newer))
    assert SettingsStore().value.palette == "dark"
    assert json.loads(store.path.read_text())["schema_version"] == 99


@pytest.mark.parametrize(
    "change", [{"palette": "pink"}, {"threads": -1}, {"disk_budget_gb": 0}, {"device": "../x"}]
)
def test_nothing_out_of_range_is_ever_stored(change: dict[str, object]) -> None:
    store = SettingsStore()
    with pytest.raises(ValidationError):
        store.update(**change)
    assert store.value == SettingsStore().value


def test_recent_projects_are_newest_first_without_doubles(tmp_path: object) -> None:
    from pathlib import Path

    store = SettingsStore()
    for name in ("a", "b", "a", "c"):
        store.remember_project(Path("/projects") / name)
    assert [Path(path).name for path in store.value.recent] == ["c", "a", "b"]
    store.forget_project(Path("/projects/c"))
    assert store.value.last_project is None
    assert [Path(path).name for path in SettingsStore().value.recent] == ["a", "b"]


def test_a_folder_that_cannot_be_written_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import os

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    store = SettingsStore()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as caught:
        store.update(palette="light")
    assert caught.value.code == "disk-full"
