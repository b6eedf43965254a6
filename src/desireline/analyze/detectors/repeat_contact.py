"""Repeat contact: after a contact another one about the same, on whatever channel, within 7 days (and 1, and 30).

Contact events on one channel with at most 30 minutes between them are one contact. Topics are compared where events
have the property `topic`, an unknown one being one of its own; where no event has it every contact is about the same.
Contacts whose days are not over, and that nothing followed so far, do not count.
"""

import numpy as np

from desireline.analyze.detectors.material import MINUTE, Material, Signs
from desireline.analyze.detectors.model import Reason

DAY = 24 * 60 * MINUTE
SAME = 30 * MINUTE
DAYS, MAIN = (1, 7, 30), 7


def find(material: Material, days: int = MAIN) -> Signs | Reason:
    """The contacts that are followed by another within so many days."""
    from desireline.kernels.repeats import repeated_contacts

    contacts, scope = material.codes("contacts"), material.scope
    if not contacts.any():
        return "no_contacts"
    topic = material.property(material.request.topic)
    chance, hit = repeated_contacts(
        scope.offsets, scope.time, scope.code, material.channels, material.rows(contacts),
        np.zeros(0, np.int32) if topic is None else topic.index, 0 if topic is None else len(topic.values), SAME,
        days * DAY, scope.until,
    )  # fmt: skip
    return Signs(hit, chance)
