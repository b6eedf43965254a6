"""Two answers to one question, side by side: every share of both and the 95 % interval of their difference."""

from collections.abc import Sequence

from pydantic import BaseModel, SerializeAsAny

from desireline.analyze.intervals import newcombe
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
    """Two segments in one question; with `overlap` persons in both, the intervals are too wide, not too narrow."""

    question: str
    a: Side
    b: Side
    overlap: int
    differences: list[Difference]


def differences(a: Sequence[Proportion], b: Sequence[Proportion]) -> list[Difference]:
    """Every share that one of the sides has, in the order of `a`, then what only `b` has.

    A share that one side lacks is 0 of that side's total for shares of the same base.

    >>> web, shop = Proportion("step:2", "Order", 3, 4), Proportion("step:2", "Order", 1, 4)
    >>> [d.difference for d in differences([web], [shop])]
    [0.5]
    """
    first, second = ({p.label: p for p in side} for side in (a, b))
    base = [max((p.of for p in side), default=0) for side in (a, b)]
    found = []
    for label in [*first, *(name for name in second if name not in first)]:
        known = first.get(label) or second[label]
        left = first.get(label) or Proportion(known.cell, label, 0, base[0])
        right = second.get(label) or Proportion(known.cell, label, 0, base[1])
        found.append(_difference(known.cell, left, right))
    return found


def _difference(cell: str, a: Proportion, b: Proportion) -> Difference:
    told = {"cell": cell, "label": a.label, "a": a.n, "a_of": a.of, "b": b.n, "b_of": b.of}
    if not a.of or not b.of:
        return Difference(**told, difference=None, low=None, high=None)
    low, high = newcombe(a.n, a.of, b.n, b.of)
    return Difference(**told, difference=a.n / a.of - b.n / b.of, low=low, high=high)
