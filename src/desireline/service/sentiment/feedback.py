"""The feedback of a scope as arrays: events with a text, and what is beside it."""

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from desireline.analyze.feelings import scales
from desireline.analyze.scope import F64, I64, Scope
from desireline.service.feedback.reading import GUESSED

TEXT, SCORE, SCALE, LANGUAGE = "@text", "@score", "scale", "language"


@dataclass(frozen=True, eq=False)
class Feedback:
    """Events with a text, in the order of the scope; all arrays are of one length.

    Attributes:
        texts: as they were written.
        arrival: key of each event in the lake.
        unit, person, time: of the scope; time in µs UTC.
        touchpoint, channel: int64, -1 for none.
        score: NaN where there is none.
        scale: that the source declares, else the guess for the touchpoint; None for none.
        language: that the source says.
    """

    texts: list[str]
    arrival: I64
    unit: I64
    person: I64
    time: I64
    touchpoint: I64
    channel: I64
    score: F64
    scale: list[str | None]
    language: list[str | None]

    def __len__(self) -> int:
        return len(self.texts)


def feedback(scope: Scope) -> Feedback:
    """All events with a text in scope."""
    column = scope.columns.column(TEXT)
    index = scope.rows(column.index)
    rows = np.flatnonzero(index >= 0)
    code = scope.code[rows]
    unit = np.searchsorted(scope.offsets, rows, "right") - 1
    touchpoint = scope.touchpoints.table[code].astype(np.int64)
    return Feedback(
        texts=[column.values[place] for place in index[rows].tolist()], arrival=scope.arrival[rows],
        unit=unit, person=scope.owner[unit].astype(np.int64), time=scope.time[rows], touchpoint=touchpoint,
        channel=scope.channels.table[code].astype(np.int64), score=_scores(scope, rows),
        scale=_scales(scope, rows, touchpoint), language=_texts(scope, LANGUAGE, rows),
    )  # fmt: skip


def _scores(scope: Scope, rows: I64) -> F64:
    column = scope.columns.column(SCORE)
    values = np.append(pc.cast(column.texts, "float64").to_numpy(zero_copy_only=False), np.nan)
    found: F64 = values[scope.rows(column.index)[rows]]
    return found


def _scales(scope: Scope, rows: I64, touchpoint: I64) -> list[str | None]:
    guessed = scales(scope)
    by_touchpoint = [GUESSED.get(guessed.get(name, "")) for name in scope.touchpoints.names]
    said = _texts(scope, SCALE, rows)
    return [one or (by_touchpoint[at] if at >= 0 else None) for one, at in zip(said, touchpoint.tolist(), strict=True)]


def _texts(scope: Scope, path: str, rows: I64) -> list[str | None]:
    column = scope.columns.column(path)
    values = [*column.values, None]
    return [values[place] for place in scope.rows(column.index)[rows].tolist()]
