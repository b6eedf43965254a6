"""Ad-hoc SQL over events, people and journeys."""

from typing import Annotated

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table_of
from desireline.cli.progress import waiting


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(sql)


def sql(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="SELECT", help="One SELECT over events, people and journeys.")],
    as_json: AsJson = False,
) -> None:
    """Ask in SQL what no question asks: one SELECT over events, people and journeys."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.sql(query)
    if as_json:
        print_json({"columns": found.column_names, "rows": [list(row.values()) for row in found.to_pylist()]})
        return
    table_of(found.column_names, ([*row.values()] for row in found.to_pylist()))
    line(session.text("sql.rows", n=len(found)))
