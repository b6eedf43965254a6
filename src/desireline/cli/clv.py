"""Customer lifetime value: fit a table of purchases or customers."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import amount, line, print_json, share, whole, write_file
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.lifetime import ClvFit

group = typer.Typer(name="clv", help="What customers will be worth: BG/NBD and Gamma-Gamma.", no_args_is_help=True)

Column = Annotated[str | None, typer.Option(metavar="COLUMN", help="Of purchases, where its name says nothing.")]


@group.command()
def fit(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Purchases (customer, date, value), or frequency, recency, T, value.")
    ],
    calibration_end: Annotated[
        str | None, typer.Option("--calibration-end", metavar="YYYY-MM-DD", help="Later purchases judge the model.")
    ] = None,
    unit: Annotated[Literal["day", "week", "month"], typer.Option("--unit", help="Of time.")] = "week",
    months: Annotated[int, typer.Option("--months", help="How far ahead the worth goes.")] = 12,
    discount: Annotated[float, typer.Option("--discount", help="A year's rate.")] = 0.1,
    margin: Annotated[float, typer.Option("--margin", help="Part of an amount that is earned.")] = 1.0,
    customer: Column = None,
    date: Column = None,
    value: Column = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="A CSV file with a row a customer.")] = None,
    as_json: AsJson = False,
) -> None:
    """Fit how often customers buy and how much they spend, and say what they will be worth."""
    from desireline.service import settings
    from desireline.service.lifetime import Wanted, fit_clv

    session = session_of(context)
    named = {"customer": customer, "date": date, "value": value}
    wanted = Wanted(
        unit, _day(calibration_end), months, discount, margin, {k: v for k, v in named.items() if v is not None},
        settings.load(session.folder).zone,
    )  # fmt: skip
    with waiting(session, "question"):
        fitted = fit_clv(file, wanted)
    if out is not None:
        write_file(out, fitted.as_csv().encode("utf-8-sig"))
    if as_json:
        print_json(fitted.summary)
    else:
        _told(session, fitted.summary)


def _day(text: str | None) -> dt.date | None:
    from desireline.errors import BadQuestion

    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(parameter="--calibration-end", given=text or "", expected="2026-03-29") from None


def _told(session: "Session", found: "ClvFit") -> None:
    line(session.text("clv.model", r=f"{found.r:.4g}", alpha=f"{found.alpha:.4g}", a=f"{found.a:.4g}",
                      b=f"{found.b:.4g}", likelihood=f"{found.log_likelihood:.2f}"))  # fmt: skip
    line(session.text("clv.customers", n=found.customers, repeating=whole(session, found.repeating),
                      alive=whole(session, round(found.alive))))  # fmt: skip
    if found.spending is not None:
        model = found.spending
        line(session.text("clv.spending", p=f"{model.p:.4g}", q=f"{model.q:.4g}", gamma=f"{model.gamma:.4g}"))
        if model.linked:
            line(session.text("clv.linked", r=f"{model.correlation:.2f}"))
    if found.worth is not None:
        one = found.worth
        known = one.low is not None and one.high is not None
        ends = f" ({amount(session, one.low or 0)} – {amount(session, one.high or 0)})" if known else ""
        line(session.text("clv.worth", n=one.months, mean=amount(session, one.mean) + ends,
                          total=amount(session, one.total), discount=share(session, one.discount),
                          margin=share(session, one.margin)))  # fmt: skip
    if found.holdout is not None:
        later = found.holdout
        line(session.text("clv.holdout", n=later.days, purchases=whole(session, later.purchases),
                          expected=whole(session, round(later.expected)), error=f"{later.error:.3f}",
                          naive=f"{later.naive_error:.3f}"))  # fmt: skip
