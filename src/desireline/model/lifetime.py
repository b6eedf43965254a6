"""What was fitted of customers: how often they buy, how much they spend, what they are worth."""

import datetime as dt
from typing import Literal

from desireline.model.definition import Strict

TimeUnit = Literal["day", "week", "month", "year"]


class Spending(Strict):
    """The Gamma-Gamma model.

    Attributes:
        correlation: of frequency and mean spend of those who bought again, with Fisher's 95 % interval.
        linked: whether it is so strong that the model's assumption does not hold; the worth is then only a hint.
    """

    p: float
    q: float
    gamma: float
    log_likelihood: float
    customers: int
    correlation: float | None
    correlation_low: float | None
    correlation_high: float | None
    linked: bool


class Worth(Strict):
    """Customer lifetime value, in the currency of the amounts.

    Attributes:
        mean: of a customer, with Student's 95 % interval over customers; `squares` the sum over customers of the
            squares, as readings of the KPI kind `clv` take it.
        months: ahead; `discount` a year's rate; `margin` the part of an amount that is earned.
    """

    mean: float
    low: float | None
    high: float | None
    total: float
    squares: float
    months: int
    discount: float
    margin: float


class Holdout(Strict):
    """How the model did on purchases after the calibration.

    Attributes:
        days: how long they were watched.
        purchases: repeat purchases that happened; `expected` by the model.
        error: mean absolute error of a customer's purchases; `naive_error` of expecting each one's past rate.
    """

    days: int
    purchases: int
    expected: float
    error: float
    naive_error: float


class ClvFit(Strict):
    """The BG/NBD model of a table of customers or purchases.

    Attributes:
        alpha: in the unit of time.
        customers: who bought by the end of the calibration; `repeating` of them again.
        until: the last day of the calibration; None where customers were given.
        alive: how many of them are expected to be customers still.
        spending, worth: None where amounts are unknown, or fewer than ten bought again.
    """

    model: Literal["bg_nbd"] = "bg_nbd"
    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    customers: int
    repeating: int
    unit: TimeUnit
    until: dt.date | None
    alive: float
    spending: Spending | None
    worth: Worth | None
    holdout: Holdout | None


class Stay(Strict):
    """One period of a contract.

    Attributes:
        period: 1 for the first one.
        observed: the share that stayed beyond it; None where nobody was watched so long.
        survival: the same by the model; `retention` of those who were there when it began.
    """

    period: int
    observed: float | None
    survival: float
    retention: float


class SbgFit(Strict):
    """The shifted-beta-geometric model of customers under contract.

    Attributes:
        unit: of a period.
        customers: how many; `lost` of them left.
        periods: how many were seen.
        discount: a year's rate.
        lifetime: discounted periods that a new customer pays for, the first at once; None without a discount.
        stays: period by period, beyond those that were seen.
    """

    model: Literal["sbg"] = "sbg"
    alpha: float
    beta: float
    log_likelihood: float
    unit: TimeUnit
    customers: int
    lost: int
    periods: int
    discount: float
    lifetime: float | None
    stays: list[Stay]
