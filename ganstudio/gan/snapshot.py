"""Snapshots: both networks and the fixed places at one moment, in a folder to look at and share.

Not responsible for when they are taken, nor for going on from them: checkpoints do that.
"""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from ganstudio.gan.modelfile import network_bytes, save_generator
from ganstudio.gan.sampling import preview_seeds
from ganstudio.gan.trainer import Trainer
from ganstudio.project.atomic import replace_folder, write_json
from ganstudio.project.messages import Pictures
from ganstudio.project.pixels import straight
from ganstudio.project.runs import RunFolder
from ganstudio.project.schema import stamp
from ganstudio.project.sheets import laid_out_sheet

__all__ = ["inspector_beside", "snapshot_model_path", "write_snapshot"]

_MODEL = "generator.safetensors"
_INSPECTOR = "discriminator.safetensors"
_SAMPLES = "samples.png"
_RUNS = zlib.Z_RLE


def snapshot_model_path(run: RunFolder, clock: int) -> Path:
    """The model file of a snapshot: the one to share."""
    return run.snapshot_folder(clock) / _MODEL


def inspector_beside(model: Path) -> Path:
    """The discriminator that belongs to a snapshot's model file."""
    return model.with_name(_INSPECTOR)


def write_snapshot(
    run: RunFolder, trainer: Trainer, pictures: Pictures, class_names: tuple[str, ...] = ()
) -> None:
    """Write the snapshot of the trainer's clock.

    Args:
        run: Where to.
        trainer: Averaged generator and discriminator are taken from it.
        pictures: The fixed places drawn now, uint8 (64, H, W, C).
        class_names: What the run's classes are called.

    Raises:
        UserError: "disk-full" or "folder-not-writable".
    """
    clock, recipe = trainer.clock, trainer.recipe
    about = {"recipe": recipe.model_dump(mode="json"), "images_seen": clock}
    inspector = network_bytes(trainer.discriminator, "discriminator", about)
    with replace_folder(run.snapshot_folder(clock)) as temporary:
        network = trainer.average.network
        save_generator(temporary / _MODEL, network, recipe, clock, class_names=class_names)
        (temporary / _INSPECTOR).write_bytes(inspector)
        (temporary / _SAMPLES).write_bytes(_png(laid_out_sheet(pictures)))
        told = {"images_seen": clock, "seeds": list(preview_seeds(recipe))}
        write_json(temporary / "snapshot.json", stamp() | told)


def _png(pixels: Pictures) -> bytes:
    buffer = io.BytesIO()
    told = straight(pixels)
    squeezed = told[:, :, 0] if told.shape[2] == 1 else told
    # Of generated pictures it takes two thirds of the time, and they come to the same size.
    image = Image.fromarray(np.ascontiguousarray(squeezed))
    image.save(buffer, "PNG", compress_level=1, compress_type=_RUNS)
    return buffer.getvalue()
