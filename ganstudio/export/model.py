"""A generator as one file to share: a copy that is known to work before it is handed on.

Not responsible for what is in it: `gan.modelfile` writes and checks model files.
"""

from __future__ import annotations

from pathlib import Path

from ganstudio.export.image import ending
from ganstudio.gan.modelfile import load_generator
from ganstudio.project.atomic import write_bytes
from ganstudio.project.errors import UserError

__all__ = ["export_model"]


def export_model(source: Path, path: Path) -> None:
    """Copy a model file, after loading it once: a damaged one is never handed on.

    Args:
        source: A snapshot's generator, or any model file.
        path: Ends in `.safetensors`; replaced in one piece if it is there.

    Raises:
        UserError: "wrong-ending", "same-file", "disk-full", "folder-not-writable", or what is
            wrong with the source.
    """
    ending(path, ".safetensors")
    load_generator(source)
    if path.exists() and path.samefile(source):
        raise UserError("same-file", path=path)
    write_bytes(path, source.read_bytes())
