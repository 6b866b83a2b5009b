"""Settings for all projects. Each choice is taken at once; there is no OK.

Not responsible for storing or applying them: it tells what was chosen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop import file_dialogs
from ganstudio.desktop.actions import said
from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.translate import marked
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.choice import CheckBox, Choice
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.section import Section
from ganstudio.studio.machine import Machine
from ganstudio.studio.settings import Settings

__all__ = ["SettingsDialog"]

_PALETTES = (
    ("dark", marked("Commands", "Dark")),
    ("light", marked("Commands", "Light")),
    ("high-contrast", marked("Commands", "High contrast")),
    ("system", marked("Commands", "Like the system")),
)
_BUDGETS_GB = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


class SettingsDialog(SmallWindow):
    """A window with the settings of now.

    Signals:
        changed: A person chose something: {field of `Settings`: value}.
        inception_chosen: A file that may be weights of Inception (its path); `show_inception`
            takes the answer.

    Args:
        value: The settings of now.
        machine: What this computer offers.
        parent: The main window.
    """

    changed = Signal(dict)
    inception_chosen = Signal(object)

    def __init__(self, value: Settings, machine: Machine, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Settings"), 520, parent)
        self._value = value
        for section in (
            self._look(value),
            self._training(value, machine),
            self._quality(value),
            self._files(value),
        ):
            self.body.addWidget(section)

    # -- sections ---------------------------------------------------------------------------------

    def _look(self, value: Settings) -> Section:
        section = Section(self.tr("Look"))
        self.palette_choice = _choice(
            self.tr("Palette"),
            self.tr("Colours of the whole window."),
            [(key, said(text)) for key, text in _PALETTES],
            value.palette,
        )
        self.palette_choice.activated.connect(self._palette_chosen)
        section.add(FormRow(self.tr("Palette"), self.palette_choice))
        self.motion_box = CheckBox(
            self.tr("Reduce motion"), self.tr("No fades and no animated walks.")
        )
        self.motion_box.setChecked(value.reduce_motion)
        self.motion_box.toggled.connect(self._motion_chosen)
        section.add(FormRow(self.tr("Motion"), self.motion_box))
        return section

    def _training(self, value: Settings, machine: Machine) -> Section:
        section = Section(self.tr("Training"), self.tr("for the next new run"))
        self.device_choice = _choice(
            self.tr("Device"),
            self.tr("What training runs on."),
            _devices(value, machine),
            value.device,
        )
        self.device_choice.activated.connect(self._device_chosen)
        section.add(FormRow(self.tr("Device"), self.device_choice))
        automatic = [(0, self.tr("Automatic"))]
        counts = [(n, str(n)) for n in range(1, max(machine.cores, value.threads) + 1)]
        self.threads_choice = _choice(
            self.tr("Threads"),
            self.tr(
                "CPU cores that training may use. Automatic leaves one free for the window, and "
                "takes half of them where that is faster. "
                "Another number gives slightly other numbers in training."
            ),
            [*automatic, *counts],
            value.threads,
        )
        self.threads_choice.activated.connect(self._threads_chosen)
        section.add(FormRow(self.tr("Threads"), self.threads_choice))
        return section

    def _quality(self, value: Settings) -> Section:
        section = Section(self.tr("Quality"), self.tr("weights for FID"))
        self.inception_label = Label("", "small", "text_quiet")
        self.inception_button = Button(
            self.tr("Choose"),
            height=28,
            tip=self.tr(
                "Weights of the Inception network that FID is defined by, as a .safetensors file "
                "of yours. With them the Train page shows FID beside the own score."
            ),
        )
        self.inception_button.setAccessibleName(self.tr("Choose Inception weights"))
        self.inception_button.clicked.connect(self._choose_inception)
        self.no_inception_button = Button(
            self.tr("None"), "quiet", height=28, tip=self.tr("Measure no FID any more.")
        )
        self.no_inception_button.setAccessibleName(self.tr("No Inception weights"))
        self.no_inception_button.clicked.connect(self._forget_inception)
        row = _row(self.inception_label, self.inception_button, self.no_inception_button)
        section.add(FormRow(self.tr("Inception"), row))
        self.inception_problem = Label("", "small", "error", wrap=True)
        section.add(self.inception_problem)
        self.show_inception(value.inception_file)
        return section

    def show_inception(self, file: str, problem: str = "") -> None:
        """Say which weights are used, and why those that were chosen last are not."""
        self.inception_label.setText(Path(file).name if file else self.tr("none, so no FID"))
        self.no_inception_button.setVisible(bool(file))
        self.inception_button.setEnabled(True)
        self.inception_problem.setText(problem)
        self.inception_problem.setVisible(bool(problem))

    def _files(self, value: Settings) -> Section:
        section = Section(self.tr("Files"))
        self.folder_label = Label(value.projects_folder, "small", "text_quiet")
        self.folder_button = Button(
            self.tr("Choose"), height=28, tip=self.tr("Where new projects are made.")
        )
        self.folder_button.clicked.connect(self._choose_folder)
        row = _row(self.folder_label, self.folder_button)
        section.add(FormRow(self.tr("Projects"), row))
        budgets = sorted({*_BUDGETS_GB, value.disk_budget_gb})
        self.budget_choice = _choice(
            self.tr("Disk budget"),
            self.tr("What the snapshots and checkpoints of one run may take."),
            [(gb, self.tr("{n} GB a run").format(n=f"{gb:g}")) for gb in budgets],
            value.disk_budget_gb,
        )
        self.budget_choice.activated.connect(self._budget_chosen)
        section.add(FormRow(self.tr("Disk budget"), self.budget_choice))
        return section

    # -- what was chosen --------------------------------------------------------------------------

    @Slot()
    def _palette_chosen(self) -> None:
        self.changed.emit({"palette": self.palette_choice.currentData()})

    @Slot(bool)
    def _motion_chosen(self, on: bool) -> None:
        self.changed.emit({"reduce_motion": on})

    @Slot()
    def _device_chosen(self) -> None:
        self.changed.emit({"device": self.device_choice.currentData()})

    @Slot()
    def _threads_chosen(self) -> None:
        self.changed.emit({"threads": self.threads_choice.currentData()})

    @Slot()
    def _budget_chosen(self) -> None:
        self.changed.emit({"disk_budget_gb": self.budget_choice.currentData()})

    @Slot()
    def _choose_inception(self) -> None:
        start = Path(self._value.inception_file or Path.home())
        kinds = self.tr("Weights (*.safetensors *.pth *.pt)")
        found = file_dialogs.ask_files(self.tr("Inception weights"), start, kinds, several=False)
        if found:
            self.inception_button.setEnabled(False)
            self.inception_label.setText(self.tr("Reading {name}").format(name=found[0].name))
            self.inception_chosen.emit(found[0])

    @Slot()
    def _forget_inception(self) -> None:
        self.show_inception("")
        self.changed.emit({"inception_file": "", "inception_digest": ""})

    @Slot()
    def _choose_folder(self) -> None:
        start = Path(self.folder_label.text())
        folder = file_dialogs.ask_folder(self.tr("Folder for new projects"), start)
        if folder is not None:
            self.folder_label.setText(str(folder))
            self.changed.emit({"projects_folder": str(folder)})


def _row(label: Label, *buttons: Button) -> QWidget:
    """A value and what changes it, in one row."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label, 1)
    for button in buttons:
        row.addWidget(button)
    return holder


def _choice(name: str, tip: str, items: list[tuple[Any, str]], chosen: Any) -> Choice:
    choice = Choice(name, tip)
    for data, text in items:
        choice.addItem(text, data)
        if data == chosen:
            choice.setCurrentIndex(choice.count() - 1)
    return choice


def _devices(value: Settings, machine: Machine) -> list[tuple[str, str]]:
    """Automatic, CPU, the GPU that was found, and whatever is set now."""
    devices = {"auto": said(_AUTOMATIC), "cpu": "CPU"}
    report = machine.report
    if report is not None and report.has_gpu:
        devices[report.device] = f"GPU ({report.device})"
    devices.setdefault(value.device, value.device)
    return list(devices.items())


_AUTOMATIC = marked("Commands", "Automatic")
