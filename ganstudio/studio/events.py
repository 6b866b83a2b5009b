"""What the services tell: each event a frozen value, queued and never dropped.

Not responsible for metrics rows and pictures, which have channels of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ganstudio.project.direction import Direction, Fit
from ganstudio.project.errors import UserError
from ganstudio.project.host import SavedKind
from ganstudio.project.inside import StageShape
from ganstudio.project.judging import FolderJudged, HeatMap, Nearest, Pile, Round
from ganstudio.project.messages import MetricsRow, Notice, Pictures
from ganstudio.project.point import Band
from ganstudio.project.quality import MomentScore
from ganstudio.project.recipe import Recipe
from ganstudio.project.tournament import Player, Tournament
from ganstudio.studio.machine import MachineReport
from ganstudio.studio.states import State

__all__ = [
    "DirectionMade",
    "DirectionsChecked",
    "DirectionsFound",
    "EngineFailed",
    "EngineLoaded",
    "Event",
    "ExportEnded",
    "FavouritesWritten",
    "ImportEnded",
    "InceptionRead",
    "Judged",
    "JudgingFailed",
    "ModelFailed",
    "ModelOpened",
    "MomentScored",
    "NoticeEvent",
    "PictureReady",
    "RecipeChanged",
    "RunNews",
    "RunOpened",
    "Saved",
    "SpeedMeasured",
    "StateChanged",
    "TournamentEnded",
    "TrainingEnded",
    "TrainingFailed",
]


@dataclass(frozen=True, slots=True)
class EngineLoaded:
    """The engine is there, and says what it will train on."""

    report: MachineReport


@dataclass(frozen=True, slots=True)
class EngineFailed:
    """The engine could not be loaded; `reason` is for the log and the report."""

    reason: str


@dataclass(frozen=True, slots=True)
class SpeedMeasured:
    """How many images a second something would train here: the speeds know more than before."""

    images_per_s: float


@dataclass(frozen=True, slots=True)
class ImportEnded:
    """Pictures were brought in, or were not.

    Attributes:
        problems: (name, sentence) of each picture that was left out.
        usable: Pictures training would see now.
        error: What stopped the import.
    """

    project: Path
    problems: tuple[tuple[str, str], ...] = ()
    usable: int = 0
    added: int = 0
    error: UserError | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class StateChanged:
    """Training does something else now."""

    state: State


@dataclass(frozen=True, slots=True)
class RunOpened:
    """Training works on this run from now on; its history up to `images` is on disk."""

    run: Path
    images: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class RunNews:
    """What another process did to the project, or to the run that is looked at.

    Attributes:
        run: The run that is looked at.
        others_changed: Somebody else began to train or to hold the project, or ended it.
        replaced: The run's history was cut, or is read for the first time: `rows` are all.
        rows: Rows that came since.
        moments: The clocks of all snapshots, None if they are as before.
        sheet: Samples of the last of them, (64, H, W, C) uint8, read-only; None if not new.
        first_seed: Of those samples.
        begun: A run that was begun after the one that is looked at.
    """

    run: Path | None
    others_changed: bool = False
    replaced: bool = False
    rows: tuple[MetricsRow, ...] = ()
    moments: tuple[int, ...] | None = None
    sheet: Pictures | None = None
    first_seed: int = 0
    begun: Path | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A snapshot or checkpoint is safe on disk."""

    kind: SavedKind
    images: int


@dataclass(frozen=True, slots=True)
class MomentScored:
    """It is known how good a moment of a run is."""

    run: Path
    score: MomentScore


@dataclass(frozen=True, slots=True)
class InceptionRead:
    """A file that may be weights of Inception was read: what they are known by, or why not."""

    path: Path
    digest: str = ""
    error: UserError | None = None


@dataclass(frozen=True, slots=True)
class RecipeChanged:
    """The run that trains goes on by other numbers from this clock on."""

    images: int
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class Judged:
    """The inspector has judged what it was asked for.

    Attributes:
        ticket: Of the request.
        found: What it was about.
    """

    ticket: int
    found: Pile | HeatMap | Nearest | FolderJudged | Round


