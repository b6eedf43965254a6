"""Sessions, one event after the other."""


def sessions(sequences, gap):
    """Each unit's sessions as lists of (label, time); `gap(label)` is the silence in µs that may follow an event."""
    found = []
    for events in sequences:
        cut = []
        for event in events:
            if cut and event[1] - cut[-1][-1][1] <= gap(cut[-1][-1][0]):
                cut[-1].append(event)
            else:
                cut.append([event])
        found.append(cut)
    return found
