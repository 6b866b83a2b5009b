"""`ganstudio recipes`: which recipes there are, and every number of one with its reason.

Not responsible for choosing one: `train --recipe` and the window do.
"""

from __future__ import annotations

import textwrap
from argparse import Namespace

from ganstudio.cli.output import Output
from ganstudio.project.combinations import warnings_about
from ganstudio.project.errors import sentence_and_hint
from ganstudio.project.presets import DEFAULT_PRESET, PRESETS, recipe_for
from ganstudio.project.reasons import reasons
from ganstudio.project.recipe import Recipe

__all__ = ["run"]

_WIDTH = 80
_MANY = 10_000


def run(options: Namespace, output: Output) -> int:
    """List all recipes, or explain one."""
    if options.name is None:
        facts = [_summary(name) for name in PRESETS]
        text = "\n".join(_lines_of_all(facts))
        output.document({"recipes": facts}) if options.json else output.result(text)
        return 0
    pictures = _MANY if options.pictures is None else options.pictures
    recipe = recipe_for(options.name, size=options.size or 64, pictures=pictures)
    recipe = recipe.with_values(dict(options.settings))
    if options.json:
        output.document(_explained(recipe))
    else:
        output.result("\n".join(_lines_of_one(recipe)))
    return 0


def _summary(name: str) -> dict[str, object]:
    preset = PRESETS[name]
    return {
        "name": name,
        "title": preset.title,
        "why": preset.why,
        "default": name == DEFAULT_PRESET,
        "classic": preset.classic,
        "sizes": list(preset.widths),
    }


def _lines_of_all(facts: list[dict[str, object]]) -> list[str]:
    lines = []
    for fact in facts:
        mark = "  (default)" if fact["default"] else ""
        lines += [f"{fact['name']}{mark}", *_indented(str(fact["why"])), ""]
    more = "`ganstudio recipes NAME` says why each number is what it is; `ganstudio train"
    more += " PROJECT --recipe NAME --set KEY=VALUE` trains with it."
    return [*lines, *textwrap.wrap(more, _WIDTH)]


def _lines_of_one(recipe: Recipe) -> list[str]:
    preset = PRESETS[recipe.name]
    told = reasons(recipe)
    values = {key: _say(value) for key, value in recipe.flat().items() if key != "name"}
    wide = max(map(len, values)) + 2
    lines = [preset.title, *textwrap.wrap(preset.why, _WIDTH), ""]
    for key, value in values.items():
        lines.append(f"{key:{wide}}{value}")
        lines += _indented(told[key])
    for code, found in warnings_about(recipe):
        sentence, hint = sentence_and_hint(code, found)
        lines += ["", *textwrap.wrap(f"Note: {sentence} {hint}", _WIDTH)]
    return lines


def _explained(recipe: Recipe) -> dict[str, object]:
    told = reasons(recipe)
    values = recipe.flat()
    warnings = [" ".join(sentence_and_hint(*found)) for found in warnings_about(recipe)]
    return {
        **_summary(recipe.name),
        "values": {key: {"value": value, "why": told[key]} for key, value in values.items()},
        "warnings": warnings,
    }


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def _say(value: object) -> str:
    if isinstance(value, list):
        return " + ".join(map(str, value)) or "none"
    return "none" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
