"""FAQ candidates: ranked topics, coded samples, drafts, articles, and what these changed."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.forms import Document, Revision, fields_of
from desireline.cli.options import AsJson, filtered, session_of
from desireline.cli.output import amount, line, print_json, share, table, whole
from desireline.cli.progress import waiting
from desireline.cli.promises import imported

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.faq import Article, ArticleEffect, Beside, Deflection, FaqCandidates, Forecast, Outline, Rate

group = typer.Typer(
    name="faq", help="Which questions an article could answer, what one may save, and what one saved.",
    no_args_is_help=True,
)  # fmt: skip

Topic = Annotated[str, typer.Argument(metavar="TOPIC", help="Its id or name.", show_default=False)]
Which = Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id or title.", show_default=False)]
Tongue = Annotated[
    str | None, typer.Option("--text-language", metavar="en|pl|hr|other", help="Of the texts; else that of most.")
]
Number = Annotated[int | None, typer.Option("--topics", min=2, max=200, help="How many; a rule says it if absent.")]
Places = Annotated[
    list[str] | None, typer.Option("--touchpoint", metavar="NAME", help="Where enquiries come in; repeat.")
]


@group.command()
@filtered
def candidates(
    context: typer.Context, language: Tongue = None, k: Number = None, touchpoint: Places = None, *,
    filters: dict[str, Any], as_json: AsJson = False,
) -> None:  # fmt: skip
    """Rank topics of enquiries and complaints by what an article would be worth."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.faq.candidates(_asked(filters, language, k, touchpoint))
    if as_json:
        print_json(found)
    else:
        _ranked(session, found)


@group.command()
@filtered
def sample(
    context: typer.Context, topic: Topic, language: Tongue = None, k: Number = None, touchpoint: Places = None, *,
    filters: dict[str, Any], as_json: AsJson = False,
) -> None:  # fmt: skip
    """Print contacts of a topic to be coded: could an article have answered them?"""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.faq.sample(topic, _asked(filters, language, k, touchpoint))
    if as_json:
        print_json(found)
        return
    said = {True: session.text("faq.yes"), False: session.text("faq.no"), None: None}
    table(session, ("text", "answerable"), ((one.text, said[one.answerable]) for one in found.texts))
    line(_rate(session, "faq.answerable", found.answerable))


