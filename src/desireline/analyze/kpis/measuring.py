"""The counts of a KPI of any kind, for every period, out of a scope; what is found is remembered with the scope."""

from collections.abc import Callable
from typing import Final

import numpy as np

from desireline.analyze.kpis import answers, dealing, trying
from desireline.analyze.kpis.entries import DAY, Counted, Entries
from desireline.analyze.remembering import remembered
from desireline.analyze.scope import I64, Scope
from desireline.model.kpi import FromEvents

USUAL: Final = 0.999
"""The part of events that ends before the end that is usual."""

WEEK: Final = 7 * DAY
YEAR_OF_WEEKS: Final = 52
THIN, RUN_OFF = 0.25, 0.025
"""A week is thin with less than this part of the year's median week; thin weeks at the end only run off where all of
them hold at most this part of the year's events: a low season holds more."""

Finder = Callable[[Scope, str, FromEvents], Entries]

FINDERS: Final[dict[str, Finder]] = {
    **dict.fromkeys(answers.OF_KIND, answers.answers),
    "conversion": trying.conversion, "response_rate": trying.conversion, "cart_abandonment": trying.abandonment,
    "self_service_rate": trying.self_service, "handling_time": trying.spans, "waiting_time": trying.spans,
    "time_to_value": trying.to_value, "reaching_value": trying.to_value,
    "repeat_contact": dealing.contacts, "fcr": dealing.contacts, "aov": dealing.orders,
    "referral_share": dealing.referrals, "people": dealing.people, "digital_adoption": dealing.people,
    "churn_non_contractual": dealing.silence,
    "crr": dealing.spells, "churn": dealing.spells, "churn_annual": dealing.spells,
}  # fmt: skip
"""How each kind is counted in events; kinds that are not here cannot be."""

NEEDED: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("conversion", "response_rate", "cart_abandonment", "self_service_rate", "time_to_value",
                     "reaching_value", "referral_share", "crr", "churn", "churn_annual"), ("start", "goal")),
    "aov": ("touchpoints",), "digital_adoption": ("channels",), "churn_non_contractual": ("touchpoints",),
}  # fmt: skip
"""What must be said of the events."""


def entries(scope: Scope, kind: str, asked: FromEvents) -> Entries:
    """What a KPI counts.

    Raises:
        UnknownStep: a name is none of the workspace's.
    """
    return remembered(scope, (kind, asked.model_dump_json()), lambda: FINDERS[kind](scope, kind, asked), "kpis")


def counts(scope: Scope, kind: str, asked: FromEvents, edges: I64) -> Counted:
    """The counts of a KPI in every period.

    Args:
        scope: the events.
        kind: of `FINDERS`.
        asked: what is counted.
        edges: int64[periods + 1], µs UTC, ascending.
    """
    key = (kind, asked.model_dump_json(), edges.tobytes())
    return remembered(scope, key, lambda: entries(scope, kind, asked).counts(edges), "kpis")


def people(scope: Scope, kind: str, asked: FromEvents, edges: I64) -> list[int | None]:
    """How many people stand in the counts of every period; see `counts`. Nothing where those are of people already."""
    key = ("people of", kind, asked.model_dump_json(), edges.tobytes())
    return remembered(scope, key, lambda: [*entries(scope, kind, asked).people(edges)], "kpis")


def usual_end(scope: Scope) -> int:
    """The moment that what is known goes up to, in µs UTC.

    A few events with a wrong year do not move it, nor do weeks in which what was observed only runs off: a window that
    ends in them would show a fall that is none.
    """
    return remembered(scope, "usual_end", lambda: _usual_end(scope), "kpis")


def _usual_end(scope: Scope) -> int:
    if not len(scope.time):
        return scope.until
    place = int(np.ceil(USUAL * (len(scope.time) - 1)))
    end = min(int(np.partition(scope.time, place)[place]), scope.until)
    back = (end - scope.time) // WEEK
    weeks = np.bincount(back[(back >= 0) & (back < YEAR_OF_WEEKS)], minlength=1)
    thin = int(np.argmin(weeks < THIN * float(np.median(weeks))))
    return end - thin * WEEK if weeks[:thin].sum() <= RUN_OFF * weeks.sum() else end
