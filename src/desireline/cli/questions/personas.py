"""Personas from behaviour."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.labels import Out, check_out, write_labels
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, share, span, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.grouping.documents import PersonasResult
    from desireline.cli.session import Session


def personas(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    goal: Annotated[str | None, typer.Option("--goal", metavar="NAME", help="Also say who of each reaches it.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the sample and of the starts.")] = 0,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Groups of people who behave alike, if there are any."""
    check_out(out)
    session = session_of(context)
    own: dict[str, Any] = {"goal": goal, "seed": seed}
    result: PersonasResult = ask(session, "personas", as_json, **own, **asked)
    write_labels(session, out, "personas", {**own, **asked})
    if not as_json:
        _print(session, result)


def _print(session: "Session", result: "PersonasResult") -> None:
    from desireline.i18n import number

    found = result.evidence
    if not result.stable:
        line(session.text(f"personas.{result.reason}", n=found.people))
    else:
        line(session.text("personas.stable", n=len(result.groups)))
        rows = (
            (g.names[session.language], whole(session, g.people), share(session, g.share),
             f"{share(session, g.low)} – {share(session, g.high)}", share(session, g.goal.rate if g.goal else None),
             span(session, g.pace_seconds), session.text(f"personas.badge.{g.badge}"), " → ".join(g.journey[:SHOWN]))
            for g in result.groups
        )  # fmt: skip
        columns = ("persona", "people", "share", "interval", "reached_goal", "pace", "stability", "medoid")
        table(session, columns, rows)
        line(session.text("personas.mixed", n=result.mixed))
        _drift(session, result)
    if found.ari is not None:
        ari, low = (number(session.language, index, 2) for index in (found.ari, min(found.jaccard)))
        line(session.text("personas.evidence", ari=ari, jaccard=low, n=found.resamples))
    about(session, result)


def _drift(session: "Session", result: "PersonasResult") -> None:
    for group, move in zip(result.groups, result.drift.moves if result.drift else (), strict=False):
        if move.alarm:
            shares = {"before": share(session, move.share_before), "after": share(session, move.share_after)}
            line(session.text("personas.moved", name=group.names[session.language], **shares))


SHOWN = 12
"""So many touchpoints of a journey fit in a table."""
