"""What is known of a journey before a moment: the covariates of an adjusted comparison."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.analyze.scope import F64, I32, I64, Labels, Scope
from desireline.analyze.stakes.meeting import Compared, Journeys
from desireline.analyze.stakes.model import Covariate

GROUPS = 12
"""So many of the commonest touchpoints have columns of their own; the others share one."""

LOOK_BACK = 1_000
"""Events before a moment of which touchpoints are counted, the nearest ones."""

HOUR, DAY = 3_600_000_000, 86_400_000_000


class Known(NamedTuple):
    """float64[moments, columns], and what the columns are of."""

    columns: F64
    kinds: list[Covariate]


def before(scope: Scope, labels: Labels, known: Journeys, chosen: Compared, scores: F64) -> Known:
    """Everything about the moments that happened strictly before them, and when they were.

    Args:
        scope: of the question.
        labels: what steps are called.
        known: the journeys.
        chosen: the moments.
        scores: float64[events of the scope], 0 to 1, NaN for events without a score.
    """
    start, at = known.offsets[chosen.unit], chosen.at
    had, previous = at > start, np.maximum(at - 1, start)
    time = known.time[at]
    parts: dict[Covariate, F64] = {
        "steps": np.log1p(at - start)[:, None],
        "elapsed": np.log1p(np.column_stack((time - known.time[start], time - known.time[previous])) / HOUR),
        "calendar": (time / DAY)[:, None],
        "weekday_hour": _clock(time),
        "touchpoints": _touchpoints(labels, known, start, at),
        "last_step": _which(known.code[previous], _groups(labels.table, known), had),
        "first_step": _which(known.code[start], _groups(labels.table, known), had),
        "channel": _which(known.code[previous], _groups(scope.channels.table, known), had),
        "value": _sums(scope.value[known.row], start, at)[0],
        "score": np.column_stack(_sums(scores[known.row], start, at)),
    }
    used = {kind: columns for kind, columns in parts.items() if len(at) and (np.ptp(columns, axis=0) > 0).any()}
    return Known(np.column_stack(tuple(used.values())) if used else np.zeros((len(at), 0)), list(used))


def _clock(time: I64) -> F64:
    """The hour on a circle, and whether it is a weekend (1 January 1970 was a Thursday), UTC."""
    hour = 2 * np.pi * (time % DAY) / DAY
    return np.column_stack((np.sin(hour), np.cos(hour), (time // DAY + 3) % 7 >= 5))


def _groups(table: I32, known: Journeys) -> I32:
    """int32[codes]: the commonest names have a group each, all others the last one."""
    from desireline.kernels.touching import tally

    events = tally(known.code, len(table))
    by_name = np.bincount(table[table >= 0], events[table >= 0], minlength=1)
    group = np.full(len(by_name) + 1, min(GROUPS, len(by_name)), np.int32)
    commonest = np.argsort(-by_name, kind="stable")[:GROUPS]
    group[commonest] = np.arange(len(commonest))
    found: I32 = group[table]  # outside is -1, the last place
    return found


def _touchpoints(labels: Labels, known: Journeys, start: I64, at: I64) -> F64:
    from desireline.kernels.pasts import counts

    group = _groups(labels.table, known)
    met = counts(np.maximum(start, at - LOOK_BACK), at, known.code, group, int(group.max(initial=0)) + 1)
    found: F64 = np.log1p(met.astype(np.float64))
    return found


def _which(code: I32, group: I32, there: npt.NDArray[np.bool_]) -> F64:
    """A column of 0 and 1 for each group."""
    hot = group[code][:, None] == np.arange(int(group.max(initial=0)) + 1)
    found: F64 = (hot & there[:, None]).astype(np.float64)
    return found


def _sums(values: F64, start: I64, at: I64) -> tuple[F64, F64]:
    """The mean of what is known and whether anything is: float64[moments, 1] each; 0 where nothing is."""
    from desireline.kernels.pasts import sums

    total, many = sums(start, at, values)
    return (total / np.maximum(many, 1))[:, None], (many > 0).astype(np.float64)[:, None]
