"""What a team does with a map: commands in their order, versions that were kept, comments, suggestions."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

from desireline.model.definition import Strict
from desireline.model.journey_map import Id, LifeCycle, MapKind, MapStatus, Tags
from desireline.model.library import LibraryItem

Command = dict[str, Any]
"""One change: `do` names the command, the rest are its fields (docs/reference/map-commands.md)."""


class Sent(Strict):
    """Commands as a client sends them: all of them or none are done, as one version.

    Attributes:
        id: made by the client; the same id is done once, however often it arrives.
        base: the version that the client had.
        undoes: the version that these commands take back, if they do.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
    base: int = Field(ge=0)
    commands: Annotated[list[Command], Field(min_length=1, max_length=2000)]
    undoes: int | None = Field(default=None, ge=1)


class Entry(BaseModel):
    """One version: what was done, and what undoes it."""

    version: int
    id: str
    at: AwareDatetime
    author: str
    commands: list[Command]
    inverse: list[Command]
    undoes: int | None = None


class KeptVersion(BaseModel):
    """A version with a label. `measured`: its figures were frozen with it."""

    version: int
    label: str
    at: AwareDatetime
    author: str
    measured: bool
    safety: bool = Field(default=False, description="Made by the program before a restore.")


class Comment(Strict):
    """A remark on a thing of the map by its id, on the whole map for None. `reply_to`: the first of its thread."""

    id: Id
    on: Id | None = None
    text: Annotated[str, Field(min_length=1, max_length=5000)]
    author: str = ""
    at: AwareDatetime | None = None
    resolved: bool = False
    reply_to: Id | None = None


class Suggestion(Strict):
    """A change that the data proposes; accepting it sends its commands. `kind` and `names` make its sentence."""

    id: Id
    kind: Literal["stage", "touchpoint", "bind", "lane", "order"]
    names: dict[str, str]
    people: int | None = None
    commands: list[Command]
    library: list[LibraryItem] = Field(default_factory=list, description="Items to add before.")


class Difference(Strict):
    """One difference between two maps, or between their figures.

    Attributes:
        id: of the thing in the second map, in the first for what was removed.
        where: readable: stage, step, lane, card.
        field: what changed of it; of figures `share` (of people in scope, or the share itself), `goes_on`, `seconds`,
            `score` or `emotion`.
        before, after: the values; of what moved, where it was and is.
        low, high: of a figure that changed, the 95 % interval of after - before, which excludes 0.
    """

    kind: Literal["added", "removed", "changed", "moved"]
    what: Literal["map", "stage", "step", "lane", "card", "path", "view", "figure"]
    id: str
    where: list[str]
    field: str | None = None
    before: Any = None
    after: Any = None
    low: float | None = None
    high: float | None = None


class MapInfo(BaseModel):
    """A map in the portfolio. `coverage` and `worst` are of the last time its figures were counted."""

    id: str
    name: str
    kind: MapKind
    status: MapStatus
    life_cycle: LifeCycle | None
    owner: str | None
    review: dt.date | None
    tags: list[str]
    parent: str | None
    goal: str
    template: str | None
    stages: int
    steps: int
    touchpoints: int
    version: int
    changed: AwareDatetime
    author: str
    measured_at: AwareDatetime | None = None
    coverage: float | None = None
    worst: str | None = Field(default=None, description="The stage that the largest share of people leaves.")
    worst_share: float | None = None
    open_comments: int = 0


class TemplateInfo(BaseModel):
    """A template in a list, in one language."""

    id: str
    name: str
    description: str
    own: bool
    stages: list[str]
    steps: int
    languages: list[str]


class NewMap(Strict):
    """A map to be made: from a template, from the data, or blank if neither is given."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    template: str | None = None
    from_data: bool = False
    goal: str | None = None
    definition: str | None = None
    language: Literal["en", "pl", "hr"] = "en"


class Bulk(Strict):
    """One change to many maps."""

    maps: Annotated[list[Id], Field(min_length=1, max_length=500)]
    status: MapStatus | None = None
    owner: str | None = None
    review: dt.date | None = None
    life_cycle: LifeCycle | None = None
    add_tags: Tags = Field(default_factory=list)
    delete: bool = False
