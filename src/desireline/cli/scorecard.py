"""The command that grades every method by what was planted."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table_of, whole
from desireline.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from desireline.scorecard import Name, Row

Quick = Annotated[
    bool, typer.Option("--quick", help="Medium difficulty, 10,000 people and few seeds; the sizes of bars otherwise.")
]
Only = Annotated[list[str] | None, typer.Option("--only", metavar="NAME", help="Only this method; repeat.")]


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command("scorecard")(scorecard)


def scorecard(context: typer.Context, *, quick: Quick = False, only: Only = None, as_json: AsJson = False) -> None:
    """Grade every method that finds something by what was planted in simulated data, beside the usual method."""
    from desireline.scorecard import FULL, QUICK
    from desireline.scorecard import scorecard as run

    session = session_of(context)
    chosen = _chosen(only or [])
    made = run(QUICK if quick else FULL, quick=quick, only=chosen, progress=_progress(session))
    if as_json:
        print_json(made)
        return
    headings = ("method", "world", "difficulty", "people", "seeds", "measure", "value", "interval", "bar", "baseline")
    table_of(
        [session.text(f"scorecard.column.{name}") for name in headings],
        [_shown(session, row) for row in made.rows], right=(3, 4, 6),
    )  # fmt: skip
    judged = [row for row in made.rows if row.meets is not None]
    line(session.text("scorecard.met", n=sum(row.meets is True for row in judged), of=len(judged)))


def _chosen(only: list[str]) -> "list[Name]":
    from desireline.errors import BadUsage
    from desireline.scorecard.running import NAMES

    for name in only:
        if name not in NAMES:
            raise BadUsage(why=f"--only {name}: {', '.join(NAMES)}.", command="desireline scorecard")
    return [name for name in NAMES if name in only]


def _progress(session: Session) -> "Callable[[Name, int, int], None]":
    def told(method: "Name", done: int, of: int) -> None:
        name = session.text(f"scorecard.method.{method}")
        sys.stderr.write(session.text("scorecard.progress", done=done, of=of, method=name) + "\n")
        sys.stderr.flush()

    return told


def _shown(session: Session, row: "Row") -> list[object]:
    interval = None if row.low is None else f"{_figure(session, row.low)} – {_figure(session, row.high)}"
    return [
        session.text(f"scorecard.method.{row.method}"),
        session.text(f"scorecard.world.{row.world}"),
        session.text(f"scorecard.difficulty.{row.difficulty}"),
        whole(session, row.people),
        whole(session, row.seeds),
        session.text(f"scorecard.measure.{row.measure}"),
        _figure(session, row.value),
        interval,
        _bar(session, row),
        _baseline(session, row),
    ]


def _bar(session: Session, row: "Row") -> str | None:
    if row.bar is None:
        return None
    low, high = _figure(session, row.bar), _figure(session, row.bar_most)
    text = {"at_least": f"≥ {low}", "at_most": f"≤ {low}", "between": f"{low} – {high}"}[row.holds]
    return (
        text if row.meets is None else f"{text} {session.text('scorecard.meets' if row.meets else 'scorecard.misses')}"
    )


def _baseline(session: Session, row: "Row") -> str | None:
    if row.baseline is None:
        return None
    return f"{_figure(session, row.baseline_value) or '–'} {session.text(f'scorecard.baseline.{row.baseline}')}"


def _figure(session: Session, value: float | None) -> str | None:
    from desireline.i18n import number

    return None if value is None else number(session.language, value, 2)
