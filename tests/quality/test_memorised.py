"""What an inspector knows by heart: against numbers one can work out, and of a real one."""

from pathlib import Path

import numpy as np
import pytest

from ganstudio.quality.memorised import memorised
from tests.trained_runs import Script, moments_to_score, score, train

GENERATED = np.array([-1.0, 1.0] * 32)


def test_between_none_and_all_by_heart() -> None:
    known, new = GENERATED + 4.0, GENERATED + 4.0
    assert memorised(known, new, GENERATED).value == pytest.approx(0.0)
    assert memorised(known, GENERATED, GENERATED).value == pytest.approx(1.0)
    assert memorised(known, GENERATED + 2.0, GENERATED).value == pytest.approx(0.5)
    assert memorised(GENERATED, known, GENERATED + 4.0).value == 0.0  # it believes them more


def test_the_error_is_what_chance_makes_of_it() -> None:
    random = np.random.default_rng(0)

    def drawn() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return (random.normal(4, 1, 64), random.normal(3, 1, 32), random.normal(0, 1, 64))

    found = [memorised(*drawn()) for _ in range(400)]
    spread = np.std([one.value for one in found])
    assert np.mean([one.error for one in found]) == pytest.approx(spread, rel=0.15)
    assert np.mean([one.value for one in found]) == pytest.approx(0.25, abs=0.02)


def test_neither_shift_nor_scale_of_its_logits_counts() -> None:
    random = np.random.default_rng(1)
    three = [random.normal(mean, 1, 48) for mean in (4, 2, 0)]
    plain, other = memorised(*three), memorised(*(3 * logits + 100 for logits in three))
    assert other.value == pytest.approx(plain.value)
    assert other.error == pytest.approx(plain.error)


def test_a_real_inspector_is_asked_beside_its_generator(tmp_path: Path) -> None:
    script = Script("warming-up", 320, learned=24, held_out=16, scored=1)
    run, learned, held_out = train(script, tmp_path)
    (found,) = score(run, learned, held_out, moments_to_score(run, 1))
    assert found.inspector is not None
    assert np.isfinite(found.inspector.learned)
    assert run.scores()[found.images] == found
    (run.snapshot_folder(found.images) / "discriminator.safetensors").unlink()
    (without,) = score(run, learned, held_out, [found.images])
    assert without.inspector is None
    assert without.score.kernel == found.score.kernel
