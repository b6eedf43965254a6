"""How many people walk through steps."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, share, span, table, table_of, whole
from desireline.cli.questions.answering import ask
from desireline.errors import BadQuestion

if TYPE_CHECKING:
    from desireline.analyze.funnels.model import FunnelResult, FunnelStep
    from desireline.cli.session import Session

Within = Annotated[str | None, typer.Option("--within", metavar="7d", help="Window from first to last step.")]
Order = Annotated[
    Literal["ordered", "strict", "any"],
    typer.Option("--order", help="Others may come between, nothing may, or whichever comes first."),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="NAME[:AFTER:BEFORE]", help="Not between any steps, or these two; repeat."),
]
Optional = Annotated[
    list[str] | None, typer.Option("--optional", metavar="NAME", help="Step that may be left out; repeat.")
]
FirstEver = Annotated[
    list[str] | None, typer.Option("--first-ever", metavar="NAME", help="Step that counts the first time; repeat.")
]
StepWithin = Annotated[
    list[str] | None,
    typer.Option("--step-within", metavar="NAME=1d", help="Longest time since the step before; repeat."),
]
By = Annotated[str | None, typer.Option("--by", metavar="channel|property.PATH|…", help="A funnel for each of these.")]
Attribution = Annotated[
    str, typer.Option("--attribution", metavar="first|last|all|step:K", help="Which step says the group.")
]
Trend = Annotated[
    Literal["day", "week", "month"] | None, typer.Option("--trend", help="A funnel for each period of entry.")
]


def _steps(listed: str | None, single: list[str] | None, context: typer.Context) -> list[str]:
    steps = [s.strip() for s in (listed or "").split(",") if s.strip()] + (single or [])
    if not steps:
        raise typer.BadParameter("give --steps A,B,C, or --step A --step B", ctx=context)
    return steps


def funnel(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    steps: Annotated[str | None, typer.Option("--steps", metavar="A,B,C", help="Steps in order.")] = None,
    step: Annotated[list[str] | None, typer.Option("--step", metavar="NAME", help="One step; repeat.")] = None,
    within: Within = None,
    order: Order = "ordered",
    exclude: Exclude = None,
    optional: Optional = None,
    first_ever: FirstEver = None,
    step_within: StepWithin = None,
    by: By = None,
    attribution: Attribution = "first",
    top: Annotated[int, typer.Option("--top", min=1, help="Groups with a name of their own.")] = 10,
    trend: Trend = None,
    as_json: AsJson = False,
) -> None:
    """How many people walk through steps, and how long it takes them."""
    session = session_of(context)
    names = _steps(steps, step, context)
    result: FunnelResult = ask(
        session, "funnel", as_json, steps=_conditions(names, optional or [], first_ever or [], step_within or []),
        within=within, order=order, exclude=[_exclusion(text) for text in exclude or []], by=by,
        attribution=attribution, top=top, trend=trend, **asked,
    )  # fmt: skip
    if not as_json:
        _show(session, result, by, excluding=bool(exclude))


def _conditions(
    names: list[str], optional: list[str], first_ever: list[str], step_within: list[str]
) -> list[str | dict[str, Any]]:
    """The steps; those with a condition as the question takes them."""
    spans = dict(_span(text) for text in step_within)
    for parameter, given in (("optional", optional), ("first-ever", first_ever), ("step-within", spans)):
        for name in given:
            if name not in names:
                raise BadQuestion(parameter=parameter, given=name, expected=", ".join(names))
    plain = {"optional": False, "first_ever": False, "within": None}
    made = [{"optional": n in optional, "first_ever": n in first_ever, "within": spans.get(n)} for n in names]
    return [n if m == plain else {"name": n, **m} for n, m in zip(names, made, strict=True)]


def _span(text: str) -> tuple[str, str]:
    name, sign, value = text.rpartition("=")
    if not sign or not name:
        raise BadQuestion(parameter="step-within", given=text, expected="NAME=1d")
    return name, value


def _exclusion(text: str) -> dict[str, Any]:
    found = re.fullmatch(r"(.+):(\d*):(\d*)", text, re.ASCII)
    if not found:
        return {"name": text}
    return {
        "name": found[1],
        "after": int(found[2]) if found[2] else None,
        "before": int(found[3]) if found[3] else None,
    }


def _show(session: "Session", result: "FunnelResult", by: str | None, *, excluding: bool) -> None:
    rows = (
        (_name(session, s), whole(session, s.people), share(session, s.share_of_first),
         share(session, s.share_of_previous), span(session, s.median_seconds_from_first),
         span(session, s.p90_seconds_from_first), span(session, s.median_seconds_from_previous))
        for s in result.steps
    )  # fmt: skip
    columns = ("step", "people", "of_first", "of_previous", "median_from_first", "p90_from_first")
    table(session, (*columns, "median_from_previous"), rows)
    names = [_name(session, s) for s in result.steps]
    if by:
        groups = ((_group(session, g.name), [s.people for s in g.steps]) for g in result.groups)
        _small(session, by, names, groups)
    if result.periods:
        periods = ((f"{p.start}{'' if p.mature else ' *'}", p.people) for p in result.periods)
        _small(session, session.text("column.start"), names, periods)
        if not all(p.mature for p in result.periods):
            line(session.text("funnel.immature"))
    if result.order != "ordered":
        line(session.text(f"funnel.{result.order}"))
    if excluding:
        people, lost = (whole(session, n) for n in (result.excluded.people, result.excluded.people_lost))
        line(session.text("funnel.excluded", people=people, lost=lost))
    if result.within_seconds is not None:
        line(session.text("within", span=span(session, result.within_seconds)))
    about(session, result)


def _name(session: "Session", step: "FunnelStep") -> str:
    return f"{step.name} {session.text('funnel.optional')}" if step.optional else step.name


def _group(session: "Session", name: str | None) -> str:
    return "–" if name is None else session.text("node.other") if name == "@other" else name


def _small(session: "Session", heading: str, names: list[str], rows: Iterable[tuple[str, list[int]]]) -> None:
    """A funnel in a line: people by step, and the share of the first that reaches the last."""
    listed = (
        (name, *(whole(session, n) for n in people), share(session, people[-1] / people[0] if people[0] else None))
        for name, people in rows
    )
    table_of([heading, *names, session.text("column.of_first")], listed, right=range(1, len(names) + 2))
