"""Customer lifetime value without a contract: of a file of purchases or customers, or of purchases at hand."""

import datetime as dt
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from desireline.act.lifetime import bg_nbd, gamma_gamma
from desireline.act.lifetime.customers import UNITS, Customers, purchase_days, summarised
from desireline.act.lifetime.worth import worth
from desireline.errors import BadQuestion, TooFewBuyers
from desireline.model.intervals import mean_of
from desireline.model.lifetime import ClvFit, Holdout, Spending, TimeUnit, Worth

if TYPE_CHECKING:
    from desireline.act.lifetime.bg_nbd import BgNbd
    from desireline.act.lifetime.customers import F64, I64
    from desireline.act.lifetime.gamma_gamma import GammaGamma
    from desireline.collect.customer_table import Purchases

NEEDED = 10
"""Customers who bought again."""


@dataclass(frozen=True)
class Wanted:
    """How to fit.

    Attributes:
        unit: of time of purchases; customers keep the one they have.
        calibration_end: later purchases judge the model; the last day of the file if None.
        months, discount, margin: of the worth, as `Worth` has them.
        columns: of purchases: customer, date, value, where their names say nothing.
        zone: IANA zone of days.
    """

    unit: TimeUnit = "week"
    calibration_end: dt.date | None = None
    months: int = 12
    discount: float = 0.1
    margin: float = 1.0
    columns: dict[str, str] = field(default_factory=dict)
    zone: str = "UTC"


@dataclass(frozen=True, eq=False)
class Fitted:
    """The models with the customers they were fitted to."""

    summary: ClvFit
    customers: Customers
    buying: "BgNbd"
    each: "F64 | None"

    def as_csv(self) -> str:
        """A row a customer: id, frequency, recency, T, the chance to be alive, and the worth where it is known."""
        from desireline.collect.exporting import csv_text

        c = self.customers
        alive = self.buying.alive(c.frequency, c.recency, c.age)
        each = self.each if self.each is not None else np.full(len(c.ids), np.nan)
        columns = (c.frequency, c.recency, c.age, alive, each)
        rows = (
            (name, *(None if np.isnan(x) else float(f"{x:.6g}") for x in row))
            for name, *row in zip(c.ids, *(column.tolist() for column in columns), strict=True)
        )
        return csv_text(("customer", "frequency", "recency", "T", "alive", "clv"), rows)


def fit_clv(file: str | os.PathLike[str], wanted: Wanted) -> Fitted:
    """Fits BG/NBD, and Gamma-Gamma where amounts are known.

    Args:
        file: purchases (customer, date, value) or customers (frequency, recency, T, value), of any of our formats.
        wanted: how.

    Raises:
        BadQuestion: the calibration ends before the first purchase, or a figure makes no sense.
        NoCustomerTable, BadCustomerRow, TooFewBuyers: the file is no such table, or too little of one.
    """
    from desireline.collect.customer_table import Purchases, read_customers

    check(wanted)
    read = read_customers(Path(file), wanted.zone, wanted.columns)
    if isinstance(read, Purchases):
        return of_purchases(read, wanted, dt.date.fromordinal(int(read.day.max())))
    return _fitted(read, wanted, None, None)


def of_purchases(read: "Purchases", wanted: Wanted, known: dt.date) -> Fitted:
    """Fits BG/NBD, and Gamma-Gamma where amounts are known.

    Args:
        read: the purchases.
        wanted: how.
        known: the last day of the observation, where no end of the calibration is wanted.

    Raises:
        BadQuestion: the calibration ends before the first purchase.
        TooFewBuyers: too few bought again.
    """
    bought = purchase_days(read.customer, read.day, read.amount)
    end = wanted.calibration_end or known
    if not (bought[1] <= end.toordinal()).any():
        first = dt.date.fromordinal(int(read.day.min()))
        raise BadQuestion(parameter="calibration_end", given=str(end), expected=f"≥ {first}")
    customers = summarised(read.ids, bought, end.toordinal(), wanted.unit, priced=read.priced)
    return _fitted(customers, wanted, end, (read.ids, bought))


