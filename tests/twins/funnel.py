"""The funnel by its definition: try every chain."""


def funnel(sequences, steps, within):
    """For each unit the wait of each step reached (in µs), as a list: its length is how far the unit got.

    A chain is built backwards from each event that could be its end: of all chains that end there, the one with the
    latest first event; the first end (in order) with a chain inside the window is the one that counts.
    """
    return [_waits(events, steps, within) for events in sequences]


def _waits(events, steps, within):
    waits = []
    for k in range(1, len(steps) + 1):
        found = [_shortest(events, steps[:k], end, within) for end in range(len(events))]
        wait = next((w for w in found if w is not None), None)
        if wait is None:
            break
        waits.append(wait)
    return waits


def _shortest(events, steps, end, within):
    """The time of the shortest chain through `steps` that ends with event `end`, None if none is in the window."""
    if events[end][0] != steps[-1]:
        return None
    starts = _starts(events, steps, end)
    best = min((events[end][1] - t for t in starts), default=None)
    return best if best is not None and (within is None or best <= within) else None


def _starts(events, steps, end):
    """The times of all first events of chains through `steps` whose last event is number `end`."""
    if events[end][0] != steps[-1]:
        return set()
    if len(steps) == 1:
        return {events[end][1]}
    return set().union(*(_starts(events, steps[:-1], before) for before in range(end)))
