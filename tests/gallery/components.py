"""Renders every widget on one page, in three palettes, at scale 1 and 2, to PNG files.

    python tests/gallery/components.py FOLDER

A person lays the pictures beside those of the look. Not responsible for pages.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

import numpy as np
from PIL import Image
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import PALETTES, TYPE, contrast
from ganstudio.desktop.widgets.balance_gauge import BalanceGauge
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.caption import Caption
from ganstudio.desktop.widgets.cards import ErrorCard, FindingCard
from ganstudio.desktop.widgets.choice import CheckBox, Choice
from ganstudio.desktop.widgets.film_slider import FilmSlider
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.loss_plot import LossPlot
from ganstudio.desktop.widgets.painting import draw_box
from ganstudio.desktop.widgets.picture_list import PictureItem, PictureList
from ganstudio.desktop.widgets.progress_bar import ProgressRow
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.seed_pad import SeedPad
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.slider_row import SliderRow
from ganstudio.desktop.widgets.status_line import StatusLine
from ganstudio.desktop.widgets.surface import Divider, Surface
from ganstudio.desktop.widgets.toast import Toast
from ganstudio.project.paths import resources

WIDTH, HEIGHT = 1440, 900


class _Swatch(QWidget):
    """One colour of the palette."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.setFixedSize(36, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = self.rect().toRectF()
        draw_box(QPainter(self), box, 3, theme.colour(self._token), theme.colour("edge"))


