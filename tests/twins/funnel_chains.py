"""The funnel by its definition, for every order and condition: list all chains, then choose."""

from itertools import pairwise, product
from types import SimpleNamespace


def asked(labels, order="ordered", within=None, gaps=None, optional=(), ever=(), exclude=()):
    """What a chain must be: `labels` of the steps; steps from 0; `exclude`: (label, after, before); times in µs."""
    return SimpleNamespace(
        labels=labels, order=order, within=within, gaps=gaps or [None] * len(labels), optional=set(optional),
        ever=set(ever), exclude=list(exclude),
    )  # fmt: skip


def chains(events, what, k):
    """All chains of step k as tuples of (step, place of the event), in the order of the events.

    Each comes with whether an exclusion breaks it; `events`: one unit's (label, time, …).
    """
    found = _any_order(events, what, k) if what.order == "any" else _in_order(events, what, k)
    for chain in found:
        if what.order == "strict" and any(b - a > 1 for (_, a), (_, b) in pairwise(chain)):
            continue
        if what.within is None or events[chain[-1][1]][1] - events[chain[0][1]][1] <= what.within:
            yield chain, _broken(events, what, chain)


def _in_order(events, what, k):
    if k == 0:
        yield from (((0, i),) for i in range(len(events)) if _is(events, what, 0, i))
        return
    for p in range(k - 1, -1, -1):
        for chain in _in_order(events, what, p):
            at, limit = chain[-1][1], what.gaps[k]
            for i in range(at + 1, len(events)):
                if _is(events, what, k, i) and (limit is None or events[i][1] - events[at][1] <= limit):
                    yield (*chain, (k, i))
        if p not in what.optional:
            return


def _any_order(events, what, k):
    steps = [j for j in range(k) if j not in what.optional] + [k]
    places = [[i for i in range(len(events)) if _is(events, what, j, i)] for j in steps]
    for chosen in product(*places):
        if len(set(chosen)) == len(steps):
            yield tuple(sorted(zip(steps, chosen, strict=True), key=lambda pair: pair[1]))


def _is(events, what, k, i):
    label = what.labels[k]
    first = next((n for n, event in enumerate(events) if event[0] == label), None)
    return events[i][0] == label and (k not in what.ever or i == first)


def _broken(events, what, chain):
    return any(
        events[i][0] == label
        for (p, a), (k, b) in pairwise(chain)
        for label, after, before in what.exclude
        for i in range(a + 1, b)
        if what.order == "any" or (after <= p and k <= before)
    )


def _counts(what):
    """The order among chains that end with the same event: the one that counts is the greatest."""

    def key(chain):
        backwards = tuple(chain[::-1])
        if what.order == "any":
            return tuple(i for _, i in backwards), tuple(-j for j, _ in backwards)
        return chain[0][1], tuple((i, -j) for j, i in backwards[1:])

    return key


def reached(events, what, only=...):
    """For each step reached: the chain that counts, as tuples of (step, place); `only`: the value of all its events."""
    found = {}
    for k in range(len(what.labels)):
        whole = [chain for chain, broken in chains(events, what, k) if not broken]
        whole = [chain for chain in whole if only is ... or {events[i][2] for _, i in chain} == {only}]
        end = min((chain[-1][1] for chain in whole), default=None)
        if end is not None:
            found[k] = max((chain for chain in whole if chain[-1][1] == end), key=_counts(what))
    return found


def times(events, found):
    """For each step reached: µs from the first and from the last but one event of its chain."""
    clock = {k: [events[i][1] for _, i in chain] for k, chain in found.items()}
    return {k: (t[-1] - t[0], t[-1] - t[-2] if len(t) > 1 else 0) for k, t in clock.items()}


def lost_a_chain(events, what):
    return any(broken for k in range(len(what.labels)) for _, broken in chains(events, what, k))


def lost_a_step(events, what):
    free = SimpleNamespace(**{**vars(what), "exclude": []})
    return len(reached(events, free)) > len(reached(events, what))


def group(events, what, way):
    """The value (third of an event) of the chain of the furthest step; way: first, last or the number of a step."""
    found = reached(events, what)
    if not found:
        return None
    chain = found[max(found)]
    if isinstance(way, int):
        return next((events[i][2] for j, i in chain if j == way), None)
    values = [events[i][2] for _, i in chain if events[i][2] is not None]
    return (values[0] if way == "first" else values[-1]) if values else None


def entry(events, what):
    """The time of the first event of the chain of the furthest step."""
    found = reached(events, what)
    return events[found[max(found)][0][1]][1] if found else None
