"""The bridge: everything arrives, in order, without one signal a step, and slow slots are told."""

from __future__ import annotations

import logging
import threading
import time

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.bridge import Bridge
from ganstudio.project.messages import MetricsRow
from ganstudio.studio.app import Studio
from ganstudio.studio.events import EngineFailed
from ganstudio.studio.training import SampleFrame


@pytest.fixture
def bridge(studio: Studio):
    bridge = Bridge(studio)
    yield bridge
    bridge.stop()


def _row(images: int) -> MetricsRow:
    return MetricsRow(images, *([0.5] * 12))


def test_events_arrive_in_order(bridge: Bridge, studio: Studio):
    seen = []
    bridge.happened.connect(lambda event: seen.append(event.reason))
    for number in range(5):
        studio.events.put(EngineFailed(str(number)))
    bridge.tick()
    assert seen == ["0", "1", "2", "3", "4"]


def test_rows_arrive_in_one_piece_and_frames_newest_only(bridge: Bridge, studio: Studio):
    rows, frames = [], []
    bridge.rows.connect(rows.append)
    bridge.samples.connect(frames.append)
    for number in range(100):
        studio.training.rows.put(_row(number))
        studio.training.samples.put(SampleFrame(number, np.zeros((1, 2, 2, 3), np.uint8)))
    bridge.tick()
    bridge.tick()
    assert [len(batch) for batch in rows] == [100]
    assert [frame.images for frame in frames] == [99]


def test_a_thousand_wakes_are_one_call(qtbot: QtBot, bridge: Bridge, studio: Studio):
    calls = []
    bridge.explorer_ready.connect(lambda: calls.append(threading.current_thread().name))
    thread = threading.Thread(target=lambda: [studio.explorer.on_ready() for _ in range(1_000)])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(calls), timeout=1_000)
    assert calls == ["MainThread"]
    studio.explorer.on_ready()
    qtbot.waitUntil(lambda: len(calls) == 2, timeout=1_000)


def test_a_slot_that_holds_the_window_up_is_told(
    bridge: Bridge, studio: Studio, caplog: pytest.LogCaptureFixture
):
    bridge.happened.connect(lambda _: time.sleep(0.06))
    with caplog.at_level(logging.DEBUG, "ganstudio.desktop.bridge"):
        studio.events.put(EngineFailed("x"))
        bridge.tick()
    assert "EngineFailed" in caplog.text


def test_after_stop_nobody_is_woken(bridge: Bridge, studio: Studio):
    bridge.start()
    bridge.stop()
    studio.explorer.on_ready()
    assert not bridge._timer.isActive()