class _Ring(QWidget):
    """The keyboard's ring, drawn where no keyboard is."""

    def __init__(self, around: QWidget, radius: int) -> None:
        super().__init__(around.parentWidget())
        self._radius = radius
        self.setGeometry(around.geometry().adjusted(-4, -4, 4, 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        line = theme.colour("accent_line")
        draw_box(QPainter(self), self.rect().toRectF(), self._radius, None, line, 2)


class Page(Surface):
    """The page, laid out by hand at 1440 x 900 as the look has it."""

    def __init__(self, name: str) -> None:
        super().__init__("panel")
        self.resize(WIDTH, HEIGHT)
        self._put(Label("Components", "title"), 32, 14, 140, 28)
        self._put(Label(f"GAN Studio, {name} palette", tone="text_quiet"), 168, 18, 400, 20)
        self._put(Divider(), 0, 55, WIDTH, 1)
        self._colours()
        self._type()
        self._buttons()
        self._sliders()
        self._sections()
        self._plot()
        self._cards()
        self._rest()
        self._tiles()
        self._words()

    def _put(self, widget: QWidget, x: int, y: int, w: int = 0, h: int = 0) -> QWidget:
        widget.setParent(self)
        hint = widget.sizeHint()
        high = h or (widget.heightForWidth(w) if widget.hasHeightForWidth() else hint.height())
        widget.setGeometry(x, y, w or hint.width(), high)
        return widget

    def _head(self, title: str, line: str, x: int, y: int) -> None:
        head = self._put(Label(title, "head"), x, y)
        if line:
            self._put(Label(line, "small", "text_quiet"), x + head.width() + 9, y + 2)

    def _note(self, text: str, x: int, y: int) -> None:
        self._put(Label(text, "axis", "text_quiet"), x, y)

    def _colours(self) -> None:
        self._head("Surfaces", "where things lie", 32, 78)
        surfaces = ("stage", "window", "panel", "raised", "control", "control_hover")
        for row, token in enumerate(surfaces):
            self._colour_row(token, 112 + 26 * row, "")
        self._head("Ink and signals", "contrast on Panel", 32, 278)
        inks = (
            "text",
            "text_quiet",
            "text_locked",
            "accent_line",
            "generator",
            "inspector",
            "real",
            "error",
        )
        ground = theme.current().panel
        for row, token in enumerate(inks):
            ratio = contrast(getattr(theme.current(), token), ground)
            self._colour_row(token, 312 + 26 * row, f"{ratio:.1f} : 1")

    def _colour_row(self, token: str, y: int, note: str) -> None:
        self._put(_Swatch(token), 32, y)
        words = token.replace("_", ", ").capitalize()
        self._put(Label(words), 78, y - 1)
        self._put(Label(getattr(theme.current(), token), tone="text_quiet"), 188, y - 1)
        if note:
            self._put(Label(note, tone="text_quiet"), 255, y - 1)

    def _type(self) -> None:
        self._head("Type", "Inter, tabular figures", 32, 530)
        y = 558
        samples = (
            ("number", "28 412 k"),
            ("title", "20 Page title"),
            ("finding", "15 Finding"),
            ("head", "13 Section, strong"),
            ("body", "13 Text and controls"),
            ("small", "12 Quiet text, values, status"),
            ("axis", "11 Axis labels, badges"),
        )
        for role, words in samples:
            self._put(Label(words, role), 32, y)
            y += TYPE[role].line + 4

    def _buttons(self) -> None:
        self._head("Buttons", "one filled amber on a screen", 340, 78)
        for index, words in enumerate(("next step", "hover", "focus", "not yet")):
            button = Button("Train", "primary")
            x = (340, 406, 472, 538)[index]
            self._put(button, x, 108, 58, 32)
            button.setProperty("hovered", index == 1)
            button.setEnabled(index != 3)
            if index == 2:
                _Ring(button, 10)
            self._note(words, x, 144)
        for index, words in enumerate(("rest", "hover", "pressed")):
            button = Button("Pause", icon="pause")
            x = 340 + 96 * index
            self._put(button, x, 170, 88, 32)
            button.setProperty("hovered", index == 1)
            button.setDown(index == 2)
            self._note(words, x, 206)
        views = SegmentControl([("a", "Grid"), ("b", "Map"), ("c", "Classes")], "View")
        self._put(views, 340, 232)
        self._put(IconButton("undo", "Undo", framed=True), 570, 233)
        self._put(IconButton("redo", "Redo", framed=True), 606, 233)
        self._put(IconButton("full-screen", "Full screen"), 642, 233)

    def _sliders(self) -> None:
        self._head("Sliders", "label, track, typed value, reset, lock", 340, 280)
        values = (
            ("Smile", 0.0),
            ("Long hair", 1.7),
            ("Beard", -1.3),
            ("Glasses", 0.7),
            ("Warm light", 0.0),
        )
        for row, (name, value) in enumerate(values):
            slider = SliderRow(name, -3, 3, signed=True, lockable=True)
            slider.setProperty("toolsShown", True)
            slider.set_value(value)
            slider.set_locked(row == 2)
            slider.setEnabled(row != 4)
            self._put(slider, 340, 310 + 32 * row, 300, 32)
            if row == 3:
                self.typed = slider
        self._note("default, moved, locked, being typed, not available", 340, 472)

    def _sections(self) -> None:
        self._head("Sections", "click anywhere on the head", 340, 506)
        framing = Section("Framing")
        size = Choice("Size")
        size.addItem("64 × 64")
        strength = FormRow("Network size", Choice("Network size"))
        strength.set_locked("Medium", "Fixed while training. Branch to change it.")
        framing.add(FormRow("Size", size))
        framing.add(strength)
        self._put(framing, 340, 536, 330, 40 + 72 + 16 + 1)
        self._put(Section("More", "Augmentation", opened=False), 340, 665, 330, 41)
        self._head("Choices", "", 340, 724)
        arrows = CheckBox("Arrows")
        arrows.setChecked(True)
        self._put(arrows, 340, 754)
        self._put(CheckBox("Trails"), 427, 754)
        kind = Choice("Format")
        kind.addItem("MP4")
        self._put(kind, 504, 754, 128)

    def _plot(self) -> None:
        self._head("Plot", "raw line faint, smoothed strong", 714, 78)
        clocks = np.linspace(0, 412_000, 1200)
        noise = np.random.default_rng(3)
        fall = np.exp(-clocks / 60_000)
        losses = LossPlot("Losses")
        losses.add_series("g", "Generator", "generator")
        losses.add_series("d", "Inspector", "inspector", "dash")
        wild = 0.12 + 0.25 * fall
        losses.set_series("g", clocks, 0.98 + 1.5 * fall + wild * noise.normal(size=1200))
        losses.set_series("d", clocks, 0.9 - 0.3 * fall + 0.5 * wild * noise.normal(size=1200))
        losses.set_cannot_tell(0.69, "cannot tell")
        scores = LossPlot(
            "How real the inspector finds them", unit="%", axis_label="pictures seen", tools=False
        )
        scores.add_series("real", "On yours", "real")
        scores.add_series("fake", "On generated", "generator", "dot")
        swing = np.sqrt(clocks / 412_000) * fall
        scores.set_series("real", clocks, 0.58 + 0.4 * swing + 0.03 * noise.normal(size=1200))
        scores.set_series("fake", clocks, 0.44 - 0.4 * swing + 0.03 * noise.normal(size=1200))
        for plot, y, high in ((losses, 100, 132), (scores, 228, 112)):
            self._put(plot, 704, y, 366, high)
            plot.build()

    def _cards(self) -> None:
        self._head("Finding", "never a window of its own", 714, 346)
        finding = FindingCard(
            "The inspector is far ahead",
            "It is right 98 times in 100, so the generator gets no useful hint.",
        )
        finding.add_button("More augmentation")
        finding.add_button("Leave it", "quiet")
        self._put(finding, 714, 372, 330)
        error = ErrorCard(
            "Training stopped: the disk is full",
            "Everything up to 412 k is saved. Free 300 MB, then go on.",
        )
        self._put(error, 714, finding.geometry().bottom() + 9, 330)

    def _rest(self) -> None:
        self._head("Progress", "time left and Cancel", 714, 628)
        progress = ProgressRow("Reading pictures")
        progress.set_progress(912, 1524, "912 of 1,524, 8 s left")
        self._put(progress, 714, 650, 330)
        self._head("Status line", "", 714, 720)
        status = StatusLine()
        status.set_item("device", "2 CPU cores", "chip")
        status.set_item("rate", "286/s")
        status.set_right("Saved 40 s ago", "check")
        self._put(status, 714, 746, 330, 28)
        self._head("Toast", "6 s, one at a time", 714, 794)
        toast = Toast()
        toast.set_message("Kept as favourite 7", undoable=True)
        self._put(toast, 714, 822, 330)

    def _tiles(self) -> None:
        self._head("Picture tiles", "", 1088, 78)
        pictures = bundled("open-peeps", 4)
        states = (
            PictureItem("a.png"),
            PictureItem("b.png"),
            PictureItem("c.png", "left-out", "Blurred"),
            PictureItem("d.png"),
            PictureItem("e.png", "unreadable"),
        )
        tiles = PictureList()
        tiles.set_tile(72)
        shown: list[int] = []
        tiles.set_source(5, states.__getitem__, shown.append)
        self._put(tiles, 1084, 104, 336, 170)
        for index in (0, 1, 2):
            tiles.set_picture(index, pictures[index])
        tiles.set_current(1)
        self._note("rest, selected, left out, loading, unreadable", 1088, 268)

    def _words(self) -> None:
        self._head("Caption", "click a word, its meaning lights up", 1088, 330)
        caption = Caption()
        caption.set_text(
            "The [inspector|inspector] gives [your pictures|real] 58 % and "
            "[generated ones|generator] 44 %."
        )
        caption.set_lit("inspector")
        self._put(caption, 1088, 358, 300)
        self._head("Balance", "", 1088, 430)
        gauge = BalanceGauge("Generator ahead", "Inspector ahead")
        gauge.set_value(0.56)
        gauge.set_sentence("A real picture beats a generated one 62 times in 100.")
        self._put(gauge, 1088, 460, 296)
        self._head("Seed pad", "drag to walk, every place is a picture", 1088, 566)
        pad = SeedPad()
        pad.set_point(154.3, 88.65)
        pad.set_tiles(*pad.view(), bundled("pixel-avatars", 18))
        pad.set_path([(153.0, 89.3), (153.4, 89.0), (153.8, 89.2), (154.1, 88.7)])
        self._put(pad, 1088, 594, 296, 148)
        self._head("Film", "a strip, its moments, the moment shown", 1088, 766)
        film = FilmSlider()
        film.set_moments([1000 * 2**step for step in range(8)], 140_000)
        for index, picture in enumerate(bundled("open-peeps", 8)):
            film.set_thumb(index, picture)
        film.set_stars({64_000})
        film.set_position(6)
        film.set_words("64 k", "76 k ago")
        self._put(film, 1088, 792, 340)


def bundled(name: str, count: int) -> np.ndarray:
    """The first pictures of a bundled set: uint8 (N, H, W, 3)."""
    with zipfile.ZipFile(resources() / "pictures" / name / "pictures.zip") as archive:
        members = [m for m in sorted(archive.namelist()) if m.endswith(".png")][:count]
        decoded = [Image.open(io.BytesIO(archive.read(m))).convert("RGB") for m in members]
        return np.stack([np.asarray(picture) for picture in decoded])


def render(widget: QWidget, path: Path) -> None:
    """Save a widget as PNG, at the scale of this process."""
    widget.grab().save(str(path))


def both_scales(script: str, folder: Path) -> None:
    """Run a gallery script once at scale 1 and once at 2: the scale of a process is fixed."""
    for scale in ("1", "2"):
        environment = {**os.environ, "QT_SCALE_FACTOR": scale}
        subprocess.run([sys.executable, script, str(folder), scale], env=environment, check=True)


def main(folder: Path, scale: str) -> None:
    """Render the page in every palette."""
    app = QApplication.instance() or QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for name in PALETTES:
        theme.apply(app, name)
        page = Page(name)
        page.show()
        app.processEvents()
        render(page, folder / f"components-{name}@{scale}.png")
        page.close()
        page.deleteLater()
    app.processEvents()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        main(Path(sys.argv[1]), sys.argv[2])
    else:
        both_scales(__file__, Path(sys.argv[1] if len(sys.argv) > 1 else "gallery"))
