"""Reports: keep, make as a file, send."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from desireline.cli.dashboards import read_json
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table, write_file
from desireline.cli.progress import waiting

group = typer.Typer(name="report", help="Maps, KPIs, obstacles and verdicts as a document.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="REPORT", help="Its id or its name.")]


@group.command("list")
def listed(context: typer.Context, as_json: AsJson = False) -> None:
    """List the reports."""
    session = session_of(context)
    found = session.workspace.reports.all()
    if as_json:
        print_json({"reports": [one.model_dump(mode="json") for one in found]})
    elif not found:
        line(session.text("reports.none"))
    else:
        rows = ((one.name, len(one.parts), ", ".join(one.to), one.id) for one in found)
        table(session, ("report", "parts", "to", "id"), rows)


@group.command()
def create(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="name, parts, language, schedule, to.")],
    as_json: AsJson = False,
) -> None:
    """Keep a report that a file describes."""
    session = session_of(context)
    made = session.workspace.reports.create(read_json(file))
    if as_json:
        print_json(made)
    else:
        line(session.text("reports.created", name=made.name, id=made.id))


@group.command()
def make(
    context: typer.Context,
    report: Which,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Ends in .pdf or .pptx.")],
    language: Annotated[
        Literal["en", "pl", "hr"] | None, typer.Option("--in", help="Another language than the report's.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write one as PDF or PPTX, with figures as they are now; those of few people are hidden."""
    from typing import cast

    session = session_of(context)
    form = cast("Literal['pdf', 'pptx']", out.suffix.lower().lstrip("."))
    with waiting(session, "question"):
        made = session.workspace.reports.make(report, form, language)
    write_file(out, made.body)
    if as_json:
        print_json({"written": str(out), "bytes": len(made.body)})
    else:
        line(session.text("opportunities.written", file=str(out)))


@group.command()
def send(
    context: typer.Context,
    report: Which,
    to: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Others than those it is for; repeat.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make one now and queue it to those it is for; `desireline deliveries flush` or the server sends it."""
    session = session_of(context)
    with waiting(session, "question"):
        queued = session.workspace.reports.send(report, to or None)
    if as_json:
        print_json({"queued": queued})
    else:
        line(session.text("reports.queued", n=queued))


@group.command()
def delete(context: typer.Context, report: Which, as_json: AsJson = False) -> None:
    """Delete one."""
    session = session_of(context)
    gone = session.workspace.reports.remove(report)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("opportunities.deleted", title=gone.name))
