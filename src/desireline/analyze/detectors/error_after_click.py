"""Errors after a click: an error at most 5 s after it, and no click between them; or a click that is an error itself.

An event is an error if its name says so, its property `error` is set, or its property `status` is 400 to 599.
"""

from desireline.analyze.detectors.clicking import clicks
from desireline.analyze.detectors.material import Material, Signs, is_set
from desireline.analyze.detectors.model import Reason

WITHIN = 5_000_000


def find(material: Material) -> Signs | Reason:
    """The clicks that errors came of."""
    from desireline.kernels.clicks import failed

    if not material.exact.any():
        return "coarse_times"
    named, errors, status = material.codes("errors"), material.property("error"), material.property("status")
    if errors is None and status is None and not named.any():
        return "no_errors"
    error = material.rows(named)
    if errors is not None:
        error |= errors.where(is_set)
    if status is not None:
        error |= status.where(_is_failure)
    click = clicks(material)
    if not error.any():
        return "no_errors"
    if not click.any():
        return "no_clicks"
    return Signs(failed(material.scope.offsets, material.scope.time, click, error, WITHIN), click)


def _is_failure(status: str) -> bool:
    try:
        return 400 <= float(status) < 600
    except ValueError:
        return False
