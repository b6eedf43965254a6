"""People whose journeys are of known types, for what finds types of journeys.

Two mechanisms. `routes`: every type has a route of its own through touchpoints that all share, and people leave early,
skip, swap and stray. `chains`: every type is a Markov chain of its own. Neither knows how types are looked for.
"""

import random
from typing import NamedTuple

import numpy as np

TOUCHPOINTS = [f"touchpoint {k:02d}" for k in range(14)]


class Planting(NamedTuple):
    """Everyone's touchpoints in order, and the type of each."""

    traces: list[list[str]]
    types: list[int]


def routes(seed, k=3, people=3000, noise=0.3, leaving=0.25, shared=False):
    """Types of 6 to 10 touchpoints out of 14 in an order of their own.

    At each step something goes wrong at the rate `noise`: a touchpoint of any kind comes between, the step is left out,
    done twice with another between, or changes places with the next. `leaving`: so many leave somewhere on the way.
    `shared`: all types begin with the same two touchpoints.
    """
    draw = random.Random(seed)  # noqa: S311 - the same people for the same seed, no secret
    ways = [draw.sample(TOUCHPOINTS[2:], draw.randint(5, 8)) for _ in range(k)]
    ways = [[*(TOUCHPOINTS[:2] if shared else []), *way] for way in ways]
    weights = [draw.uniform(0.6, 1.4) for _ in range(k)]
    types = draw.choices(range(k), weights, k=people)
    return Planting([_walk(draw, ways[z], noise, leaving) for z in types], types)


def _walk(draw, way, noise, leaving):
    way = list(way)
    for place in range(len(way) - 1):
        if draw.random() < noise / 4:
            way[place], way[place + 1] = way[place + 1], way[place]
    trace = []
    for step in way:
        wrong = draw.choice(["between", "between", "left out", "again"]) if draw.random() < noise else None
        if wrong != "left out":
            trace.append(step)
        if wrong in ("between", "again"):
            trace.append(draw.choice(TOUCHPOINTS))
        if wrong == "again":
            trace.append(step)
    return trace[: draw.randint(1, len(trace))] if trace and draw.random() < leaving else trace or [way[0]]


def chains(seed, k=3, people=3000, noise=0.3, leaving=0.25):
    """Types as chains over 14 touchpoints: from each two or three likely next ones; with the rate `noise` any other."""
    rng = np.random.default_rng(seed)
    n = len(TOUCHPOINTS)
    start = rng.dirichlet(np.full(4, 1.0))
    steps = np.zeros((k, n, n))
    for z in range(k):
        for i in range(n):
            to = rng.choice(np.delete(np.arange(n), i), 3, replace=False)
            steps[z, i, to] = rng.dirichlet((2.0, 1.5, 0.7))
    types = rng.choice(k, people, p=rng.dirichlet(np.full(k, 8.0)))
    traces = []
    for z in types:
        at, trace = int(rng.choice(4, p=start)), []
        length = 2 + rng.poisson(7)
        for _ in range(max(1, int(length * rng.random())) if rng.random() < leaving else length):
            trace.append(TOUCHPOINTS[at])
            at = int(rng.integers(n)) if rng.random() < noise else int(rng.choice(n, p=steps[z, at]))
        traces.append(trace)
    return Planting(traces, types.tolist())


def nothing(seed, people=3000):
    """Everyone is of one kind."""
    return routes(seed, 1, people)
