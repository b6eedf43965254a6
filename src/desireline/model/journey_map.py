"""The journey map as a document that a team owns: stages > steps × lanes of cards.

It holds what people wrote and what they bound to measurement, never a measured figure: those come in a `Measured`.
Its JSON Schema is published as `docs/reference/map.schema.json`.
"""

import datetime as dt
from typing import Annotated, Literal, get_args

from pydantic import Field, field_validator, model_validator

from desireline.model.definition import Aliased, Strict
from desireline.model.library import LibraryItem

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""Made by whoever adds the thing; unique among all stages, steps, lanes, cards, views and paths of a map."""

Name = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=5000)]
"""Simple Markdown: emphasis, links, lists, code."""

Tags = Annotated[list[Annotated[str, Field(min_length=1, max_length=60)]], Field(max_length=50)]
Rating = Annotated[int, Field(ge=1, le=5)]

MapKind = Literal["current_measured", "current_assumed", "ideal", "experiment"]
MapStatus = Literal["draft", "review", "approved", "archived"]
LifeCycle = Literal["awareness", "consideration", "purchase", "post_purchase", "engagement"]
LaneKind = Literal[
    "path", "actions", "touchpoints", "thoughts", "emotion", "pain_points", "opportunities", "metrics", "images",
    "text", "backstage", "systems", "departments", "hand_offs", "links", "questions", "self_service",
]  # fmt: skip
"""`path` is drawn from measurement and holds no cards. `departments` are the owners of steps."""

BoundQuestion = Literal[
    "people", "share", "goes_on", "drop_off", "open", "time", "loops", "conversion", "repeat", "feedback"
]
"""What a cell can be bound to, of a touchpoint or a stage; the docs say how each is counted."""

ScoreScale = Literal["csat", "ces", "nps"]

LANE_KINDS = get_args(LaneKind)
LIBRARY_OF = {"touchpoints": "touchpoint", "systems": "system", "departments": "department"}
"""Lanes whose cards may refer to library items, and of which kind; those of other lanes never do."""


class Goal(Strict):
    """What the map is for, and where it starts and ends. `goal`: name of a goal of the definition, for its reach."""

    text: Text = ""
    start: Name = ""
    end: Name = ""
    goal: Name | None = None


class MapScope(Strict):
    """For whom: a persona of the library, a saved segment by name; everyone if neither is given."""

    persona: Id | None = None
    segment: Name | None = None


class Ratings(Strict):
    """What people think of a touchpoint, typed, 1 (low) to 5 (high)."""

    customer: Rating | None = Field(default=None, description="Importance to the customer.")
    organisation: Rating | None = Field(default=None, description="Importance to the organisation.")
    expectation: Rating | None = Field(default=None, description="How well it meets the customer's expectation.")


class Binding(Strict):
    """Which measurement fills a card. Of a touchpoint (library item) or a stage; `to`: the touchpoint that ends it.

    `time` is the median from the first meeting to the next stage (or to `to`), `conversion` the share that reaches
    `to` later, `repeat` the share that meets it again within `days`, `feedback` the mean score on `scale`.
    """

    question: BoundQuestion
    touchpoint: Id | None = None
    stage: Id | None = None
    to: Id | None = None
    days: Annotated[int, Field(ge=1, le=365)] | None = None
    scale: ScoreScale | None = None

    @model_validator(mode="after")
    def _of_one_thing(self) -> "Binding":
        if (self.touchpoint is None) == (self.stage is None):
            raise ValueError("a binding is of a touchpoint or of a stage, exactly one of them")
        return self


class HandOff(Aliased):
    """What crosses between channels or teams at a step. `asked_twice`: what the customer has to say again."""

    from_: Name = Field(default="", alias="from")
    to: Name = ""
    asked_twice: Text = ""


class Image(Strict):
    """A picture of the workspace by the SHA-256 of its stored bytes, and its text for those who do not see it."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    alt: Name = ""
    width: int = Field(ge=1, le=10000)
    height: int = Field(ge=1, le=10000)


class Card(Strict):
    """One thing in a cell. The kind of its lane says which fields it uses.

    Attributes:
        span: how many steps wide it is, to the right; cut at the map's last step.
        ref: library item (touchpoint, system, department) that gives the card its name.
        value: typed figure; of a metric in `unit`, of an emotion the hand-set point -2…+2.
        star: a moment of truth.
        bind: what measures it. A touchpoint's people need no binding.
        link: id of another map; `url`: of an article or source.
        verdicts: ids of the actions that were done here and have a verdict.
        kpi: KPI of the registry that a metric shows.
    """

    id: Id
    text: Text = ""
    span: Annotated[int, Field(ge=1, le=200)] = 1
    tags: Tags = Field(default_factory=list)
    owner: Name | None = None
    ref: Id | None = None
    value: Annotated[float, Field(allow_inf_nan=False)] | None = None
    unit: Annotated[str, Field(max_length=40)] | None = None
    star: bool = False
    bind: Binding | None = None
    ratings: Ratings | None = None
    hand_off: HandOff | None = None
    image: Image | None = None
    link: Id | None = None
    url: Annotated[str, Field(max_length=2000, pattern=r"^https?://")] | None = None
    verdicts: Annotated[list[Id], Field(max_length=50)] = Field(default_factory=list)
    kpi: Id | None = None


class Step(Strict):
    """A column. Its name may be empty where a stage has one step. `width` in pixels; None: as the screen sees fit."""

    id: Id
    name: Name = ""
    description: Text = ""
    owner: Name | None = None
    tags: Tags = Field(default_factory=list)
    optional: bool = Field(default=False, description="The planned way may leave it out.")
    width: Annotated[int, Field(ge=80, le=1200)] | None = None


