"""Persona cards: list, show, add, set, delete, compare, and who belongs to which."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.asking import fields_of
from desireline.cli.options import AsJson, Limit, Offset, session_of
from desireline.cli.output import line, print_json, share, span, table, whole, write_file
from desireline.cli.people import listed
from desireline.cli.progress import waiting
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.model.persona import MatrixCell, PersonaCard

group = typer.Typer(
    name="persona-cards", help="Personas as a team describes them, beside what is measured.", no_args_is_help=True
)

Which = Annotated[str, typer.Argument(metavar="PERSONA", help="The id or name of a card.", show_default=False)]
Text = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="NAME=TEXT", help="A typed field; repeat for lists. custom.NAME: one of your own."),
]
FieldsJson = Annotated[str, typer.Option("--fields", metavar="JSON", help="Typed fields as JSON.")]
OfSegment = Annotated[str | None, typer.Option("--segment", metavar="NAME", help="The people of a saved segment.")]
Where = Annotated[str | None, typer.Option("--where", metavar="CONDITION", help="The people for whom it holds.")]
Cell = Annotated[str | None, typer.Option("--cell", metavar="CELL", help="A group of `personas`, such as persona:0.")]
Drill = Annotated[str | None, typer.Option("--drill", metavar="TOKEN", help="The `drilldown` of the answer with CELL.")]
Thorough = Annotated[
    bool, typer.Option("--thorough", help="Journey types too, and whether a group that was found is still the same.")
]
LISTS = ("interests", "goals", "challenges", "brands", "devices", "channels")


@group.command("list")
def list_cards(context: typer.Context, as_json: AsJson = False) -> None:
    """List the persona cards."""
    session = session_of(context)
    found = session.workspace.persona_cards.all()
    if as_json:
        print_json({"personas": [card.model_dump(mode="json") for card in found]})
    elif found:
        rows = ((c.name, _word(session, f"persona.kind.{c.kind}"), c.revision, c.summary) for c in found)
        table(session, ("persona", "kind", "revision", "summary"), rows)
    else:
        line(session.text("persona_cards.none"))


@group.command()
def show(
    context: typer.Context,
    persona: Which,
    thorough: Thorough = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.md", help="Write Markdown.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a card: what was typed, and what is measured of its people now."""
    from desireline.errors import NoEvents
    from desireline.service.personas.door import ON_SCREEN

    session = session_of(context)
    cards = session.workspace.persona_cards
    if out is not None:
        write_file(out, cards.markdown(persona, session.language, thorough=thorough).encode())
        return
    if not as_json:
        line(cards.markdown(persona, session.language, ON_SCREEN, thorough=thorough))
        return
    card = cards.get(persona)
    try:
        with waiting(session, "question"):
            measured = cards.measure(card.id, thorough=thorough).model_dump(mode="json")
    except NoEvents:
        measured = None
    print_json({"card": card.model_dump(mode="json"), "measured": measured})


