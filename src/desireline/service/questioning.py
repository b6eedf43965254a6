"""The questions of a workspace, and the people behind any cell of an answer."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from desireline.model.calendar import Period
from desireline.model.question import Asked
from desireline.model.summary import PeoplePage
from desireline.service.opened import Opened

if TYPE_CHECKING:
    import pyarrow as pa
    from matplotlib.figure import Figure

    from desireline.analyze.attribution import AttributionResult
    from desireline.analyze.comparing import Comparison
    from desireline.analyze.drift import DriftResult
    from desireline.analyze.durations import DurationsResult
    from desireline.analyze.friction import FrictionResult
    from desireline.analyze.funnel import FunnelResult
    from desireline.analyze.grouping.documents import PersonasResult
    from desireline.analyze.lifecycle import LifecycleResult
    from desireline.analyze.micro_conversions import MicroConversionsResult
    from desireline.analyze.obstacles import ObstaclesResult
    from desireline.analyze.paths import PathsResult
    from desireline.analyze.retention import RetentionResult
    from desireline.analyze.sessions import SessionsResult
    from desireline.analyze.stages import StagesResult
    from desireline.analyze.stakes import StakesResult
    from desireline.analyze.stickiness import StickinessResult
    from desireline.analyze.switches import SwitchesResult
    from desireline.analyze.transitions import TransitionsResult
    from desireline.analyze.troubles import TroublesResult
    from desireline.analyze.types import TypesResult
    from desireline.analyze.variants import VariantsResult
    from desireline.model.question import Result
    from desireline.model.shown import Shown
    from desireline.service.code import Code

PAGE = 50


class Questioning(Opened):
    """Asks questions; each method's `asked` are the fields that every question has (`model.question.Asked`)."""

    def funnel(self, steps: Sequence[str], within: str | None = None, **asked: Any) -> "FunnelResult":
        """How many reach each step in order; see `analyze.funnel`. `asked`: grain, by_event_name, filters."""
        return cast("FunnelResult", self.ask("funnel", {"steps": list(steps), "within": within, **asked}))

    def transitions(self, **asked: Any) -> "TransitionsResult":
        """What directly follows what; see `analyze.transitions`."""
        return cast("TransitionsResult", self.ask("transitions", asked))

    def variants(self, top: int = 20, **asked: Any) -> "VariantsResult":
        """Distinct journeys, commonest first; see `analyze.variants`."""
        return cast("VariantsResult", self.ask("variants", {"top": top, **asked}))

    def paths(
        self, anchor: str, direction: Literal["from", "to", "around", "between"] = "from", depth: int = 5, **asked: Any
    ) -> "PathsResult":
        """Paths from, to, around or between touchpoints; see `analyze.paths`."""
        return cast(
            "PathsResult", self.ask("paths", {"anchor": anchor, "direction": direction, "depth": depth, **asked})
        )

    def durations(self, start: str, end: str, **asked: Any) -> "DurationsResult":
        """Time between two touchpoints or stages; see `analyze.durations`."""
        return cast("DurationsResult", self.ask("durations", {"from": start, "to": end, **asked}))

    def sessions(self, gap: str = "30m", **asked: Any) -> "SessionsResult":
        """Visits cut by silence; see `analyze.sessions`."""
        return cast("SessionsResult", self.ask("sessions", {"gap": gap, **asked}))

    def retention(self, period: Period = "week", **asked: Any) -> "RetentionResult":
        """Who comes back, by cohort; see `analyze.retention`."""
        return cast("RetentionResult", self.ask("retention", {"period": period, **asked}))

    def lifecycle(self, period: Period = "week", **asked: Any) -> "LifecycleResult":
        """New, returning, resurrecting and dormant units of each period; see `analyze.lifecycle`."""
        return cast("LifecycleResult", self.ask("lifecycle", {"period": period, **asked}))

    def stickiness(self, period: Literal["week", "month"] = "week", **asked: Any) -> "StickinessResult":
        """On how many days of a period units come; see `analyze.stickiness`."""
        return cast("StickinessResult", self.ask("stickiness", {"period": period, **asked}))

    def switches(self, within: str = "72h", **asked: Any) -> "SwitchesResult":
        """Who changes channel, and who has to repeat themselves; see `analyze.switches`."""
        return cast("SwitchesResult", self.ask("switches", {"within": within, **asked}))

    def attribution(self, goal: str, **asked: Any) -> "AttributionResult":
        """Credit for a goal, not cause; see `analyze.attribution`."""
        return cast("AttributionResult", self.ask("attribution", {"goal": goal, **asked}))

    def attribution_of_paths(self, file: str | os.PathLike[str], **fields: Any) -> "AttributionResult":
        """Credit from a table of paths with their conversions, values and nulls instead of from events."""
        from desireline.service.path_tables import attribution_of_paths

        return attribution_of_paths(file, fields)

    def micro_conversions(self, goal: str, **asked: Any) -> "MicroConversionsResult":
        """Reach and naive lift of small steps before a goal; see `analyze.micro_conversions`."""
        return cast("MicroConversionsResult", self.ask("micro_conversions", {"goal": goal, **asked}))

    def obstacles(self, **asked: Any) -> "ObstaclesResult":
        """Where people struggle, ranked as far as there is an order; see `analyze.obstacles`."""
        return cast("ObstaclesResult", self.ask("obstacles", asked))

    def stages(self, k: int | None = 5, **asked: Any) -> "StagesResult":
        """The stages that the order of touchpoints itself forms; see `analyze.stages`."""
        return cast("StagesResult", self.ask("stages", {"k": k, **asked}))

    def personas(self, goal: str | None = None, **asked: Any) -> "PersonasResult":
        """Groups of people who behave alike, if there are any; see `analyze.personas`."""
        return cast("PersonasResult", self.ask("personas", {"goal": goal, **asked}))

    def types(self, k: int | None = None, goal: str | None = None, **asked: Any) -> "TypesResult":
        """Types of journeys; see `analyze.types`."""
        return cast("TypesResult", self.ask("types", {"k": k, "goal": goal, **asked}))

    def labels(self, question: str, **fields: Any) -> "pa.Table":
        """Which group each person or touchpoint is in, of a question of groups (`stages`, `types` …): a table.

        Columns: `person` (the key that lists of people show) or `touchpoint`, and `label`.
        """
        from desireline.service.labelling import labelled
        from desireline.service.questions import request

        with self.pinned() as generation:
            asked = self.resolved(request(question, fields))
            return labelled(generation, self.scope(asked), question, asked)

    def stakes(self, goal: str, touchpoint: str, **asked: Any) -> "StakesResult":
        """What people lose who meet a touchpoint or an obstacle, and what that is worth; see `analyze.stakes`."""
        return cast("StakesResult", self.ask("stakes", {"goal": goal, "touchpoint": touchpoint, **asked}))

    def drift(self, **asked: Any) -> "DriftResult":
        """Which transitions changed since when; see `analyze.drift`."""
        return cast("DriftResult", self.ask("drift", asked))

    def troubles(self, goal: str | None = None, **asked: Any) -> "TroublesResult":
        """Troubles that began and ended, or are running; see `analyze.troubles`."""
        return cast("TroublesResult", self.ask("troubles", {"goal": goal, **asked}))

    def friction(self, goal: str, **asked: Any) -> "FrictionResult":
        """Touchpoints that go with fewer conversions or more drop-outs at the next step; see `analyze.friction`."""
        return cast("FrictionResult", self.ask("friction", {"goal": goal, **asked}))

    def sql(self, query: str) -> "pa.Table":
        """One SELECT in DuckDB's SQL over the views `events`, `people` and `journeys` (docs/reference/sql.md).

        Raises:
            BadSql: it is no single SELECT, or names what is not there.
            NoEvents: the workspace holds no events.
        """
        from desireline.service.views import tables
        from desireline.store.views import run

        with self.pinned() as generation:
            journeys = self.scope(Asked(grain="journey")) if self.definition_or_none() else None
            return run(query, tables(generation, self.scope(Asked()), journeys))

    def code(self, question: str, fields: dict[str, Any]) -> "Code":
        """The Python call, the command and (where it can say it) the SQL that give the same answer."""
        from desireline.service import settings
        from desireline.service.code import code_of
        from desireline.service.questions import request

        zone = settings.load(self.places.root).zone
        return code_of(question, request(question, fields), str(self.places.root), zone)

    def export(self, result: "Result", form: Literal["csv", "xlsx", "json"]) -> bytes:
        """An answer as a file: its rows, and in a workbook what they are of."""
        from desireline.service.exports import exported

        return exported(result, form)

    def plot(self, result: "Shown") -> "Figure":
        """The picture of a result, as a Matplotlib figure."""
        from desireline.service.plots import figure

        return figure(result)

    def ask(self, question: str, fields: dict[str, Any]) -> Any:
        """Any question by name, as the command line and HTTP ask it.

        Raises:
            BadQuestion: a parameter makes no sense.
            UnknownStep: a step that is no touchpoint, stage or event name.
            NoEvents: the workspace holds no events.
        """
        from desireline.service.questions import answer, request

        with self.pinned():
            asked = self.resolved(request(question, fields))
            return answer(question, self.scope(asked), asked).asked_of(self)

    def compare(self, question: str, a: Any, b: Any, **fields: Any) -> "Comparison":
        """A question asked of two segments, and the difference of every share with its 95 % interval.

        Args:
            question: its name, such as "funnel".
            a: a segment, or the name of a saved one; None for everyone.
            b: the other one.
            fields: the question's own fields.
        """
        from desireline.service.questions import compared, request

        with self.pinned():
            asked = [self.resolved(request(question, {**fields, "segment": segment})) for segment in (a, b)]
            return compared(question, [self.scope(one) for one in asked], asked)

    def drill(self, token: str, cell: str, limit: int = PAGE, offset: int = 0) -> PeoplePage:
        """The very people that a result's cell counted."""
        from desireline.service import people, questions

        with self.pinned() as generation:
            persons, units = questions.persons_in(token, cell, self.scope)
            return people.page(generation, persons, units, limit, offset)
