"""The twins of the kernels of drift and troubles: slow and obvious."""

LOOP, GOAL = 0, 4


def transitions_of_episodes(journeys, silence):
    """(unit, place of its episode, day, pair, age) of all transitions; journeys: lists of (label, µs)."""
    found, number = [], -1
    for unit, journey in enumerate(journeys):
        start = before = None
        for label, time in journey:
            if before is None or time - before[1] > silence:
                number, start = number + 1, time
            else:
                found.append((unit, number, before[1], (before[0], label), time - start))
            before = (label, time)
    return found


def visits(journeys, goal_times, target, within, until):
    """For every event in turn the kinds it is a visit of, and those that looped or went on; two lists of sets.

    Args:
        journeys: lists of (label, µs).
        goal_times: of every unit the times of its goal events, with the number of labelled events before each.
        target: kind -> label -> label gone on to, None where the kind is not watched.
        within: kind -> label -> µs.
        until: µs.
    """
    counted, hit = [], []
    for journey, goals in zip(journeys, goal_times, strict=True):
        for i, (x, t) in enumerate(journey):
            earlier = [s for y, s in journey[:i] if y == x]
            kinds = {
                k for k in range(5)
                if target[k][x] is not None and t + within[k][x] <= until
                and (not earlier or t - earlier[-1] > within[k][x])
            }  # fmt: skip
            counted.append(kinds)
            hit.append({k for k in kinds if _became(k, journey, i, goals, target, within)})
    return counted, hit


def _became(k, journey, i, goals, target, within):
    x, t = journey[i]
    last = t + within[k][x]
    if k == LOOP:
        return any(y == x and s <= last for y, s in journey[i + 1 : i + 3])
    if k == GOAL:
        return any(place > i and s <= last for s, place in goals)
    others = [(y, s) for y, s in journey[i + 1 :] if y != x]
    return bool(others) and others[0][0] == target[k][x] and others[0][1] <= last
