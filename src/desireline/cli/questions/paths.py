"""Where people go from a touchpoint, come from, or pass on the way to another."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, Collapse, session_of
from desireline.cli.output import about, line, table, whole
from desireline.cli.questions.answering import ask
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.analyze.paths import PathsResult


def _named(session: Session, name: str) -> str:
    return session.text(f"node.{name[1:]}") if name in ("@other", "@end", "@start") else name


def _flow(session: Session, result: "PathsResult") -> None:
    rows = (
        (node.layer, _named(session, node.name), whole(session, node.people))
        for layer in result.layers
        for node in layer
    )
    table(session, ("layer", "step", "people"), rows)


def _graph(session: Session, result: "PathsResult") -> None:
    rows = (
        (_named(session, e.from_), _named(session, e.to), whole(session, e.count), whole(session, e.people))
        for e in result.edges
    )
    table(session, ("from", "to", "count", "people"), rows)


def paths(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    anchor: Annotated[str, typer.Option("--anchor", metavar="NAME", help="The touchpoint to start at.")],
    direction: Annotated[
        Literal["from", "to", "around", "between"] | None,
        typer.Option("--direction", help="Onward, back, both, or until --to; between with --to, else from."),
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="NAME", help="The touchpoint to end at.")] = None,
    depth: Annotated[int, typer.Option("--depth", min=2, max=20, help="How many layers.")] = 5,
    nodes: Annotated[int, typer.Option("--nodes", min=1, max=50, help="Names in a layer; the rest are one.")] = 8,
    min_share: Annotated[
        float, typer.Option("--min-share", min=0, max=1, help="Rarer names are one, such as 0.01 of those who entered.")
    ] = 0.0,
    form: Annotated[
        Literal["flow", "graph"], typer.Option("--form", help="Layer by layer, or merged over the layers.")
    ] = "flow",
    collapse: Collapse = False,
    as_json: AsJson = False,
) -> None:
    """Where people go from a touchpoint, come from, or pass on the way to another."""
    session = session_of(context)
    result: PathsResult = ask(
        session, "paths", as_json, anchor=anchor, direction=direction or ("between" if to else "from"), to=to,
        depth=depth, max_nodes_per_layer=nodes, min_share=min_share, form=form, collapse=collapse, **asked,
    )  # fmt: skip
    if as_json:
        return
    show = _graph if form == "graph" else _flow
    show(session, result)
    line(session.text("entered", n=result.people_entered))
    if result.arrived is not None:
        line(session.text("arrived", n=result.arrived, step=to))
    about(session, result)
