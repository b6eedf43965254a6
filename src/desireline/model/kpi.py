"""A figure that an organisation steers by: its value with interval, out of counts that add up."""

from typing import Literal

from desireline.model.definition import Strict

Unit = Literal["score", "share", "days", "money", "seconds", "count"]
Direction = Literal["up", "down"]


class KpiValue(Strict):
    """One figure.

    Attributes:
        kind: as in the registry of kinds.
        value: None where it was refused; shares between 0 and 1, scores on their own scale.
        low, high: of the 95 % interval; None where there is none.
        n: what it rests on: answers, people or contacts, as the kind says.
        formula: id of the sentence that says how it was computed.
        counts: what it was computed from; counts of periods and segments add up to those of the whole.
        refused: why there is no value, as a code; None where there is one.
    """

    kind: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    formula: str
    unit: Unit
    counts: dict[str, float]
    refused: str | None = None
