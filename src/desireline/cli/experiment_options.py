"""What can be said of an experiment in a file on the command line."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

File = Annotated[Path, typer.Argument(metavar="FILE", help="CSV, Parquet, XLSX: a row for each person.")]
ArmColumn = Annotated[str, typer.Option("--arm", metavar="COLUMN", help="Who was in which arm.")]
Outcome = Annotated[str, typer.Option("--outcome", metavar="COLUMN", help="What came of it.")]
Kind = Annotated[
    Literal["binary", "mean", "ratio"] | None, typer.Option("--kind", help="Found out from the outcome if absent.")
]
Control = Annotated[str | None, typer.Option("--control", metavar="ARM", help="Else the first arm in sort order.")]
Direction = Annotated[Literal["up", "down"], typer.Option("--direction", help="Which way is better.")]
Unit = Annotated[
    str | None, typer.Option("--unit", metavar="COLUMN", help="Who it was; people in two arms do not count.")
]
Covariate = Annotated[
    str | None, typer.Option("--covariate", metavar="COLUMN", help="Known before the assignment (CUPED).")
]
Denominator = Annotated[str | None, typer.Option("--denominator", metavar="COLUMN", help="Makes the outcome a ratio.")]
Segment = Annotated[
    list[str] | None, typer.Option("--segment", metavar="COLUMN", help="The effect by its values too; repeat.")
]
Guardrail = Annotated[
    list[str] | None,
    typer.Option(
        "--guardrail", metavar="COLUMN[:up|down[:MARGIN]]",
        help="Must not get worse by more than a share of the control's value (0.02); repeat.",
    ),
]  # fmt: skip
Time = Annotated[str | None, typer.Option("--time", metavar="COLUMN", help="Of the assignment: shows the course.")]
Planned = Annotated[int | None, typer.Option("--planned", metavar="N", help="People in all arms together.")]
Expected = Annotated[
    str | None, typer.Option("--expected", metavar="ARM=WEIGHT,…", help="The intended split; else equal.")
]
UsualEffect = Annotated[
    float | None, typer.Option("--usual-effect", help="Standard deviation of true effects, to shrink winners.")
]

ValuePerUnit = Annotated[
    float | None, typer.Option("--value-per-unit", min=0, help="Money that one unit of the effect is worth, a person.")
]
People = Annotated[float | None, typer.Option("--people", help="For how many the money is told; else all in the file.")]
Cost = Annotated[float | None, typer.Option("--cost", min=0, help="Money that the change takes.")]


def weights(text: str) -> dict[str, float]:
    """ARM=WEIGHT, apart by commas; a weight that is absent is 1.

    Raises:
        BadQuestion: a weight is no number.
    """
    from desireline.errors import BadQuestion

    found: dict[str, float] = {}
    for part in text.split(","):
        name, _, weight = part.partition("=")
        try:
            found[name.strip()] = float(weight or 1)
        except ValueError:
            raise BadQuestion(parameter="arms", given=part[:100], expected="ARM=1") from None
    return found


def guardrail(text: str) -> dict[str, Any]:
    """COLUMN[:up|down[:MARGIN]]; a column's name may hold colons.

    >>> guardrail("a:b:down:0.1")
    {'column': 'a:b', 'direction': 'down', 'margin': '0.1'}
    """
    column, sign, last = text.rpartition(":")
    if sign and last in {"up", "down"}:
        return {"column": column, "direction": last}
    named, sign, direction = column.rpartition(":")
    if sign and direction in {"up", "down"}:
        return {"column": named, "direction": direction, "margin": last}
    return {"column": text}
