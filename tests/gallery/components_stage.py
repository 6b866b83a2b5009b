"""Renders the large widgets as they stand together on the stages of Train, Explore and the start.

    python tests/gallery/components_stage.py FOLDER

Not responsible for real pages: those have a gallery of their own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from components import both_scales, bundled, render
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import PALETTES, Size
from ganstudio.desktop.widgets.balance_gauge import BalanceGauge
from ganstudio.desktop.widgets.bundle_card import BundleCard
from ganstudio.desktop.widgets.buttons import Button, IconButton, NextStepButton
from ganstudio.desktop.widgets.caption import Caption
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.drop_zone import DropZone
from ganstudio.desktop.widgets.film_slider import FilmSlider
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.list_row import ListRow
from ganstudio.desktop.widgets.loss_plot import LossPlot
from ganstudio.desktop.widgets.page_head import PageHead
from ganstudio.desktop.widgets.panel import Panel
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from ganstudio.desktop.widgets.progress_bar import ProgressBar
from ganstudio.desktop.widgets.rail import Rail
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.seed_pad import SeedPad
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.slider_row import SliderRow
from ganstudio.desktop.widgets.status_line import StatusLine
from ganstudio.desktop.widgets.step_list import StepList
from ganstudio.desktop.widgets.surface import Surface
from ganstudio.desktop.widgets.tile_grid import TileGrid

PAGES = [
    ("pictures", "Pictures", "pictures"),
    ("train", "Train", "train"),
    ("explore", "Explore", "explore"),
]
FOOT = [("help", "Help", "help"), ("settings", "Settings", "settings")]


def blurred(pictures: np.ndarray, share: float) -> np.ndarray:
    """Pictures on their way out of noise: 0 is noise, 1 the picture. uint8 as they come."""
    noise = np.random.default_rng(7).integers(0, 255, pictures.shape)
    mixed = pictures * share + noise * (1 - share)
    return mixed.astype(np.uint8)


class Frame(Surface):
    """Rail, stage, panel and status line."""

    def __init__(self, page: str) -> None:
        super().__init__("stage")
        self.resize(1440, 868)
        self.rail = Rail(PAGES, FOOT)
        self.rail.set_current(page)
        self.stage = QWidget()
        self.column = QVBoxLayout(self.stage)
        self.column.setContentsMargins(Size.STAGE_PADDING, 0, Size.STAGE_PADDING, 8)
        self.column.setSpacing(0)
        self.panel = Panel()
        self.panel.setFixedWidth(Size.PANEL)
        self.status = StatusLine()
        self.status.set_item("device", "Training on 2 CPU cores: no GPU found", "chip")
        self.status.set_item("rate", "286 images/s")
        self.status.set_item("left", "34 min left")
        self.status.set_item("memory", "Memory 1.9 of 8 GB")
        self.status.set_right("Saved 40 s ago", "check")
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.stage, 1)
        row.addWidget(self.panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(self.status)


def train() -> Frame:
    """The stage and panel of Train, running."""
    frame = Frame("train")
    frame.rail.set_dot("train", "full")
    head = PageHead("Train", "The same 40, redrawn as it learns. The film below goes back in time.")
    views = SegmentControl([("now", "Now"), ("compare", "Compare"), ("runs", "Runs")], "View")
    head.add_tool(views)
    head.add_tool(IconButton("film", "Film"))
    head.add_tool(IconButton("full-screen", "Full screen"))
    grid = TileGrid()
    pictures = bundled("open-peeps", 64)
    grid.set_pictures(blurred(pictures, 0.9))
    grid.set_current(13)
    film = FilmSlider()
    clocks = [round(412_000 * (i / 60) ** 1.5) for i in range(1, 61)]
    film.set_moments(clocks, 412_000)
    for index in range(60):
        film.set_thumb(index, blurred(pictures[13:14], index / 60)[0])
    film.set_stars({clocks[45], clocks[52]})
    film.set_words("Now", "412 k seen")
    losses, scores = plots()
    caption = Caption()
    caption.set_text(
        "The two are well matched. The [inspector|inspector] gives [your pictures|real]"
        " 58 % and [generated ones|generator] 44 %."
    )
    frame.column.addWidget(head)
    frame.column.addWidget(grid, 1)
    grid.setMinimumHeight(400)
    frame.column.addSpacing(10)
    frame.column.addWidget(film)
    frame.column.addWidget(losses, 1)
    frame.column.addWidget(scores, 1)
    below = QHBoxLayout()
    below.setContentsMargins(Size.PLOT_LEFT, 4, 0, 0)
    below.addWidget(caption)
    frame.column.addLayout(below)
    train_panel(frame.panel)
    return frame


def plots() -> tuple[LossPlot, LossPlot]:
    """Both plots of Train with a run in them."""
    clocks = np.linspace(0, 412_000, 1500)
    noise = np.random.default_rng(3).normal(size=(4, 1500))
    fall = np.exp(-clocks / 60_000)
    losses = LossPlot("Losses")
    losses.add_series("g", "Generator", "generator")
    losses.add_series("d", "Inspector", "inspector", "dash")
    losses.set_series("g", clocks, 0.98 + 1.5 * fall + (0.1 + 0.2 * fall) * noise[0])
    losses.set_series("d", clocks, 0.6 + 0.1 * fall + (0.05 + 0.1 * fall) * noise[1])
    losses.set_cannot_tell(0.69, "Cannot tell")
    scores = LossPlot(
        "How real the inspector finds them", unit="%", axis_label="pictures seen", tools=False
    )
    scores.add_series("real", "On yours", "real")
    scores.add_series("fake", "On generated", "generator", "dot")
    swing = fall * (1 - fall)
    scores.set_series("real", clocks, 0.58 + swing + 0.03 * noise[2])
    scores.set_series("fake", clocks, 0.44 - swing + 0.03 * noise[3])
    losses.link(scores)
    return losses, scores


def train_panel(panel: Panel) -> None:
    """Progress, Balance and Settings."""
    top = QWidget()
    column = QVBoxLayout(top)
    column.setContentsMargins(16, 14, 16, 16)
    column.setSpacing(8)
    number = QHBoxLayout()
    number.addWidget(Label("412 k", "number"))
    number.addWidget(Label("of 1 M pictures seen", tone="text_quiet"), 1)
    bar = ProgressBar()
    bar.set_fraction(0.412)
    times = QHBoxLayout()
    times.addWidget(Label("24 min so far", "small", "text_quiet"), 1)
    times.addWidget(Label("34 min left", "small"))
    buttons = QHBoxLayout()
    buttons.setSpacing(8)
    buttons.addWidget(Button("Pause", icon="pause", height=40), 1)
    buttons.addWidget(Button("Stop", icon="stop", height=40))
    column.addLayout(number)
    column.addWidget(bar)
    column.addLayout(times)
    column.addLayout(buttons)
    panel.add(top)
    balance = Section("Balance")
    gauge = BalanceGauge("Generator ahead", "Inspector ahead")
    gauge.set_value(0.56)
    gauge.set_sentence("A real picture beats a generated one 56 times in 100.")
    balance.add(gauge)
    panel.add(balance)
    settings = Section("Settings")
    size = FormRow("Picture size", Choice("Picture size"))
    size.set_locked("64 × 64", "Fixed while training.")
    until = Choice("Train until")
    until.addItem("1 M pictures")
    settings.add(size)
    settings.add(FormRow("Train until", until))
    panel.add(settings)
    panel.add(Section("More", "Augmentation, learning speed", opened=False))
    panel.set_foot(NextStepButton("Explore it now"), "Training goes on while you explore.")


def explore() -> Frame:
    """The stage and panel of Explore."""
    frame = Frame("explore")
    head = PageHead("Explore", "Drag on the picture to walk.")
    head.add_tool(Button("Hold this version", icon="pin"))
    pictures = bundled("open-peeps", 64)
    canvas = PictureCanvas()
    canvas.set_frame(pictures[13])
    canvas.set_badge("Live, 412 k", "live")
    nearby = TileGrid(columns=2, gap=16, limit=8)
    nearby.set_pictures(pictures[:8])
    nearby.set_current(3)
    nearby.setFixedWidth(304)
    row = QHBoxLayout()
    row.setSpacing(24)
    row.addWidget(canvas, 1)
    row.addWidget(nearby)
    frame.column.addWidget(head)
    frame.column.addLayout(row, 1)
    where = Section("Where")
    pad = SeedPad()
    pad.set_point(154.3, 88.65)
    left, top = pad.view()
    pad.set_tiles(left, top, pictures[20:38])
    pad.set_path([(153.0, 89.3), (153.4, 89.0), (153.8, 89.2), (154.1, 88.7)])
    where.add(pad)
    frame.panel.add(where)
    directions = Section("Directions")
    for index in range(12):
        slider = SliderRow(f"Direction {index + 1}", -3, 3, signed=True, lockable=True)
        slider.set_value((1.7, 0.8, 0, -1.3)[index] if index < 4 else 0)
        slider.set_locked(index == 3)
        directions.add(slider)
    frame.panel.add(directions)
    save = NextStepButton()
    save.set_step("Save this picture", "save")
    frame.panel.set_foot(save, "PNG, with its place inside.")
    return frame


def start() -> Frame:
    """The stage and panel of the first run."""
    frame = Frame("pictures")
    frame.rail.set_dim("train", True)
    frame.rail.set_dim("explore", True)
    zone = DropZone(
        "What shall it learn?",
        "Drop a folder, a ZIP or some pictures here. 100 or more of one kind work best.",
    )
    zone.add_button("Choose a folder", "folder")
    zone.add_button("Choose a ZIP")
    frame.column.addWidget(PageHead("Welcome to GAN Studio", "Start with pictures."))
    frame.column.addWidget(zone, 1)
    row = QHBoxLayout()
    row.setSpacing(16)
    for name, title in (
        ("open-peeps", "Open Peeps"),
        ("pixel-avatars", "Pixel avatars"),
        ("horse-sketches", "Horse sketches"),
    ):
        card = BundleCard(
            name, title, ["1,500 pictures, 64 × 64, drawn heads", "First shapes in about 6 min"]
        )
        card.set_thumbnails(bundled(name, 12))
        card.set_chosen(name == "pixel-avatars")
        row.addWidget(card)
    frame.column.addSpacing(24)
    frame.column.addLayout(row)
    frame.column.addSpacing(60)
    steps = StepList(
        [
            ("Pictures", "Choose what it shall learn."),
            (
                "Train",
                "A [generator|generator] forges, an [inspector|inspector] judges. Both get better.",
            ),
            ("Explore", "Walk through everything it can draw."),
        ]
    )
    steps.set_current(0)
    how = QWidget()
    column = QVBoxLayout(how)
    column.setContentsMargins(16, 14, 16, 16)
    column.setSpacing(12)
    column.addWidget(Label("How it goes", "finding"))
    column.addWidget(steps)
    frame.panel.add(how)
    computer = Section("This computer")
    computer.add(
        ListRow("2 CPU cores, 8 GB memory", "No GPU found. Small runs will do well.", "chip")
    )
    disk = ListRow("61 GB free", "A run needs about 300 MB.", "disk")
    disk.set_line_above(True)
    computer.add(disk)
    frame.panel.add(computer)
    frame.panel.set_foot(
        NextStepButton("Train the Pixel avatars demo"), "You can pause at any time."
    )
    return frame


def main(folder: Path, scale: str) -> None:
    """Render the three stages in every palette."""
    app = QApplication.instance() or QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for name in PALETTES:
        theme.apply(app, name)
        for make in (train, explore, start):
            page = make()
            page.show()
            for plot in page.findChildren(LossPlot):
                plot.build()
            app.processEvents()
            render(page, folder / f"stage-{make.__name__}-{name}@{scale}.png")
            page.close()
            page.deleteLater()
    app.processEvents()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        main(Path(sys.argv[1]), sys.argv[2])
    else:
        both_scales(__file__, Path(sys.argv[1] if len(sys.argv) > 1 else "gallery"))
