"""What a process that helps has to find before it can play along."""

from __future__ import annotations

import pytest

from ganstudio.pictures import open_training_set
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.processes import Place
from ganstudio.studio.engine.together import _rows_of, in_memory
from ganstudio.studio.machine import Machine


def test_a_helper_needs_every_picture_of_the_run(tiny_project: Project) -> None:
    with open_training_set(tiny_project) as pictures:
        wanted = pictures.hashes[3:9]
        assert _rows_of(pictures, wanted, Place(1, 2)).tolist() == list(range(3, 9))
        with pytest.raises(UserError) as caught:
            _rows_of(pictures, [*wanted, "another"], Place(1, 2))
    assert caught.value.code == "helper-without-pictures"
    assert "6 of the 7" in caught.value.sentence


def test_the_processes_of_a_host_share_its_memory(
    tiny_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine()
    with open_training_set(tiny_project) as pictures:
        rows = _rows_of(pictures, pictures.hashes, Place(0, 2))
        needed = len(rows) * 32 * 32 * 3
        monkeypatch.setattr(machine, "memory_free", lambda: 6 * needed)
        images, left = in_memory(pictures, rows, machine)
        assert images.shape == (24, 32, 32, 3)
        assert left is None
        with monkeypatch.context() as patch:
            for name in ("RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE"):
                patch.setenv(name, "2")
            assert in_memory(pictures, rows, machine) == (pictures, rows)
