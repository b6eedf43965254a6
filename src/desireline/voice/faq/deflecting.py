"""What an article saved, against people who could not see it."""

from desireline.model.faq import Deflection, Holdout
from desireline.model.intervals import ratio_of_shares
from desireline.voice.faq.ranking import rate


def deflection(counts: Holdout) -> Deflection:
    """The share of contacts saved, 1 - r_exposed / r_holdout, with the interval of the ratio.

    The usual "visits of the help centre by tickets" is no deflection: it has no comparison.

    >>> found = deflection(Holdout(holdout_people=1000, holdout_contacted=120, exposed_people=1000,
    ...                            exposed_contacted=90))
    >>> [round(x, 3) for x in (found.value, found.low, found.high)]
    [0.25, 0.029, 0.421]
    """
    holdout = rate(counts.holdout_contacted, counts.holdout_people)
    exposed = rate(counts.exposed_contacted, counts.exposed_people)
    fields = {"holdout": holdout, "exposed": exposed}
    if not holdout.of or not exposed.of:
        return Deflection(value=None, low=None, high=None, refused="one_group", **fields)
    if not holdout.n or holdout.value is None or exposed.value is None:
        return Deflection(value=None, low=None, high=None, refused="no_contacts_in_holdout", **fields)
    low, high = ratio_of_shares(exposed.n, exposed.of, holdout.n, holdout.of)
    return Deflection(value=1 - exposed.value / holdout.value, low=1 - high, high=1 - low, refused=None, **fields)
