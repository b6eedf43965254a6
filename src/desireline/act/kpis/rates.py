"""Parts of a whole: retention, churn, conversion, contacts, service. Each with Wilson's interval."""

from desireline.act.kpis.kind import MONTHS, Counts, Figure, Kind, nothing
from desireline.model.intervals import Interval, wilson
from desireline.model.kpi import Direction


def rate(name: str, part: str, whole: str, direction: Direction, besides: tuple[str, ...] = ()) -> Kind:
    """A kind that is part / whole; counts `besides` are told with it and take no part, such as who is too young."""

    def figure(counts: Counts) -> Figure:
        return share(counts[part], counts[whole])

    counts, optional = (part, whole, *besides), frozenset(besides)
    return Kind(name, "rates", counts, "share", direction, figure, within=((part, whole),), optional=optional)


def share(part: float, whole: float) -> Figure:
    """A part / whole with Wilson's interval."""
    n = int(whole)
    return Figure(part / n, wilson(int(part), n), n) if n else nothing()


def _kept(counts: Counts) -> Figure:
    """(end - new) / start."""
    return share(counts["end"] - counts["new"], counts["start"])


class _Kept(Kind):
    """Who is there at the end without the new ones cannot be fewer than none, nor more than were there before."""

    def check(self, counts: Counts) -> None:
        super().check(counts)
        kept = counts["end"] - counts["new"]
        if kept > counts["start"]:
            raise self._bad("end", f"{kept:g} > {counts['start']:g} (start)", "more_than_all")


def _abandoned(counts: Counts) -> Figure:
    """1 - orders / carts."""
    return share(counts["carts"] - counts["orders"], counts["carts"])


def _annual(counts: Counts) -> Figure:
    """1 - (1 - monthly churn)^12, and the same of the ends of its interval, as it only rises."""
    found = share(counts["lost"], counts["start"])
    if found.value is None:
        return found
    value, low, high = (1 - (1 - x) ** MONTHS for x in (found.value, *wilson(int(counts["lost"]), found.n)))
    return Figure(value, Interval(low, high), found.n)


KINDS = (
    _Kept("crr", "rates", ("start", "end", "new"), "share", "up", _kept, within=(("new", "end"),)),
    rate("churn", "lost", "start", "down"),
    Kind("churn_annual", "rates", ("lost", "start"), "share", "down", _annual, within=(("lost", "start"),)),
    rate("churn_non_contractual", "inactive", "customers", "down"),
    rate("conversion", "converted", "starters", "up", ("not_yet_mature",)),
    Kind("cart_abandonment", "rates", ("orders", "carts"), "share", "down", _abandoned, within=(("orders", "carts"),)),
    rate("repeat_contact", "repeated", "issues", "down", ("not_yet_mature",)),
    rate("fcr", "resolved", "issues", "up", ("not_yet_mature",)),
    rate("referral_share", "referred", "new_customers", "up"),
    rate("digital_adoption", "digital", "customers", "up"),
    rate("self_service_rate", "self_served", "issues", "up"),
    rate("response_rate", "answered", "invited", "up"),
)
