"""Saved questions: list them, ask them again, keep and forget them."""

from typing import Annotated

import typer

from desireline.cli.asking import fields_of
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, print_json, table, table_of, when
from desireline.cli.progress import waiting
from desireline.cli.questions.answering import compared

group = typer.Typer(name="saved", help="Questions saved under a name.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name.")]


@group.command("list")
def list_saved(context: typer.Context, as_json: AsJson = False) -> None:
    """List the saved questions."""
    session = session_of(context)
    found = session.workspace.saved_questions()
    if as_json:
        print_json({"saved": [one.model_dump(mode="json") for one in found]})
        return
    rows = ((one.name, one.question, "●" if one.on_overview else "", when(session, one.changed)) for one in found)
    table(session, ("name", "question", "on_overview", "created"), rows)


@group.command()
def ask(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Ask a saved question again."""
    from desireline.analyze.comparing import Comparison

    session = session_of(context)
    with waiting(session, "question"):
        result = session.workspace.ask_saved(name)
    if isinstance(result, Comparison):
        compared(session, result, as_json)
    elif as_json:
        print_json(result)
    else:
        listed = result.to_rows()
        table_of(list(listed[0] if listed else ()), ([*row.values()] for row in listed))
        about(session, result)


@group.command()
def save(
    context: typer.Context,
    name: Name,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Such as funnel.")],
    fields: Annotated[str, typer.Argument(metavar="JSON", help="Its fields.")] = "{}",
    overview: Annotated[bool, typer.Option("--overview", help="Show its answer on the overview.")] = False,
    as_json: AsJson = False,
) -> None:
    """Keep a question under a name, in place of an earlier one."""
    from desireline.model.saved import SavedQuestion

    session = session_of(context)
    given = SavedQuestion(name=name, question=question, fields=fields_of(fields), on_overview=overview)
    saved = session.workspace.save_question(given)
    if as_json:
        print_json(saved)
    else:
        line(session.text("saved.saved", name=saved.name))


@group.command()
def delete(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Forget a saved question."""
    session = session_of(context)
    session.workspace.forget_question(name)
    if as_json:
        print_json({"deleted": name})
    else:
        line(session.text("saved.deleted", name=name))
