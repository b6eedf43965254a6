"""The command tree of `desireline`."""

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli import (
    actions,
    alerts,
    annotations,
    asking,
    before_after,
    clv,
    dashboards,
    data,
    definition,
    deliveries,
    experiments,
    faq,
    feedback,
    forms,
    kpi_targets,
    kpis,
    maps,
    opportunities,
    people,
    persona_cards,
    promises,
    questions,
    rejects,
    reports,
    saved,
    scorecard,
    segments,
    serving,
    simulate,
    sql,
    studies,
    subscriptions,
    voice,
)
from desireline.cli.options import session_of
from desireline.cli.session import DEFAULT_FOLDER

app = typer.Typer(
    name="desireline",
    help="The journey map that your customers really walked.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"desireline {version('desireline')}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    workspace: Annotated[
        Path, typer.Option(envvar="DESIRELINE_WORKSPACE", metavar="DIR", help="Where events and maps are kept.")
    ] = Path(DEFAULT_FOLDER),
    language: Annotated[
        str | None, typer.Option(envvar="DESIRELINE_LANGUAGE", metavar="en|pl|hr", help="Language of what is printed.")
    ] = None,
    version: Annotated[  # noqa: ARG001 its callback has done the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The journey map that your customers really walked: events in, measured journey maps out."""
    from desireline.i18n import known_language

    session = session_of(context)
    session.folder = workspace
    if language:
        session.language = known_language(language)


for part in (data, questions, asking, sql, serving, simulate, scorecard, before_after, feedback, voice):
    part.add_to(app)
for group in (
    actions.group,
    definition.group,
    segments.group,
    saved.group,
    rejects.group,
    maps.group,
    people.group,
    persona_cards.group,
    opportunities.group,
    experiments.group,
    forms.group,
    studies.group,
    kpis.group,
    clv.group,
    promises.group,
    faq.group,
    dashboards.group,
    dashboards.goals,
    annotations.group,
    alerts.group,
    subscriptions.group,
    deliveries.group,
    reports.group,
):
    app.add_typer(group)
app.command("anomalies")(dashboards.anomalies)
kpis.group.command("target")(kpi_targets.target)
