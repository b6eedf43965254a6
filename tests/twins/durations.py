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


def spans(sequences, start, goal, end, horizon):
    """For each unit that enters: unit -> (µs until it got there or was lost from sight, whether it got there)."""
    found = {}
    for unit, (at, wait) in durations(sequences, start, goal).items():
        took = end - sequences[unit][at][1] if wait is None else wait
        late = horizon is not None and took > horizon
        found[unit] = (horizon if late else took, wait is not None and not late)
    return found


def kaplan_meier(spans):
    """(time, watched until then, estimated share there by then) at every time at which somebody gets there."""
    found, staying = [], 1.0
    for moment in sorted({took for took, reached in spans if reached}):
        watched = sum(took >= moment for took, _ in spans)
        staying *= 1 - sum(reached and took == moment for took, reached in spans) / watched
        found.append((moment, watched, 1 - staying))
    return found
