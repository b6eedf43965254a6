"""A slow, obvious twin of what is met for the first time soon after what, and of what stands next to what."""

from collections import Counter


def precedence(journeys, soon=3):
    """Pairs of labels by units that meet the second as one of the next `soon` new ones after the first."""
    pairs = Counter()
    for labels in journeys:
        new = list(dict.fromkeys(labels))
        pairs.update((a, b) for at, a in enumerate(new) for b in new[at : at + soon + 1])
    return pairs


def surroundings(journeys, stage):
    """(label, stage of both neighbours or None) by events that have another label before and after them."""
    found = Counter()
    for labels in journeys:
        for at, here in enumerate(labels):
            before = next((x for x in reversed(labels[:at]) if x != here), None)
            after = next((x for x in labels[at:] if x != here), None)
            if before is not None and after is not None:
                found[here, stage[before] if stage[before] == stage[after] else None] += 1
    return found
