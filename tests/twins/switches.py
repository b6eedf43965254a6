"""Channel switches, stay by stay."""

from itertools import pairwise


def stays(events):
    """Runs of events in one channel; an event is (channel, topics, time), a channel None does not interrupt."""
    found = []
    for event in events:
        if event[0] is None:
            continue
        if found and found[-1][-1][0] == event[0]:
            found[-1].append(event)
        else:
            found.append([event])
    return found


def switches(units, within):
    """[(unit, from, to, wait µs, topics of the first event after it, whether it repeats)]."""
    return [
        (
            unit, old[-1][0], new[0][0], new[0][2] - old[-1][2], new[0][1],
            any(
                after[2] - before[2] <= within
                and any(a is not None and a == b for a, b in zip(before[1], after[1], strict=True))
                for before in old
                for after in new
            ),
        )
        for unit, events in enumerate(units)
        for old, new in pairwise(stays(events))
    ]  # fmt: skip
