"""What travels with the program is found, and a person's things go where they were told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from ganstudio.project.paths import default_projects, log_folder, resources, settings_folder


@pytest.mark.parametrize(
    "name",
    [
        *(f"fonts/inter/Inter-{weight}.otf" for weight in ("Regular", "Medium", "SemiBold")),
        "fonts/inter/LICENSE.txt",
        *(
            f"pictures/{name}/{file}"
            for name in ("pixel-avatars", "open-peeps", "horse-sketches")
            for file in ("pictures.zip", "LICENSE.txt", "SOURCE.txt")
        ),
    ],
)
def test_bundled_things_are_there_with_their_licences(name: str) -> None:
    assert (resources() / name).stat().st_size > 0


def test_one_variable_moves_everything_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GANSTUDIO_HOME", str(tmp_path))
    for path in (settings_folder(), log_folder(), default_projects()):
        assert path.is_relative_to(tmp_path)


def test_without_it_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GANSTUDIO_HOME")
    assert default_projects().name == "GAN Studio"
    assert settings_folder() != log_folder()
