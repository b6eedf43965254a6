"""Small steps and a goal, one unit after the other."""


def reach(units, steps):
    """(units with the goal, step -> (units that reach it, before the goal, and the goal too)).

    Units are lists of (name, is the goal); the goal's own events are no steps.
    """
    converted = sum(any(goal for _, goal in events) for events in units)
    found = {}
    for step in steps:
        people = before = both = 0
        for events in units:
            at_goal = next((k for k, (_, goal) in enumerate(events) if goal), len(events))
            at_step = next((k for k, (name, goal) in enumerate(events) if name == step and not goal), None)
            people += at_step is not None
            before += at_step is not None and at_step < at_goal
            both += at_step is not None and at_step < at_goal < len(events)
        found[step] = (people, before, both)
    return converted, found
