"""What can go wrong with somebody's pictures: a code, a sentence, a remedy.

Not responsible for finding it: `pictures` does.
"""

from __future__ import annotations

__all__ = ["PICTURE_TEXTS"]

#: code -> (what happened, what to do). Values stand in braces.
PICTURE_TEXTS: dict[str, tuple[str, str]] = {
    # -- pictures -------------------------------------------------------------------------------
    "folder-forbidden": (
        "The folder {name} cannot be opened and was passed over.",
        "Allow reading it, then add it again.",
    ),
    "no-picture-files": (
        "There is no picture in {path}, only {count} other files.",
        "Choose a folder or ZIP with PNG, JPEG, WebP, BMP, TIFF or GIF files.",
    ),
    "no-pictures": (
        "This project has no pictures to learn from yet.",
        "Add a folder, a ZIP or a bundled set.",
    ),
    "no-pictures-here": (
        "There is nothing in {path}.",
        "Choose a folder or ZIP with pictures; 100 or more of one kind work best.",
    ),
    "no-such-bundle": ("There is no bundled set called {name}.", "There are: {available}."),
    "no-such-source": (
        "There is no folder, ZIP or picture called {path}.",
        "Check the name, or whether its disk is connected.",
    ),
    "no-usable-picture": (
        "None of the {total} pictures in {path} can be used: {small} are too small and {other} "
        "cannot be read.",
        "{first}",
    ),
    "only-picture-unusable": (
        "The only picture in {path} cannot be used: {why}.",
        "Choose more; 100 or more of one kind work best.",
    ),
    "picture-away": (
        "{name} is not where it was.",
        "Connect its disk or put it back, then refresh the pictures.",
    ),
    "picture-cut-short": (
        "{name} ends too early and was left out.",
        "Copy it again from where it came from.",
    ),
    "picture-duplicate": ("{name} is the same picture as {other}.", "It counts once."),
    "picture-empty": (
        "{name} is an empty file and was left out.",
        "Copy it again from where it came from.",
    ),
    "picture-encrypted": (
        "{name} is locked with a password and was left out.",
        "Unpack the ZIP with its password, then add the folder.",
    ),
    "picture-file-too-large": (
        "{name} is a file of more than {limit_mb} MB and was left out.",
        "Save a smaller copy and add that.",
    ),
    "picture-forbidden": (
        "{name} may not be read and was left out.",
        "Allow reading it, then add it again.",
    ),
    "picture-name": (
        "{name} has a name that cannot be written down, and was left out.",
        "Give it a name of plain letters, then add it again.",
    ),
    "picture-not-a-picture": (
        "{name} is not a picture, whatever its name says, and was left out.",
        "PNG, JPEG, WebP, BMP, TIFF and GIF can be read.",
    ),
    "picture-too-large": (
        "{name} has more than {megapixels} megapixels and was left out.",
        "Save a smaller copy and add that.",
    ),
    "picture-too-small": (
        "{name} is {width} × {height}, too small for {size} × {size}, and was left out.",
        "Its shorter side needs at least {needed} pixels; a smaller picture size may help.",
    ),
    "picture-unknown-kind": (
        "{name} is of a kind that cannot be read ({kind}) and was left out.",
        "Save it as PNG or JPEG and add that.",
    ),
    "picture-unreadable": (
        "{name} is damaged and was left out.",
        "Copy it again from where it came from.",
    ),
    "pictures-away": (
        "The pictures of this project are not where they were ({path}).",
        "Connect their disk or put them back, then try again.",
    ),
    "source-is-project": (
        "{path} is a GAN Studio project, not a folder of pictures.",
        "Open it as a project, or choose a folder of pictures.",
    ),
    "zip-unreadable": (
        "{path} is damaged, or not a ZIP at all.",
        "Copy it again, or unpack it and add the folder.",
    ),
}
