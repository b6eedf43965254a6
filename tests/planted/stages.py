"""People who move through stages that are known, for what finds stages.

`walks` wander inside a stage before they move; `visits` meet a few touchpoints of each stage on one channel. Both step
back, leave and stray; neither knows how stages are looked for.
"""

import random
from typing import NamedTuple


class Planting(NamedTuple):
    """Everyone's touchpoints in order, and the stage of each touchpoint; noise has none."""

    traces: list[list[str]]
    stages: dict[str, int]


def walks(seed, people=2000, stages=5, per=5, leaving=0.08, back=0.06, noise=0.08, noises=3):
    """At each step leave, go back, go on or stay in the stage; noise is an event that any stage can have."""
    draw = random.Random(seed)  # noqa: S311 - the same people for the same seed, no secret
    weights = [[draw.expovariate(1) + 0.1 for _ in range(per)] for _ in range(stages)]
    going = [draw.uniform(0.25, 0.6) for _ in range(stages)]
    traces = []
    for _ in range(people):
        stage, trace = 0, []
        while stage < stages:
            trace.append(f"s{stage} t{draw.choices(range(per), weights[stage])[0]}")
            if noises and draw.random() < noise:
                trace.append(f"noise {draw.randrange(noises)}")
            move = draw.random()
            if move < leaving:
                break
            stage = max(stage - 1, 0) if move < leaving + back else stage + (draw.random() < going[stage])
        traces.append(trace)
    return Planting(traces, {f"s{s} t{t}": s for s in range(stages) for t in range(per)})


def visits(seed, people=2000, stages=5, channels=4, leaving=0.15, back=0.15, noise=0.1, switch=0.2, per=2):
    """In each stage one to four touchpoints of one channel, which seldom changes; then on, back or away."""
    draw = random.Random(seed)  # noqa: S311 - the same people for the same seed, no secret
    popular = [draw.expovariate(1) + 0.2 for _ in range(channels)]
    known = [[[f"c{c} s{s} t{t}" for t in range(per)] for c in range(channels)] for s in range(stages)]
    traces = []
    for _ in range(people):
        stage, channel, trace = 0, draw.choices(range(channels), popular)[0], []
        while stage < stages:
            for _ in range(draw.choice([1, 1, 2, 3, 4])):
                trace.append(draw.choice(known[stage][channel]))
                if draw.random() < noise:
                    trace.append(draw.choice(["ping", "mail opened", *known[draw.randrange(stages)][channel]]))
            if draw.random() < switch:
                channel = draw.choices(range(channels), popular)[0]
            move = draw.random()
            if move < leaving:
                break
            stage = max(stage - 1, 0) if move < leaving + back else stage + 1
        traces.append(trace)
    return Planting(traces, {name: s for s in range(stages) for c in known[s] for name in c})


class Spanning(NamedTuple):
    """As `Planting`, with what every event is about: None but on the telephone."""

    traces: list[list[str]]
    stages: dict[str, int]
    topics: list[str | None]


def spanning(seed, people=2000, phone=0.25):
    """`walks` with a telephone that people take up in any stage; nine times in ten the topic is that of the stage."""
    draw = random.Random(seed + 1)  # noqa: S311 - the same people for the same seed, no secret
    plain = walks(seed, people, noises=0)
    traces, topics = [], []
    for walk in plain.traces:
        trace = []
        for touchpoint in walk:
            trace.append((touchpoint, None))
            if draw.random() < phone:
                about = plain.stages[touchpoint] if draw.random() < 0.9 else draw.randrange(5)
                trace.append(("phone", f"topic {about}"))
        traces.append([name for name, _ in trace])
        topics += [topic for _, topic in trace]
    return Spanning(traces, plain.stages, topics)


def circles(seed, people=2000, touchpoints=20):
    """No order: any touchpoint may follow any other."""
    draw = random.Random(seed)  # noqa: S311 - the same people for the same seed, no secret
    names = [f"t{k}" for k in range(touchpoints)]
    weights = [draw.expovariate(1) + 0.1 for _ in names]
    return Planting([draw.choices(names, weights, k=draw.randint(1, 12)) for _ in range(people)], {})
