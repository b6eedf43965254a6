"""Dead clicks: marked so (property `dead`, or its name), or followed by nothing but the same click of the same element.

The second click comes more than 1 s (else it may be rage) and at most 10 s later, and no event of any kind between
them: no page, no answer. That needs the property `element`; without it two views of a page would look the same.
"""

import numpy as np

from desireline.analyze.detectors.clicking import clicks, elements
from desireline.analyze.detectors.material import Material, Signs, is_set
from desireline.analyze.detectors.model import Reason

LEAST, WITHIN = 1_000_000, 10_000_000


def find(material: Material) -> Signs | Reason:
    """The clicks that nothing came of."""
    from desireline.kernels.clicks import dead

    marked, element = material.property("dead"), material.property(material.request.element)
    named, scope = material.codes("dead"), material.scope
    if marked is None and element is None and not named.any():
        return "no_elements"
    hit = material.rows(named)
    if marked is not None:
        hit |= marked.where(is_set)
    chance = hit.copy() if marked is None else hit | (marked.index >= 0)
    if element is not None:
        click = clicks(material) & (element.index >= 0)
        hit |= dead(scope.offsets, scope.time, scope.code, elements(material), click, LEAST, WITHIN)
        chance |= click
    elif marked is None:
        return Signs(hit, None)
    return Signs(hit, np.asarray(chance))
