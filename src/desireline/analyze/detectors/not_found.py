"""Asked and not found: a search without results, or a contact within 30 minutes of a search or a day of a help page.

A search has no results if its name says so or its property `results` is 0. A contact counts for the last search or help
page before it alone. What could still be followed by a contact does not count. A page that only says that nothing was
found is held against all who searched on its channel, or came by there where no event is a search.
"""

import numpy as np

from desireline.analyze.detectors.material import MINUTE, Material, Signs
from desireline.analyze.detectors.model import Reason
from desireline.analyze.scope import Bools

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
    return Signs(hit | empty, chance | empty, wider=_wider(material, searches, nothing))


def _wider(material: Material, searches: Bools, nothing: Bools) -> dict[int, Bools]:
    """The searches of the channel of each page that says by its name that there is nothing."""
    cell, found = material.events.cell, {}
    for place in np.unique(cell[nothing & (cell >= 0)]).tolist():
        channel = material.channels == material.cells[place][1]
        looked = searches & channel if (searches & channel & ~nothing).any() else channel
        found[place] = looked | (cell == place)
    return found


def _is_zero(value: str) -> bool:
    try:
        return float(value) == 0
    except ValueError:
        return False
