"""Opportunities: the portfolio with its ranks, each one, and what is measured of it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.http.paging import Limit, Offset
from desireline.model.definition import Strict
from desireline.model.opportunity import NewOpportunity, Opportunity, OpportunityChange, Portfolio
from desireline.model.summary import PeoplePage

router = APIRouter(prefix="/opportunities", tags=["opportunities"])


class Chosen(Strict):
    """The formula by which the workspace ranks."""

    formula: str


class ToMeasure(Strict):
    """What is at stake and what it is worth, where the source does not say it."""

    goal: str | None = None
    value: float | None = None


@router.get("")
def portfolio(
    workspace: InWorkspace,
    formula: Annotated[str | None, Query(description="Ready-made or arithmetic; the chosen one if absent")] = None,
) -> Portfolio:
    """All opportunities by value, with the places that each may take; what the list, the matrix and the board show."""
    return workspace.opportunities.portfolio(formula)


@router.post("")
def create(workspace: InWorkspace, asked: NewOpportunity) -> Opportunity:
    """Makes one: an idea, or of an obstacle that was found, whose figures are measured now."""
    return workspace.opportunities.create(asked)


@router.put("/formula")
def choose(workspace: InWorkspace, asked: Chosen) -> Chosen:
    """Chooses the workspace's formula."""
    return Chosen(formula=workspace.opportunities.choose(asked.formula))


@router.get("/export", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def export(workspace: InWorkspace) -> Response:
    """The portfolio as CSV."""
    text = workspace.opportunities.export()
    headers = {"Content-Disposition": 'attachment; filename="opportunities.csv"'}
    return Response(text.encode("utf-8-sig"), media_type="text/csv", headers=headers)


@router.get("/{opportunity}")
def one(workspace: InWorkspace, opportunity: str) -> Opportunity:
    """An opportunity."""
    return workspace.opportunities.get(opportunity)


@router.patch("/{opportunity}")
def change(workspace: InWorkspace, opportunity: str, asked: OpportunityChange) -> Opportunity:
    """Changes one; what is absent stays."""
    return workspace.opportunities.change(opportunity, asked)


@router.delete("/{opportunity}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    opportunity: str,
    revision: Annotated[int | None, Query(ge=1, description="The one that was seen")] = None,
) -> None:
    """Deletes one."""
    workspace.opportunities.remove(opportunity, revision)


@router.post("/{opportunity}/measure")
def measure(workspace: InWorkspace, opportunity: str, asked: ToMeasure, language: Language) -> Opportunity:
    """Measures one anew; what was typed stays."""
    return workspace.opportunities.measure(opportunity, asked.goal, asked.value, language)


@router.get("/{opportunity}/people")
def people(workspace: InWorkspace, opportunity: str, limit: Limit = 50, offset: Offset = 0) -> PeoplePage:
    """The very people behind one."""
    return workspace.opportunities.people(opportunity, limit, offset)
