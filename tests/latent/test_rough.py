"""A rough picture: early, near to the full one, and of the very place."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from ganstudio.gan.modelfile import load_generator
from ganstudio.latent import rough as rough_module
from ganstudio.latent.generator import Generator
from ganstudio.latent.renderer import Renderer
from ganstudio.latent.rough import Rough, fitting
from ganstudio.latent.slices import finished
from ganstudio.pictures.bundles import BUNDLES
from ganstudio.project.point import Bend, LatentPoint, Mask, Share
from tests.latent.test_renderer import differs, renderer

PLACES = tuple(LatentPoint(seed_x=500.0 + 7 * place) for place in range(6))


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """These networks are so small that no clock tells their stages apart: all but the last do."""

    def early(it: Renderer, point: LatentPoint) -> tuple[tuple[int, tuple[int, int]] | None, Any]:
        shapes = [tuple(x.shape[2:]) for x in it.features(point)]
        seen = [(stage, size) for stage, size in enumerate(shapes[:-1]) if len(size) == 2]
        return (seen[-1] if seen else None), it.render([point]).shape[1:3]

    monkeypatch.setattr(rough_module, "_early_stage", early)


def rough_of(name: str) -> tuple[Renderer, Rough]:
    """Of a trained generator: the pictures of untrained ones are all grey."""
    it = Renderer(cast("Generator", load_generator(BUNDLES[name].model).network))
    rough = finished(fitting(it))
    assert rough is not None
    return it, rough


@pytest.mark.parametrize("name", ["open-peeps", "horse-sketches", "pixel-avatars"])
def test_it_is_near_the_picture_it_announces_and_not_near_others(name: str) -> None:
    it, rough = rough_of(name)
    full = it.render(PLACES).astype(float)
    drawn = np.stack([rough.draw(it, place) for place in PLACES]).astype(float)
    assert drawn.shape == full.shape
    apart = ((drawn[:, None] - full[None]) ** 2).mean((2, 3, 4))
    others = apart[~np.eye(len(PLACES), dtype=bool)].mean()
    assert apart.diagonal().mean() < 0.85 * others
    assert (apart.argmin(1) == np.arange(len(PLACES))).sum() >= 5


def test_nothing_is_run_after_the_stage_it_is_told_from(monkeypatch: pytest.MonkeyPatch) -> None:
    it, rough = rough_of("open-peeps")
    reached: list[int] = []
    synthesize = type(it.network).synthesize

    def watched(network, w, chance=None, edit=None):
        def noted(stage, x):
            reached.append(stage)
            return edit(stage, x)

        return synthesize(network, w, chance, noted)

    monkeypatch.setattr(type(it.network), "synthesize", watched)
    rough.draw(it, PLACES[0])
    assert max(reached) == rough.stage
    assert rough.stage < it.stages - 1


def test_what_is_done_to_a_place_is_seen_in_it() -> None:
    it, rough = rough_of("open-peeps")
    plain, other = PLACES[:2]
    for changed in (
        plain.model_copy(update={"blend": (Share(point=other, weight=1.0),)}),
        plain.model_copy(update={"bends": (Bend(stage=rough.stage),)}),
        plain.model_copy(update={"mask": Mask(point=other, rows=((1.0,),))}),
    ):
        assert differs(rough.draw(it, changed), rough.draw(it, plain)).max() > 0


def test_where_nothing_is_seen_early_there_is_no_rough_way() -> None:
    assert finished(fitting(renderer("mlp"))) is None
