"""An action: what is done about an opportunity, by whom and when, and the bet on what it will change.

The bet is registered before the start and sealed with it; whatever of it is changed later is kept and shown.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.before_after import BeforeAfterPlan, Measure
from desireline.model.bet import Calibration, Detectable
from desireline.model.definition import Strict
from desireline.model.journey_map import Id
from desireline.model.kept import Kept, Line
from desireline.model.kpi import Direction
from desireline.model.segment import Segment
from desireline.model.verdict import Outcome, Verdict, VerdictUnit, Why

ActionStatus = Literal["idea", "planned", "in_progress", "done", "measured", "dropped"]
"""`done`: customers meet the change. `measured`: its bet has a verdict."""

BEFORE_START: frozenset[ActionStatus] = frozenset({"idea", "planned"})
Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]
Money = Annotated[float, Field(allow_inf_nan=False, ge=0, le=1e15)]


class Expected(Strict):
    """The size that is bet on: with the change minus without it, in the figure's own unit, and its range.

    Shares are between 0 and 1: `-0.02` is two percentage points less.
    """

    value: Finite
    low: Finite | None = None
    high: Finite | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Expected":
        if self.value == 0:
            raise PydanticCustomError("expected", "a size other than 0")
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("expected", "low and high, or neither")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise PydanticCustomError("expected", "low <= value <= high")
        return self


class Bet(Strict):
    """What the action is to change, and how that will be judged.

    Attributes:
        kpi: the KPI that is to move.
        of, measure: the goal, touchpoint or event name that a before/after counts, and its figure a day.
        segment: whom the change reaches, as a condition or the name of a saved one; everybody but the comparison for
            None.
        comparison: whom it does not reach; nobody is compared with for None.
        expected: the size that is bet on; its sign says which way is better.
        evaluate: the day on which it is judged.
        experiment, before_after: what proves it, by id; a before/after is made from the bet where both are None.
        value: money that one unit of the effect is worth, as that proof counts it.
    """

    kpi: Id | None = None
    of: Line | None = None
    measure: Measure = "people"
    segment: Segment | str | None = None
    comparison: Segment | str | None = None
    expected: Expected
    evaluate: dt.date
    experiment: Id | None = None
    before_after: Id | None = None
    value: Money | None = None

    @model_validator(mode="after")
    def _can_be_judged(self) -> "Bet":
        if self.experiment is not None and self.before_after is not None:
            raise PydanticCustomError("proof", "an experiment or a before/after, not both")
        if self.of is None and self.experiment is None and self.before_after is None:
            raise PydanticCustomError("proof", "`of`, an experiment or a before/after: something that can be measured")
        return self

    @property
    def direction(self) -> Direction:
        """Which way is better."""
        return "up" if self.expected.value > 0 else "down"


class Seal(Strict):
    """The bet as it stood when the action started.

    Attributes:
        hash: SHA-256 of the bet's JSON, keys in order, without spaces (`service.actions.sealing.hash_of`).
        bet: what was sealed; None if the action started without a bet.
        plan: of the before/after that the bet named, as it stood.
        detectable: what could be found by then, as far as it was known.
        late: what proves it had begun before; such a bet does not count.
    """

    at: AwareDatetime
    by: Line
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    bet: Bet | None
    plan: BeforeAfterPlan | None = None
    detectable: Detectable | None = None
    late: bool = False


class BetChange(Strict):
    """A field of the bet, or of what proves it, that was changed after the start."""

    field: str
    before: JsonValue
    after: JsonValue
    at: AwareDatetime
    by: Line


class MapSpot(Strict):
    """Where on a map: a card, a cell (lane and step), a step, or the map as a whole."""

    map: Id
    lane: Id | None = None
    step: Id | None = None
    card: Id | None = None


class OnMap(MapSpot):
    """The same with the map's versions before the change and after its verdict, to stand side by side."""

    before: Annotated[int, Field(ge=0)] | None = None
    after: Annotated[int, Field(ge=0)] | None = None


class Link(Strict):
    """A page that belongs to it."""

    url: Annotated[str, Field(max_length=2000, pattern=r"^https?://\S+$")]
    title: Annotated[str, Field(max_length=200)] = ""


class ChecklistItem(Strict):
    """One thing to do."""

    text: Line
    done: bool = False


class ActionFields(Strict):
    """What people say of an action.

    Attributes:
        opportunity: what it is about.
        start, due: planned days.
        cost: money that doing it takes.
        order: its place among those of its status, small ones first.
        key: the name that it has in a system it is exchanged with.
    """

    description: Annotated[str, Field(max_length=10_000)] = ""
    opportunity: Id | None = None
    places: Annotated[list[MapSpot], Field(max_length=50)] = Field(default_factory=list)
    owner: Line | None = None
    start: dt.date | None = None
    due: dt.date | None = None
    cost: Money | None = None
    links: Annotated[list[Link], Field(max_length=50)] = Field(default_factory=list)
    checklist: Annotated[list[ChecklistItem], Field(max_length=200)] = Field(default_factory=list)
    tags: Annotated[list[Line], Field(max_length=50)] = Field(default_factory=list)
    order: Finite = 0.0
    key: Line | None = None
    bet: Bet | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "ActionFields":
        if self.start is not None and self.due is not None and self.due < self.start:
            raise PydanticCustomError("due", "not before the start")
        return self


class NewAction(ActionFields):
    """What is sent to make one.

    Attributes:
        name: that of the opportunity for None; place, owner and cost come from it too where they are not given.
        opportunity: by id or title.
    """

    name: Line | None = None
    opportunity: Line | None = None
    status: Literal["idea", "planned"] = "idea"

    @model_validator(mode="after")
    def _something(self) -> "NewAction":
        if self.name is None and self.opportunity is None:
            raise PydanticCustomError("name", "a name or an opportunity")
        return self


