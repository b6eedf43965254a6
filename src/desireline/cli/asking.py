"""Any question by name, with its fields as JSON: what a screen or a notebook asked, asked again."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, print_json, table_of, write_file
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.service.exports import Format as Form


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(ask)


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Its name, such as funnel.")],
    fields: Annotated[str, typer.Argument(metavar="JSON", help="Its fields.")] = "{}",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write FILE.csv, FILE.xlsx or FILE.json.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask any question with its fields as JSON, as screens and notebooks do."""
    from desireline.errors import UnknownFormat

    session = session_of(context)
    given = fields_of(fields)
    with waiting(session, "question"):
        result = session.workspace.ask(question, given)
    if out:
        forms: dict[str, Form] = {".csv": "csv", ".xlsx": "xlsx", ".json": "json"}
        if out.suffix.lower() not in forms:
            raise UnknownFormat(file=out.name, known=list(forms))
        write_file(out, session.workspace.export(result, forms[out.suffix.lower()]))
    if as_json:
        print_json(result)
    elif not out:
        listed = result.to_rows()
        table_of(list(listed[0] if listed else ()), ([*row.values()] for row in listed))
        about(session, result)


def fields_of(text: str) -> dict[str, Any]:
    """The fields of a question from JSON.

    Raises:
        BadQuestion: it is no JSON object.
    """
    from desireline.errors import BadQuestion

    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadQuestion(parameter="fields", given=text[:100], expected=f'{{"top": 5}} ({error.msg})') from None
    if not isinstance(given, dict):
        raise BadQuestion(parameter="fields", given=text[:100], expected='{"top": 5}')
    return given
