"""The one door to the rooms with torch.

Every import of `gan`, `quality`, `latent` and `export` is in here, inside functions, so that a
window can show before the engine has loaded.

Not responsible for threads: each function says who calls it. Nothing here keeps state.
"""

from ganstudio.studio.engine.bench import Bench
from ganstudio.studio.engine.diagnosing import diagnose
from ganstudio.studio.engine.files import (
    Enlarging,
    enlarged,
    export_events,
    export_model,
    export_table,
    fitted,
    leave_keepsakes,
    read_place,
    save_as_sheet,
    save_film,
    save_still,
    save_tournament,
)
from ganstudio.studio.engine.judging import Judge, inception_digest
from ganstudio.studio.engine.loops import loop_part, save_loop
from ganstudio.studio.engine.models import (
    LoadedModel,
    followed_model,
    generate,
    model_info,
    open_model,
    points_of_seeds,
)
from ganstudio.studio.engine.playing import play_tournament, playing
from ganstudio.studio.engine.runs import (
    StartRequest,
    create_run,
    live_model,
    load,
    measured,
    open_session,
)
from ganstudio.studio.engine.times import through_time
from ganstudio.studio.engine.together import help_train, leading

__all__ = [
    "Bench",
    "Enlarging",
    "Judge",
    "LoadedModel",
    "StartRequest",
    "create_run",
    "diagnose",
    "enlarged",
    "export_events",
    "export_model",
    "export_table",
    "fitted",
    "followed_model",
    "generate",
    "help_train",
    "inception_digest",
    "leading",
    "leave_keepsakes",
    "live_model",
    "load",
    "loop_part",
    "measured",
    "model_info",
    "open_model",
    "open_session",
    "play_tournament",
    "playing",
    "points_of_seeds",
    "read_place",
    "save_as_sheet",
    "save_film",
    "save_loop",
    "save_still",
    "save_tournament",
    "through_time",
]
