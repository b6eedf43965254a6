"""Types of journeys."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.labels import Out, check_out, write_labels
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, amount, line, share, span, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.types import TypesResult
    from desireline.cli.session import Session


def types(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    k: Annotated[int | None, typer.Option("--k", min=1, max=12, help="How many; the data choose if not given.")] = None,
    goal: Annotated[str | None, typer.Option("--goal", metavar="NAME", help="Also say who of each reaches it.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the sample and of the starts.")] = 0,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Types of journeys: kinds of order in which touchpoints follow each other."""
    check_out(out)
    session = session_of(context)
    own: dict[str, Any] = {"k": k, "goal": goal, "seed": seed}
    result: TypesResult = ask(session, "types", as_json, **own, **asked)
    write_labels(session, out, "types", {**own, **asked})
    if not as_json:
        _print(session, result)


def _print(session: "Session", result: "TypesResult") -> None:
    line(
        session.text("types.stable", n=len(result.groups)) if result.stable else session.text(f"types.{result.reason}")
    )
    rows = (
        (g.name, whole(session, g.people), share(session, g.share), amount(session, g.median_length),
         span(session, g.median_seconds), share(session, g.rate), share(session, g.coverage), " → ".join(g.medoid))
        for g in result.groups
    )  # fmt: skip
    table(session, ("type", "people", "share", "length", "median", "reached_goal", "coverage_of", "medoid"), rows)
    line(session.text("types.mixed", n=result.mixed.people, share=share(session, result.mixed.share) or "–"))
    about(session, result)
