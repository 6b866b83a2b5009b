"""How good the headless demo's pictures are: a Frechet distance on the bundled features.

    python tests/benchmarks/first_story_quality.py [--minutes 3] [--model FILE.safetensors]

Runs `ganstudio demo --headless` in a temporary folder (or takes a model file that is there), draws
seeds 0 to 1499 at diversity 1, and compares them with 1,500 of the bundled pixel avatars: names
sorted, then permuted by numpy's default_rng(0). Wall time counts, so it wants an idle machine.
"""

import argparse
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ganstudio.gan.modelfile import load_generator
from ganstudio.gan.sampling import pictures_of, seed_vectors
from ganstudio.project.paths import resources
from ganstudio.quality.features import features_of
from ganstudio.quality.frechet import frechet_distance, statistics_of

COUNT = 1500
AT_MOST = 80.0


def real_pictures() -> npt.NDArray[np.uint8]:
    """All pixel avatars, (N, 32, 32, 3), in the order the comparison wants."""
    with zipfile.ZipFile(resources() / "pictures" / "pixel-avatars" / "pictures.zip") as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".png"))
        pictures = np.stack(
            [
                np.asarray(Image.open(io.BytesIO(archive.read(name))).convert("RGB"))
                for name in names
            ]
        )
    return pictures[np.random.default_rng(0).permutation(len(pictures))]


def trained_by_demo(minutes: float, folder: Path) -> Path:
    """Run the demo as a person would; returns its model file."""
    command = [sys.executable, "-m", "ganstudio", "demo", "--headless"]
    subprocess.run(
        [*command, "--minutes", str(minutes), "--project", str(folder / "demo")],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder / "demo" / "exports" / "model.safetensors"


def distance_of(model: Path, count: int = COUNT) -> tuple[float, float, int]:
    """(distance, distance of real pictures from other real ones, images the model has seen)."""
    reals = real_pictures()
    generator = load_generator(model)
    latents = seed_vectors(range(count), generator.network.z_dim)
    drawn = pictures_of(generator.network, latents, diversity=1.0)
    real = statistics_of(features_of(reals[:count]))
    floor = frechet_distance(statistics_of(features_of(reals[count : 2 * count])), real)
    distance = frechet_distance(statistics_of(features_of(drawn)), real)
    return distance, floor, generator.images_seen


def run(smoke: bool) -> list[tuple[str, str, str]]:
    """Rows of (what, found, wanted)."""
    minutes, count = (0.05, 200) if smoke else (3.0, COUNT)
    with tempfile.TemporaryDirectory() as folder:
        distance, floor, images = distance_of(trained_by_demo(minutes, Path(folder)), count)
    return [
        (f"pictures seen in {minutes:g} minutes", f"{images:,}", ""),
        ("Frechet distance to real pictures", f"{distance:.1f}", f"at most {AT_MOST:.0f}"),
        ("real pictures to other real pictures", f"{floor:.1f}", ""),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--model", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = arguments.model or trained_by_demo(arguments.minutes, Path(folder))
        distance, floor, images = distance_of(model)
    print(f"pictures seen                         {images:>10,}")
    print(f"Frechet distance to real pictures     {distance:>10.1f}   at most {AT_MOST:.0f}")
    print(f"real pictures to other real pictures  {floor:>10.1f}")
    return int(distance > AT_MOST)


if __name__ == "__main__":
    raise SystemExit(main())