@group.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it.", show_default=False)],
    field: Text = None,
    fields: FieldsJson = "{}",
    segment: OfSegment = None,
    where: Where = None,
    cell: Cell = None,
    drill: Drill = None,
    ideal: Annotated[bool, typer.Option("--ideal", help="The customer you wish for.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a card: blank, of a segment, or of a group that the question `personas` found."""
    session = session_of(context)
    people = _people(segment, where, cell, drill)
    given = {"name": name, "ideal_customer": ideal, "fields": _fields(field, fields), **people}
    _saved(session, session.workspace.persona_cards.create(given), as_json)


@group.command("set")
def change(
    context: typer.Context,
    persona: Which,
    name: Annotated[str | None, typer.Option("--name", help="A new name, on every map.")] = None,
    field: Text = None,
    fields: FieldsJson = "{}",
    segment: OfSegment = None,
    where: Where = None,
    cell: Cell = None,
    drill: Drill = None,
    ideal: Annotated[bool | None, typer.Option("--ideal/--not-ideal", help="The customer you wish for.")] = None,
    revision: Annotated[int | None, typer.Option("--revision", min=0, help="Refuse if it is at another one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Change a card; what is not given stays. A field without a text is taken away."""
    session = session_of(context)
    cards = session.workspace.persona_cards
    base = cards.get(persona).revision if revision is None else revision
    given = {"revision": base, "fields": _fields(field, fields), **_people(segment, where, cell, drill)}
    given |= {key: value for key, value in (("name", name), ("ideal_customer", ideal)) if value is not None}
    _saved(session, cards.change(persona, given), as_json)


@group.command()
def delete(context: typer.Context, persona: Which, as_json: AsJson = False) -> None:
    """Delete a card that no map is about."""
    session = session_of(context)
    gone = session.workspace.persona_cards.remove(persona)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("persona_cards.deleted", name=gone.name))


@group.command()
def compare(
    context: typer.Context,
    persona: Annotated[list[str] | None, typer.Argument(metavar="PERSONA", help="Cards; all if none.")] = None,
    thorough: Thorough = False,
    as_json: AsJson = False,
) -> None:
    """Put cards side by side; ≠ marks rows in which 95 % intervals do not overlap."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.persona_cards.compare(persona or (), thorough=thorough)
    if as_json:
        print_json(found)
        return
    names = [card.name for card in found.personas]
    rows = (
        (_word(session, f"persona.trait.{row.key}"), row.part, "≠" if row.differ else "",
         ", ".join(f"{n}: {_figure(session, row.unit, c) or '–'}" for n, c in zip(names, row.cells, strict=True)))
        for row in found.rows
    )  # fmt: skip
    table(session, ("trait", "value", "apart", "persona"), rows)


@group.command()
def people(
    context: typer.Context, persona: Which, where: Where = None, limit: Limit = 50, offset: Offset = 0,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """List the people of a card."""
    session = session_of(context)
    listed(session, session.workspace.persona_cards.people(persona, where, None, limit, offset), as_json)


@group.command("of")
def of_person(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="A key such as customer_id:1029.")],
    as_json: AsJson = False,
) -> None:
    """Say which cards a person belongs to now."""
    session = session_of(context)
    found = session.workspace.persona_cards.of_person(person)
    if as_json:
        print_json({"person": person, "personas": [card.model_dump(mode="json") for card in found]})
    elif found:
        table(session, ("persona", "kind"), ((c.name, _word(session, f"persona.kind.{c.kind}")) for c in found))
    else:
        line(session.text("persona_cards.nobody"))


def _fields(texts: list[str] | None, document: str) -> dict[str, Any]:
    """Typed fields from JSON and from NAME=TEXT; lists gather their texts."""
    from desireline.errors import BadQuestion

    found: dict[str, Any] = fields_of(document)
    for given in texts or ():
        name, sign, text = given.partition("=")
        if not sign or not name:
            raise BadQuestion(parameter="field", given=given[:100], expected="NAME=TEXT")
        if name in LISTS:
            found.setdefault(name, []).extend([text] if text else [])
        elif name.startswith("custom."):
            found.setdefault("custom", {})[name.removeprefix("custom.")] = text or None
        else:
            found[name] = text or None
    return found


def _people(segment: str | None, where: str | None, cell: str | None, drill: str | None) -> dict[str, Any]:
    """Whose card it is, as a request says it."""
    if cell is not None and drill is not None:
        return {"segment": {"where": {"drilldown": drill, "cell": cell}}}
    if cell is not None:
        return {"group": {"cell": cell}}
    if where is not None:
        return {"segment": {"where": where}}
    return {} if segment is None else {"segment": segment}


def _saved(session: Session, card: "PersonaCard", as_json: bool) -> None:
    if as_json:
        print_json(card)
    else:
        line(session.text("persona_cards.saved", name=card.name, revision=str(card.revision)))


def _word(session: Session, key: str) -> str:
    from desireline.i18n import translate

    return translate(session.language, key)


def _figure(session: Session, unit: str, cell: "MatrixCell") -> str | None:
    if cell.value is None:
        return None
    if unit == "share":
        return share(session, cell.value)
    return span(session, cell.value) if unit == "seconds" else whole(session, round(cell.value))
