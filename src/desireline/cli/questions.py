"""The questions: funnel, transitions, paths, variants, durations."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, Collapse, asking, session_of
from desireline.cli.output import about, line, print_json, share, span, table, whole
from desireline.cli.progress import waiting
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.analyze.durations import DurationsResult
    from desireline.analyze.funnel import FunnelResult
    from desireline.analyze.paths import PathsResult
    from desireline.analyze.transitions import TransitionsResult
    from desireline.analyze.variants import VariantsResult

Top = Annotated[int | None, typer.Option("--top", min=1, help="How many, the commonest first.")]


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    for question in (funnel, transitions, paths, variants, durations):
        app.command(question.__name__)(asking(question))


def _ask(session: Session, question: str, as_json: bool, **fields: Any) -> Any:
    """The answer; already printed if JSON is wanted."""
    with waiting(session, "question"):
        result = session.workspace.ask(question, fields)
    if as_json:
        print_json(result)
    return result


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
    within: Annotated[
        str | None, typer.Option("--within", metavar="7d", help="Window from first to last step.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """How many people walk through steps in order."""
    session = session_of(context)
    names = _steps(steps, step, context)
    result: FunnelResult = _ask(session, "funnel", as_json, steps=names, within=within, **asked)
    if as_json:
        return
    rows = (
        (s.name, whole(session, s.people), share(session, s.share_of_first), share(session, s.share_of_previous),
         span(session, s.median_seconds_from_first))
        for s in result.steps
    )  # fmt: skip
    table(session, ("step", "people", "of_first", "of_previous", "median_from_first"), rows)
    if result.within_seconds is not None:
        line(session.text("within", span=span(session, result.within_seconds)))
    about(session, result)


def transitions(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    top: Top = None,
    collapse: Collapse = False,
    medians: Annotated[bool, typer.Option("--medians/--no-medians", help="Median times; slower.")] = True,
    as_json: AsJson = False,
) -> None:
    """What directly follows what, the commonest first."""
    session = session_of(context)
    result: TransitionsResult = _ask(
        session, "transitions", as_json, top=top, collapse=collapse, medians=medians, **asked
    )
    if as_json:
        return
    rows = (
        (t.from_, t.to, whole(session, t.count), share(session, t.share), whole(session, t.people),
         span(session, t.median_seconds))
        for t in result.transitions
    )  # fmt: skip
    table(session, ("from", "to", "count", "share", "people", "median"), rows)
    about(session, result)


def variants(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    top: Annotated[int, typer.Option("--top", min=1, help="How many, the commonest first.")] = 20,
    collapse: Collapse = False,
    by: Annotated[
        Literal["touchpoint", "stage", "channel"], typer.Option("--by", help="What a journey is made of.")
    ] = "touchpoint",
    as_json: AsJson = False,
) -> None:
    """Whole journeys, the commonest first."""
    session = session_of(context)
    result: VariantsResult = _ask(session, "variants", as_json, top=top, collapse=collapse, by=by, **asked)
    if as_json:
        return
    rows = (
        (whole(session, v.people), share(session, v.share), share(session, v.cumulative_share), " → ".join(v.path))
        for v in result.variants
    )
    table(session, ("people", "share", "cumulative", "path"), rows)
    line(session.text("distinct", n=result.distinct))
    about(session, result)


def paths(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    anchor: Annotated[str, typer.Option("--anchor", metavar="NAME", help="The touchpoint to start at.")],
    direction: Annotated[
        Literal["from", "to", "around"], typer.Option("--direction", help="Onward, back, or both.")
    ] = "from",
    depth: Annotated[int, typer.Option("--depth", min=2, max=20, help="How many layers.")] = 5,
    nodes: Annotated[int, typer.Option("--nodes", min=1, max=50, help="Names in a layer; the rest are one.")] = 8,
    collapse: Collapse = False,
    as_json: AsJson = False,
) -> None:
    """Where people go from a touchpoint, or come from, layer by layer."""
    session = session_of(context)
    result: PathsResult = _ask(
        session, "paths", as_json, anchor=anchor, direction=direction, depth=depth, max_nodes_per_layer=nodes,
        collapse=collapse, **asked,
    )  # fmt: skip
    if as_json:
        return
    rows = (
        (node.layer, _named(session, node.name), whole(session, node.people))
        for layer in result.layers
        for node in layer
    )
    table(session, ("layer", "step", "people"), rows)
    line(session.text("entered", n=result.people_entered))
    about(session, result)


def _named(session: Session, name: str) -> str:
    return session.text(f"node.{name[1:]}") if name in ("@other", "@end", "@start") else name


def durations(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    start: Annotated[
        str, typer.Option("--from", metavar="A", help="Step that starts the clock; @first: the first event.")
    ],
    end: Annotated[str, typer.Option("--to", metavar="B", help="Step that stops it; @last: the last event.")],
    by: Annotated[Literal["channel", "stage"] | None, typer.Option("--by", help="Of the starting event.")] = None,
    of: Annotated[Literal["touchpoint", "stage"], typer.Option("--of", help="What A and B are.")] = "touchpoint",
    as_json: AsJson = False,
) -> None:
    """How long people take from one step to another."""
    session = session_of(context)
    fields = {"from": start, "to": end, "by": by, "of": of, **asked}
    result: DurationsResult = _ask(session, "durations", as_json, **fields)
    if as_json:
        return
    whole_answer = [(session.text("all"), result)]
    groups = [(g.name or "–", g) for g in result.groups] if by else []
    rows = (
        (name, whole(session, g.entered), whole(session, g.n), share(session, g.share), span(session, g.median_seconds),
         span(session, g.p90_seconds))
        for name, g in [*groups, *whole_answer]
    )  # fmt: skip
    table(session, ("group", "entered", "reached", "share", "median", "p90"), rows)
    about(session, result)
