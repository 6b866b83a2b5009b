"""About: version, what the program may be used for, and whose work it stands on.

Not responsible for the licence files: they lie beside what they speak of.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ganstudio import __version__
from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.surface import Surface
from ganstudio.project.paths import resources
from ganstudio.studio.pictures import Bundle

__all__ = ["AboutDialog"]


class AboutDialog(SmallWindow):
    """A window with version and licences.

    Args:
        bundles: The pictures that came with the program.
        parent: The main window.
    """

    def __init__(self, bundles: Sequence[Bundle], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("About GAN Studio"), 560, parent)
        version = self.tr("Version {version}, Python {python}, Qt {qt}").format(
            version=__version__, python=platform.python_version(), qt=qVersion()
        )
        self.body.addWidget(Label(version, "small", "text_quiet"))
        self.body.addSpacing(16)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(4)
        for title, text in self._parts(bundles):
            self._column.addWidget(Label(title, "head"))
            self._column.addWidget(Label(text, "body", "text_quiet", wrap=True))
            self._column.addSpacing(12)
        inside = Surface("panel")
        inside.setLayout(self._column)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setMinimumHeight(420)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(self.tr("Licences"))
        self.body.addWidget(scroll)
        self.licence_button = Button(
            self.tr("Show the licence of Inter"), "quiet", tip=self.tr("SIL Open Font License 1.1")
        )
        self.licence_button.clicked.connect(self._show_font_licence)
        self.foot.insertWidget(0, self.licence_button)

    def _parts(self, bundles: Sequence[Bundle]) -> list[tuple[str, str]]:
        sets = "\n".join(
            self.tr("{title}: {credit}, {licence}").format(
                title=bundle.title, credit=bundle.credit, licence=bundle.licence
            )
            for bundle in bundles
        )
        return [
            (
                "GAN Studio",
                self.tr(
                    "Free software under the MIT licence. What it learns and draws is yours. "
                    "Nothing leaves this computer: no account, no network, no download."
                ),
            ),
            (
                self.tr("Qt and PySide6"),
                self.tr(
                    "The window is drawn with Qt {qt} through PySide6, used under the GNU Lesser "
                    "General Public License, version 3 (LGPL). Both are separate shared libraries: "
                    "you may replace them with versions of your own, and study and change how they "
                    "work together with this program. Their source is at code.qt.io and "
                    "download.qt.io; the text of the licence is at gnu.org/licenses/lgpl-3.0."
                ).format(qt=qVersion()),
            ),
            (
                self.tr("Inter"),
                self.tr("The typeface by Rasmus Andersson, SIL Open Font License 1.1."),
            ),
            (self.tr("The bundled pictures"), sets),
            (
                self.tr("The engine and other parts"),
                self.tr(
                    "PyTorch and torchvision (BSD), NumPy (BSD), pyqtgraph (MIT), Pillow "
                    "(MIT-CMU), safetensors (Apache 2.0), pydantic (MIT), platformdirs (MIT), "
                    "psutil (BSD)."
                ),
            ),
        ]

    def _show_font_licence(self) -> None:
        text = (resources() / "fonts" / "inter" / "LICENSE.txt").read_text(encoding="utf-8")
        label = Label(text, "small", "text_quiet", wrap=True)
        self._column.addWidget(label)
        self.licence_button.setEnabled(False)
