"""Two figures of one kind held against each other: changed only where the interval of the difference excludes 0."""

from typing import NamedTuple

from desireline.model.intervals import Interval, mover
from desireline.model.kpi import Direction, KpiValue


class Difference(NamedTuple):
    """A difference with the ends of its 95 % interval; None for what cannot be said."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def changed(self) -> bool | None:
        """Whether the interval excludes 0."""
        return None if self.low is None or self.high is None else self.low > 0 or self.high < 0

    def better(self, direction: Direction) -> bool | None:
        """Whether it changed in the right direction."""
        if not self.changed or self.value is None:
            return None
        return (self.value > 0) == (direction == "up")


def difference(a: KpiValue, b: KpiValue) -> Difference:
    """A - b of two independent figures (MOVER, Zou and Donner 2008; for shares that is Newcombe's interval).

    >>> share = dict(kind="share", n=80, formula="share", unit="share", counts={})
    >>> a = KpiValue(value=0.8, low=0.6918, high=0.8770, **share)
    >>> b = KpiValue(value=0.6, low=0.4905, high=0.7004, **share)
    >>> [round(x, 3) for x in difference(a, b)]
    [0.2, 0.052, 0.334]
    """
    if a.value is None or b.value is None:
        return Difference(None, None, None)
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return Difference(a.value - b.value, None, None)
    return Difference(a.value - b.value, *mover(a.value, Interval(a.low, a.high), b.value, Interval(b.low, b.high)))


def distance(a: KpiValue, target: float) -> Difference:
    """A - target, the target being no estimate."""
    if a.value is None:
        return Difference(None, None, None)
    low, high = (None if end is None else end - target for end in (a.low, a.high))
    return Difference(a.value - target, low, high)
