"""Ping-pong: from A to B to A to B, two rounds or more, in half an hour; repeats in a row count as one visit.

Every stretch of going back and forth counts once, at its first touchpoint.
"""

from desireline.analyze.detectors.material import MINUTE, Material, Signs
from desireline.analyze.detectors.model import Reason

WITHIN = 30 * MINUTE


def find(material: Material) -> Signs | Reason:
    """Where people begin to go back and forth."""
    from desireline.kernels.loops import ping_pong

    if not material.exact.any():
        return "coarse_times"
    label = material.labels.table.copy()
    label[~material.exact] = -1
    scope = material.scope
    hit, other = ping_pong(scope.offsets, scope.time, scope.code, label, WITHIN)
    return Signs(hit, other=other)
