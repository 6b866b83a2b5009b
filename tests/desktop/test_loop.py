"""The quick loop in the window: which places, which film, that it can be cancelled."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.dialogs.loop import LoopPlace, LoopWindow
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.widgets.painting import to_image
from ganstudio.pictures.bundles import BUNDLES
from ganstudio.project.film import FilmSettings
from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine
from tests.desktop.helpers_widgets import LEFT

MODEL = BUNDLES["pixel-avatars"].model


@pytest.fixture
def loop(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> LoopWindow:
    picture = np.full((32, 32, 3), 90, np.uint8)
    places = [LoopPlace(f"Place {x}", to_image(picture), LatentPoint(seed_x=x)) for x in range(4)]
    monkeypatch.setattr(window.desk, "ask_path_to_save", lambda title, name, kinds: tmp_path / name)
    small = LoopWindow(window.desk, MODEL, places, sharp=True, parent=window)
    qtbot.addWidget(small)
    small.show()
    return small


def as_array(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return lines[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3)


def click(loop: LoopWindow, place: int) -> None:
    QTest.mouseClick(loop.strip, LEFT, pos=loop.strip._box(place).center().toPoint())


def test_places_are_left_out_and_taken_in_and_one_is_no_loop(loop: LoopWindow):
    assert loop.strip.picked() == [0, 1, 2, 3]
    click(loop, 1)
    assert loop.strip.picked() == [0, 2, 3]
    click(loop, 0)
    click(loop, 2)
    assert loop.strip.picked() == [3]
    assert not loop.make.isEnabled()
    click(loop, 1)
    assert loop.make.isEnabled()
    assert "2 places, 600 frames of 1080" in loop.words.text()


def test_it_plays_on_trial_what_is_picked_and_stops_with_the_window(
    qtbot: QtBot, window: MainWindow, loop: LoopWindow, monkeypatch: pytest.MonkeyPatch
):
    assert loop.preview.frames == [], "its model is not explored"
    window.studio.explorer.open_file(MODEL, "avatars")
    qtbot.waitUntil(lambda: window.studio.explorer.path == MODEL, timeout=20_000)
    loop.form.seconds.selectAll()
    QTest.keyClicks(loop.form.seconds, "2")
    qtbot.waitUntil(lambda: len(loop.preview.frames) == 20, timeout=20_000)
    points = [LatentPoint(seed_x=x) for x in range(4)]
    drawn = window.studio.explorer.draw(points).result(timeout=20)
    whole = [as_array(loop.preview.frames[frame]) for frame in (0, 5, 10, 15)]
    assert np.array_equal(whole, drawn)
    click(loop, 1)
    assert loop.preview.frames == []
    qtbot.waitUntil(lambda: len(loop.preview.frames) == 20, timeout=20_000)
    click(loop, 2)
    loop.close()
    assert not loop.preview._timer.isActive()


def test_all_places_are_seen(qtbot: QtBot, window: MainWindow):
    picture = to_image(np.full((32, 32, 3), 90, np.uint8))
    places = [LoopPlace(f"Place {x}", picture, LatentPoint(seed_x=x)) for x in range(13)]
    loop = LoopWindow(window.desk, MODEL, places, sharp=True, parent=window)
    qtbot.addWidget(loop)
    loop.show()
    assert loop.strip.rect().contains(loop.strip._box(12).toRect())


def test_order_is_changed_by_hand_and_by_keys(loop: LoopWindow):
    first, third = (loop.strip._box(place).center().toPoint() for place in (0, 2))
    QTest.mousePress(loop.strip, LEFT, pos=first)
    QTest.mouseMove(loop.strip, third - QPoint(3, 0))
    QTest.mouseRelease(loop.strip, LEFT, pos=third)
    assert loop.strip.picked() == [1, 2, 0, 3]
    loop.strip.setFocus()
    QTest.keyClick(loop.strip, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert loop.strip.picked() == [1, 0, 2, 3]
    QTest.keyClick(loop.strip, Qt.Key.Key_Right)
    QTest.keyClick(loop.strip, Qt.Key.Key_Space)
    assert loop.strip.picked() == [1, 0, 3]


def test_a_film_is_made_as_chosen(
    qtbot: QtBot, loop: LoopWindow, window: MainWindow, tmp_path: Path
):
    click(loop, 3)
    loop.form.seconds.setText("1")
    loop.form.side.setCurrentIndex(0)
    loop.form.shape.set_current("4:5")
    QTest.mouseClick(loop.make, LEFT)
    assert loop.progress.isVisible()
    assert not loop.make.isEnabled()
    qtbot.waitUntil(lambda: loop.show_folder.isVisible(), timeout=120_000)
    with av.open(str(tmp_path / "loop.mp4")) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (512, 640, 30)
        assert sum(1 for _ in film.decode(stream)) == 30
    assert loop.make.isEnabled()


def test_a_film_that_is_given_up_leaves_nothing(
    qtbot: QtBot, loop: LoopWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    drawn = engine.LoadedModel.render

    def render(model, points):
        if len(points) > 4:
            loop._cancel()
        return drawn(model, points)

    monkeypatch.setattr(engine.LoadedModel, "render", render)
    QTest.mouseClick(loop.make, LEFT)
    qtbot.waitUntil(lambda: loop._task is None, timeout=120_000)
    assert not list(tmp_path.glob("loop*"))
    assert loop.make.isEnabled()
    assert not loop.show_folder.isVisible()


def test_what_cannot_be_typed_is_set_right(loop: LoopWindow):
    loop.form.seconds.setFocus()
    loop.form.seconds.setText("a day")
    assert loop.form.settings().seconds == FilmSettings().seconds
    loop.make.setFocus()
    assert loop.form.seconds.text() == "20"
    loop.form.kind.set_current("gif")
    loop.form.kind.chosen.emit("gif")
    assert loop.form.settings().side == 512
