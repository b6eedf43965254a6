"""Asked and not found: a search without results, or a contact within 30 minutes of a search or a day of a help page.

A search has no results if its name says so or its property `results` is 0. A contact counts for the last search or help
page before it alone. What could still be followed by a contact does not count.
"""

import numpy as np

from desireline.analyze.detectors.material import MINUTE, Material, Signs
from desireline.analyze.detectors.model import Reason

AFTER_SEARCH, AFTER_HELP = 30 * MINUTE, 24 * 60 * MINUTE


def find(material: Material) -> Signs | Reason:
    """The searches and help pages that did not help."""
    from desireline.kernels.answers import led_to

    scope, results = material.scope, material.property("results")
    searches, help_pages, nothing = (material.codes(r) for r in ("searches", "help_pages", "nothing"))
    contacts = material.codes("contacts") & ~searches & ~help_pages & ~nothing
    if results is None and not (searches | help_pages | nothing).any():
        return "no_searches"
    if results is None and not nothing.any() and not contacts.any():
        return "no_contacts"
    within = np.where(searches | nothing, AFTER_SEARCH, np.where(help_pages, AFTER_HELP, -1)).astype(np.int64)
    chance, hit = led_to(scope.offsets, scope.time, scope.code, within, material.rows(contacts), scope.until)
    empty = material.rows(nothing)
    if results is not None:
        empty |= results.where(_is_zero)
        chance |= (results.index >= 0) & material.rows(within < 0)
    return Signs(hit | empty, chance | empty)


def _is_zero(value: str) -> bool:
    try:
        return float(value) == 0
    except ValueError:
        return False
