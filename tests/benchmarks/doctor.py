"""How often the training doctor is wrong: healthy runs that it calls sick, and sick ones it misses.

    python tests/benchmarks/doctor.py [--smoke] [--work FOLDER]

Twenty healthy seeds of the default recipe at 32 pixels learn from two bundled sets, from many and
from few of their pictures; the doctor examines each at every one of its scored moments, as a window
would have asked it then, and whatever it finds but a plateau is a false alarm. Then the scripts of
`tests/trained_runs.py` train tiny networks into every state it names.

What was found is kept in `results/doctor.json`, run by run, and is not trained again. With
`--work`, rows and scores stay there, so that after a change of the rules everything is examined
anew without training.

Not responsible for the rules (`ganstudio.quality.doctor`).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as `ganstudio` sets it before torch loads
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from picture_sets import picture_set
from PIL import Image
from results import FOLDER, Found, Results

from ganstudio.project.findings import Finding
from ganstudio.project.messages import Pictures
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.quality.doctor import examine
from ganstudio.quality.limits import LIMITS
from ganstudio.studio.run_history import rows_of
from tests.trained_runs import SCRIPTS, findings_of, moments_to_score, played, score, train_on

SEEDS = range(20)
SETS = ("pixel-avatars", "open-peeps")
COUNTS = (1_400, 400)
SIZE, IMAGES, HELD_OUT, SCORED = 32, 16_000, 64, 10
#: A plateau is good news, and may well be so.
_NO_ALARM = ("healthy", "warming-up", "stalled")
_RULES = {name: limit.value for name, limit in LIMITS.items()}

Row = tuple[str, str, str]


def healthy(seed: int, images: int, place: Path) -> RunFolder:
    """Train and score one healthy run; one that lies there is taken as it is."""
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        if (path / "scores.jsonl").is_file() and RunFolder(path).recipe().horizon == images:
            return RunFolder(path)
    learned, held_out = _pictures(seed)
    info = RunInfo(
        name=f"seed {seed}", created="", seed=seed, row_images=images // 250 // 16 * 16 or 16
    )
    names = [f"{number:x}" for number in range(len(learned))]
    run = RunFolder.create(place, _recipe(seed, images), info, names)
    train_on(run, learned, images)
    score(run, learned, held_out, moments_to_score(run, SCORED))
    return run


def examined(run: RunFolder) -> list[tuple[int, list[Finding]]]:
    """What a window would have been told at each scored moment."""
    rows, scores, recipe = rows_of(run.metrics()), list(run.scores().values()), run.recipe()
    events, kept, told = run.events(), run.snapshots(), []
    for clock in sorted({*run.scores(), rows[-1].images}):
        findings = examine(
            [row for row in rows if row.images <= clock],
            [one for one in scores if one.images <= clock],
            recipe,
            events=[event for event in events if event["images"] <= clock],
            kept=[one for one in kept if one <= clock],
        )
        told.append((clock, findings))
    return told


def alarms(run: RunFolder) -> Found:
    """How often something was found that is none, by its name; and how near it came."""
    told = [one.code for _, findings in examined(run) for one in findings]
    found: Found = {"alarms": float(sum(code not in _NO_ALARM for code in told))}
    for code in sorted(set(told) - set(_NO_ALARM)):
        found[code] = float(told.count(code))
    return found | {"moments": float(len(run.scores())), "stalled": float(told.count("stalled"))}


def _pictures(seed: int) -> tuple[Pictures, Pictures]:
    """Of a seed's set: what is learned from, and what never is."""
    pictures = picture_set(SETS[seed % len(SETS)])
    learned = pictures.training[: COUNTS[seed // len(SETS) % len(COUNTS)]]
    return _small(learned), _small(pictures.held_out[:HELD_OUT])


def _small(pictures: Pictures) -> Pictures:
    if pictures.shape[1] == SIZE:
        return pictures
    resized = (Image.fromarray(one).resize((SIZE, SIZE), Image.Resampling.BOX) for one in pictures)
    return np.stack([np.asarray(one) for one in resized])


def _recipe(seed: int, images: int) -> Recipe:
    count = COUNTS[seed // len(SETS) % len(COUNTS)]
    return recipe_for(size=SIZE, pictures=count, strength="small", horizon=images)


class Ward:
    """Runs and what was found of them.

    Args:
        results: A JSON file of `results`.
        work: Where runs lie.
        images: Pictures a healthy run sees.
    """

    def __init__(self, results: Path, work: Path, images: int = IMAGES) -> None:
        self._results, self._work, self._images = Results(results), work, images

    def healthy(self, seed: int) -> Found:
        """False alarms of one seed."""
        recipe = _recipe(seed, self._images).model_dump(mode="json")
        told = {"recipe": recipe, "seed": seed, "scored": SCORED, "rules": _RULES}
        name = f"healthy/seed {seed:02}"
        found = self._results.get(name, told)
        if found is None:
            began = time.monotonic()
            run = healthy(seed, self._images, self._work / f"healthy-{seed:02}")
            found = alarms(run)
            self._results.keep({name: found}, told)
            _say(f"{name}: {found} ({time.monotonic() - began:.0f} s)")
        return found

    def sick(self, name: str) -> Found:
        """Whether one script is named correctly: the worst finding is the one that it is."""
        script = SCRIPTS[name]
        recipe = script.recipe.model_dump(mode="json")
        told = asdict(script) | {"values": {}, "recipe": recipe, "rules": _RULES}
        found = self._results.get(f"script/{name}", told)
        if found is None:
            began = time.monotonic()
            with tempfile.TemporaryDirectory() as place:
                codes = [one.code for one in findings_of(played(name, Path(place)))]
            found = {"named": float(codes[0] == script.expected), "findings": float(len(codes))}
            self._results.keep({f"script/{name}": found}, told)
            _say(f"{name}: {', '.join(codes)} ({time.monotonic() - began:.0f} s)")
        return found


def run(smoke: bool, work: Path | None = None) -> list[Row]:
    """Rows of (what, found, wanted)."""
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        if smoke:
            ward, seeds, names = Ward(place / "doctor.json", place, 640), range(1), ["warming-up"]
        else:
            ward, seeds = Ward(FOLDER / "doctor.json", work or place), SEEDS
            names = list(SCRIPTS)
        told = [ward.healthy(seed) for seed in seeds]
        named = [ward.sick(name) for name in names]
    alarmed = sum(found["alarms"] > 0 for found in told)
    looks = sum(found["moments"] for found in told)
    right = sum(found["named"] for found in named)
    return [
        (f"healthy runs with an alarm, of {len(told)} ({looks:.0f} looks)", f"{alarmed}", "0"),
        (f"scripted runs named correctly, of {len(named)}", f"{right:.0f}", f"{len(named)}"),
    ]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="seconds: does it run?")
    parser.add_argument("--work", type=Path, help="where healthy runs lie")
    options = parser.parse_args()
    for row in run(options.smoke, options.work):
        print("{:<56} {:>6}   wanted {}".format(*row))


if __name__ == "__main__":
    main()
