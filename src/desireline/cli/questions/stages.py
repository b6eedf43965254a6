"""The stages that the order of touchpoints itself forms."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.labels import Out, check_out, write_labels
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, share, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.stages import StagesResult
    from desireline.cli.session import Session


def stages(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    k: Annotated[int, typer.Option("--k", min=1, max=12, help="How many stages at most.")] = 5,
    as_many: Annotated[bool, typer.Option("--as-many", help="As many as resampled people agree on.")] = False,
    least: Annotated[int, typer.Option("--least", min=1, help="Leave out what fewer met.")] = 5,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """The stages that the order of touchpoints itself forms, and touchpoints that live in several."""
    check_out(out)
    session = session_of(context)
    own: dict[str, Any] = {"k": None if as_many else k, "least": least}
    result: StagesResult = ask(session, "stages", as_json, **own, **asked)
    write_labels(session, out, "stages", {**own, **asked})
    if not as_json:
        _print(session, result)


def _print(session: "Session", result: "StagesResult") -> None:
    rows = (
        (place, g.name, whole(session, g.people), share(session, g.share), ", ".join(g.touchpoints))
        for place, g in enumerate(result.groups, 1)
    )
    table(session, ("stage_number", "stage", "people", "share", "touchpoints_in"), rows)
    line(session.text("stages.stable") if result.stable else session.text(f"stages.{result.reason}"))
    if result.incoherence is not None:
        line(session.text("stages.incoherence", share=share(session, result.incoherence) or "–"))
    for one in result.spanning:
        names = ", ".join(result.groups[s.stage].name for s in one.stages)
        line(session.text("stages.spanning", touchpoint=one.touchpoint, stages=names, by=", ".join(one.split_by)))
    about(session, result)
