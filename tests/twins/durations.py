"""Durations, one unit after the other."""


def durations(sequences, start, goal):
    """For each unit that enters: unit -> (index of the start event among its labelled ones, µs or None)."""
    found = {}
    for unit, events in enumerate(sequences):
        labels = [label for label, _ in events]
        starts = {"@first": range(len(labels))[:1], "@last": range(len(labels))[-1:]}.get(
            start, [i for i, x in enumerate(labels) if x == start][:1]
        )
        for a in starts:
            goals = {"@first": range(len(labels))[:1], "@last": range(len(labels))[-1:]}.get(
                goal, [i for i, x in enumerate(labels) if x == goal]
            )
            later = [b for b in goals if b > a or (start, goal) == ("@first", "@last")]
            found[unit] = (a, events[later[0]][1] - events[a][1] if later else None)
    return found
