"""`ganstudio info`: what a project, a run or a model is, in words or as JSON.

Not responsible for finding models (`studio.models`). A project or run needs no engine.
"""

from __future__ import annotations

from argparse import Namespace

from ganstudio.cli.output import Output
from ganstudio.cli.values import path_of, said
from ganstudio.project.folder import Project
from ganstudio.project.kinds import shortened, wanted_kinds
from ganstudio.project.numbers import say_bytes, say_count
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.recipe import Recipe
from ganstudio.project.run_summary import summary_of
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from ganstudio.studio.models import find_model

__all__ = ["run"]


def run(options: Namespace, output: Output) -> int:
    """Say what it is."""
    path = path_of(options.what)
    if (path / "project.json").is_file():
        facts = _project_facts(Project.open(path))
        lines = _project_lines(facts)
    elif (path / "run.json").is_file():
        facts = {"kind": "run", "path": path} | _run_facts(RunFolder(path))
        lines = _run_lines(facts)
    else:
        facts = _model_facts(options.what)
        lines = _model_lines(facts)
    if options.json:
        output.document(facts)
    else:
        output.result("\n".join(lines))
    return 0


def _project_facts(project: Project) -> dict[str, object]:
    pictures = project.pictures()
    return {
        "kind": "project",
        "path": project.path,
        "name": project.info().name,
        "created": project.info().created,
        "pictures": len(pictures.pictures),
        "usable": pictures.usable_count,
        "size": pictures.framing.size,
        "aspect": pictures.framing.aspect,
        "channels": pictures.framing.channels,
        "framing": pictures.framing.mode,
        "kinds": list(wanted_kinds(pictures).names),
        "runs": [_run_facts(run) for run in project.runs()],
    }


def _run_facts(run: RunFolder) -> dict[str, object]:
    info, found = run.info(), summary_of(run)
    return {
        "id": run.id,
        "name": info.name,
        "created": info.created,
        "images": found.images,
        "saved": found.saved,
        "target": info.target,
        "seed": info.seed,
        "device": info.device,
        "device_reason": info.device_reason,
        "precision": info.precision,
        "threads": info.threads,
        "speed": info.speed,
        "snapshots": list(found.snapshots),
        "recipe": run.recipe().model_dump(mode="json"),
    }


def _model_facts(text: str) -> dict[str, object]:
    reference = find_model(text)
    info = engine.model_info(reference.path)
    return {
        "kind": "model",
        "path": reference.path,
        "title": reference.title,
        "images": info.images_seen,
        "size": info.recipe.network.size,
        "aspect": info.recipe.network.aspect,
        "channels": info.recipe.network.channels,
        "kinds": list(info.class_names),
        "parameters": info.parameters,
        "bytes": info.bytes,
        "fingerprint": info.fingerprint,
        "recipe": info.recipe.model_dump(mode="json"),
    }


def _project_lines(facts: dict[str, object]) -> list[str]:
    lines = [
        f"{facts['name']}  ({facts['path']})",
        f"  {facts['usable']:,} of {facts['pictures']:,} pictures at {_form(facts)}",
    ]
    runs = facts["runs"]
    assert isinstance(runs, list)
    if not runs:
        lines.append("  no run yet")
    for run in runs:
        lines += ["", *_run_lines(run)]
    return lines


def _run_lines(facts: dict[str, object]) -> list[str]:
    images, saved, target = facts["images"], facts["saved"], facts["target"]
    assert isinstance(images, int)
    snapshots = facts["snapshots"]
    assert isinstance(snapshots, list)
    until = f" of {say_count(target)}" if isinstance(target, int) else ""
    kept = f", saved at {say_count(saved)}" if isinstance(saved, int) else ", nothing saved yet"
    return [
        f"{facts['name']}  ({facts['id']})",
        f"  {say_count(images)}{until} pictures seen{kept}, {len(snapshots)} snapshots",
        f"  seed {facts['seed']}, {facts['device_reason']}",
        *_recipe_lines(facts["recipe"]),
    ]


def _model_lines(facts: dict[str, object]) -> list[str]:
    images, weights, weight = (facts[name] for name in ("images", "parameters", "bytes"))
    assert isinstance(images, int)
    assert isinstance(weights, int)
    assert isinstance(weight, int)
    return [
        f"{facts['title']}  ({facts['path']})",
        f"  draws {_form(facts)}, {say_count(images)} pictures seen",
        f"  {say_count(weights)} weights, {say_bytes(weight)}, fingerprint {facts['fingerprint']}",
        *_recipe_lines(facts["recipe"]),
    ]


def _form(facts: dict[str, object]) -> str:
    """What pictures are like: "96 × 64, grey, 3 kinds: cats, dogs, owls"."""
    told = {name: facts[name] for name in ("size", "aspect", "channels")}
    framing = FramingSettings.model_validate(told)
    kinds = facts["kinds"]
    assert isinstance(kinds, list)
    parts = [framing.pixels, framing.colours]
    parts += [f"{len(kinds)} kinds: {shortened(kinds)}"] if kinds else []
    return ", ".join(part for part in parts if part)


def _recipe_lines(plain: object) -> list[str]:
    """Every field as `--set` takes it."""
    flat = Recipe.parse(plain).flat()
    width = max(len(key) for key in flat)
    return ["  recipe:", *(f"    {key:<{width}}  {said(value)}" for key, value in flat.items())]