class ActionChange(Strict):
    """What to change; what is absent stays, None takes away. `revision`: the one that was seen.

    A status beyond the start starts the action as `start` does. Only a verdict makes it `measured`.
    """

    revision: Annotated[int, Field(ge=1)]
    name: Line = ""
    status: Literal["idea", "planned", "in_progress", "done", "dropped"] = "idea"
    description: Annotated[str, Field(max_length=10_000)] = ""
    opportunity: Line | None = None
    places: Annotated[list[MapSpot], Field(max_length=50)] = Field(default_factory=list)
    owner: Line | None = None
    start: dt.date | None = None
    due: dt.date | None = None
    cost: Money | None = None
    links: Annotated[list[Link], Field(max_length=50)] = Field(default_factory=list)
    checklist: Annotated[list[ChecklistItem], Field(max_length=200)] = Field(default_factory=list)
    tags: Annotated[list[Line], Field(max_length=50)] = Field(default_factory=list)
    order: Finite = 0.0
    key: Line | None = None
    bet: Bet | None = None


class ActionVerdict(Strict):
    """What came of it, as of a moment; `proof` is the id of the experiment or before/after that says so."""

    at: AwareDatetime
    proof: Id
    verdict: Verdict


class Action(Kept, ActionFields):
    """An action as it is kept.

    Attributes:
        started, finished: when work began, and when customers met the change.
        seal: the bet as it stood at the start.
        changes: of the bet after the start.
        proof: the before/after that was made from the bet, by id.
        verdicts: every look at the proof, oldest first; the last one counts.
    """

    places: Annotated[list[OnMap], Field(max_length=50)] = Field(default_factory=list)  # type: ignore[assignment]
    status: ActionStatus = "idea"
    started: AwareDatetime | None = None
    finished: AwareDatetime | None = None
    seal: Seal | None = None
    changes: list[BetChange] = Field(default_factory=list)
    proof: Id | None = None
    verdicts: list[ActionVerdict] = Field(default_factory=list)

    @property
    def verdict(self) -> Verdict | None:
        """The last one."""
        return self.verdicts[-1].verdict if self.verdicts else None


class ShownAction(Action):
    """An action in the reader's language.

    Attributes:
        metric: what the bet is on, by name, and its unit.
        today: the day of now where the workspace is.
        finished_on: the day of `finished` there.
        overdue: whether its day is over by then, and it is not done.
        told: sentences: `bet`, `past`, `detectable`, `late`, `changed` and `verdict`, as far as there is something to
            say.
        not_checked: what may still be wrong with the verdict, a text each.
    """

    metric: str | None = None
    unit: VerdictUnit | None = None
    today: dt.date
    finished_on: dt.date | None = None
    overdue: bool = False
    told: dict[str, str] = Field(default_factory=dict)
    not_checked: list[str] = Field(default_factory=list)


class BoardColumn(Strict):
    """All actions of a status, in their order."""

    status: ActionStatus
    actions: list[ShownAction]


class Span(Strict):
    """An action along the time, from its first local day to its last; None where nobody said.

    Attributes:
        planned: whether an end is planned rather than done.
        evaluate: when its bet is judged.
        outcome, reason: of its last verdict, and why nothing stronger is said.
    """

    action: Id
    name: str
    status: ActionStatus
    owner: str | None
    since: dt.date | None
    until: dt.date | None
    planned: bool
    evaluate: dt.date | None
    outcome: Outcome | None
    reason: Why | None


class DetectableTold(Strict):
    """What a bet can detect, and the sentence that says so; None where it cannot be told."""

    detectable: Detectable | None
    told: str


class PlacedBet(Strict):
    """A bet among all that were made.

    Attributes:
        sealed: whether it stood before the start; only such bets count.
        changed: how many fields of it were changed afterwards.
        outcome, reason: of the last verdict, and why nothing stronger is said.
    """

    action: Id
    name: str
    owner: str | None
    metric: str | None
    unit: VerdictUnit
    expected: Expected
    evaluate: dt.date
    sealed: bool
    changed: int
    due: bool
    outcome: Outcome | None
    reason: Why | None
    effect: float | None
    low: float | None
    high: float | None


class Bets(Strict):
    """All bets of a workspace: how often they come true, and how well their size was known.

    Attributes:
        calibration: of the sealed ones with a verdict, as they stood when they were sealed.
        open: sealed ones without a verdict yet; `unsealed`: registered after the start, which do not count.
        told: sentences: what the figures say, or that there are too few.
    """

    bets: list[PlacedBet]
    calibration: Calibration
    open: int
    unsealed: int
    told: list[str]


class ImportedRow(Strict):
    """A row of an imported file: what was done with it.

    Attributes:
        line: of the file, the header being 1.
        key: what it is called there.
        reason: `changed`, `same`; or why it was left: `unknown`, `no_key`, `bad_status`, `bad_date`, `bad_owner`,
            `bad_key`, `twice`.
        fields: that were changed.
    """

    line: int
    key: str
    action: Id | None = None
    reason: Literal["changed", "same", "unknown", "no_key", "bad_status", "bad_date", "bad_owner", "bad_key", "twice"]
    given: str = ""
    fields: list[str] = Field(default_factory=list)


class ActionsImport(Strict):
    """What an import did; `absent` are actions that the file does not name, which stay as they are."""

    rows: list[ImportedRow]
    changed: int
    same: int
    left: int
    absent: list[Id]
