"""The Pictures page: welcome, full, with problems, while reading, while training, with an error."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from PIL import Image

from tests.gallery.invented_run import bundled
from tests.gallery.stage import Stage, State

_BIG = (1440, 900)
_SMALL = (1024, 700)


def _first_run(stage: Stage) -> None:
    stage.show()
    speeds = stage.studio.speeds
    stage.until(lambda: len(speeds.known) >= 2, 120)
    stage.pump(0.3)


def _full(stage: Stage) -> None:
    stage.open_bundle("open-peeps")
    stage.show()
    stage.window.pages.page("pictures").browser.grid.set_current(24)


def _scans(folder: Path, count: int) -> Path:
    """A ZIP as people have them: pictures, a torn one, a tiny one, a text that calls itself PNG."""
    path = folder / "scans-march.zip"
    from ganstudio.project.paths import resources

    source = zipfile.ZipFile(resources() / "pictures" / "open-peeps" / "pictures.zip")
    names = [name for name in source.namelist() if name.endswith(".png")][200 : 200 + count]
    with source, zipfile.ZipFile(path, "w") as archive:
        for index, name in enumerate(names):
            data = source.read(name)
            archive.writestr(f"scan_{index:03}.png", data[:400] if index in (3, 9) else data)
        tiny = io.BytesIO()
        Image.new("RGB", (9, 9), "white").save(tiny, "PNG")
        archive.writestr("stamp.png", tiny.getvalue())
        archive.writestr("notes.png", b"these are words")
    return path


def _kinds(stage: Stage) -> None:
    """Two folders, wide pictures, transparency kept."""
    folder = stage.home / "My drawings"
    for name in ("open-peeps", "horse-sketches"):
        kind = folder / name.split("-", 1)[1 if name.startswith("open") else 0]
        kind.mkdir(parents=True)
        for index, picture in enumerate(bundled(name)[:60]):
            clear = Image.fromarray(picture).convert("RGBA")
            clear.putalpha(clear.convert("L").point(lambda light: 0 if light > 245 else 255))
            clear.save(kind / f"{index:02}.png")
    stage.show("pictures", engine=False)
    stage.desk.new_project("My drawings")
    stage.desk.imports.add([folder])
    stage.until(lambda: not stage.desk.imports.busy)
    wide = {"aspect": "3:2", "channels": 4, "mode": "pad", "background": (230, 214, 180)}
    page = stage.window.pages.page("pictures")
    page.framing.chosen.emit(wide)
    stage.until(lambda: not stage.desk.imports.busy)
    page.kinds.chosen.emit(True)
    page.colour.set_open(True)
    page.browser.grid.set_current(70)
    stage.pump(0.2)


def _problems(stage: Stage) -> None:
    stage.show("pictures", engine=False)
    stage.desk.new_project("Scans")
    stage.desk.imports.add([_scans(stage.home, 120)])
    stage.until(lambda: not stage.desk.imports.busy)
    page = stage.window.pages.page("pictures")
    page.turn([4, 12, 13], True)
    page.browser.grid.set_current(8)
    stage.pump(0.2)


def _reading(stage: Stage) -> None:
    stage.open_bundle("open-peeps")
    stage.show("pictures", engine=False)
    stage.desk.imports.add(["bundle:pixel-avatars"])
    imports = stage.desk.imports
    stage.until(lambda: imports.progress is not None and imports.progress.done > 1_200)
    stage.window.pages.page("pictures").on_clock()
    # The picture is of an import on its way; it rests here for as long as it is looked at.
    stage.window.bridge.stop()


def _nothing_usable(stage: Stage) -> None:
    stage.show("pictures", engine=False)
    folder = stage.home / "letters"
    folder.mkdir(parents=True)
    for index in range(12):
        (folder / f"letter_{index}.txt").write_text("words", encoding="utf-8")
    stage.desk.imports.add([folder])
    stage.until(lambda: not stage.desk.imports.busy)


def _training(stage: Stage) -> None:
    stage.open_bundle()
    stage.show()
    stage.desk.start_training()
    stage.until(lambda: stage.studio.training.rate > 0)
    stage.window.show_page("pictures")


def _cancel(stage: Stage) -> None:
    stage.desk.imports.cancel()
    stage.window.bridge.start()


def _stop(stage: Stage) -> None:
    stage.studio.training.stop()
    stage.until(lambda: not stage.studio.training.state.active)


STATES = [
    State("pictures-empty", _first_run, (_BIG, _SMALL)),
    State("pictures-full", _full, (_BIG, _SMALL)),
    State("pictures-kinds", _kinds),
    State("pictures-problems", _problems),
    State("pictures-reading", _reading, tear_down=_cancel),
    State("pictures-failed", _nothing_usable),
    State("pictures-running", _training, tear_down=_stop),
]
