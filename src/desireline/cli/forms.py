"""Feedback forms: list, show, create, change, delete, invite, invitations, counts, and the rule for inviting."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, Limit, Offset, session_of
from desireline.cli.output import line, print_json, table, write_file
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.form import Form
    from desireline.model.invitation import Invitation, InvitationRule, Invitations, RuleFields

group = typer.Typer(
    name="forms", help="What customers are asked at touchpoints, who is invited, and how many answered.",
    no_args_is_help=True,
)  # fmt: skip

Which = Annotated[str, typer.Argument(metavar="FORM", help="Its id or name.", show_default=False)]
Document = Annotated[Path, typer.Argument(metavar="FILE", help="Fields of a form in YAML or JSON.", show_default=False)]
Revision = Annotated[
    int | None, typer.Option("--revision", min=1, help="The one that was seen; refused if there is a newer one.")
]
Address = Annotated[str, typer.Option("--address", metavar="URL", help="Of the server, before each link.")]
SERVED = "http://127.0.0.1:8765"


def fields_of(file: Path) -> dict[str, Any]:
    """The fields in a file of YAML or JSON.

    Raises:
        FileMissing: there is no such file.
        BadQuestion: it holds no fields.
    """
    import yaml

    from desireline.errors import BadQuestion, FileMissing

    if not file.is_file():
        raise FileMissing(path=str(file))
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadQuestion(parameter=file.name, given="", expected=" ".join(str(error).split())[:200]) from None
    if not isinstance(found, dict):
        raise BadQuestion(parameter=file.name, given=str(found)[:100], expected="name: ..., questions: ...")
    return found


@group.command("list")
def list_forms(context: typer.Context, as_json: AsJson = False) -> None:
    """List all with how many were invited and answered."""
    session = session_of(context)
    forms = session.workspace.forms
    counted = [(form, forms.counts(form.id)) for form in forms.all()]
    if as_json:
        both = [{"form": form.model_dump(mode="json"), "counts": counts.model_dump()} for form, counts in counted]
        print_json({"forms": both})
    elif not counted:
        line(session.text("forms.none"))
    else:
        rows = (
            (form.name, form.touchpoint, session.text("forms.open" if form.open else "forms.closed"),
             str(counts.invited), str(counts.answered + counts.link_answered), form.id)
            for form, counts in counted
        )  # fmt: skip
        table(session, ("form", "touchpoint", "state", "invited", "answered", "id"), rows)


@group.command()
def show(context: typer.Context, form: Which, as_json: AsJson = False) -> None:
    """Print one."""
    session = session_of(context)
    _told(session, session.workspace.forms.get(form), as_json)


@group.command()
def create(context: typer.Context, file: Document, as_json: AsJson = False) -> None:
    """Make one of a file with its name, touchpoint and questions."""
    session = session_of(context)
    _told(session, session.workspace.forms.create(fields_of(file)), as_json)


@group.command("set")
def change(
    context: typer.Context, form: Which, file: Document, revision: Revision = None, as_json: AsJson = False
) -> None:
    """Change the fields of one that stand in a file."""
    session = session_of(context)
    forms = session.workspace.forms
    _told(session, forms.change(form, revision or forms.get(form).revision, fields_of(file)), as_json)


@group.command()
def delete(context: typer.Context, form: Which, as_json: AsJson = False) -> None:
    """Delete one with its invitations; answers stay in the data."""
    session = session_of(context)
    gone = session.workspace.forms.remove(form)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("forms.deleted", name=gone.name))


@group.command()
def invite(
    context: typer.Context,
    form: Which,
    person: Annotated[
        list[str] | None, typer.Option("--person", metavar="TYPE=VALUE", help="Such as email=ana@example.org; repeat.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="CSV", help="People; columns email, customer_id …, language.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="CSV", help="Where the links of --file go.")] = None,
    language: Annotated[str | None, typer.Option("--to", metavar="en|pl|hr", help="Language of the links.")] = None,
    address: Address = SERVED,
    as_json: AsJson = False,
) -> None:
    """Invite people: a link for each, or why there is none. Nothing is sent."""
    session = session_of(context)
    forms = session.workspace.forms
    if file is not None:
        _invite_file(session, form, file, out, address, as_json)
        return
    people = [{"identifiers": dict([_pair(one)]), "language": language} for one in person or ()]
    with waiting(session, "question"):
        done = forms.invite(form, people)
    if as_json:
        print_json(done)
    else:
        _links(session, done, address)


@group.command()
def invitations(
    context: typer.Context, form: Which, limit: Limit = 50, offset: Offset = 0, as_json: AsJson = False
) -> None:
    """List invitations and what became of them."""
    session = session_of(context)
    found = session.workspace.forms.invitations(form, limit, offset)
    if as_json:
        print_json(found)
        return
    rows = (
        (", ".join(f"{i['type']}:{i['value']}" for i in one.identifiers), one.state, one.made.isoformat("T", "minutes"))
        for one in found.invitations
    )
    table(session, ("who", "state", "day"), rows)


@group.command()
def erase(
    context: typer.Context,
    person: Annotated[list[str], typer.Option("--person", metavar="TYPE=VALUE", help="Such as email=ana@example.org.")],
    as_json: AsJson = False,
) -> None:
    """Delete a person's invitations to all forms and their answers that wait; events in the data stay."""
    session = session_of(context)
    done = session.workspace.forms.erase(dict(_pair(one) for one in person))
    if as_json:
        print_json(done)
    else:
        line(session.text("forms.erased", n=done.invitations, answers=done.answers))


