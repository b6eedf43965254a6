"""A slow, obvious twin of assigning journeys to chains: every step's probability multiplied, journey by journey."""

import math
from itertools import pairwise


def assign(journeys, weight, step):
    """(chain, probability) of each journey, a list of labels; `step[k][a][b]` and `weight[k]` are probabilities."""
    end = len(step[0]) - 1
    found = []
    for labels in journeys:
        if not labels:
            found.append((-1, 0.0))
            continue
        walk = [end, *labels, end]
        likely = [w * math.prod(table[a][b] for a, b in pairwise(walk)) for w, table in zip(weight, step, strict=True)]
        best = max(range(len(likely)), key=likely.__getitem__)
        found.append((best, likely[best] / sum(likely)))
    return found
