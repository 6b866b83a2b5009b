"""The window around the pages: small windows, cards, a hidden panel."""

from __future__ import annotations

from pathlib import Path

from ganstudio.desktop.dialogs.loop import LoopPlace, LoopWindow
from ganstudio.desktop.widgets.painting import to_image
from ganstudio.pictures.bundles import BUNDLES
from ganstudio.project.errors import UserError
from ganstudio.project.point import LatentPoint
from ganstudio.studio.events import InceptionRead
from ganstudio.studio.signs import UncleanEnd
from tests.gallery.invented_run import bundled
from tests.gallery.stage import Stage, State


def _with(command: str):
    def prepare(stage: Stage) -> None:
        stage.open_bundle("open-peeps")
        stage.show("pictures", engine=False)
        stage.window.run_command(command)
        stage.pump(0.2)

    return prepare


def _unclean(stage: Stage) -> None:
    project = stage.open_bundle("open-peeps")
    stage.show("pictures", engine=False)
    end = UncleanEnd(str(project.path), 1, "Fatal Python error: Segmentation fault")
    stage.window.notices.tell_unclean_end(end, True)


def _report(stage: Stage) -> None:
    stage.show("pictures", engine=False)
    stage.window.help.show_report("GAN Studio 0.1.0, Python 3.11\n\nTraceback ...\n" * 12)


def _toast(stage: Stage) -> None:
    stage.open_bundle("open-peeps")
    stage.show("pictures", engine=False)
    stage.window.pages.page("pictures").turn([3], True)


def _loop(stage: Stage) -> None:
    stage.open_bundle("open-peeps")
    stage.show("pictures", engine=False)
    pictures = bundled("open-peeps")[3:40:5]
    places = [
        LoopPlace(f"Place {place}", to_image(picture), LatentPoint(seed_x=place))
        for place, picture in enumerate(pictures)
    ]
    small = LoopWindow(stage.window.desk, BUNDLES["open-peeps"].model, places, False, stage.window)
    small.show()
    stage.pump(0.2)


def _settings_with_weights(stage: Stage) -> None:
    stage.studio.settings.update(inception_file="pt_inception-2015-12-05.safetensors")
    _with("settings")(stage)


def _settings_refused(stage: Stage) -> None:
    _with("settings")(stage)
    error = UserError("inception-is-program", path="Downloads/pt_inception-2015-12-05.pth")
    stage.window.help.on_event(InceptionRead(Path("weights.pth"), error=error))
    stage.pump(0.2)


STATES = [
    State("window-settings", _with("settings")),
    State("window-settings-weights", _settings_with_weights),
    State("window-settings-refused", _settings_refused),
    State("window-shortcuts", _with("shortcuts")),
    State("window-about", _with("about")),
    State("window-new-project", _with("new-project")),
    State("window-no-panel", _with("panel")),
    State("window-report", _report),
    State("window-after-crash", _unclean),
    State("window-toast", _toast),
    State("window-loop", _loop),
]
