"""What is printed: one JSON document, or a calm table with the figures it rests on."""

import datetime as dt
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desireline.cli.session import Session

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console

    from desireline.model.question import Result

WIDTH_OF_A_FILE: Final = 160
NUMERIC: Final = frozenset(
    {
        "people",
        "of_first",
        "of_previous",
        "median_from_first",
        "p90_from_first",
        "median_from_previous",
        "count",
        "share",
        "median",
        "cumulative",
        "events",
    }
    | {
        "rejected",
        "line",
        "entered",
        "reached",
        "p90",
        "stages",
        "touchpoints",
        "version",
        "map_version",
        "dropped",
        "onward",
        "open",
        "seconds",
        "layer",
        "removal_effect",
        "before_goal",
        "rate_with",
        "rate_without",
        "lift",
        "hazard_ratio",
        "q",
        "estimate",
    }
    | {f"model_{m}" for m in ("first", "last", "last_non_direct", "linear", "time_decay", "position", "markov")}
    | {"model_shapley"}
    | {"sessions", "starts", "ends", "bounced", "new", "returning", "resurrecting", "dormant", "days", "repeated"}
    | {"channel_number", "of_people", "per_month", "above"}
    | {"share_before", "share_after", "share_during", "share_usual"}
)
"""Columns whose values stand on the right."""

UNITS: Final = (("second", 1, 90), ("minute", 60, 5400), ("hour", 3600, 172_800), ("day", 86_400, float("inf")))


def print_json(document: "BaseModel | dict[str, Any]") -> None:
    """Writes one JSON document; a model by its JSON names."""
    import json

    if not isinstance(document, dict):
        text = document.model_dump_json(by_alias=True, indent=2)
    else:
        text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write(text + "\n")


def write_file(path: Path, body: bytes) -> None:
    """Writes a file that the user named.

    Raises:
        CannotOpen: the system does not let us.
    """
    from desireline.errors import CannotOpen

    try:
        path.write_bytes(body)
    except OSError as error:
        raise CannotOpen(path=str(path), why=error.strerror or type(error).__name__) from None


def console() -> "Console":
    """The console of stdout; a file or pipe gets wide lines."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE)


def table(session: Session, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table whose headings are `cli.column.<name>`; None is shown as a dash."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in columns:
        right = name in NUMERIC
        shown.add_column(
            session.text(f"column.{name}"), justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    for row in rows:
        shown.add_row(*(Text(_plainly(cell)) for cell in row))
    console().print(shown)


def table_of(columns: Sequence[str], rows: Iterable[Sequence[object]], right: Collection[int] = ()) -> None:
    """A table whose headings are names of the data, not of ours; numbers, and the places in `right`, on the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    listed = [list(row) for row in rows]
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for place, name in enumerate(columns):
        on_right = place in right or all(isinstance(row[place], int | float | None) for row in listed)
        shown.add_column(Text(name), justify="right" if on_right else "left", overflow="fold")
    for row in listed:
        shown.add_row(*(Text(_plainly(cell)) for cell in row))
    console().print(shown)


def _plainly(cell: object) -> str:
    return "–" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)


def line(text: str = "") -> None:
    """A line on stdout."""
    sys.stdout.write(text + "\n")


def deleted(session: Session, which: str, name: str, as_json: bool) -> None:
    """That a document is gone: its id as JSON, or its name in a sentence."""
    if as_json:
        print_json({"deleted": which})
    else:
        line(session.text("opportunities.deleted", title=name))


def whole(session: Session, n: int) -> str:
    """A count as the language writes it."""
    from desireline.i18n import number

    return number(session.language, n)


def amount(session: Session, value: float) -> str:
    """A number that need not be whole, with one decimal."""
    from desireline.i18n import number

    return number(session.language, value, 1)


def share(session: Session, of: float | None, digits: int = 1) -> str | None:
    """A share as a percentage."""
    from desireline.i18n import percent

    return None if of is None else percent(session.language, of, digits)


def span(session: Session, seconds: float | None) -> str | None:
    """A length of time in the unit that suits it."""
    from desireline.i18n import number

    if seconds is None:
        return None
    unit, size, _ = next(u for u in UNITS if seconds < u[2])
    shown = seconds / size
    digits = 0 if shown == round(shown) or (unit == "second" and shown >= 10) else 1
    return f"{number(session.language, shown, digits)} {session.text(f'unit.{unit}')}"


def when(session: Session, moment: dt.datetime | None) -> str | None:
    """A date and time."""
    from desireline.i18n import moment as written

    return None if moment is None else written(session.language, moment)


def day(session: Session, moment: dt.date | None) -> str | None:
    """A date, of a day or of a moment."""
    from desireline.i18n import date

    return None if moment is None else date(session.language, moment)


def reason_text(session: Session, code: str) -> str:
    """Why a row was rejected."""
    from desireline.i18n import translate

    return translate(session.language, f"reject.{code}")


def about(session: Session, result: "Result") -> None:
    """The line that every answer ends with: n, events, time span, definition, filters, what was cut."""
    first, last = day(session, result.first), day(session, result.last)
    parts = [
        session.text(f"scope.{result.grain}", n=result.people_in_scope),
        session.text("scope.events", n=result.events),
        *([f"{first} – {last}"] if first else []),
        session.text("scope.by_event_name")
        if result.definition_version is None
        else session.text("scope.definition", version=str(result.definition_version)),
        *([session.text("scope.segment", segment=result.segment)] if result.segment else []),
        *([session.text("scope.filtered", filters=_filters(result))] if not result.filters.is_empty() else []),
        *([session.text("scope.outside", n=result.outside_definition)] if result.outside_definition else []),
    ]
    line(" · ".join(parts))
    for cut in result.cut:
        line(session.text("cut", what=cut.what, kept=cut.kept, total=cut.total))


def _filters(result: "Result") -> str:
    given = result.filters.model_dump(mode="json", exclude_defaults=True)
    return "; ".join(f"{name}: {_plain(value)}" for name, value in given.items())


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} = {_plain(v)}" for k, v in value.items())
    return " | ".join(str(v) for v in value) if isinstance(value, list) else str(value)
