"""The command that judges a change in a file of units by days."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, share
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.before_after import BeforeAfterResult

File = Annotated[Path, typer.Argument(metavar="FILE", help="CSV, Parquet, XLSX: a row for each unit and day.")]
Unit = Annotated[str, typer.Option("--unit", metavar="COLUMN", help="Shop, region, channel …")]
Time = Annotated[str, typer.Option("--time", metavar="COLUMN", help="The day.")]
Value = Annotated[str, typer.Option("--value", metavar="COLUMN", help="The day's figure.")]
Treated = Annotated[str | None, typer.Option("--treated", metavar="COLUMN", help="Whether the change reaches it.")]
Start = Annotated[str | None, typer.Option("--start", metavar="YYYY-MM-DD", help="First day of the change.")]
StartColumn = Annotated[
    str | None, typer.Option("--start-column", metavar="COLUMN", help="Each unit's first day; blank for never.")
]
Better = Annotated[Literal["up", "down"], typer.Option("--direction", help="Which way is better.")]
Wait = Annotated[int, typer.Option("--wait", min=1, max=3650, help="Days after the change without a verdict.")]
Weighted = Annotated[bool, typer.Option("--weighted", help="Weight control units by cross-validation.")]
ValuePerUnit = Annotated[
    float | None, typer.Option("--value-per-unit", min=0, help="Money that one unit of the value is worth.")
]
Cost = Annotated[float | None, typer.Option("--cost", min=0, help="Money that the change takes.")]


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command("beforeafter")(before_after)


def before_after(
    context: typer.Context, file: File, unit: Unit, time: Time, value: Value, treated: Treated = None,
    start: Start = None, start_column: StartColumn = None, direction: Better = "up", wait: Wait = 7,
    weighted: Weighted = False, value_per_unit: ValuePerUnit = None, cost: Cost = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Judge a change by units that it reached against units that it did not, before and after."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.before_after.analyse(
            file, language=session.language, unit=unit, time=time, value=value, treated=treated, start=start,
            start_column=start_column, direction=direction, wait=wait, weighted=weighted,
            value_per_unit=value_per_unit, cost=cost,
        )  # fmt: skip
    if as_json:
        print_json(found)
    else:
        _told(session, found)


def _told(session: "Session", found: "BeforeAfterResult") -> None:
    line(found.sentence)
    for sentence in found.money_told:
        line(sentence)
    if found.details:
        line("  " + ", ".join(f"{name}: {value}" for name, value in found.details.items()))
    if found.design is not None:
        line(session.text(f"before_after.design.{found.design}", n=found.control_units))
        line(session.text("before_after.days", before=found.pre_days, after=found.post_days,
                          missing=found.missing_days))  # fmt: skip
    if found.placebo_rate is not None:
        line(session.text("before_after.placebo", n=found.placebos, rate=share(session, found.placebo_rate)))
    if found.naive is not None:
        line(session.text("before_after.naive", p=f"{found.naive.p:.2g}"))
    if found.left_out:
        line(session.text("before_after.left_out", what=", ".join(found.left_out)))
    if found.not_checked:
        from desireline.i18n import translate

        texts = [translate(session.language, f"verdict.not_checked.{code}") for code in found.not_checked]
        line(session.text("before_after.not_checked", what="; ".join(texts)))
