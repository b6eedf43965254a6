"""How people feel at touchpoints by what they wrote: -1.5 for a bad text, 0 for a neutral one, +1.5 for a good one.

A label stands for the middle of the scores that it is learnt from, as emotions: CSAT 1 and 2 are -2 and -1, 4 and 5 are
+1 and +2. People are averaged as by `feelings`, each by their texts. What a model leaves open does not count.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from desireline.analyze.feelings import ratio
from desireline.analyze.scope import I64
from desireline.model.clock import moment
from desireline.model.counted import Feeling, Voices
from desireline.model.sentiment import Polarity

FELT: Final[dict[Polarity, float]] = {"negative": -1.5, "neutral": 0.0, "positive": 1.5}
_LABELS: Final = tuple(FELT)


class Worded(NamedTuple):
    """Texts whose polarity is known, as arrays of one length.

    `touchpoint`: place in the scope's names, -1 for none; `person`, `time` (µs UTC); `label`: place in `FELT`.
    """

    touchpoint: I64
    person: I64
    time: I64
    label: I64


def feelings(names: Sequence[str], texts: Worded, voices: Mapping[str, Voices]) -> dict[str, Feeling]:
    """What the texts of each of `voices` say together; touchpoints of weight 0 do not count.

    Args:
        names: touchpoints of the scope.
        texts: what people wrote in it.
        voices: touchpoints with weights, by any key.
    """
    place = {name: k for k, name in enumerate(names)}
    return {
        key: _told({place[n]: w for n, w in one.weights if w > 0 and n in place}, texts) for key, one in voices.items()
    }


def _told(weights: Mapping[int, float], texts: Worded) -> Feeling:
    felt, last = np.array(list(FELT.values())), None
    people, sums, sizes = [], [], []
    counts = np.zeros(len(FELT), np.int64)
    for touchpoint, weight in weights.items():
        rows = texts.touchpoint == touchpoint
        if not rows.any():
            continue
        who, place = np.unique(texts.person[rows], return_inverse=True)
        people.append(who)
        sums.append(weight * np.bincount(place, felt[texts.label[rows]]) / np.bincount(place))
        sizes.append(np.full(len(who), weight))
        counts += np.bincount(texts.label[rows], minlength=len(FELT))
        last = max(int(texts.time[rows].max()), last or 0)
    if last is None:
        return Feeling(None, None, None, 0, 0, {}, None, None)
    value, around, n = ratio(np.concatenate(people), np.concatenate(sums), np.concatenate(sizes))
    low, high = (None, None) if around is None else (max(-2.0, around.low), min(2.0, around.high))
    by_label = {label: int(k) for label, k in zip(_LABELS, counts, strict=True) if k}
    return Feeling(value, low, high, int(counts.sum()), n, {}, moment(last), None, by_label=by_label)
