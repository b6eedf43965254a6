"""KPIs: compute a figure from counts, keep what is steered by, measure it, exchange it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import amount, day, line, print_json, share, span, table, whole, write_file
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.kpi import KpiComparison, KpiPart, KpiSeries, KpiSplit, KpiValue, Unit

group = typer.Typer(name="kpi", help="Figures to steer by, with their intervals.", no_args_is_help=True)


Steps = Annotated[list[str] | None, typer.Option(metavar="NAME", help="A goal, touchpoint, event or channel; repeat.")]


@group.command()
def compute(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="As `desireline kpi kinds` lists them.")],
    counts: Annotated[
        str, typer.Option("--counts", metavar="NAME=N,…", help="What was counted: promoters=5,passives=2,detractors=1.")
    ],
    as_json: AsJson = False,
) -> None:
    """Compute a figure from counts."""
    from desireline.act.kpis.kinds import compute as computed

    session = session_of(context)
    found = computed(kind, _counts(counts))
    if as_json:
        print_json(found)
        return
    line(f"{_text(session, f'kpi.kind.{found.kind}')}: {told(session, found)}")
    line(_text(session, f"kpi.formula.{found.formula}"))


@group.command()
def kinds(context: typer.Context, as_json: AsJson = False) -> None:
    """List the kinds with what each is computed from."""
    from desireline.service.kpis.kinds import told as listed

    session = session_of(context)
    found = listed(session.language)
    if as_json:
        print_json({"kinds": [one.model_dump() for one in found]})
        return
    rows = ((one.kind, one.name, ", ".join(count.name for count in one.counts)) for one in found)
    table(session, ("kind", "kpi", "counts"), rows)


@group.command("list")
def list_kpis(context: typer.Context, as_json: AsJson = False) -> None:
    """List the KPIs of the workspace."""
    session = session_of(context)
    found = session.workspace.kpis.all()
    if as_json:
        print_json({"kpis": [one.model_dump(mode="json") for one in found]})
    elif not found:
        line(session.text("kpi.none"))
    else:
        rows = ((one.name, _text(session, f"kpi.kind.{one.kind}"), one.source.origin, one.id) for one in found)
        table(session, ("kpi", "kind", "source", "id"), rows)


@group.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="As `desireline kpi kinds` lists them.")],
    start: Steps = None,
    goal: Steps = None,
    touchpoint: Steps = None,
    within: Annotated[str | None, typer.Option("--within", metavar="7d", help="How long it may take.")] = None,
    target: Annotated[float | None, typer.Option("--target", help="Where it is to be.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="YYYY-MM-DD", help="By when.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="JSON", help="All of the source, instead of the options.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Keep a KPI that is counted in events, or of any other source."""
    from desireline.cli.kpi_targets import tell_past

    session = session_of(context)
    given: dict[str, Any] = {"touchpoints": touchpoint, "start": start, "goal": goal, "within": within}
    events = {"origin": "events", **{field: value for field, value in given.items() if value}}
    asked: dict[str, Any] = {"name": name, "kind": kind, "source": _json(source) if source else events}
    if target is not None:
        asked["target"] = {"value": target, "by": by}
    made = session.workspace.kpis.create(asked)
    if as_json:
        print_json(made)
        return
    line(session.text("kpi.created", name=made.name, id=made.id))
    tell_past(session, made.target.by if made.target else None)


@group.command()
def measure(
    context: typer.Context,
    kpi: Annotated[str, typer.Argument(metavar="KPI", help="Its id or its name.")],
    since: Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="First day.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Last day.")] = None,
    by: Annotated[Literal["day", "week", "month"], typer.Option("--by", help="Of the series.")] = "week",
    segment: Annotated[str | None, typer.Option("--segment", help="Who counts: a saved segment.")] = None,
    versus: Annotated[str | None, typer.Option("--versus", help="A saved segment to compare with.")] = None,
    split: Annotated[
        str | None,
        typer.Option("--split", metavar="channel|persona|property.PATH|…", help="The figure in parts by this."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure one: the figure, how it compares, and its series."""
    from desireline.cli.kpi_targets import tell_target

    session = session_of(context)
    fields: dict[str, Any] = {"since": since, "until": until, "segment": segment, "versus": versus, "split": split}
    with waiting(session, "question"):
        found = session.workspace.kpis.measure(kpi, by=by, **{k: v for k, v in fields.items() if v is not None})
    if as_json:
        print_json(found)
        return
    line(f"{found.name}, {day(session, found.since)} – {day(session, found.until)}: {told(session, found.figure)}")
    for one in found.comparisons:
        line(f"  {compared(session, found, one)}")
    if found.not_yet_mature:
        line("  " + session.text("kpi.not_yet_mature", n=found.not_yet_mature))
    tell_target(session, found)
    rows = ((day(session, one.since), told(session, one.figure)) for one in found.points)
    table(session, ("day", "value"), rows)
    if found.split is not None:
        _split(session, found.split)
    line(_text(session, f"kpi.formula.{found.figure.formula}"))


@group.command("import")
def read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: kpi, kind, day, counts; or TheyDo's JSON.")],
    typed: Annotated[bool, typer.Option("--typed", help="Somebody typed them.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import counts, all rows or none."""
    session = session_of(context)
    found = session.workspace.kpis.read(file, "typed" if typed else "imported")
    if as_json:
        print_json(found)
    else:
        line(session.text("kpi.imported", n=found.readings, names=", ".join([*found.created, *found.changed])))


@group.command()
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="CSV, or JSON for TheyDo.")],
    by: Annotated[Literal["day", "week", "month"], typer.Option("--by", help="Of what is measured.")] = "week",
    as_json: AsJson = False,
) -> None:
    """Write all KPIs with their counts as CSV, or as metrics of TheyDo where the file ends in .json."""
    session = session_of(context)
    form: Literal["csv", "theydo"] = "theydo" if out.suffix.lower() == ".json" else "csv"
    text = session.workspace.kpis.export(form, by)
    write_file(out, text.encode("utf-8" if form == "theydo" else "utf-8-sig"))
    if as_json:
        print_json({"written": str(out)})
    else:
        line(session.text("opportunities.written", file=str(out)))


