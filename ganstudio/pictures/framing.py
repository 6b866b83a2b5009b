"""What the framing settings of a project mean for its pictures.

Not responsible for the settings themselves (`project.picture_list`) nor for pixels (`decode`).
"""

from __future__ import annotations

from ganstudio.project.errors import UserError
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.recipe import SIZES

__all__ = ["MODES", "SIZES", "checked_framing", "framing_key", "shortest_side"]

#: Ways to bring a picture to other proportions.
MODES = ("crop", "pad")
#: No picture with a shorter side under this many pixels is used.
_LEAST_SIDE = 16


def checked_framing(framing: FramingSettings) -> FramingSettings:
    """The same settings, if pictures can be brought to them.

    Raises:
        UserError: "bad-size" or "bad-framing".
    """
    if framing.size not in SIZES:
        raise UserError("bad-size", text=framing.size)
    if framing.mode not in MODES:
        raise UserError("bad-framing", text=framing.mode)
    return framing


def framing_key(framing: FramingSettings) -> str:
    """A name for these settings that may stand in a file name: `64-crop-ffffff`.

    Proportions and colours stand in it where they are not the usual ones: `64-3x2-pad-clear`.
    """
    red, green, blue = (min(255, max(0, value)) for value in framing.background)
    ground = f"{red:02x}{green:02x}{blue:02x}"
    proportions = [] if framing.aspect == "1:1" else [framing.aspect.replace(":", "x")]
    colours = {1: [ground, "grey"], 3: [ground], 4: ["clear"]}[framing.channels]
    return "-".join([str(framing.size), *proportions, framing.mode, *colours])


def shortest_side(size: int) -> int:
    """Smallest shorter side, in pixels, of a picture that may be brought to `size`."""
    return max(_LEAST_SIDE, size // 4)
