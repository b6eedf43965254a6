"""Where people seek help: touchpoints that those who struggle come to, so that struggling goes with them anyway."""

from typing import NamedTuple

import numpy as np

from desireline.analyze.detectors.kinds import has
from desireline.analyze.scope import Bools, Scope
from desireline.errors import UnknownStep


class Help(NamedTuple):
    """bool[codes] each: events that are a contact with the organisation, and those that seek help in any way."""

    contact: Bools
    seeking: Bools


def help_codes(scope: Scope, given: list[str] | None) -> Help:
    """The events that seek help.

    Args:
        scope: the events.
        given: names of touchpoints, events or channels that are contacts; None for those whose names say so
            (`detectors.kinds`). Help pages seek help by their names in any case.

    Raises:
        UnknownStep: a name is none of these.
    """
    named = (scope.touchpoints, scope.event_names, scope.channels)
    known = [tuple(labels.of(code) for labels in named) for code in range(len(scope.event_names.table))]
    if given is None:
        contact = np.array([has("contacts", (t, e), c) for t, e, c in known], np.bool_)
    else:
        available = list(dict.fromkeys(name for labels in named for name in labels.names))
        for name in given:
            if name not in available:
                raise UnknownStep(step=name, available=available)
        contact = np.array([any(n in given for n in names) for names in known], np.bool_)
    pages = np.array([has("help_pages", (t, e), None) for t, e, _ in known], np.bool_)
    return Help(contact, contact | pages)
