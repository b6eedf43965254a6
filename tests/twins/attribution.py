"""Attribution, one path after the other, and every model by its definition."""

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import permutations

GOAL, NULL = "@goal", "@null"


def paths(units, window, by_value=False):
    """[(unit, [(touch, time)], worth or None for a null)] of units that are lists of (touch or GOAL, time, value).

    A null without touches is no path; a conversion without touches is one with an empty list.
    """
    found = []
    for unit, events in enumerate(units):
        so_far = []
        for touch, time, value in events:
            if touch == GOAL:
                near = [(x, t) for x, t in so_far if window is None or time - t <= window]
                found.append((unit, near, (value or 0.0) if by_value else 1.0))
                so_far = []
            elif touch is not None:
                so_far.append((touch, time))
        near = [(x, t) for x, t in so_far if window is None or so_far[-1][1] - t <= window]
        if near:
            found.append((unit, near, None))
    return found


def rules(converted, half_life, direct):
    """model -> touch -> credit, of paths [([(touch, time)], worth)] with at least one touch."""
    credit = defaultdict(Counter)
    for path, worth in converted:
        names = [name for name, _ in path]
        n = len(path)
        indirect = [name for name in names if name not in direct]
        credit["first"][names[0]] += worth
        credit["last"][names[-1]] += worth
        credit["last_non_direct"][indirect[-1] if indirect else names[-1]] += worth
        ages = [0.5 ** ((path[-1][1] - time) / half_life) for _, time in path]
        weights = {1: [1.0], 2: [0.5, 0.5]}.get(n, [0.4, *[0.2 / max(n - 2, 1)] * (n - 2), 0.4])
        for name, age, weight in zip(names, ages, weights, strict=True):
            credit["linear"][name] += worth / n
            credit["time_decay"][name] += worth * age / sum(ages)
            credit["position"][name] += worth * weight
    return credit


def shapley(converted):
    """touch -> the Shapley value: what a touch adds to those before it, on average over all orders of the touches.

    A set of touches is worth the conversions of the paths that hold no other touch.
    """
    touches = sorted({name for path, _ in converted for name, _ in path})
    worth = Counter()
    for path, value in converted:
        worth[frozenset(name for name, _ in path)] += value

    def game(players):
        return sum(value for held, value in worth.items() if held <= players)

    orders = list(permutations(touches))
    credit = Counter()
    for order in orders:
        for k, touch in enumerate(order):
            credit[touch] += (game(frozenset(order[: k + 1])) - game(frozenset(order[:k]))) / len(orders)
    return credit


def removal_effects(walks, order):
    """(worth of a walk, touch -> removal effect) of the Markov chain, in exact fractions.

    Args:
        walks: [([touch], worth, or None for a null)].
        order: how many touches a state remembers.
    """
    steps = defaultdict(Counter)
    reward = Counter()
    for names, worth in walks:
        state = ()
        for name in names:
            after = (*state, name)[-order:]
            steps[state][after] += 1
            state = after
        steps[state][NULL if worth is None else GOAL] += 1
        reward[state] += Fraction(worth or 0)
    whole = _worth(steps, reward, None)
    touches = sorted({name for names, _ in walks for name in names})
    return whole, {t: (1 - _worth(steps, reward, t) / whole if whole else None) for t in touches}


def _worth(steps, reward, removed):
    """The expected worth from the start: one equation for each state, solved by elimination."""
    states = list(steps)
    rows = []
    for state in states:
        leaving = sum(steps[state].values())
        row = [Fraction(int(other == state)) for other in states] + [reward[state] / leaving]
        for after, n in steps[state].items():
            if after not in (GOAL, NULL) and after[-1] != removed:
                row[states.index(after)] -= Fraction(n, leaving)
        rows.append(row)
    for i in range(len(rows)):
        pivot = next(k for k in range(i, len(rows)) if rows[k][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for k in range(len(rows)):
            if k != i and rows[k][i]:
                rows[k] = [x - rows[k][i] * y for x, y in zip(rows[k], rows[i], strict=True)]
    return rows[states.index(())][-1]
