"""Who comes back."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, day, line, share, table_of, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.retention import RetentionResult
    from desireline.cli.session import Session


def retention(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    period: Annotated[Literal["day", "week", "month"], typer.Option("--period", help="Of the calendar.")] = "week",
    periods: Annotated[int, typer.Option("--periods", min=0, help="How many after the start.")] = 12,
    start: Annotated[str | None, typer.Option("--start", metavar="A", help="Only those who do this; any.")] = None,
    start_kind: Annotated[
        Literal["first", "any"], typer.Option("--start-kind", help="The first start only, or one in every period.")
    ] = "first",
    returning: Annotated[
        str | None, typer.Option("--returning", metavar="B", help="What they come back with; anything.")
    ] = None,
    mode: Annotated[
        Literal["classic", "rolling", "bracketed"],
        typer.Option("--mode", help="In the very period, then or later, or between brackets."),
    ] = "classic",
    brackets: Annotated[
        str | None, typer.Option("--brackets", metavar="1,3,7,14,30", help="Where brackets begin, in periods.")
    ] = None,
    cohort: Annotated[
        str, typer.Option("--cohort", metavar="calendar|channel|property.PATH|…", help="What makes a cohort.")
    ] = "calendar",
    top: Annotated[int, typer.Option("--top", min=1, help="Cohorts with a name of their own.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Who comes back in later days, weeks or months, cohort by cohort."""
    session = session_of(context)
    result: RetentionResult = ask(
        session, "retention", as_json, period=period, periods=periods, start=start, start_kind=start_kind,
        returning=returning, mode=mode, brackets=_numbers(brackets), cohort=cohort, top=top, **asked,
    )  # fmt: skip
    if as_json:
        return
    _cohorts(session, result)
    line(session.text(f"retention.{period}"))
    about(session, result)


def _cohorts(session: "Session", result: "RetentionResult") -> None:
    headings = [session.text("column.cohort"), session.text("column.people")]
    rows = [
        [day(session, c.start) if c.start else c.name or "–", whole(session, c.people),
         *(_share(session, n, of) for n, of in zip(c.returned, c.old_enough, strict=True))]
        for c in result.cohorts
        if c.people
    ]  # fmt: skip
    everyone = [session.text("all"), whole(session, sum(c.people for c in result.cohorts))]
    rows.append([*everyone, *(_share(session, column.returned, column.people) for column in result.overall)])
    shown = [column.label or str(column.period) for column in result.overall]
    table_of([*headings, *shown], rows, right=range(1, len(headings) + len(shown)))


def _share(session: "Session", n: int | None, of: int) -> str | None:
    return share(session, n / of, 0) if n is not None and of else None


def _numbers(given: str | None) -> list[int] | None:
    from desireline.errors import BadQuestion

    try:
        return None if given is None else [int(part) for part in given.split(",")]
    except ValueError:
        raise BadQuestion(parameter="brackets", given=given or "", expected="1,3,7,14,30") from None
