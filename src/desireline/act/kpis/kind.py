"""One kind of KPI: which counts it is computed from, and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite

from desireline.errors import BadCounts
from desireline.model.kpi import Direction, KpiValue, Unit

Counts = Mapping[str, float]

NOTHING_COUNTED = "nothing_counted"
"""Why there is no value: the denominator is 0."""

MONTHS = 12

MOST = 1e15
"""Of anything counted: what is greater is a slip of the keyboard, and no computer counts it to the last one."""

MOST_DAYS = 100_000
"""After which something may be reached."""


ROUNDED = 1e-6
"""The part by which a sum of squares may be too small: it may have been written down to seven digits."""


@dataclass(frozen=True)
class Figure:
    """What a formula found: a value with the ends of its 95 % interval, or why there is none."""

    value: float | None
    around: tuple[float | None, float | None] | None
    n: int
    refused: str | None = None


def nothing(n: int = 0, refused: str = NOTHING_COUNTED) -> Figure:
    """No value."""
    return Figure(None, None, n, refused)


@dataclass(frozen=True)
class Kind:
    """A kind of KPI.

    Attributes:
        name: as in `KINDS`; its definition is the text `kpi.formula.<name>`.
        family: scores, rates, times, money or plain.
        counts: what it is computed from, each the text `kpi.count.<name>`; a name that ends in `@` stands for any
            number of counts, each with a time in days after it, such as `reached@2.5`.
        figure: the formula; it is given every count, those that were left out as 0.
        optional: those of `counts` that may be left out, at the price of the interval.
        within: pairs (part, whole): the first cannot be more than the second.
        amounts: counts that need not be whole: sums of money, of seconds, of squares.
        signed: amounts that may be negative, as refunds make them.
        squares: triples (units, total, squares): how many units there are, by the first of these counts that is one,
            the total over them, and the sum of their squares, which cannot be less than total² / units.
    """

    name: str
    family: str
    counts: tuple[str, ...]
    unit: Unit
    direction: Direction
    figure: Callable[[Counts], Figure]
    optional: frozenset[str] = field(default=frozenset())
    within: tuple[tuple[str, str], ...] = ()
    amounts: frozenset[str] = field(default=frozenset())
    signed: frozenset[str] = field(default=frozenset())
    squares: tuple[tuple[tuple[str, ...], str, str], ...] = ()

    def compute(self, counts: Counts) -> KpiValue:
        """The figure.

        Raises:
            BadCounts: a count is unknown, missing, negative, no whole number, greater than what it is part of or may
                be, or a sum of squares that no such values have.
        """
        self.check(counts)
        found = self.figure({**{name: 0.0 for name in self.counts if not name.endswith("@")}, **counts})
        low, high = found.around or (None, None)
        return KpiValue(
            kind=self.name, value=found.value, low=low, high=high, n=found.n, formula=self.name, unit=self.unit,
            counts=dict(counts), refused=found.refused,
        )  # fmt: skip

    def check(self, counts: Counts) -> None:
        """Whether a figure can be computed from them.

        Raises:
            BadCounts: it cannot.
        """
        for name, value in counts.items():
            self._check_one(name, value)
        for name in self.counts:
            if name not in counts and name not in self.optional and not name.endswith("@"):
                raise self._bad(name, ", ".join(counts) or "–", "missing")
        for part, whole in self.within:
            if counts.get(part, 0) > counts[whole]:
                raise self._bad(part, f"{counts[part]:g} > {counts[whole]:g} ({whole})", "more_than_all")
        for units, total, squares in self.squares:
            n = next((counts[name] for name in units if counts.get(name)), 0.0)
            whole_sum = counts.get(total, 0.0)
            least = whole_sum * whole_sum / n if n else 0.0
            if 0 < counts.get(squares, 0.0) < least * (1 - ROUNDED):
                raise self._bad(squares, f"{counts[squares]:g} < {least:g}", "too_small_squares")

    def _check_one(self, name: str, value: float) -> None:
        stem, at, days = name.partition("@")
        if stem + at not in self.counts or (at and not _is_time(days)):
            raise self._bad(name, f"{value:g}", "unknown")
        if not isfinite(value):
            raise self._bad(name, str(value), "not_a_number")
        if value < 0 and name not in self.signed:
            raise self._bad(name, f"{value:g}", "negative")
        if name not in self.amounts and value != int(value):
            raise self._bad(name, f"{value:g}", "not_whole")
        if value > MOST and name not in self.amounts:
            raise self._bad(name, f"{value:g}", "too_many")

    def _bad(self, name: str, given: str, reason: str) -> BadCounts:
        return BadCounts(kind=self.name, count=name, given=given, reason=reason, available=self.counts)


def _is_time(text: str) -> bool:
    try:
        return 0 <= float(text) <= MOST_DAYS
    except ValueError:
        return False


def together(parts: list[Counts], known_of_all: frozenset[str] = frozenset()) -> dict[str, float]:
    """The counts of several periods or segments as one.

    Args:
        parts: to add up.
        known_of_all: counts that say nothing of the whole where a part that counts anything lacks them.

    >>> together([{"answered": 1, "invited": 4}, {"answered": 2, "invited": 3}])
    {'answered': 3, 'invited': 7}
    """
    names = dict.fromkeys(name for counts in parts for name in counts)
    for name in known_of_all:
        if any(name not in counts and any(counts.values()) for counts in parts):
            names.pop(name, None)
    return {name: sum(counts.get(name, 0) for counts in parts) for name in names}
