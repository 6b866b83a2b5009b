"""The Pictures page with pictures in it: the grid, the chosen one, and what training will see.

Not responsible for the first run (`first_run`), for reading pictures (`imports`) nor for sentences
(`pictures_words`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.base import NextStep, Page, StatusItem, Width
from ganstudio.desktop.pages.framing_panel import ColourSection, FramingSection, KindsSection
from ganstudio.desktop.pages.left_out import LeaveOut
from ganstudio.desktop.pages.picture_browser import MARGIN_LEFT, MARGIN_RIGHT, PictureBrowser
from ganstudio.desktop.pages.pictures_panel import HealthSection, SourcesSection, VerdictBlock
from ganstudio.desktop.pages.pictures_words import problems, verdict
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.progress_bar import ProgressRow
from ganstudio.desktop.widgets.section import Section
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.kinds import kinds_of
from ganstudio.project.numbers import say_count, say_duration
from ganstudio.project.picture_list import LEFT_OUT_BY_HAND, FramingSettings, PictureList
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import ImportEnded

__all__ = ["PicturesPage"]

#: Before so long nobody can say how long the rest takes.
_SOON_S = 1.0


class PicturesPage(Page):
    """What shall it learn?"""

    key = "pictures"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, self.tr("Pictures"))
        self._import_began = 0.0
        self._only_states = False
        self._known: tuple[Path | None, PictureList] | None = None
        self._build_stage()
        self._build_panel()
        desk.imports.began.connect(self._import_started)
        desk.imports.ended.connect(self._import_ended)
        if desk.imports.busy:
            self._import_started()
        self._show_all()

    # -- building ---------------------------------------------------------------------------------

    def _build_stage(self) -> None:
        self.add_button = Button(
            self.tr("Add pictures"),
            icon="plus",
            height=28,
            tip=self.tr("Add pictures, a ZIP or a folder; or drop them on the window. (Ctrl+I)"),
        )
        menu = QMenu(self.add_button)
        menu.addAction(self.tr("Pictures or ZIPs"), partial(self._ask_for, "add-pictures"))
        menu.addAction(self.tr("A folder"), partial(self._ask_for, "add-folder"))
        self.add_button.setMenu(menu)
        self.head.add_tool(self.add_button)
        self.progress = ProgressRow(self.tr("Reading pictures"))
        self.progress.setContentsMargins(MARGIN_LEFT, 0, MARGIN_RIGHT, 16)
        self.progress.cancelled.connect(self.desk.imports.cancel)
        self.progress.hide()
        self.browser = PictureBrowser(self.desk)
        self.browser.turn_wanted.connect(self.turn)
        self.browser.selection_changed.connect(self.outlook_changed)
        self.stage_layout.setSpacing(0)
        self.stage_layout.addWidget(self.progress)
        self.stage_layout.addWidget(self.browser, 1)

    def _ask_for(self, command: str) -> None:
        self.desk.command_wanted.emit(command)

    def _build_panel(self) -> None:
        self.verdict = VerdictBlock()
        self.chosen_section = Section(self.tr("Chosen picture"))
        self.chosen_section.hide()
        self.health = HealthSection()
        self.health.show_wanted.connect(self.browser.show_left_out)
        self.framing = FramingSection()
        self.framing.chosen.connect(self._reframe)
        self.kinds = KindsSection()
        self.kinds.chosen.connect(self._kinds_chosen)
        self.sources = SourcesSection()
        self.sources.show_wanted.connect(self._show_source)
        self.sources.remove_wanted.connect(self._remove_source)
        self.colour = ColourSection()
        self.colour.chosen.connect(self._reframe)
        for part in (
            self.verdict,
            self.chosen_section,
            self.health,
            self.framing,
            self.kinds,
            self.sources,
            self.colour,
        ):
            self.panel.add(part)

    # -- what is shown ----------------------------------------------------------------------------

    def _show_all(self) -> None:
        self.browser.fill()
        self._show_numbers()

    def _show_numbers(self) -> None:
        pictures = self.desk.pictures
        total, usable = len(pictures.pictures), pictures.usable_count
        sentence = self.tr("{usable} of {total} pictures are in the set")
        if usable == total:
            sentence = self.tr("All {total} pictures are in the set")
        sentence = sentence.format(usable=f"{usable:,}", total=f"{total:,}")
        self.head.set_sentence(sentence if total else "")
        self.browser.show_counts()
        self.verdict.show_verdict(verdict(usable, reading=self.desk.imports.busy))
        self.health.setVisible(total > 0)
        self.health.show_problems(problems(pictures), total - usable)
        locked = self._locked()
        self.framing.show_framing(pictures.framing, locked)
        self.kinds.show_kinds(kinds_of(pictures).names, pictures.kinds, locked)
        self.colour.show_colour(pictures.framing, locked)
        self.sources.show_sources(self._source_lines(), bool(locked))
        read_only = self.studio.projects.read_only
        self.add_button.setEnabled(not self.desk.imports.busy and not read_only)
        self.browser.show_chosen()
        self._choose_step(usable)
        self.outlook_changed.emit()

    def _locked(self) -> str:
        """Why framing and sources cannot change now; empty if they can."""
        if self.studio.projects.read_only:
            return self.tr("Another GAN Studio has this project open. Here it is only to look at.")
        if self.studio.training.state.active:
            return self.tr("Fixed while training. Stop it to change this for a new run.")
        if self.desk.imports.busy:
            return self.tr("Fixed while pictures are read.")
        return ""

    def _choose_step(self, usable: int) -> None:
        training = self.studio.training
        hint = self.tr("You can pause, stop and go on at any time.")
        if training.state.active:
            step = NextStep(
                self.tr("Watch it learn"),
                self.tr("Training goes on. New pictures are for the next run."),
                lambda: self.desk.go_to("train"),
            )
        elif self.desk.barred:
            text = self.tr("Watch it learn")
            step = NextStep(text, self.desk.barred, lambda: self.desk.go_to("train"))
        elif self.desk.imports.busy:
            step = NextStep(self.tr("Reading pictures"), hint, enabled=False)
        elif usable and self.desk.run_to_go_on() is not None:
            clock = self._clock_of_run()
            text = self.tr("Go on from {count}").format(count=say_count(clock))
            step = NextStep(text, hint, self.desk.start_training)
        else:
            text = self.tr("Train with {n} pictures").format(n=f"{usable:,}")
            tip = "" if usable else self.tr("Add pictures first.")
            step = NextStep(text, hint, self.desk.start_training, enabled=bool(usable), tip=tip)
        self.set_next_step(step)

    def _clock_of_run(self) -> int:
        run = self.desk.run
        clocks = run.checkpoints() if run is not None else []
        return clocks[-1] if clocks else 0

    def _source_lines(self) -> list[tuple[str, str, bool]]:
        pictures = self.desk.pictures
        lines = []
        for index, source in enumerate(pictures.sources):
            mine = [entry for entry in pictures.pictures if entry.source == index]
            bad = sum(entry.left_out not in (None, LEFT_OUT_BY_HAND) for entry in mine)
            line = self.tr("{n} pictures").format(n=f"{len(mine):,}")
            if source.kind == "bundle":
                line = self.tr("bundled, {line}").format(line=line)
            if bad:
                line += self.tr(", {n} left out").format(n=bad)
            title = self.studio.pictures.source_title(source)
            lines.append((title, line, source.kind != "bundle"))
        return lines

    # -- leaving out ------------------------------------------------------------------------------

    @Slot(list, bool)
    def turn(self, indices: Iterable[int], out: bool) -> None:
        """Leave pictures out by hand or bring them back; a toast offers the way back."""
        entries = self.desk.pictures.pictures
        wanted = frozenset(
            index
            for index in indices
            if entries[index].left_out == (None if out else LEFT_OUT_BY_HAND)
        )
        if not wanted or self.browser.frozen:
            return
        self.undo_stack.push(LeaveOut(self.apply_left_out, wanted, out))
        count = len(wanted)
        if count == 1:
            name = Path(entries[next(iter(wanted))].name).name
            text = self.tr("{name} was left out") if out else self.tr("{name} is back in")
            self.desk.toast(text.format(name=name), self.undo_stack.undo)
        else:
            text = (
                self.tr("{n} pictures were left out")
                if out
                else self.tr("{n} pictures are back in")
            )
            self.desk.toast(text.format(n=f"{count:,}"), self.undo_stack.undo)

    def apply_left_out(self, indices: frozenset[int], out: bool) -> None:
        """Leave pictures out or bring them back, and save it; what `LeaveOut` calls."""
        self._write(self.desk.pictures.with_left_out(set(indices), out))

    def _write(self, pictures: PictureList) -> None:
        """Keep a list that has the same pictures."""
        project = self.desk.project
        if project is None:
            return
        try:
            project.write_pictures(pictures)
        except UserError as error:
            self.desk.show_error(error)
            return
        self._only_states = True
        self.desk.take_pictures(pictures)
        self._only_states = False

    # -- framing and sources ----------------------------------------------------------------------

    @Slot(bool)
    def _kinds_chosen(self, apart: bool) -> None:
        if not self._locked():
            self._write(self.desk.pictures.model_copy(update={"kinds": apart}))

    @Slot(dict)
    def _reframe(self, changes: dict[str, object]) -> None:
        before = self.desk.pictures.framing
        framing = FramingSettings.model_validate(before.model_dump() | changes)
        if framing == before or self._locked():
            return
        if self.studio.pictures.same_pixels(framing, before):
            self._write(self.desk.pictures.model_copy(update={"framing": framing}))
            self.browser.fill()
        else:
            self.desk.imports.reframe(framing)

    @Slot(int)
    def _show_source(self, index: int) -> None:
        place = Path(self.desk.pictures.sources[index].location)
        folder = place if place.is_dir() else place.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot(int)
    def _remove_source(self, index: int) -> None:
        project = self.desk.project
        if project is None or self._locked():
            return
        before = self.desk.pictures
        title = self.studio.pictures.source_title(before.sources[index])
        try:
            pictures = self.studio.pictures.remove_source(project, index)
        except UserError as error:
            self.desk.show_error(error)
            return
        self.undo_stack.clear()
        self.desk.take_pictures(pictures)
        text = self.tr("{title} was removed. Its files are where they were.")
        self.desk.toast(text.format(title=title), lambda: self._restore(before))

    def _restore(self, pictures: PictureList) -> None:
        if self.desk.project is not None:
            self.desk.project.write_pictures(pictures)
            self.desk.take_pictures(pictures)

    # -- hooks ------------------------------------------------------------------------------------

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menus can do here now."""
        browser = self.browser
        possible: dict[str, Callable[[], None]] = {
            "find": browser.filter.focus_search,
            "select-all": browser.grid.selectAll,
            "larger": partial(browser.filter.step_tile, 1),
            "smaller": partial(browser.filter.step_tile, -1),
            "fit": partial(browser.filter.step_tile, 0),
        }
        if browser.selected() and not browser.frozen:
            possible["leave-out"] = self._turn_selected
        return possible

    def _turn_selected(self) -> None:
        """Del: leave the chosen ones out; if the first one is out already, bring them back."""
        indices = self.browser.selected()
        self.turn(indices, self.desk.pictures.pictures[indices[0]].usable)

    def status_right(self) -> StatusItem | None:
        """Nothing of the person's is ever written to."""
        return StatusItem(self.tr("Originals are never changed"), "check")

    def main_widget(self) -> QWidget:
        """The grid."""
        return self.browser.grid

    def project_changed(self, project: Project | None) -> None:
        """Other pictures, or others of them left out; or only who else works on the project."""
        known = (project.path if project is not None else None, self.desk.pictures)
        if self._only_states:
            self.browser.states_changed()
            self._show_numbers()
        elif known == self._known:
            self._show_numbers()
        else:
            self.undo_stack.clear()
            self._show_all()
        self._known = known

    def run_changed(self, run: RunFolder | None) -> None:
        """The next step may be to go on."""
        self._show_numbers()

    def state_changed(self, state: object) -> None:
        """Framing is locked while training."""
        self._show_numbers()

    def pad_stage(self, side: int) -> None:
        """The grid reaches into the padding, so that its pictures stand at its border."""
        self.stage_layout.setContentsMargins(side - MARGIN_LEFT, 0, side - MARGIN_RIGHT, side - 8)

    def narrow(self, width: Width) -> None:
        """In a small window the chosen picture stands in the panel."""
        narrow = width == "narrow"
        self.browser.filter.set_narrow(narrow)
        self.framing.set_narrow(narrow)
        self.colour.set_narrow(narrow)
        if narrow and self.chosen_section.isHidden():
            self.chosen_section.add(self.browser.take_strip())
            self.chosen_section.show()
        elif not narrow and not self.chosen_section.isHidden():
            self.chosen_section.hide()
            self.browser.put_strip_back()

    # -- import -----------------------------------------------------------------------------------

    @Slot()
    def _import_started(self) -> None:
        self._import_began = time.monotonic()
        self.progress.restart(self.tr("Reading pictures"))
        self.progress.show()
        self._show_progress()
        self._show_numbers()

    @Slot(object)
    def _import_ended(self, ended: ImportEnded) -> None:
        self.progress.hide()
        self._show_numbers()
        if ended.cancelled:
            self.desk.toast(self.tr("Reading was cancelled. Everything is as before."))
        elif ended.error is None and ended.added:
            self.desk.toast(self.tr("{n} pictures were added").format(n=f"{ended.added:,}"))

    def on_clock(self) -> None:
        """Follow the import."""
        if self.desk.imports.busy:
            self._show_progress()

    def _show_progress(self) -> None:
        progress = self.desk.imports.progress
        if progress is None:
            return
        line = self.tr("{done} read").format(done=f"{progress.done:,}")
        if progress.total:
            line = self.tr("{done} of {total}").format(
                done=f"{progress.done:,}", total=f"{progress.total:,}"
            )
            took = time.monotonic() - self._import_began
            if progress.done and took > _SOON_S:
                left = took * (progress.total - progress.done) / progress.done
                line += self.tr(", {time} left").format(time=say_duration(left))
        self.progress.set_progress(progress.done, progress.total, line)
