"""Opportunities: list, show, add, set, measure, delete, export, and the formula that ranks them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import deleted, line, print_json, table
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.opportunity import Figure, Opportunity, Ranked

group = typer.Typer(
    name="opportunities", help="What could be made better, what that may be worth, and how sure it is.",
    no_args_is_help=True,
)  # fmt: skip

Which = Annotated[str, typer.Argument(metavar="OPPORTUNITY", help="Its id or title.", show_default=False)]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="A field; a value that is JSON is read as such. Repeat."),
]
Goal = Annotated[str | None, typer.Option("--goal", metavar="NAME", help="What is at stake; else the first goal.")]
Worth = Annotated[float | None, typer.Option("--value", help="Money that one goal is worth.")]


@group.command("list")
def list_opportunities(
    context: typer.Context,
    formula: Annotated[
        str | None,
        typer.Option("--formula", metavar="FORMULA", help="balanced, rice, ice, kano, net, or arithmetic of your own."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List all by value, with the places that each may take."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.opportunities.portfolio(formula)
    if as_json:
        print_json(found)
        return
    if not found.opportunities:
        line(session.text("opportunities.none"))
        return
    rows = (_row(session, one) for one in found.opportunities)
    table(session, ("rank", "opportunity", "status", "grade", "people_per_month", "money_per_year", "worth"), rows)
    line(session.text("opportunities.ranked_by", formula=found.expression))
    if found.totals.people_per_month is not None:
        line(session.text("opportunities.people", n=round(found.totals.people_per_month)))
    if found.totals.money_at_least is not None and found.totals.money_at_most is not None:
        low, high = round(found.totals.money_at_least), round(found.totals.money_at_most)
        line(session.text("opportunities.money", low=low, high=high))


@group.command()
def show(context: typer.Context, opportunity: Which, as_json: AsJson = False) -> None:
    """Print one."""
    session = session_of(context)
    _told(session, session.workspace.opportunities.get(opportunity), as_json)


@group.command()
def add(
    context: typer.Context,
    title: Annotated[str | None, typer.Argument(metavar="TITLE", help="Of an idea.", show_default=False)] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="JSON", help="An obstacle: {question, fields, cell} as its answer has them."),
    ] = None,
    fields: Set = None,
    goal: Goal = None,
    value: Worth = None,
    as_json: AsJson = False,
) -> None:
    """Make one: an idea, or of an obstacle, whose figures are measured now."""
    session = session_of(context)
    given = {"title": title, "source": _json(source) if source else None, "goal": goal, "value": value}
    asked = {**{k: v for k, v in given.items() if v is not None}, **_fields(fields), "language": session.language}
    with waiting(session, "question"):
        made = session.workspace.opportunities.create(asked)
    _told(session, made, as_json)


@group.command("set")
def change(
    context: typer.Context,
    opportunity: Which,
    fields: Set = None,
    revision: Annotated[
        int | None, typer.Option("--revision", min=1, help="The one that was seen; refused if there is a newer one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change fields of one; null takes a field away."""
    session = session_of(context)
    seen = revision or session.workspace.opportunities.get(opportunity).revision
    _told(session, session.workspace.opportunities.change(opportunity, {**_fields(fields), "revision": seen}), as_json)


@group.command()
def measure(
    context: typer.Context, opportunity: Which, goal: Goal = None, value: Worth = None, as_json: AsJson = False
) -> None:
    """Measure one anew; what was typed stays."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.opportunities.measure(opportunity, goal, value, session.language)
    _told(session, found, as_json)


@group.command()
def delete(context: typer.Context, opportunity: Which, as_json: AsJson = False) -> None:
    """Delete one."""
    session = session_of(context)
    gone = session.workspace.opportunities.remove(opportunity)
    deleted(session, gone.id, gone.title, as_json)


@group.command()
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A CSV file.")],
    as_json: AsJson = False,
) -> None:
    """Write the portfolio as CSV."""
    session = session_of(context)
    out.write_bytes(session.workspace.opportunities.export().encode("utf-8-sig"))
    if as_json:
        print_json({"written": str(out)})
    else:
        line(session.text("opportunities.written", file=str(out)))


@group.command()
def formula(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="FORMULA", help="The one to rank by.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the formula that ranks, or choose another one."""
    session = session_of(context)
    opportunities = session.workspace.opportunities
    found = opportunities.formula() if text is None else opportunities.choose(text)
    if as_json:
        print_json({"formula": found})
    else:
        line(found)


def _fields(given: list[str] | None) -> dict[str, Any]:
    """FIELD=VALUE, numbers for figures and place.PART for parts of the place."""
    found: dict[str, Any] = {}
    for text in given or ():
        name, _, value = text.partition("=")
        read = _json(value)
        outer, dot, inner = name.strip().partition(".")
        if name in {"people_per_month", "money_per_year", "satisfaction"} and isinstance(read, int | float):
            read = {"value": read}
        if dot:
            found.setdefault(outer, {})[inner] = read
        else:
            found[outer] = read
    return found


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _row(session: "Session", ranked: "Ranked") -> tuple[str | None, ...]:
    from desireline.i18n import number

    one, low, high = ranked.opportunity, ranked.rank_low, ranked.rank_high
    place = None if low is None else str(low) if low == high else f"{low} – {high}"
    worth = None if ranked.value is None else number(session.language, ranked.value, 2)
    status = session.text(f"opportunities.status.{one.status}")
    return (place, one.title, status, one.grade, _figure(session, one.people_per_month),
            _figure(session, one.money_per_year), worth)  # fmt: skip


def _figure(session: "Session", figure: "Figure | None") -> str | None:
    from desireline.i18n import number

    if figure is None:
        return None
    ends = "" if figure.low is None or figure.high is None else (
        f" ({number(session.language, figure.low)} – {number(session.language, figure.high)})"
    )  # fmt: skip
    return f"{number(session.language, figure.value)}{ends} {session.text(f'opportunities.origin.{figure.origin}')}"


def _told(session: "Session", one: "Opportunity", as_json: bool) -> None:
    if as_json:
        print_json(one)
        return
    status = session.text(f"opportunities.status.{one.status}")
    line(session.text("opportunities.told", title=one.title, id=one.id, status=status, grade=one.grade))
    for name in ("people_per_month", "money_per_year"):
        shown = _figure(session, getattr(one, name))
        if shown is not None:
            line(f"  {session.text(f'column.{name}')}: {shown}")
    for text in filter(None, (one.description, *one.evidence.get(session.language, []))):
        line(f"  {text}")
