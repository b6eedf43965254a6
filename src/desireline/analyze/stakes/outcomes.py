"""What came after a moment: the goal, its value, how content people said they were."""

import numpy as np
import pyarrow.compute as pc

from desireline.analyze.feelings import SCORE
from desireline.analyze.goals import goal_codes
from desireline.analyze.scope import F64, I64, Bools, Scope
from desireline.analyze.score_scales import RANGES, guess
from desireline.analyze.stakes.meeting import Compared, Journeys
from desireline.analyze.stakes.model import StakesRequest
from desireline.model.duration import parse_duration
from desireline.model.scales import BUCKETS, SCALES
from desireline.store.columns import SCALE


def scores(scope: Scope, request: StakesRequest) -> F64:
    """float64[events]: 0 the lowest, 1 the highest answer of its scale; NaN where there is none.

    The scale is the one that was declared with the answer; a choice, a plain number and what lies outside have none.
    Scores without one are on the scale that those of their touchpoint let guess.
    """
    column, stated = scope.columns.column(SCORE), scope.columns.column(SCALE)
    index = scope.rows(column.index)
    found = np.full(len(scope.code), np.nan)
    rows = np.flatnonzero(index >= 0)
    given = pc.cast(column.texts, "float64").to_numpy(zero_copy_only=False)[index[rows]]
    said = scope.rows(stated.index)[rows]
    ends = np.array([BUCKETS[v][:2] if v in BUCKETS else (np.nan, np.nan) for v in stated.values] + [(np.nan, np.nan)])
    share = (given - ends[said, 0]) / (ends[said, 1] - ends[said, 0])
    found[rows] = np.where((share >= 0) & (share <= 1), share, np.nan)
    labels = scope.labels(request)
    known = np.array([v in SCALES for v in stated.values] + [False])[said]
    of = np.where(known, -1, labels.table[scope.code[rows]])
    for label in np.unique(of[of >= 0]).tolist():
        here = of == label
        values, many = np.unique(given[here], return_counts=True)
        scale = guess([labels.names[label]], dict(zip(values.tolist(), many.tolist(), strict=True)))
        if scale is not None:
            low, high = RANGES[scale]
            found[rows[here]] = (given[here] - low) / (high - low)
    return found


def reached(known: Journeys, chosen: Compared, request: StakesRequest) -> Bools:
    """bool[moments]: whether the goal is reached after the moment, within the time that was asked for."""
    goal = known.goal[chosen.unit]
    after = goal > chosen.at
    if request.within is not None:
        after &= known.time[goal] - known.time[chosen.at] <= parse_duration(request.within)
    return after


def worth(scope: Scope, request: StakesRequest, known: Journeys, chosen: Compared) -> F64:
    """float64[moments]: the value of all events of the goal after the moment."""
    from desireline.kernels.pasts import sums

    values = np.where(goal_codes(scope, request.goal)[known.code], scope.value[known.row], np.nan)
    return sums(chosen.at + 1, _end(known, chosen, request), values)[0]


def content(known: Journeys, chosen: Compared, request: StakesRequest, given: F64) -> F64:
    """float64[moments]: the mean score given after the moment, NaN where none was."""
    from desireline.kernels.pasts import sums

    total, many = sums(chosen.at + 1, _end(known, chosen, request), given[known.row])
    return np.where(many > 0, total / np.maximum(many, 1), np.nan)


def _end(known: Journeys, chosen: Compared, request: StakesRequest) -> I64:
    """int64[moments]: the event after the last one that counts."""
    end = known.offsets[chosen.unit + 1]
    if request.within is None:
        return end
    last = known.time[chosen.at] + parse_duration(request.within)
    spans = zip((chosen.at + 1).tolist(), end.tolist(), last.tolist(), strict=True)
    return np.array([a + np.searchsorted(known.time[a:b], t, "right") for a, b, t in spans], np.int64)