@group.command()
def delete(
    context: typer.Context,
    kpi: Annotated[str, typer.Argument(metavar="KPI", help="Its id or its name.")],
    as_json: AsJson = False,
) -> None:
    """Delete one."""
    session = session_of(context)
    gone = session.workspace.kpis.remove(kpi)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("opportunities.deleted", title=gone.name))


def _split(session: "Session", found: "KpiSplit") -> None:
    table(session, ("part", "value", "compared"), (_part(session, found, one) for one in found.parts))
    if found.not_compared is not None:
        line(session.text(f"kpi.split.not_compared.{found.not_compared}"))


def _part(session: "Session", found: "KpiSplit", one: "KpiPart") -> tuple[str, str, str]:
    others = {None: "kpi.split.none", "@other": "kpi.split.other"}
    name = session.text(others[one.value]) if one.value in others else str(one.value)
    if one.figure is None:
        return name, session.text(f"kpi.split.{one.hidden}", n=found.threshold), "–"
    if one.rest is None:
        return name, told(session, one.figure), "–"
    ends = [written(session, end, one.figure.unit) for end in (one.rest.difference, one.rest.low, one.rest.high)]
    verdict = session.text("kpi.split.differs" if one.rest.differs else "kpi.verdict.same")
    return name, told(session, one.figure), f"{ends[0]} ({ends[1]} – {ends[2]}): {verdict}"


def compared(session: "Session", series: "KpiSeries", one: "KpiComparison") -> str:
    """How far it is from what it is held against, and whether that is a change."""
    unit = series.figure.unit
    ends = " – ".join(written(session, end, unit) or "…" for end in (one.low, one.high))
    verdict = "unknown" if one.changed is None else "same" if not one.changed else "better" if one.better else "worse"
    difference = written(session, one.difference, unit)
    shown = "–" if difference is None else f"{difference} ({ends})"
    return session.text(f"kpi.against.{one.against}", difference=shown, verdict=session.text(f"kpi.verdict.{verdict}"))


def _json(text: str) -> Any:
    from desireline.errors import BadQuestion

    try:
        return json.loads(text)
    except ValueError:
        raise BadQuestion(parameter="--source", given=text[:100], expected="JSON") from None


def told(session: "Session", found: "KpiValue") -> str:
    """A figure with its interval and n; or why there is none."""
    if found.value is None:
        return _text(session, f"kpi.refused.{found.refused}")
    ends = [written(session, end, found.unit) for end in (found.low, found.high)]
    around = f" ({ends[0] or '…'} – {ends[1] or '…'})" if any(ends) else ""
    return f"{written(session, found.value, found.unit)}{around} · n = {whole(session, found.n)}"


def written(session: "Session", value: float | None, unit: "Unit") -> str | None:
    """A number as its unit is written."""
    from desireline.i18n import number

    if value is None:
        return None
    if unit == "share":
        return share(session, value, 2)
    if unit in {"seconds", "days"}:
        return span(session, value * (86_400 if unit == "days" else 1))
    return number(session.language, value, 2) if unit == "score" else amount(session, value)


def _text(session: "Session", key: str) -> str:
    from desireline.i18n import translate

    return translate(session.language, key)


def _counts(text: str) -> dict[str, float]:
    from desireline.errors import BadQuestion

    found: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = part.partition("=")
        try:
            number = float(value)
        except ValueError:
            number = None
        if number is None or name.strip() in found:
            raise BadQuestion(parameter="--counts", given=part[:100], expected="NAME=N,NAME=N")
        found[name.strip()] = number
    return found
