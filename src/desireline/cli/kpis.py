"""KPIs: compute a figure from counts, and what kinds there are."""

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import amount, line, print_json, share, span, table, whole

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.kpi import KpiValue, Unit

group = typer.Typer(name="kpi", help="Figures to steer by, with their intervals.", no_args_is_help=True)


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
    from desireline.act.kpis.kinds import KINDS

    session = session_of(context)
    if as_json:
        listed = [
            {"kind": one.name, "name": _text(session, f"kpi.kind.{one.name}"), "family": one.family, "unit": one.unit,
             "direction": one.direction, "formula": _text(session, f"kpi.formula.{one.name}"),
             "counts": [{"name": name, "optional": name in one.optional,
                         "meaning": _text(session, f"kpi.count.{name.rstrip('@')}")} for name in one.counts]}
            for one in KINDS.values()
        ]  # fmt: skip
        print_json({"kinds": listed})
        return
    rows = ((one.name, _text(session, f"kpi.kind.{one.name}"), ", ".join(one.counts)) for one in KINDS.values())
    table(session, ("kind", "kpi", "counts"), rows)


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
