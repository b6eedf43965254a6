"""Purchases in events, as models of repeat buying take them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from desireline.analyze.kpis.entries import codes_of, picked
from desireline.analyze.scope import F64, I64, Scope
from desireline.model.calendar import day_of, starts


class Bought(NamedTuple):
    """Purchases and refunds.

    Attributes:
        who: int64[customers], units of the scope.
        customer: int64[purchases], index into `who`.
        day: int64[purchases], the local day as Python counts days.
        amount: float64[purchases], negative for refunds; 1 where amounts are unknown.
        priced: whether they are known.
    """

    who: I64
    customer: I64
    day: I64
    amount: F64
    priced: bool


def purchases(scope: Scope, buying: Sequence[str], giving: Sequence[str]) -> Bought:
    """All purchases and refunds of a scope; where most have a value, those without one are left out.

    Args:
        scope: the events, people as units.
        buying: names of what is a purchase.
        giving: names of what takes back.

    Raises:
        UnknownStep: a name is none of the workspace's.
    """
    bought = codes_of(scope, buying)
    back = codes_of(scope, giving) & ~bought
    events = picked(scope, bought | back)
    value, refund = scope.value[events.row], back[scope.code[events.row]]
    known = ~np.isnan(value)
    priced = bool(known.any() and 2 * int(known.sum()) >= len(known))
    counted = known if priced else ~refund
    amount = np.where(refund, -np.abs(value), value)[counted] if priced else np.ones(int(counted.sum()))
    who, customer = np.unique(events.unit[counted], return_inverse=True)
    return Bought(who, customer.astype(np.int64), _days(scope, events.time[counted]), amount, priced)


def _days(scope: Scope, time: I64) -> I64:
    if not len(time):
        return time
    edges = starts(scope.zone, "day", int(time.min()), int(time.max()))
    return day_of(int(edges[0]), scope.zone).toordinal() + np.searchsorted(edges, time, "right") - 1
