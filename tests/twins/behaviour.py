"""How often a unit did something, read off the definition of `model.segment` pair by pair."""


def behaviour(events, at_least=1, at_most=None, within=None, before=False, after=False):
    """Whether a unit's events [(time, is step, is B, is A)], in order, hold as many of the step as they must.

    Args:
        before, after: whether a B or an A is asked for.
    """
    most = float("inf") if at_most is None else at_most
    window = float("inf") if within is None else within
    places = range(len(events))

    def counted(first, last, start):
        """Events of the step at places first … last - 1 no later than the window that begins at `start`."""
        return sum(events[k][1] and events[k][0] - start <= window for k in range(first, last))

    if after:
        ends = [j for j in places if events[j][2]] if before else [len(events)]
        counts = [counted(i + 1, j, events[i][0]) for i in places if events[i][3] for j in ends if j > i]
    elif before:
        counts = [
            sum(events[k][1] and events[j][0] - events[k][0] <= window for k in range(j))
            for j in places
            if events[j][2]
        ]
    else:
        counts = [max((counted(i, len(events), events[i][0]) for i in places if events[i][1]), default=0)]
    return any(at_least <= n <= most for n in counts)
