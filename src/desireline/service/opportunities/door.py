"""Opportunities of a workspace: the one door for the command line, HTTP and notebooks."""

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from desireline.errors import BadQuestion, NoEvents, NothingToMeasure, StaleOpportunity
from desireline.model.formula import DEFAULT, READY, Formula
from desireline.model.opportunity import Judged, NewOpportunity, Opportunity, OpportunityChange, Portfolio
from desireline.model.summary import PeoplePage
from desireline.service.opportunities import documents
from desireline.service.opportunities.ranking import ranked

if TYPE_CHECKING:
    from desireline.service.questioning import Questioning

Model = TypeVar("Model", bound=BaseModel)


class Opportunities:
    """Every method takes an opportunity by its id or its title.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.opportunities.create({"title": "Say when the parcel comes", "effort": 2})  # doctest: +SKIP
        >>> ws.opportunities.portfolio().opportunities[0].rank_high  # doctest: +SKIP
    """

    def __init__(self, workspace: "Questioning") -> None:
        self._workspace = workspace

    def all(self) -> list[Opportunity]:
        """All of them, oldest first."""
        return documents.listed(self._workspace.records) if self._workspace.places.records.exists() else []

    def get(self, which: str) -> Opportunity:
        """One of them.

        Raises:
            UnknownOpportunity: there is none.
        """
        return documents.one(self._workspace.records, which)

    def create(self, asked: NewOpportunity | dict[str, Any]) -> Opportunity:
        """Make one: an idea with a title, or of an obstacle that was found, whose figures are measured now.

        Raises:
            BadQuestion: a field makes no sense.
            NothingToMeasure: the obstacle is not found.
            NoEvents, UnknownStep: of the source.
        """
        new = _read(NewOpportunity, asked)
        return documents.create(self._workspace.records, new, self._measured(new))

    def change(self, which: str, asked: OpportunityChange | dict[str, Any]) -> Opportunity:
        """Change one; what is absent stays, None takes away.

        Raises:
            UnknownOpportunity: there is none.
            StaleOpportunity: it was changed since it was read.
            BadQuestion: a field makes no sense.
        """
        return documents.change(self._workspace.records, which, _read(OpportunityChange, asked))

    def measure(
        self, which: str, goal: str | None = None, value: float | None = None, language: str = "en"
    ) -> Opportunity:
        """Measure one anew: measured figures, grade and evidence; what was typed stays.

        Raises:
            UnknownOpportunity: there is none.
            NothingToMeasure: it is an idea, or its obstacle is no longer found.
        """
        from desireline.service.opportunities.judging import with_verdicts
        from desireline.service.opportunities.measuring import Wanted, measured

        found = self.get(which)
        if found.source is None:
            raise NothingToMeasure(title=found.title)
        new = with_verdicts(measured(self._workspace, found.source, Wanted(goal, value, language)), found.verdicts)
        typed = {name for name in new if getattr(getattr(found, name), "origin", None) == "typed"}
        kept = {name: figure for name, figure in new.items() if name not in {"title", "place", *typed}}
        return documents.advance(self._workspace.records, found, found.revision, kept)

    def judge(self, which: str, judged: Judged) -> Opportunity:
        """Write down what came of an action; an earlier verdict of the same action gives way.

        Raises:
            UnknownOpportunity: there is none.
        """
        from desireline.service.opportunities.judging import fields_of

        found = self.get(which)
        return documents.advance(self._workspace.records, found, found.revision, fields_of(found, judged))

    def remove(self, which: str, revision: int | None = None) -> Opportunity:
        """Delete one.

        Raises:
            UnknownOpportunity: there is none.
            StaleOpportunity: it was changed since `revision`.
        """
        found = self.get(which)
        if revision is not None and revision != found.revision:
            raise StaleOpportunity(title=found.title, seen=revision, now=found.revision)
        self._workspace.records.opportunities.remove(found.id)
        return found

    def people(self, which: str, limit: int = 50, offset: int = 0) -> PeoplePage:
        """The very people behind one.

        Raises:
            UnknownOpportunity: there is none.
            NothingToMeasure: it is an idea.
        """
        from desireline.service import people
        from desireline.service.opportunities.measuring import persons

        found = self.get(which)
        if found.source is None:
            raise NothingToMeasure(title=found.title)
        with self._workspace.pinned() as generation:
            who = persons(self._workspace, found.source)
            return people.page(generation, who, len(who), limit, offset)

    def portfolio(self, formula: str | None = None) -> Portfolio:
        """All of them by what they are worth, with the places that each may take, and what they are together.

        Args:
            formula: a ready-made one (`balanced`, `rice`, `ice`, `kano`, `net`) or arithmetic of one's own; the chosen
                one of the workspace if None.

        Raises:
            BadExpression: the formula makes no sense.
        """
        name = formula if formula is not None else self.formula()
        worth, listed = Formula(name), self.all()
        return Portfolio(
            formula=name if name in READY else "own", expression=worth.text, inputs=worth.inputs,
            at=dt.datetime.now(dt.UTC), opportunities=ranked(listed, worth), totals=self._totals(listed),
        )  # fmt: skip

    def formula(self) -> str:
        """The workspace's formula: the name of a ready-made one, or arithmetic."""
        chosen = self._workspace.records.opportunities.formula() if self._workspace.places.records.exists() else None
        return DEFAULT if chosen is None else chosen

    def choose(self, formula: str) -> str:
        """Choose the workspace's formula.

        Raises:
            BadExpression: it makes no sense.
        """
        Formula(formula)
        self._workspace.records.opportunities.set_formula(formula.strip())
        return self.formula()

    def export(self) -> str:
        """The portfolio as CSV; cells that a spreadsheet would run as a formula are disarmed."""
        from desireline.service.opportunities.exporting import as_csv

        return as_csv(self.portfolio())

    def _measured(self, new: NewOpportunity) -> dict[str, Any]:
        if new.source is None:
            return {}
        from desireline.service.opportunities.measuring import Wanted, measured

        return measured(self._workspace, new.source, Wanted(new.goal, new.value, new.language))

    def _totals(self, listed: list[Opportunity]) -> Any:
        from desireline.service.opportunities.totals import totals

        if not any(one.source for one in listed):
            return totals(self._workspace, listed)
        try:
            with self._workspace.pinned():
                return totals(self._workspace, listed)
        except NoEvents:
            return totals(self._workspace, [one.model_copy(update={"source": None}) for one in listed])


def _read(model: type[Model], asked: Model | dict[str, Any]) -> Model:
    if isinstance(asked, model):
        return asked
    try:
        return model.model_validate(asked)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadQuestion(
            parameter=".".join(str(part) for part in first["loc"]) or "title", given=str(first.get("input"))[:100],
            expected=first["msg"],
        ) from None  # fmt: skip
