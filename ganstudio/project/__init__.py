"""Plain values and what lies on disk.

Recipes, points, messages, the project folder, runs, atomic files, locks, errors and paths.
Everything here is the standard library, numpy, pydantic and platformdirs.

Not responsible for: decoding pictures (`pictures`), tensors (`gan`), threads (`studio`), or
anything a person sees (`cli`, `desktop`).
"""
