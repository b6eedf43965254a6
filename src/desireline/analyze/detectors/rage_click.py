"""Rage clicks: three or more clicks of one element (event name, and property `element` if there is one) in a second."""

from desireline.analyze.detectors.clicking import clicks, elements
from desireline.analyze.detectors.material import Material, Signs
from desireline.analyze.detectors.model import Reason

WITHIN, LEAST = 1_000_000, 3


def find(material: Material) -> Signs | Reason:
    """Where bursts of clicks begin."""
    from desireline.kernels.clicks import rage

    if not material.exact.any():
        return "coarse_times"
    click, scope = clicks(material), material.scope
    if not click.any():
        return "no_clicks"
    hit = rage(scope.offsets, scope.time, scope.code, elements(material), click, material.below_seconds, WITHIN, LEAST)
    return Signs(hit, click)
