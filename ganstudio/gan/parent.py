"""Beginning a run with what another one learned.

Not responsible for finding models, nor for choosing the new run's settings.
"""

from __future__ import annotations

from pathlib import Path

from ganstudio.gan.checkpoint import Checkpoint, write_checkpoint
from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.modelfile import load_tensors, read_model_info
from ganstudio.gan.snapshot import inspector_beside
from ganstudio.gan.trainer import Trainer
from ganstudio.project.errors import UserError
from ganstudio.project.recipe import NetworkRecipe, Recipe
from ganstudio.project.runs import RunFolder

__all__ = ["begin_from", "parent_network"]

# What another run's networks have to share with the pictures and the recipe.
_SHARED = {
    "name": "networks of the kind {}",
    "size": "pictures of {} pixels",
    "aspect": "pictures of {}",
    "channels": "pictures with {} channels",
    "classes": "{} kinds of pictures",
}


def parent_network(model: Path, recipe: Recipe) -> NetworkRecipe:
    """The networks that a run has to have if it begins with a model: widths and all.

    Args:
        model: A snapshot's generator.
        recipe: Of the run that shall begin.

    Raises:
        UserError: "start-other-networks", saying what differs; "start-no-inspector"; or as
            `read_model_info`.
    """
    theirs, ours = read_model_info(model).recipe.network, recipe.network
    for field, words in _SHARED.items():
        found, wanted = getattr(theirs, field), getattr(ours, field)
        if found != wanted:
            raise UserError(
                "start-other-networks",
                path=model,
                found=words.format(found),
                wanted=words.format(wanted),
            )
    if not inspector_beside(model).is_file():
        raise UserError("start-no-inspector", path=model)
    return theirs


def begin_from(run: RunFolder, model: Path, choice: DeviceChoice) -> None:
    """Write the run's first checkpoint: both networks as they were there, optimisers fresh.

    Args:
        run: New, its recipe's networks those of `parent_network`.
        model: A snapshot's generator, with its discriminator beside it.
        choice: Where the run trains.

    Raises:
        UserError: As `read_model_info`.
    """
    trainer = Trainer(run.recipe(), run.info().seed, choice)
    _, generator = load_tensors(model, "generator")
    _, discriminator = load_tensors(inspector_beside(model), "discriminator")
    trainer.start_from(generator, discriminator)
    write_checkpoint(run.checkpoint_folder(0), Checkpoint(trainer.state(), 0.0, 0))
