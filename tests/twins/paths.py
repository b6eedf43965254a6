"""Sequences and flows, one unit after the other."""


def labels_of(events, collapse):
    labels = [label for label, _ in events]
    return [x for i, x in enumerate(labels) if not (collapse and i and labels[i - 1] == x)]


def layers(sequences, anchor, back, ahead, collapse):
    """For each unit with the anchor its label by layer, None before the start and after the end."""
    found = {}
    for unit, events in enumerate(sequences):
        labels = labels_of(events, collapse)
        if anchor in labels:
            at = labels.index(anchor)
            found[unit] = [labels[i] if 0 <= i < len(labels) else None for i in range(at - back, at + ahead + 1)]
    return found