@dataclass(frozen=True, slots=True)
class JudgingFailed:
    """The inspector could not judge what it was asked for; `ticket` is that of the request."""

    ticket: int
    error: UserError


@dataclass(frozen=True, slots=True)
class TournamentEnded:
    """A tournament is over, with a result; or for a reason; or with neither: it was cancelled.

    Attributes:
        ticket: Of the request.
        players: Who played.
        found: What came out.
        error: Why nothing did.
    """

    ticket: int
    players: tuple[Player, ...]
    found: Tournament | None = None
    error: UserError | None = None


@dataclass(frozen=True, slots=True)
class NoticeEvent:
    """Something a person should know."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class TrainingFailed:
    """Training ended badly: a person's error, or a bug of ours with its report."""

    images: int
    error: UserError | None = None
    report: str = ""


@dataclass(frozen=True, slots=True)
class TrainingEnded:
    """Training ended well."""

    reason: Literal["stopped", "target"]
    images: int


@dataclass(frozen=True, slots=True)
class ModelOpened:
    """The explorer has a generator.

    Attributes:
        title: What a person reads.
        images: Its clock.
        shape: Of a picture: (height, width, channels).
        live: Whether its weights change while it is explored.
        network: A key of `gan.networks.NETWORKS`.
        kinds: What it can be told to draw, by name; empty if nothing.
        stages: What comes out of each stage.
        bands: The parts that decide something of their own.
        layered: Whether they are layers with a w each; else they say how strong channels are.
    """

    title: str
    images: int
    shape: tuple[int, int, int]
    live: bool
    network: str
    kinds: tuple[str, ...] = ()
    stages: tuple[StageShape, ...] = ()
    bands: tuple[Band, ...] = ()
    layered: bool = False

    @property
    def has_places(self) -> bool:
        """Whether anything inside of it lies beside something else."""
        return any(stage.has_places for stage in self.stages)


@dataclass(frozen=True, slots=True)
class DirectionsFound:
    """The explorer knows directions for its generator."""

    count: int


@dataclass(frozen=True, slots=True)
class PlaceAtMoment:
    """A place as a moment of a run draws it: `picture` is (H, W, C) uint8, read-only."""

    number: int
    clock: int
    picture: Pictures


@dataclass(frozen=True, slots=True)
class DirectionMade:
    """A direction that a person asked for is there, or is not, for a reason."""

    direction: Direction | None = None
    error: UserError | None = None


@dataclass(frozen=True, slots=True)
class AmountTold:
    """How much of a direction a place has, or why that cannot be told.

    Attributes:
        ticket: Of the question.
        amount: In standard deviations.
        error: Why there is none.
    """

    ticket: int
    amount: float = 0.0
    error: UserError | None = None


@dataclass(frozen=True, slots=True)
class DirectionsChecked:
    """What becomes of a direction of another moment in the generator at hand."""

    key: str
    fit: Fit


@dataclass(frozen=True, slots=True)
class ModelFailed:
    """The explorer could not open a model."""

    error: UserError


@dataclass(frozen=True, slots=True)
class FavouritesWritten:
    """Favourites could not be written, or could be at last, after that had been told."""

    error: UserError | None = None


@dataclass(frozen=True, slots=True)
class ExportEnded:
    """A file was written, or was not: for a reason, or because a person cancelled it."""

    path: Path
    error: UserError | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class PictureReady:
    """A picture for the clipboard: (H, W, C) uint8, read-only."""

    picture: Pictures


Event = (
    EngineLoaded
    | EngineFailed
    | SpeedMeasured
    | ImportEnded
    | StateChanged
    | RunNews
    | RunOpened
    | Saved
    | MomentScored
    | InceptionRead
    | Judged
    | JudgingFailed
    | TournamentEnded
    | NoticeEvent
    | RecipeChanged
    | TrainingFailed
    | TrainingEnded
    | ModelOpened
    | DirectionsFound
    | DirectionMade
    | AmountTold
    | PlaceAtMoment
    | DirectionsChecked
    | ModelFailed
    | ExportEnded
    | FavouritesWritten
    | PictureReady
)
