"""What the status line says: device and why, speed, time left, memory, disk, and what is saved.

Not responsible for painting it, nor for what a page adds at the right.
"""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.base import StatusItem
from ganstudio.desktop.widgets.status_line import StatusLine
from ganstudio.project.numbers import say_bytes, say_count, say_duration
from ganstudio.studio.states import State

__all__ = ["StatusKeeper"]

_KEYS = ("device", "findings", "rate", "left", "memory", "disk")
_GIB = 1 << 30
_ASK_EVERY_S = 3.0
_DISK_LOW = 500_000_000


class StatusKeeper(QObject):
    """Writes the status line; the window calls `refresh` once a second and when something changed.

    Args:
        desk: Studio and project.
        line: Where it is written.
    """

    def __init__(self, desk: Desk, line: StatusLine) -> None:
        super().__init__(line)
        self._desk, self._studio, self._line = desk, desk.studio, line
        self._place: Path | None = None
        self._ask_again_at = 0.0

    def refresh(self, from_page: StatusItem | None) -> None:
        """Write everything anew; what did not change costs nothing."""
        state = self._studio.training.state
        self._line.set_item("device", self._device(state), "chip", tip=self._device_tip())
        self._line.set_item(
            "findings", self._findings(), "stethoscope", "accent_text", self._findings_tip()
        )
        running = state is State.RUNNING
        rate = self._studio.training.rate
        said_rate = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
        self._line.set_item(
            "rate", self.tr("{rate} images/s").format(rate=said_rate) if running and rate else ""
        )
        self._line.set_item("left", self._time_left() if running else "")
        self._write_resources()
        item = from_page or self._saved(state)
        self._line.set_right(item.text, item.icon, item.tone, item.tip)
        self._line.setAccessibleDescription(
            ", ".join(text for text in (*map(self._line.text, _KEYS), item.text) if text)
        )

    def _device(self, state: State) -> str:
        report = self._studio.machine.report
        if state is State.FAILED:
            return self.tr("Not training")
        if report is None:
            return self.tr("Loading the engine")
        if state in (State.PREPARING, State.RUNNING, State.STOPPING):
            info = self._studio.training.info
            if info.device != "cpu" if info else report.has_gpu:
                return self.tr("Training on the GPU")
            cores = self._cores(info.threads if info else report.threads)
            return self.tr("Training on {cores}: no GPU found").format(cores=cores)
        if state is State.PAUSED:
            return self.tr("Paused. Saved.")
        if report.has_gpu:
            return self.tr("Ready: GPU")
        return self.tr("Ready: {cores}, no GPU found").format(cores=self._cores())

    def _cores(self, count: int | None = None) -> str:
        count = count or self._studio.machine.cores
        return self.tr("1 CPU core") if count == 1 else self.tr("{n} CPU cores").format(n=count)

    def _device_tip(self) -> str:
        report, info = self._studio.machine.report, self._studio.training.info
        if info is not None and info.device_reason:
            return info.device_reason
        return (
            report.reason if report else self.tr("The window is ready; the engine loads behind it.")
        )

    def _findings(self) -> str:
        count = len(self._desk.findings)
        if count == 0:
            return ""
        return self.tr("1 finding") if count == 1 else self.tr("{n} findings").format(n=count)

    def _findings_tip(self) -> str:
        return "\n".join(self._desk.findings)

    def _time_left(self) -> str:
        seconds = self._studio.training.seconds_left()
        if seconds is None:
            return ""
        return self.tr("{time} left").format(time=say_duration(seconds))

    def _memory(self) -> str:
        used = self._studio.machine.memory_used() / _GIB
        whole = round(self._studio.machine.memory_bytes / _GIB)
        return self.tr("Memory {used} of {whole} GB").format(used=f"{used:.1f}", whole=whole)

    def _write_resources(self) -> None:
        """Memory and disk; the system is asked now and then, for another place at once."""
        project = self._desk.project
        place = project.path if project else Path(self._studio.settings.value.projects_folder)
        now = time.monotonic()
        if place != self._place or now >= self._ask_again_at:
            self._place, self._ask_again_at = place, now + _ASK_EVERY_S
            self._line.set_item("memory", self._memory())
            self._write_disk(place)

    def _write_disk(self, place: Path) -> None:
        free = self._studio.machine.disk_free(place)
        low = free < _DISK_LOW
        self._line.set_item(
            "disk",
            self.tr("Disk {free} free").format(free=say_bytes(free)),
            "disk" if low else "",
            "error" if low else "text_quiet",
            tip=str(place),
        )

    def _saved(self, state: State) -> StatusItem:
        training = self._studio.training
        if training.saved_at is not None and state.active:
            ago = time.monotonic() - training.saved_at
            text = self.tr("Saved {time} ago").format(time=say_duration(ago))
            tip = self.tr("Everything up to {count} pictures seen is on the disk. (Checkpoint)")
            return StatusItem(text, "check", tip=tip.format(count=say_count(training.saved_images)))
        run = self._desk.run
        clocks = run.checkpoints() if run else []
        if clocks:
            text = self.tr("Saved at {count}").format(count=say_count(clocks[-1]))
            return StatusItem(text, "check")
        if self._desk.project is not None:
            return StatusItem(self.tr("Originals are never changed"), "check")
        return StatusItem(self.tr("Nothing to save yet"))
