"""Where people go from a touchpoint, or come from."""

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
    result: PathsResult = ask(
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
