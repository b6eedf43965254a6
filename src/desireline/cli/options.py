"""Options that several commands share."""

import datetime as dt
import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.model.mapping import Mapping

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="How many to list.")]
Offset = Annotated[int, typer.Option("--offset", min=0, help="How many to skip.")]
Source = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Only this source.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="CODE", help="Only this reason.")]
Preset = Annotated[str | None, typer.Option("--preset", metavar="NAME", help="A shipped mapping.")]
MappingFile = Annotated[Path | None, typer.Option("--mapping", metavar="FILE.yaml", help="Your own mapping.")]
Grain = Annotated[Literal["person", "journey", "case"], typer.Option("--grain", help="What one unit is.")]
ByEventName = Annotated[bool, typer.Option("--by-event-name", help="Event names instead of touchpoints.")]
Collapse = Annotated[bool, typer.Option("--collapse", help="Count immediate repeats as one.")]


def mapping_of(file: Path | None) -> "Mapping | None":
    """The mapping in a YAML file, None for None."""
    if file is None:
        return None
    from desireline.collect.mapping_file import load_mapping

    return load_mapping(file)


def session_of(context: typer.Context) -> Session:
    """The session that `main` handed in."""
    session: Session = context.obj
    return session


def _filters(
    since: Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="First day, UTC.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Last day, UTC.")] = None,
    channel: Annotated[
        list[str] | None, typer.Option("--channel", metavar="NAME", help="Any of these; repeat.")
    ] = None,
    source: Annotated[list[str] | None, typer.Option("--source", metavar="NAME", help="Any of these; repeat.")] = None,
    trait: Annotated[
        list[str] | None, typer.Option("--trait", metavar="NAME=VALUE", help="People with this trait; repeat.")
    ] = None,
) -> dict[str, Any]:
    """`Filters` as a dict."""
    return {
        "since": _day("since", since),
        "until": _day("until", until),
        "channels": channel or [],
        "sources": source or [],
        "traits": _traits(trait or []),
    }


def _day(name: str, given: str | None) -> dt.date | None:
    from desireline.errors import BadQuestion

    try:
        return None if given is None else dt.date.fromisoformat(given)
    except ValueError:
        raise BadQuestion(parameter=name, given=given or "", expected="YYYY-MM-DD") from None


def _traits(given: list[str]) -> dict[str, list[str]]:
    from desireline.errors import BadQuestion

    found: dict[str, list[str]] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise BadQuestion(parameter="trait", given=text, expected="NAME=VALUE")
        found.setdefault(name, []).append(value)
    return found


def _asked(
    grain: Grain = "person",
    by_event_name: ByEventName = False,
    segment: Annotated[str | None, typer.Option("--segment", metavar="NAME", help="Only this saved segment.")] = None,
    versus: Annotated[
        str | None, typer.Option("--versus", metavar="NAME", help="Compare with this saved segment.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="CONDITION", help="Only events like 'channel = \"web\"'.")
    ] = None,
    definition: Annotated[
        str | None, typer.Option("--definition", metavar="VERSION|NAME", help="An earlier version, or another one.")
    ] = None,
    compare_definition: Annotated[
        str | None, typer.Option("--compare-definition", metavar="VERSION|NAME", help="Answer under this one too.")
    ] = None,
    today: Annotated[
        str | None, typer.Option("--today", metavar="YYYY-MM-DD", help="The day that the observation ends with.")
    ] = None,
) -> dict[str, Any]:
    """The part of a request that is no filter."""
    return {
        "grain": grain,
        "by_event_name": by_event_name,
        "segment": _narrowed(segment, where),
        "versus": None if versus is None else _narrowed(versus, where),
        "definition": definition,
        "compare_definition": compare_definition,
        "today": _day("today", today),
    }


def _narrowed(segment: str | None, where: str | None) -> str | dict[str, Any] | None:
    """The events of a saved segment (None: of everyone) for which a condition holds."""
    if where is None:
        return segment
    if segment is None:
        return {"of": "events", "where": where}
    from desireline.model.expression import parse

    condition = parse(where).model_dump(mode="json", exclude_defaults=True)
    return {"of": "events", "where": {"all": [{"segment": segment}, condition]}}


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command with a parameter `filters` the options of all filters."""
    return _with(command, "filters", _filters)


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command with a parameter `asked` the options that every question has."""

    @functools.wraps(command)
    def merged(*, asked: dict[str, Any], filters: dict[str, Any], **own: Any) -> None:
        given = {**asked, "filters": filters}
        other = given["compare_definition"]
        command(asked=given, **own)
        if other is not None and not own["as_json"]:
            command(asked={**given, "definition": other, "compare_definition": None}, **own)

    signature = inspect.signature(command)
    filters = inspect.Parameter("filters", inspect.Parameter.KEYWORD_ONLY)
    merged.__signature__ = signature.replace(parameters=[*signature.parameters.values(), filters])  # type: ignore[attr-defined]
    return _with(_with(merged, "asked", _asked), "filters", _filters)


def _with(command: Callable[..., None], name: str, gather: Callable[..., dict[str, Any]]) -> Callable[..., None]:
    """Replaces a parameter by those of the function that computes it."""
    own = inspect.signature(command)
    added = inspect.signature(gather).parameters

    @functools.wraps(command)
    def run(**given: Any) -> None:
        value = gather(**{key: given.pop(key) for key in added})
        command(**{name: value}, **given)

    kept = [p.replace(kind=p.KEYWORD_ONLY) for p in own.parameters.values() if p.name != name]
    new = [p.replace(kind=p.KEYWORD_ONLY) for p in added.values()]
    run.__signature__ = own.replace(parameters=[*kept, *new])  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in [*kept, *new]} | {"return": None}
    del run.__wrapped__
    return run
