"""Figures that have no formula of their own: any share, any number, any amount per something."""

from desireline.act.kpis.kind import Counts, Figure, Kind, nothing
from desireline.act.kpis.rates import share
from desireline.model.intervals import mean_of

READINGS = ("readings", "sum", "sum_of_squares")


def _share(counts: Counts) -> Figure:
    return share(counts["numerator"], counts["denominator"])


def _number(counts: Counts) -> Figure:
    """The mean of the readings."""
    n = int(counts["readings"])
    return Figure(counts["sum"] / n, mean_of(n, counts["sum"], counts["sum_of_squares"]), n) if n else nothing()


def _people(counts: Counts) -> Figure:
    n = int(counts["people"])
    return Figure(float(n), None, n)


KINDS = (
    Kind("share", "plain", ("numerator", "denominator"), "share", "up", _share, within=(("numerator", "denominator"),)),
    Kind("number", "plain", READINGS, "count", "up", _number, optional=frozenset(READINGS[2:]),
         squares=((READINGS[:1], *READINGS[1:]),), amounts=frozenset(READINGS[1:]), signed=frozenset(READINGS[1:2])),
    Kind("people", "plain", ("people",), "count", "up", _people),
)  # fmt: skip