def check(wanted: Wanted) -> None:
    """Whether the figures of a worth make sense.

    Raises:
        BadQuestion: one does not.
    """
    for name, good, expected in (
        ("months", wanted.months >= 1 and wanted.months <= 600, "1–600"),
        ("discount", 0 <= wanted.discount < 10, "0–10, 0.1 = 10 %"),
        ("margin", 0 < wanted.margin <= 1, "0–1"),
    ):
        if not good:
            raise BadQuestion(parameter=name, given=str(getattr(wanted, name)), expected=expected)


def _fitted(
    customers: Customers, wanted: Wanted, end: dt.date | None, after: "tuple[list[str], tuple[I64, I64, F64]] | None"
) -> Fitted:
    n = len(customers.ids)
    if customers.repeating < NEEDED:
        raise TooFewBuyers(repeating=customers.repeating, customers=n, needed=NEEDED)
    buying, spending = bg_nbd.fit(customers), gamma_gamma.fit(customers)
    each = None
    if spending is not None:
        each = worth(customers, buying, spending, wanted.unit, wanted.months, wanted.discount, wanted.margin)
    found = ClvFit(
        r=buying.r, alpha=buying.alpha, a=buying.a, b=buying.b, log_likelihood=buying.log_likelihood,
        customers=n, repeating=customers.repeating, unit=wanted.unit, until=end,
        alive=float(buying.alive(customers.frequency, customers.recency, customers.age).sum()),
        spending=None if spending is None else _spending(customers, spending),
        worth=None if each is None or np.isnan(each).any() else _worth(each, wanted),
        holdout=None if end is None or after is None else _holdout(customers, buying, wanted.unit, end, *after),
    )  # fmt: skip
    return Fitted(found, customers, buying, each)


def _spending(customers: Customers, model: "GammaGamma") -> Spending:
    found = gamma_gamma.correlation(customers)
    r, around = found if found is not None else (None, None)
    low, high = around or (None, None)
    return Spending(
        p=model.p, q=model.q, gamma=model.gamma, log_likelihood=model.log_likelihood, customers=model.customers,
        correlation=r, correlation_low=low, correlation_high=high, linked=r is not None and abs(r) > gamma_gamma.LINKED,
    )  # fmt: skip


def _worth(each: "F64", wanted: Wanted) -> Worth:
    squares = float((each**2).sum())
    low, high = mean_of(len(each), float(each.sum()), squares) or (None, None)
    return Worth(
        mean=float(each.mean()), low=low, high=high, total=float(each.sum()), squares=squares, months=wanted.months,
        discount=wanted.discount, margin=wanted.margin,
    )  # fmt: skip


def _holdout(
    customers: Customers, buying: "BgNbd", unit: TimeUnit, end: dt.date, ids: list[str],
    bought: "tuple[I64, I64, F64]",
) -> Holdout | None:  # fmt: skip
    """None where nothing was watched after the calibration."""
    days = int(bought[1].max()) - end.toordinal()
    if days <= 0:
        return None
    later = np.bincount(bought[0][bought[1] > end.toordinal()], minlength=len(ids))
    place = {name: k for k, name in enumerate(ids)}
    real = later[[place[name] for name in customers.ids]].astype(np.float64)
    ahead = days / UNITS[unit]
    expected = buying.purchases(customers.frequency, customers.recency, customers.age, ahead)
    past = np.divide(customers.frequency, customers.age, out=np.zeros(len(real)), where=customers.age > 0) * ahead
    return Holdout(
        days=days, purchases=int(real.sum()), expected=float(expected.sum()),
        error=float(np.abs(real - expected).mean()), naive_error=float(np.abs(real - past).mean()),
    )  # fmt: skip
