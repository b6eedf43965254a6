"""Two answers to one question, side by side: every share of both and the 95 % interval of their difference."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, SerializeAsAny

from desireline.model.intervals import newcombe
from desireline.model.question import Proportion, Result


class Difference(BaseModel):
    """One share of both sides: `a` of `a_of` and `b` of `b_of`, a's share minus b's, and its interval.

    The interval is Newcombe's for independent groups; None where a side has nothing to share.
    """

    cell: str
    label: str
    a: int
    a_of: int
    b: int
    b_of: int
    difference: float | None
    low: float | None
    high: float | None


class Side(BaseModel):
    """One of the two: the name or text of its segment (None: everyone), its persons, and its answer."""

    segment: str | None
    people: int
    result: SerializeAsAny[Result]


class Comparison(BaseModel):
    """Two segments in one question.

    Attributes:
        overlap: persons in both; with some, the intervals are too wide, not too narrow.
        uncertain: shares that one side lists and the other may have cut; they are not compared.
    """

    question: str
    a: Side
    b: Side
    overlap: int
    uncertain: int
    differences: list[Difference]


class Listed(NamedTuple):
    """The shares of a side; `whole` if nothing was cut, so that what is not listed is 0."""

    shares: Sequence[Proportion]
    whole: bool


def differences(a: Listed, b: Listed) -> tuple[list[Difference], int]:
    """Every share that both sides know, in the order of `a`, then what only `b` lists; and how many are uncertain.

    A share that a whole side does not list is 0 of that side's total for shares of the same base.

    >>> web = Listed([Proportion("step:2", "Order", 3, 4)], whole=True)
    >>> shop = Listed([Proportion("step:2", "Order", 1, 4)], whole=True)
    >>> [d.difference for d in differences(web, shop)[0]]
    [0.5]
    """
    sides = [_by_name(side.shares) for side in (a, b)]
    base = [max((p.of for p in side.shares), default=0) for side in (a, b)]
    names = [*sides[0], *(name for name in sides[1] if name not in sides[0])]
    found = []
    for name in names:
        if any(name not in known and not side.whole for known, side in zip(sides, (a, b), strict=True)):
            continue
        shown = sides[0].get(name) or sides[1][name]
        left, right = (
            known.get(name) or Proportion(shown.cell, shown.label, 0, of) for known, of in zip(sides, base, strict=True)
        )
        found.append(_difference(shown.cell, left, right))
    return found, len(names) - len(found)


def _by_name(shares: Sequence[Proportion]) -> dict[tuple[str, int], Proportion]:
    """By label and its how-manieth occurrence: the same step may stand in a funnel twice."""
    seen: Counter[str] = Counter()
    named = {}
    for share in shares:
        named[share.label, seen[share.label]] = share
        seen[share.label] += 1
    return named


def _difference(cell: str, a: Proportion, b: Proportion) -> Difference:
    told = {"cell": cell, "label": a.label, "a": a.n, "a_of": a.of, "b": b.n, "b_of": b.of}
    if not a.of or not b.of:
        return Difference(**told, difference=None, low=None, high=None)
    low, high = newcombe(a.n, a.of, b.n, b.of)
    return Difference(**told, difference=a.n / a.of - b.n / b.of, low=low, high=high)