@group.command()
def counts(context: typer.Context, form: Which, as_json: AsJson = False) -> None:
    """Print how many were invited, opened it, answered and declined."""
    from desireline.i18n import percent

    session = session_of(context)
    found = session.workspace.forms.counts(form)
    if as_json:
        print_json(found)
        return
    figures = found.model_dump()
    line(session.text("forms.counts", **figures))
    if found.response_rate is not None:
        shares = {"rate": found.response_rate, "low": found.low or 0.0, "high": found.high or 0.0}
        line(session.text("forms.rate", **{k: percent(session.language, v) for k, v in shares.items()}))
    by_link = ("opened", "answered", "declined")
    shown = {name: figures[f"link_{name}"] for name in by_link}
    line(session.text("forms.by_link", discarded=found.discarded, **shown))


@group.command()
def rule(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Fields to change, YAML or JSON.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print quiet hours and frequency cap, which hold over all forms, or change them."""
    session = session_of(context)
    forms = session.workspace.forms
    found: InvitationRule | RuleFields = forms.rule() if file is None else forms.change_rule(fields_of(file))
    if as_json:
        print_json(found)
        return
    ends = (found.quiet_from, found.quiet_until)
    quiet = " – ".join(end.isoformat("minutes") for end in ends if end is not None) or "–"
    line(session.text("forms.rule", quiet=quiet, most=found.most or "–", days=found.days))


def _pair(text: str) -> tuple[str, str]:
    kind, _, value = text.partition("=")
    return kind.strip(), value


def _invite_file(session: "Session", form: str, file: Path, out: Path | None, address: str, as_json: bool) -> None:
    from desireline.errors import BadQuestion, FileMissing

    if not file.is_file():
        raise FileMissing(path=str(file))
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadQuestion(parameter=file.name, given="", expected=f"UTF-8: {error}") from None
    target = out or file.with_name(f"{file.stem}-links.csv")
    with waiting(session, "question"):
        found = session.workspace.forms.invite_table(form, text, address)
    write_file(target, found.encode("utf-8-sig"))
    if as_json:
        print_json({"written": str(target)})
    else:
        line(session.text("forms.written", file=str(target)))


def _links(session: "Session", done: "Invitations", address: str) -> None:
    for one in done.invitations:
        who = ", ".join(f"{kind}:{value}" for kind, value in one.identifiers.items())
        line(f"{who}  {address + one.path if one.path else _why(session, one)}")
    line(session.text("forms.made", n=done.made))


def _why(session: "Session", one: "Invitation") -> str:
    from desireline.i18n import moment

    until = moment(session.language, one.until) if one.until else "–"
    return session.text(f"forms.refused.{one.refused}", until=until)


def _told(session: "Session", form: "Form", as_json: bool) -> None:
    if as_json:
        print_json(form)
        return
    path = f"/f/{form.key}"
    line(session.text("forms.told", name=form.name, id=form.id, touchpoint=form.touchpoint, path=path))
    for question in form.questions:
        line(f"  {question.id} ({question.kind}): {question.text.said(session.language)}")
