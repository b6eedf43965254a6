"""Counts of contacts, orders and customers."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desireline.analyze.hazards.contacts import help_codes
from desireline.analyze.kpis.entries import DAY, Counted, Entries, Persons, Picked, codes_of, picked
from desireline.analyze.scope import F64, I64, Bools, Scope
from desireline.model.calendar import starts
from desireline.model.duration import parse_duration
from desireline.model.kpi import FromEvents

SAME_CONTACT = 30 * 60_000_000
"""µs between events of one contact on a channel."""

LONG = 0.95
"""The quantile of times between purchases after which silence counts as leaving."""


def contacts(scope: Scope, kind: str, asked: FromEvents) -> Entries:
    """Contacts whose days are over, and those that another one about the same follows within them, on any channel."""
    from desireline.kernels.repeats import repeated_contacts

    wanted = help_codes(scope, asked.touchpoints or None).contact
    within = parse_duration(asked.within or "7d")
    topic = scope.columns.column(asked.property) if asked.property is not None else None
    names = scope.channels.names
    channel = np.where(scope.channels.table < 0, len(names), scope.channels.table).astype(np.int32)
    each, again = repeated_contacts(
        scope.offsets, scope.time, scope.code, channel, wanted[scope.code],
        np.zeros(0, np.int32) if topic is None else scope.rows(topic.index),
        0 if topic is None else len(topic.values), SAME_CONTACT, within, np.iinfo(np.int64).max,
    )  # fmt: skip
    row = np.flatnonzero(each)
    unit, time = (np.searchsorted(scope.offsets, row, "right") - 1).astype(np.int64), scope.time[row]
    mature = time + within <= scope.until
    hit = again[row][mature]
    name, counted = ("repeated", hit) if kind == "repeat_contact" else ("resolved", ~hit)
    parts = {name: counted.astype(np.float64), "issues": np.ones(len(hit))}
    event = row.astype(np.int32)
    return Entries(time[mature], unit[mature], parts, time[~mature], row=event[mature], young_row=event[~mature])


def orders(scope: Scope, kind: str, asked: FromEvents) -> Entries:  # noqa: ARG001 all finders take the kind
    """Orders with their value; refunds, and orders of negative value, lower the revenue and are no orders."""
    buying = codes_of(scope, asked.touchpoints)
    giving = codes_of(scope, asked.refunds) & ~buying
    events = picked(scope, buying | giving)
    value = scope.value[events.row]
    known = ~np.isnan(value)
    back = giving[scope.code[events.row]]
    amount = np.where(back, -np.abs(value), value)[known]
    parts = {"orders": (~back[known] & (amount >= 0)).astype(np.float64), "revenue": amount}
    return Orders(events.time[known], events.unit[known], parts, row=events.row[known].astype(np.int32))


class Orders(Entries):
    """Orders and refunds, folded into sums over customers, who are the units of the interval."""

    def counts(self, edges: I64) -> Counted:
        """Orders and revenue of each period, and the sums of squares that the interval needs."""
        from desireline.kernels.picking import customer_sums

        names = ("orders", "revenue", "revenue_squared", "customers", "orders_squared", "orders_by_revenue")
        sums = customer_sums(self.unit, self.time, self.parts["orders"], self.parts["revenue"], edges)
        return [dict(zip(names, row, strict=True)) for row in sums.tolist()]


def referrals(scope: Scope, kind: str, asked: FromEvents) -> Entries:  # noqa: ARG001 all finders take the kind
    """People at their first goal, and those among them who met a referral by then."""
    goal = picked(scope, codes_of(scope, asked.goal))
    first = np.r_[True, goal.unit[1:] != goal.unit[:-1]] if len(goal.unit) else np.zeros(0, np.bool_)
    unit, time = goal.unit[first], goal.time[first]
    by = picked(scope, codes_of(scope, asked.start))
    earliest = np.full(scope.units, np.iinfo(np.int64).max)
    np.minimum.at(earliest, by.unit, by.time)
    parts = {"referred": (earliest[unit] <= time).astype(np.float64), "new_customers": np.ones(len(unit))}
    return Entries(time, unit, parts, row=goal.row[first].astype(np.int32))


def people(scope: Scope, kind: str, asked: FromEvents, among: Bools | None = None) -> Entries:
    """Who does something in a period, once; and who does it on a digital channel; `among` events of the scope."""
    codes = len(scope.event_names.table)
    wanted = codes_of(scope, asked.touchpoints) if asked.touchpoints else np.ones(codes, np.bool_)
    events = picked(scope, wanted)
    if among is not None:
        kept = among[events.row]
        events = Picked(events.row[kept], events.unit[kept], events.time[kept])
    first = _first_of_days(scope, events)
    unit, time, row = events.unit[first], events.time[first], events.row[first].astype(np.int32)
    if kind == "people":
        return Persons(time, unit, {"people": np.ones(len(first))}, row=row)
    digital = codes_of(scope, asked.channels)[scope.code[events.row]]
    some = np.logical_or.reduceat(digital, first) if len(first) else digital
    parts = {"digital": some.astype(np.float64), "customers": np.ones(len(first))}
    return Persons(time, unit, parts, row=row)


def _first_of_days(scope: Scope, events: Picked) -> I64:
    """The first event of every person on each local day: no period of a KPI is shorter."""
    from desireline.kernels.picking import first_of_periods

    if not len(events.time):
        return events.time
    edges = starts(scope.zone, "day", int(events.time.min()), int(events.time.max()))
    return first_of_periods(events.unit, events.time, edges)


@dataclass(frozen=True, eq=False)
class Silence(Entries):
    """Purchases, folded into who has been silent for too long at the end of a period.

    Attributes:
        limit: µs of silence that are not too long yet. The part `next` is when the same person buys again.
    """

    limit: float = np.inf

    def units(self, since: int, until: int, part: str | None = None) -> I64:  # noqa: ARG002 silence has no beginning
        """Who had bought by the end; of `inactive` who has been silent for too long then."""
        last = (self.time < until) & (self.parts["next"] >= until)
        return self.unit[last & (self.time < until - self.limit) if part == "inactive" else last]

    def counts(self, edges: I64) -> Counted:
        """Of those who had bought by the end of each period, who had not for longer than `limit`."""
        bought, again, late, over = (np.searchsorted(times, edges[1:]) for times in self._turns)
        inactive, customers = late - over, bought - again
        return [{"inactive": float(a), "customers": float(b)} for a, b in zip(inactive, customers, strict=True)]

    def people(self, edges: I64) -> list[int]:  # noqa: ARG002 the counts are of people
        """Nothing."""
        return []

    @cached_property
    def _turns(self) -> tuple[F64, F64, F64, F64]:
        """In order: purchases, when the same person buys again, when each silence gets too long, when that is over."""
        time, following = self.time.astype(np.float64), self.parts["next"]
        late = time + np.floor(self.limit)
        return np.sort(time), np.sort(following), np.sort(late), np.sort(np.maximum(late, following))


def silence(scope: Scope, kind: str, asked: FromEvents) -> Entries:  # noqa: ARG001 all finders take the kind
    """Purchases, and how long a silence is too long: what was said, else the 95th percentile of times between days."""
    events = picked(scope, codes_of(scope, asked.touchpoints))
    gaps = np.diff(events.time)[events.unit[1:] == events.unit[:-1]] if len(events.unit) > 1 else np.zeros(0)
    gaps = gaps[gaps >= DAY]
    said = parse_duration(asked.within) if asked.within else None
    limit = said if said is not None else float(np.quantile(gaps, LONG)) if len(gaps) else np.inf
    following = np.full(len(events.time), np.inf)
    following[:-1][events.unit[1:] == events.unit[:-1]] = events.time[1:][events.unit[1:] == events.unit[:-1]]
    row = events.row.astype(np.int32)
    return Silence(events.time, events.unit, {"next": following}, limit=float(limit), row=row)


class Spells(Entries):
    """Contracts from `time` to `until`, folded into who is there at both ends of a period."""

    def units(self, since: int, until: int, part: str | None = None) -> I64:
        """Who was there when the period began; of `lost` who was not when it ended; of `new` the other way round."""
        there, left = self._present(since), self._present(until)
        chosen = {"lost": there & ~left, "new": left & ~there, "end": left}
        return np.flatnonzero(chosen.get(part or "start", there)).astype(np.int64)

    def _present(self, moment: int) -> Bools:
        found = np.zeros(int(self.unit.max(initial=-1)) + 1, np.bool_)
        found[self.unit[(self.time < moment) & (self.parts["until"] >= moment)]] = True
        return found

    def counts(self, edges: I64) -> Counted:
        """start, end, new and lost of each period, people once."""
        found: Counted = []
        there = self._present(int(edges[0]))
        for end in edges[1:].tolist():
            left = self._present(end)
            start, stayed, after = (float(np.count_nonzero(who)) for who in (there, there & left, left))
            found.append({"start": start, "end": after, "new": after - stayed, "lost": start - stayed})
            there = left
        return found

    def people(self, edges: I64) -> list[int]:  # noqa: ARG002 the counts are of people
        """Nothing."""
        return []


def spells(scope: Scope, kind: str, asked: FromEvents) -> Entries:  # noqa: ARG001 all finders take the kind
    """From a start of a contract to its end, or beyond what is known."""
    from desireline.analyze.kpis.trying import FOREVER, Tried

    found = Tried(scope, codes_of(scope, asked.start), codes_of(scope, asked.goal), FOREVER)
    until = np.where(found.taken >= 0, found.time + found.taken, FOREVER).astype(np.float64)
    return Spells(found.time, found.unit, {"until": until}, row=found.row.astype(np.int32))
