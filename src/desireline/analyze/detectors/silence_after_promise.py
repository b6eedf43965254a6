"""Silence after a promise: nothing comes from the organisation in the time that it gave.

The time is the property `promise` if it is a length such as 48h or 2d, else 72 hours. Promises whose time is not over
do not count.
"""

import numpy as np

from desireline.analyze.detectors.material import MINUTE, Material, Signs, is_set
from desireline.analyze.detectors.model import Reason
from desireline.errors import BadQuestion
from desireline.model.duration import parse_duration

USUAL = 72 * 60 * MINUTE


def find(material: Material) -> Signs | Reason:
    """The promises that nothing came of."""
    from desireline.kernels.answers import unanswered

    named, given, scope = material.codes("promises"), material.property("promise"), material.scope
    if given is None and not named.any():
        return "no_promises"
    answers = material.codes("answers") & ~named
    if not answers.any():
        return "no_answers"
    promise, within, index = material.rows(named), [], np.zeros(0, np.int32)
    if given is not None:
        promise |= given.where(is_set)
        within, index = [_period(value) for value in given.values], given.index
    chance, hit = unanswered(
        scope.offsets, scope.time, promise, material.rows(answers), np.array([*within, USUAL], np.int64), index,
        scope.until,
    )  # fmt: skip
    return Signs(hit, chance)


def _period(value: str) -> int:
    try:
        return parse_duration(value, "promise")
    except BadQuestion:
        return USUAL
