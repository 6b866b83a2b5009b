"""The tools in the head of Explore: size on the screen, sharpness, hold this version.

Not responsible for the canvas nor for the explorer: it says what was chosen.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.page_head import PageHead
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from ganstudio.desktop.widgets.segments import SegmentControl

__all__ = ["ViewTools"]

_FACTORS = {"4": 4, "8": 8}


class ViewTools(QObject):
    """Fit, 4x, 8x; Sharp; what the canvas shows in words; Hold.

    Signals:
        hold_toggled: Hold the present version, or follow again.
        back_asked: From a model file or the best moment back to the run.
    """

    hold_toggled = Signal(bool)
    back_asked = Signal()

    def __init__(self, head: PageHead, canvas: PictureCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._held, self._ready = False, True
        self._width_class: Width = "wide"
        self._picture_shown = True
        self.words = Label("", "small", "text_quiet")
        self.zoom = SegmentControl(
            [
                ("fit", self.tr("Fit"), self.tr("As large as it fits. (Ctrl+0)")),
                ("4", "4\u00d7", self.tr("Four screen pixels for one of the picture.")),
                ("8", "8\u00d7", self.tr("Eight screen pixels for one of the picture.")),
            ],
            self.tr("Size on the screen"),
        )
        self.sharp = SegmentControl(
            [
                (
                    "smooth",
                    self.tr("Smooth"),
                    self.tr("Enlarged with a soft filter. (Lanczos at rest)"),
                ),
                ("sharp", self.tr("Sharp"), self.tr("Every pixel a square. (Nearest)")),
            ],
            self.tr("Enlarging"),
        )
        self.hold = Button(self.tr("Hold this version"), icon="pin", height=Size.BUTTON_SMALL)
        self.back = Button(self.tr("Back to the run"), icon="undo", height=Size.BUTTON_SMALL)
        for tool in (self.words, self.zoom, self.sharp, self.hold, self.back):
            head.add_tool(tool)
        self.zoom.chosen.connect(self._zoom_chosen)
        self.sharp.chosen.connect(self._sharp_chosen)
        self.hold.clicked.connect(self._toggle)
        self.back.clicked.connect(self.back_asked)
        canvas.factor_changed.connect(self.say_factor)
        self.set_live(False)
        self.set_back(is_file=False, is_kept=False)

    @property
    def held(self) -> bool:
        """Whether a version is held."""
        return self._held

    def set_live(self, live: bool) -> None:
        """There is something to hold only while weights keep coming."""
        self.hold.setVisible(live)
        if not live:
            self.set_held(False)
        self.set_ready(self._ready)

    def set_back(self, is_file: bool, is_kept: bool) -> None:
        """A model file or the best moment is open, and there is a run to go back to."""
        self.back.setVisible(is_file or is_kept)
        tip = self.tr("Close the model file and explore the run again.")
        newest = self.tr("Explore the newest weights of the run again, as they come.")
        self.back.setToolTip(newest if is_kept else tip)
        self.set_ready(self._ready)

    def set_held(self, held: bool) -> None:
        """Show whether a version is held, without a signal."""
        self._held = held
        self.hold.setText(self.tr("Follow training") if held else self.tr("Hold this version"))
        self.hold.set_icon("live" if held else "pin")
        tip = self.tr("Draw with the newest weights again. (Ctrl+L)")
        hold = self.tr("Keep drawing with the weights of now while training goes on. (Ctrl+L)")
        self.hold.setToolTip(tip if held else hold)

    def show_sharp(self, sharp: bool) -> None:
        """Small pictures begin sharp, others smooth; without a signal."""
        self.sharp.set_current("sharp" if sharp else "smooth")

    def larger(self, step: int) -> None:
        """The next larger or smaller size of those there are."""
        shape = self._canvas.frame_shape()
        if shape is None:
            return
        keys = sorted(("fit", *_FACTORS), key=self._factor_of)
        place = keys.index(self.zoom.current()) + step
        if 0 <= place < len(keys):
            self.choose(keys[place])

    def choose(self, key: str) -> None:
        """Show the picture in one of the sizes."""
        self.zoom.set_current(key)
        self._zoom_chosen(key)

    def set_width_class(self, width: Width) -> None:
        """Words give way first, then sharpness and size; the keys of size always work."""
        self._width_class = width
        self.set_ready(self._ready)

    def set_picture_shown(self, shown: bool) -> None:
        """Another view is seen in place of the picture, or the picture again."""
        self._picture_shown = shown
        self.set_ready(self._ready)

    def set_ready(self, ready: bool) -> None:
        """Without a picture there is nothing to look at closer."""
        self._ready = ready
        shown = ready and self._picture_shown
        room = {"narrow": 0, "medium": 2, "wide": 3}[self._width_class]
        crowded = int(not self.hold.isHidden() or not self.back.isHidden())
        self.zoom.setVisible(shown and room > 0)
        self.sharp.setVisible(shown and room - crowded > 1)
        self.words.setVisible(shown and room - crowded > 2)

    @Slot()
    def say_factor(self) -> None:
        """How large the picture is, and how large it is shown."""
        shape = self._canvas.frame_shape()
        if shape is None:
            self.words.setText("")
            return
        factor = f"{self._canvas.shown_factor():.1f}".removesuffix(".0")
        text = self.tr("{w} \u00d7 {h}, shown {n}\u00d7")
        self.words.setText(text.format(w=shape[0], h=shape[1], n=factor))

    def _factor_of(self, key: str) -> float:
        if key in _FACTORS:
            return float(_FACTORS[key])
        shape = self._canvas.frame_shape() or (64, 64)
        return min(self._canvas.width() / shape[0], self._canvas.height() / shape[1])

    @Slot(str)
    def _zoom_chosen(self, key: str) -> None:
        self._canvas.set_zoom(_FACTORS.get(key, "fit"))
        self.say_factor()

    @Slot(str)
    def _sharp_chosen(self, key: str) -> None:
        self._canvas.set_sharp(key == "sharp")
        self.say_factor()

    @Slot()
    def _toggle(self) -> None:
        self.set_held(not self._held)
        self.hold_toggled.emit(self._held)