@group.command()
def code(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help='JSON: [{"text": …, "answerable": true}].', show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Keep what a person says of contacts' texts; null takes it back."""
    session = session_of(context)
    done = session.workspace.faq.code(_list(file))
    if as_json:
        print_json({"coded": done})
    else:
        line(session.text("faq.coded", n=done))


@group.command()
@filtered
def outline(
    context: typer.Context, topic: Topic, language: Tongue = None, k: Number = None, touchpoint: Places = None, *,
    filters: dict[str, Any], as_json: AsJson = False,
) -> None:  # fmt: skip
    """Draft an article: questions and sentences of the organisation's answers, word for word."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.faq.outline(topic, _asked(filters, language, k, touchpoint))
    if as_json:
        print_json(found)
    else:
        _drafted(session, found)


@group.command()
def settings(
    context: typer.Context,
    cost: Annotated[float | None, typer.Option("--cost-per-contact", min=0, help="Typed; shown as typed.")] = None,
    currency: Annotated[str | None, typer.Option("--currency", metavar="EUR", help="Of the cost.")] = None,
    replies: Annotated[
        str | None, typer.Option("--replies", metavar="CONDITION", help="Events like 'property.author = \"agent\"'.")
    ] = None,
    recontact: Annotated[int | None, typer.Option("--recontact-days", min=1, max=90, help="A repeat contact.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print or change what the data do not say: cost of a contact, which events are answers."""
    session = session_of(context)
    given = {"cost_per_contact": cost, "currency": currency, "replies": replies, "recontact_days": recontact}
    fields = {name: value for name, value in given.items() if value is not None}
    faq = session.workspace.faq
    found = faq.set(fields) if fields else faq.settings()
    if as_json:
        print_json(found)
        return
    known = "–" if found.cost_per_contact is None else f"{found.cost_per_contact:g} {found.currency or ''}".strip()
    line(session.text("faq.settings", cost=known, replies=found.replies or "–", days=found.recontact_days))


@group.command()
def articles(context: typer.Context, as_json: AsJson = False) -> None:
    """List articles of the help centre."""
    session = session_of(context)
    found = session.workspace.faq.articles.all()
    if as_json:
        print_json({"articles": [one.model_dump(mode="json") for one in found]})
    elif not found:
        line(session.text("faq.no_articles"))
    else:
        table(session, ("article", "url", "published", "id"), map(_row, found))


@group.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, XLSX, JSON …", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Register articles of a list with columns title, and url, text, language, published. Nothing is fetched."""
    session = session_of(context)
    imported(session, session.workspace.faq.articles.import_file(file), as_json)


@group.command()
def add(context: typer.Context, file: Document, as_json: AsJson = False) -> None:
    """Register an article of a file with its name, url, text, published, topic, experiment or holdout."""
    session = session_of(context)
    _kept(session, session.workspace.faq.articles.create(fields_of(file)), as_json)


@group.command("set")
def change(
    context: typer.Context, article: Which, file: Document, revision: Revision = None, as_json: AsJson = False
) -> None:
    """Change the fields of an article that stand in a file."""
    session = session_of(context)
    door = session.workspace.faq.articles
    _kept(session, door.change(article, revision or door.get(article).revision, fields_of(file)), as_json)


@group.command()
def delete(context: typer.Context, article: Which, as_json: AsJson = False) -> None:
    """Delete an article."""
    session = session_of(context)
    gone = session.workspace.faq.articles.remove(article)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("faq.deleted", name=gone.name))