class MapStage(Strict):
    """A group of steps. `measures`: name of the stage of the definition that measures it."""

    id: Id
    name: Name = ""
    description: Text = ""
    owner: Name | None = None
    measures: Name | None = None
    steps: list[Step] = Field(min_length=1)


class Formula(Strict):
    """A score becomes an emotion: (score - centre) / divisor, cut at -2 and +2."""

    centre: Annotated[float, Field(allow_inf_nan=False)]
    divisor: Annotated[float, Field(gt=0, allow_inf_nan=False)]


class EmotionRecipe(Strict):
    """How an emotion lane is computed. `scales`: which scale the scores of a touchpoint (library item) are on.

    `behaviour`: whether the curve of what people do is drawn beside the one of what they say; `words`: likewise the one
    of what their texts say.
    """

    csat: Formula = Formula(centre=3, divisor=1)
    ces: Formula = Formula(centre=4, divisor=1.5)
    nps: Formula = Formula(centre=5, divisor=2.5)
    scales: dict[Id, ScoreScale] = Field(default_factory=dict)
    weights: dict[Id, Annotated[float, Field(ge=0, le=100)]] = Field(default_factory=dict)
    behaviour: bool = False
    words: bool = False


class Lane(Strict):
    """A row. `title` None: the kind's own name in the reader's language. `cells`: cards by step id, top to bottom.

    `channel`: library item; a lane of touchpoints for one channel. `height` in pixels; None: as its cards need.
    """

    id: Id
    kind: LaneKind
    title: Name | None = None
    channel: Id | None = None
    collapsed: bool = False
    height: Annotated[int, Field(ge=40, le=2000)] | None = None
    recipe: EmotionRecipe | None = None
    cells: dict[Id, list[Card]] = Field(default_factory=dict)

    @field_validator("cells")
    @classmethod
    def _empty_ones_are_absent(cls, cells: dict[str, list[Card]]) -> dict[str, list[Card]]:
        return {step: cards for step, cards in cells.items() if cards}


class IdealPath(Strict):
    """One allowed way through the map: steps in order. A map without any allows its steps from left to right."""

    id: Id
    name: Name = ""
    steps: list[Id] = Field(min_length=1)


class MapView(Strict):
    """A saved way to look at the map. Lanes by id; empty lists filter nothing."""

    id: Id
    name: Name
    hidden: list[Id] = Field(default_factory=list)
    collapsed: list[Id] = Field(default_factory=list)
    channels: list[Id] = Field(default_factory=list)
    tags: Tags = Field(default_factory=list)
    owners: list[Name] = Field(default_factory=list)
    zoom: Annotated[float, Field(ge=0.1, le=4)] = 1


class JourneyMap(Strict):
    """A journey map. `definition`: name of the definition that measures it; None is the main one."""

    schema_version: Literal[2] = 2
    id: Id
    name: Annotated[str, Field(min_length=1, max_length=200)]
    kind: MapKind = "current_assumed"
    status: MapStatus = "draft"
    life_cycle: LifeCycle | None = None
    goal: Goal = Field(default_factory=Goal)
    scope: MapScope = Field(default_factory=MapScope)
    definition: Name | None = None
    owner: Name | None = None
    review: dt.date | None = Field(default=None, description="The day by which somebody looks whether it still holds.")
    languages: list[Annotated[str, Field(min_length=2, max_length=35)]] = Field(default_factory=list)
    tags: Tags = Field(default_factory=list)
    template: Name | None = Field(default=None, description="Id of the template it came from.")
    parent: Id | None = Field(default=None, description="The map that this one is a part of.")
    stages: list[MapStage] = Field(default_factory=list)
    lanes: list[Lane] = Field(default_factory=list)
    paths: list[IdealPath] = Field(default_factory=list)
    views: list[MapView] = Field(default_factory=list)

    @model_validator(mode="after")
    def _holds_together(self) -> "JourneyMap":
        steps = {step.id for stage in self.stages for step in stage.steps}
        ids = [s.id for s in self.stages] + [step.id for s in self.stages for step in s.steps]
        ids += [lane.id for lane in self.lanes] + [c.id for c in self.cards()]
        ids += [p.id for p in self.paths] + [v.id for v in self.views]
        if len(ids) != len(set(ids)):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            raise ValueError(f"the id '{twice[0]}' stands twice")
        for name, used in [("cell", s) for lane in self.lanes for s in lane.cells] + [
            ("path", s) for p in self.paths for s in p.steps
        ]:
            if used not in steps:
                raise ValueError(f"a {name} names step '{used}', which does not exist")
        return self

    @model_validator(mode="after")
    def _cards_suit_their_lanes(self) -> "JourneyMap":
        for lane in self.lanes:
            if lane.kind == "path" and lane.cells:
                raise ValueError(f"lane '{lane.id}' is drawn from measurement and holds no cards")
            refers = [c.id for cards in lane.cells.values() for c in cards if c.ref is not None]
            if refers and lane.kind not in LIBRARY_OF:
                raise ValueError(f"card '{refers[0]}' refers to the library, which cards of lane '{lane.id}' never do")
        return self

    def steps(self) -> list[Step]:
        """All columns, left to right."""
        return [step for stage in self.stages for step in stage.steps]

    def cards(self) -> list[Card]:
        """All cards, lane by lane."""
        return [card for lane in self.lanes for cards in lane.cells.values() for card in cards]


class MapFile(JourneyMap):
    """A map with the library items that it uses: what a file holds, and stands alone."""

    library: list[LibraryItem] = Field(default_factory=list)
