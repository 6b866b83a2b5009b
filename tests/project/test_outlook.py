from __future__ import annotations

from ganstudio.project.outlook import Speed, memory_notice, outlook
from ganstudio.project.presets import PRESETS, recipe_for

SKETCH = recipe_for(size=64, pictures=1_500, horizon=250_000)


def test_a_first_look_and_good_ones_at_the_speed_that_was_measured() -> None:
    seen = outlook(SKETCH, 20.0)
    assert seen is not None
    assert seen.first_s == 4_000 / 20
    assert seen.good_s == PRESETS["sketch"].good_images / 20
    assert seen.sentence == "A first look in about 3 min, good in about 2.1 h."


def test_a_run_that_is_planned_short_promises_nothing_good() -> None:
    seen = outlook(SKETCH, 100.0, end=8_000)
    assert seen is not None
    assert seen.first_s == 2_000 / 100
    assert seen.ends_before
    assert seen.sentence == "A first look in about 20 s; good ones would take about 25 min."


def test_it_follows_the_recipe() -> None:
    style = outlook(recipe_for("style", size=64, pictures=1_500), 20.0)
    sketch = outlook(SKETCH, 20.0)
    assert style is not None
    assert sketch is not None
    assert style.good_s > 3 * sketch.good_s


def test_nothing_is_promised_while_nothing_is_known() -> None:
    assert outlook(SKETCH, 0.0) is None
    unknown = outlook(SKETCH.model_copy(update={"name": "mine"}), 10.0)
    assert unknown is not None
    assert unknown.sentence == "A first look in about 7 min."


def test_memory_that_suffices_needs_no_words() -> None:
    assert memory_notice(SKETCH, Speed(10.0, 100, 100)) is None
    assert memory_notice(SKETCH, Speed(10.0)) is None


def test_memory_that_does_not_names_what_would() -> None:
    notice = memory_notice(SKETCH, Speed(10.0, 8_000_000_000, 3_000_000_000))
    assert notice is not None
    assert "8.0 GB" in notice.sentence
    assert "3.0 GB are free" in notice.sentence
    assert "batch_size=4" in notice.sentence
    none = memory_notice(SKETCH, Speed(10.0, 8_000_000_000, 100_000))
    assert none is not None
    assert "batch_size" not in none.sentence
