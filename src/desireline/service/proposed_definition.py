"""A definition proposed from the data alone."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from desireline.analyze.matching import exposures
from desireline.analyze.overlay import MapRequest, measure
from desireline.analyze.scope import Scope
from desireline.analyze.transitions import TransitionsRequest, answer
from desireline.analyze.trophic import propose_stages
from desireline.model.definition import Definition, Goal, JourneyRules, MatchRule, Stage, Touchpoint
from desireline.store.journeys import Generation


def propose_touchpoints(generation: Generation) -> list[Touchpoint]:
    """One touchpoint per event name, split by channel only where several channels share the name."""
    dictionary = generation.dictionary.filter(~exposures(generation.dictionary))
    rows = dictionary.select(["name", "channel", "caveat"]).to_pylist()
    channels: dict[str, dict[str, str | None]] = {}
    for row in rows:
        channels.setdefault(row["name"], {})[row["channel"]] = row["caveat"]
    found = []
    for name, by_channel in sorted(channels.items()):
        for channel, caveat in sorted(by_channel.items()):
            split = len(by_channel) > 1
            rule = MatchRule(name=name, channel=channel if split else None)
            label = f"{name} ({channel})" if split else name
            found.append(Touchpoint(name=label[:200], channel=channel, match=[rule], caveat=caveat))
    return found


def propose(scope: Scope, touchpoints: Sequence[Touchpoint], stages: int) -> Definition:
    """Stages by the trophic level of the directly-follows graph (`analyze.trophic`), goals at its end.

    Args:
        scope: persons with all their events, labelled by `touchpoints`.
        touchpoints: the touchpoints, in the order of the scope's labels.
        stages: how many stages at most.
    """
    names = [t.name for t in touchpoints]
    place = {name: i for i, name in enumerate(names)}
    links = answer(scope, TransitionsRequest(medians=False)).transitions
    cells = ([place[link.from_] for link in links], [place[link.to] for link in links])
    counts = sparse.coo_array(([link.count for link in links], cells), shape=(len(names), len(names)), dtype=np.int64)
    people = [m.people for m in measure(scope, MapRequest()).touchpoints]
    found = propose_stages(counts.tocsr(), names, people, stages)
    placed = [
        t.model_copy(update={"stage": found.names[s]}) for t, s in zip(touchpoints, found.assignment, strict=True)
    ]
    order = np.lexsort((-np.array(people), np.array(found.assignment)))
    last = [placed[i] for i in order if found.assignment[i] == len(found.names) - 1]
    return Definition(
        origin="proposed",
        coherence=found.coherence,
        stages=[Stage(name=n) for n in found.names],
        touchpoints=[placed[i] for i in order],
        goals=[Goal(name=last[0].name, touchpoints=[last[0].name])] if last else [],
        journey=JourneyRules(),
    )