@group.command()
def effect(context: typer.Context, article: Which, as_json: AsJson = False) -> None:
    """Tell what an article changed: against a holdout, else before and after against other topics."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.faq.effect(article, session.language)
    if as_json:
        print_json(found)
    else:
        _changed(session, found)


@group.command()
def deflection(
    context: typer.Context,
    holdout: Annotated[str, typer.Option("--holdout", metavar="CONTACTED/PEOPLE", help="Who could not see it.")],
    exposed: Annotated[str, typer.Option("--exposed", metavar="CONTACTED/PEOPLE", help="Who could.")],
    as_json: AsJson = False,
) -> None:
    """Compute the share of contacts saved from counts of people with and without the article."""
    session = session_of(context)
    (contacted, people), (with_contacted, with_people) = _of("holdout", holdout), _of("exposed", exposed)
    counts = {"holdout_people": people, "holdout_contacted": contacted, "exposed_people": with_people,
              "exposed_contacted": with_contacted}  # fmt: skip
    found = session.workspace.faq.deflection(counts)
    if as_json:
        print_json(found)
    else:
        _saved(session, found)


def _asked(filters: dict[str, Any], language: str | None, k: int | None, places: list[str] | None) -> dict[str, Any]:
    return {"filters": filters, "language": language, "k": k, "touchpoints": places or []}


def _of(name: str, given: str) -> tuple[int, int]:
    from desireline.errors import BadQuestion

    contacted, _, people = given.partition("/")
    try:
        return int(contacted), int(people)
    except ValueError:
        raise BadQuestion(parameter=name, given=given, expected="120/1000") from None


def _list(file: Path) -> list[dict[str, Any]]:
    from desireline.errors import BadQuestion, FileMissing

    if not file.is_file():
        raise FileMissing(path=str(file))
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise BadQuestion(parameter=file.name, given="", expected=str(error)[:200]) from None
    if not isinstance(found, list):
        raise BadQuestion(parameter=file.name, given=str(found)[:100], expected='[{"text": "…", "answerable": true}]')
    return found


def _ranked(session: "Session", found: "FaqCandidates") -> None:
    if found.refused is not None:
        line(session.text(f"topics.refused.{found.refused}", n=found.contacts))
        return
    rows = (
        (one.name, whole(session, one.contacts), share(session, one.repeat.value), amount(session, one.score),
         _forecast(session, one.forecast, found.currency),
         next((f"{a.name} ({a.similarity:.2f})" for a in one.articles if a.covers), None), one.topic)
        for one in found.candidates
    )  # fmt: skip
    table(session, ("about", "contacts", "repeat", "score", "forecast", "covered_by", "id"), rows)
    cost = f"{found.cost_per_contact:g} {found.currency or ''}".strip() if found.cost == "typed" else None
    line(session.text("faq.of", n=found.contacts, answers=found.answers, praise=found.praise, days=round(found.days)))
    line(session.text("faq.cost.typed", cost=cost) if cost else session.text("faq.cost.unknown"))
    line(session.text("faq.threshold", threshold=f"{found.threshold:g}", n=found.articles))


def _forecast(session: "Session", found: "Forecast", currency: str | None) -> str:
    if found.low is None or found.high is None:
        return session.text(f"faq.refused.{found.refused}")
    told = f"{amount(session, found.low)} – {amount(session, found.high)}"
    if found.money_low is None or found.money_high is None:
        return told
    return f"{told} ({amount(session, found.money_low)} – {amount(session, found.money_high)} {currency or ''})".strip()


def _rate(session: "Session", key: str, found: "Rate") -> str:
    if found.value is None:
        return session.text("faq.refused.not_coded")
    ends = {name: share(session, getattr(found, name)) for name in ("value", "low", "high")}
    return session.text(key, n=found.n, of=found.of, **ends)


def _drafted(session: "Session", found: "Outline") -> None:
    line(found.name)
    for question in found.questions:
        line(f"  “{question}”")
    if found.refused is not None:
        line(session.text(f"faq.refused.{found.refused}"))
        return
    table(
        session,
        ("sentence", "answers_alike", "event_id"),
        ((s.text, str(s.alike), str(s.event)) for s in found.sentences),
    )
    line(session.text("faq.drafted_of", answers=found.answers, settled=found.settled, withheld=found.withheld))


def _row(one: "Article") -> tuple[str | None, ...]:
    return one.name, one.url, None if one.published is None else one.published.isoformat(), one.id


def _kept(session: "Session", article: "Article", as_json: bool) -> None:
    if as_json:
        print_json(article)
    else:
        table(session, ("article", "url", "published", "id"), [_row(article)])


def _changed(session: "Session", found: "ArticleEffect") -> None:
    if found.refused is not None:
        line(session.text(f"faq.refused.{found.refused}"))
    if found.deflection is not None:
        _saved(session, found.deflection)
    if found.before_after is not None:
        line(found.before_after.sentence)
    if found.recontact is not None:
        _beside(session, session.text("faq.recontact", days=found.recontact_days), found.recontact, shares=True)
    if found.score is not None:
        _beside(session, session.text("faq.score", scale=found.scale or ""), found.score, shares=False)


def _saved(session: "Session", found: "Deflection") -> None:
    if found.refused is not None:
        line(session.text(f"faq.refused.{found.refused}"))
        return
    ends = {name: share(session, getattr(found, name)) for name in ("value", "low", "high")}
    line(session.text("faq.deflection", **ends, n=found.holdout.of + found.exposed.of))


def _beside(session: "Session", what: str, found: "Beside", *, shares: bool) -> None:
    def told(value: float | None) -> str:
        return "–" if value is None else (share(session, value) or "–") if shares else amount(session, value)

    line(session.text("faq.beside", what=what, without=told(found.without), with_article=told(found.with_article),
                      difference=told(found.difference), low=told(found.low), high=told(found.high),
                      n_without=found.n_without, n_with=found.n_with))  # fmt: skip
