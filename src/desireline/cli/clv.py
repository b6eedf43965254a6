"""Customer lifetime value: fit a table of purchases or customers."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import amount, line, print_json, share, table, whole, write_file
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.lifetime import ClvFit, SbgFit
    from desireline.service.lifetime import Fitted

group = typer.Typer(name="clv", help="What customers will be worth: BG/NBD, Gamma-Gamma, sBG.", no_args_is_help=True)

Column = Annotated[str | None, typer.Option(metavar="COLUMN", help="Where its name says nothing.")]
Unit = Annotated[Literal["day", "week", "month", "year"] | None, typer.Option("--unit", help="Of time.")]
End = Annotated[
    str | None, typer.Option("--calibration-end", metavar="YYYY-MM-DD", help="Later purchases judge the model.")
]
Months = Annotated[int, typer.Option("--months", help="How far ahead the worth goes.")]
Discount = Annotated[float, typer.Option("--discount", help="A year's rate.")]
Margin = Annotated[float, typer.Option("--margin", help="Part of an amount that is earned.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="A CSV file with a row a customer.")]
Names = Annotated[list[str] | None, typer.Option(metavar="NAME", help="A goal, touchpoint, event or channel; repeat.")]


@group.command()
def fit(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Purchases (customer, date, value), or frequency, recency, T, value; "
                             "of contracts customer, start, end, or how many are active.")
    ],
    model: Annotated[
        Literal["bg_nbd", "sbg"], typer.Option("--model", help="bg_nbd without a contract, sbg with one.")
    ] = "bg_nbd",
    calibration_end: End = None, unit: Unit = None, months: Months = 12, discount: Discount = 0.1,
    margin: Margin = 1.0, customer: Column = None, date: Column = None, value: Column = None, out: Out = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Fit how often customers buy and how much they spend, or how long they stay, and say what they will be worth."""
    from desireline.service.lifetime import Wanted, fit_clv, fit_contracts

    session = session_of(context)
    named = {"customer": customer, "date": date, "value": value}
    wanted = Wanted(
        unit or ("week" if model == "bg_nbd" else "month"), _day(calibration_end), months, discount, margin,
        {k: v for k, v in named.items() if v is not None}, _zone(session),
    )  # fmt: skip
    if model == "sbg":
        _stays(session, fit_contracts(file, wanted), as_json=as_json)
        return
    with waiting(session, "question"):
        fitted = fit_clv(file, wanted)
    _shown(session, fitted, out, as_json=as_json)


@group.command()
def customers(
    context: typer.Context,
    purchase: Names = None, refund: Names = None,
    segment: Annotated[str | None, typer.Option("--segment", help="Who counts: a saved segment.")] = None,
    calibration_end: End = None, unit: Unit = None, months: Months = 12, discount: Discount = 0.1,
    margin: Margin = 1.0, out: Out = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Fit the workspace's own customers by what they bought in its events."""
    from desireline.errors import BadQuestion
    from desireline.service.lifetime import Buying, Wanted, fit_own

    session = session_of(context)
    if not purchase:
        raise BadQuestion(parameter="--purchase", given="", expected="≥ 1")
    wanted = Wanted(unit or "week", _day(calibration_end), months, discount, margin, {}, _zone(session))
    with waiting(session, "question"):
        fitted = fit_own(session.workspace, Buying(purchase, refund or [], segment), wanted)
    _shown(session, fitted, out, as_json=as_json)


def _zone(session: "Session") -> str:
    from desireline.service import settings

    return settings.load(session.folder).zone


def _shown(session: "Session", fitted: "Fitted", out: Path | None, *, as_json: bool) -> None:
    if out is not None:
        write_file(out, fitted.as_csv().encode("utf-8-sig"))
    if as_json:
        print_json(fitted.summary)
    else:
        _told(session, fitted.summary)


def _stays(session: "Session", found: "SbgFit", *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    line(session.text("clv.sbg", alpha=_said(session, found.alpha), beta=_said(session, found.beta),
                      likelihood=_said(session, found.log_likelihood, 2)))  # fmt: skip
    line(session.text("clv.contracts", n=found.customers, lost=whole(session, found.lost)))
    if found.lifetime is not None:
        line(
            session.text(
                "clv.lifetime", periods=_said(session, found.lifetime, 2), discount=share(session, found.discount)
            )
        )
    rows = (
        (one.period, None if one.observed is None else share(session, one.observed, 1),
         share(session, one.survival, 1), share(session, one.retention, 1))
        for one in found.stays
    )  # fmt: skip
    table(session, ("period", "observed", "survival", "retention"), rows)


def _day(text: str | None) -> dt.date | None:
    from desireline.errors import BadQuestion

    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(parameter="--calibration-end", given=text or "", expected="2026-03-29") from None


def _told(session: "Session", found: "ClvFit") -> None:
    line(session.text("clv.model", likelihood=_said(session, found.log_likelihood, 2),
                      **{name: _said(session, getattr(found, name)) for name in ("r", "alpha", "a", "b")}))  # fmt: skip
    line(session.text("clv.customers", n=found.customers, repeating=whole(session, found.repeating),
                      alive=whole(session, round(found.alive))))  # fmt: skip
    if found.spending is not None:
        model = found.spending
        line(
            session.text("clv.spending", **{name: _said(session, getattr(model, name)) for name in ("p", "q", "gamma")})
        )
        if model.linked:
            line(session.text("clv.linked", r=_said(session, model.correlation, 2)))
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
                          expected=whole(session, round(later.expected)), error=_said(session, later.error, 3),
                          naive=_said(session, later.naive_error, 3)))  # fmt: skip


def _said(session: "Session", value: float | None, digits: int = 4) -> str:
    from desireline.i18n import number

    return "–" if value is None else number(session.language, value, digits)
