"""What TensorBoard reads of a run is what the run says."""

from __future__ import annotations

import dataclasses
import datetime
import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from ganstudio.export.tensorboard import ROW_TAGS, Told, save_events
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.messages import MetricsRow
from ganstudio.project.quality import Estimate, Fid, InspectorReading, MomentScore
from ganstudio.project.tasks import Task
from tests.invented_scores import invented_score

BEGAN = datetime.datetime(2026, 11, 21, 18, 0, tzinfo=datetime.UTC)
NOTED = BEGAN + datetime.timedelta(minutes=7)
ROWS = [
    MetricsRow(
        *(64 * n, 0.1 * n, 2 / 3, 0.5, 0.4, 0.6, 1e-9, 1.0, 2.0, 2e-3, 0.1, 512.5, 0.25 * n, n),
        memory_mb=900.5 + n,
        gpu_memory_mb=None if n < 3 else 70.25,
    )
    for n in range(1, 6)
]
SCORE = MomentScore(
    192,
    dataclasses.replace(invented_score(), newness=0.9),
    None,
    drawn=64,
    real=20,
    honest=True,
    inspector=InspectorReading(1.5, 0.5, -2.0, Estimate(0.25, 0.1)),
    fid=Fid(12.25, "0123456789abcdef", 64, 20),
)
EVENTS = [
    {"event": "note", "images": 128, "at": NOTED.isoformat(), "text": "First eyes"},
    {"event": "change", "images": 192, "at": "?", "values": {"optimizer.lr": 0.001}},
    {"event": 3, "images": 192},
]


def sheet(clock: int) -> np.ndarray:
    pictures = np.zeros((64, 4, 4, 4), np.uint8)
    pictures[0, 0, 0] = (clock, 0, 0, 255)
    return pictures


TOLD = Told(BEGAN.isoformat(), ROWS, [SCORE], EVENTS, [0, 192], sheet, (10, 20, 30))


def read(folder: Path) -> EventAccumulator:
    found = EventAccumulator(str(folder), {"scalars": 0, "images": 0, "tensors": 0})
    return found.Reload()


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> EventAccumulator:
    folder = tmp_path_factory.mktemp("board") / "run"
    save_events(folder, TOLD, Task())
    return read(folder)


def test_every_number_of_every_row_is_there_at_its_clock_and_time(saved: EventAccumulator) -> None:
    assert set(ROW_TAGS) == {field.name for field in dataclasses.fields(MetricsRow)} - {"images"}
    for field, tag in ROW_TAGS.items():
        found = saved.Scalars(tag)
        rows = [row for row in ROWS if getattr(row, field) is not None]
        assert [event.step for event in found] == [row.images for row in rows]
        values = [np.float32(getattr(row, field)) for row in rows]
        assert [event.value for event in found] == values
        times = [BEGAN.timestamp() + row.seconds for row in rows]
        assert [event.wall_time for event in found] == times


def test_scores_are_there_and_fid_by_the_name_of_its_weights(saved: EventAccumulator) -> None:
    expected = {
        "quality/realism": SCORE.score.precision.value,
        "quality/coverage": SCORE.score.recall.value,
        "quality/kernel_distance": SCORE.score.kernel.value,
        "quality/frechet_distance_bundled_features": SCORE.score.frechet.value,
        "quality/sliced_wasserstein": SCORE.score.sliced,
        "quality/colours": SCORE.score.colors,
        "quality/newness": 0.9,
        "inspector/learned": 1.5,
        "inspector/held_out": 0.5,
        "inspector/generated": -2.0,
        "inspector/memorised": 0.25,
        "FID/01234567": 12.25,
    }
    assert set(saved.Tags()["scalars"]) == set(ROW_TAGS.values()) | set(expected)
    for tag, value in expected.items():
        (found,) = saved.Scalars(tag)
        assert (found.step, found.value) == (192, np.float32(value))
        assert found.wall_time == BEGAN.timestamp() + ROWS[2].seconds


def test_events_are_texts_at_the_time_they_were(saved: EventAccumulator) -> None:
    (note,) = saved.Tensors("events/note/text_summary")
    assert (note.step, note.wall_time) == (128, NOTED.timestamp())
    assert b"First eyes" in note.tensor_proto.string_val[0]
    (change,) = saved.Tensors("events/change/text_summary")
    assert b"0.001" in change.tensor_proto.string_val[0]
    assert change.wall_time == BEGAN.timestamp() + ROWS[2].seconds
    assert len(saved.Tags()["tensors"]) == 2


def test_samples_are_pictures_on_their_ground(saved: EventAccumulator) -> None:
    found = saved.Images("samples")
    assert [event.step for event in found] == [0, 192]
    with Image.open(io.BytesIO(found[1].encoded_image_string)) as image:
        pixels = np.asarray(image)
    assert tuple(pixels[0, 0]) == (192, 0, 0)
    assert tuple(pixels[0, 1]) == (10, 20, 30)
    assert pixels.shape[1] > 8 * 4


def test_saving_again_replaces_what_is_there_and_nothing_else_is_ever_lost(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    save_events(folder, dataclasses.replace(TOLD, rows=ROWS[:1]), Task())
    save_events(folder, TOLD, Task())
    assert len(read(folder).Scalars("loss/generator")) == len(ROWS)
    assert len(list(folder.iterdir())) == 1
    mine = folder / "run.json"
    mine.write_text("{}")
    with pytest.raises(UserError) as caught:
        save_events(folder, TOLD, Task())
    assert caught.value.code == "tensorboard-folder-taken"
    with pytest.raises(UserError) as caught:
        save_events(mine, TOLD, Task())
    assert caught.value.code == "tensorboard-folder-taken"
    assert mine.read_text() == "{}"


def test_cancelled_it_leaves_what_was_there(tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        save_events(tmp_path / "run", TOLD, task)
    assert list(tmp_path.iterdir()) == []


def test_without_the_package_a_sentence_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(UserError) as caught:
        save_events(tmp_path / "run", TOLD, Task())
    assert caught.value.code == "tensorboard-missing"
    assert "pip install tensorboard" in caught.value.hint
    assert not (tmp_path / "run").exists()
