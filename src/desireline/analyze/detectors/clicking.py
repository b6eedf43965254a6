"""What the detectors of clicks share: which events are clicks, and on what."""

import numpy as np

from desireline.analyze.detectors.material import Material
from desireline.analyze.scope import I32, Bools


def clicks(material: Material) -> Bools:
    """bool[events]: clicks that are timed to the second.

    They are events that are named so or have an element. Where the data has neither, every event that is no error is
    one: on bare data nobody can say better.
    """
    element = material.property(material.request.element)
    named = material.codes("clicks")
    if material.request.clicks is None and element is None and not named.any():
        return material.rows(material.exact & (material.labels.table >= 0) & ~material.codes("errors"))
    click = material.rows(named & material.exact)
    if material.request.clicks is None and element is not None:
        click |= (element.index >= 0) & material.rows(material.exact & (material.labels.table >= 0))
    return click


def elements(material: Material) -> I32:
    """int32[events], what was clicked; empty if nobody knows."""
    element = material.property(material.request.element)
    return np.zeros(0, np.int32) if element is None else element.index
