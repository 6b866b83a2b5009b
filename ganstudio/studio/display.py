"""Whether a window can be shown here, asked before Qt is loaded.

Qt ends the whole process when its platform does not work. So the libraries it needs are opened, and
the display is called, by the same functions Qt will use: a few milliseconds, and a sentence
instead of an abort.

Not responsible for showing anything; on Windows and macOS there is always a display.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Iterable

from ganstudio.project.errors import UserError

__all__ = ["display_problem", "missing_library"]

#: Library -> the Debian package that brings it; other systems name theirs alike.
_ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
_X11 = {
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
_PACKAGES = _ALWAYS | _X11 | _WAYLAND
_NAMED = re.compile(r"(lib[\w.+-]+\.so[\w.]*)")


def display_problem() -> UserError | None:
    """Why no window can be shown, in one sentence; None if one can."""
    if sys.platform in ("win32", "darwin"):
        return None
    try:
        _open_all(_ALWAYS)
        wanted = os.environ.get("QT_QPA_PLATFORM", "")
        _call_display(re.split("[;:]", wanted)[0] if wanted else "")
    except UserError as problem:
        return problem
    return None


def missing_library(error: ImportError) -> UserError | None:
    """A failed import of Qt as a sentence that names what is not there; None for other imports."""
    found = _NAMED.search(str(error))
    if found is not None:
        return _missing(found[1])
    if (error.name or "").split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
        return UserError("qt-broken", reason=str(error).rstrip("."))
    return None


def _call_display(platform: str) -> None:
    """Call whichever display Qt would; Wayland first, as Qt does in a Wayland session."""
    if platform not in ("", "xcb", "wayland"):
        return
    wayland = platform != "xcb" and _wayland_answers()
    if wayland:
        _open_all(_WAYLAND)
        return
    name = os.environ.get("DISPLAY", "")
    if platform == "wayland" or not name:
        named = os.environ.get("WAYLAND_DISPLAY", "")
        raise UserError("display-dead", name=named) if named else UserError("no-display")
    if not _x_answers():
        raise UserError("display-dead", name=name)
    _open_all(_X11)


def _wayland_answers() -> bool:
    if not os.environ.get("WAYLAND_DISPLAY"):
        return False
    try:
        client = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return False
    client.wl_display_connect.restype = ctypes.c_void_p
    client.wl_display_connect.argtypes = [ctypes.c_char_p]
    client.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    display = client.wl_display_connect(None)
    if display:
        client.wl_display_disconnect(display)
    return bool(display)


def _x_answers() -> bool:
    _open_all(("libxcb.so.1",))
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    error = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return bool(error == 0)


def _open_all(libraries: Iterable[str]) -> None:
    for library in libraries:
        try:
            ctypes.CDLL(library)
        except OSError as error:
            raise _missing(library) from error


def _missing(library: str) -> UserError:
    package = _PACKAGES.get(library)
    on_debian = f"on Debian and Ubuntu with `sudo apt install {package}`"
    return UserError(
        "qt-library-missing", library=library, how=on_debian if package else "with its package"
    )
