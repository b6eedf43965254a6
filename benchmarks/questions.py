"""The five questions about sequences, by our kernels and by other engines in the same run, with equal answers.

Usage: python benchmarks/questions.py [--events 1000000] [--repeat 7] [--json FILE]

Ours is the public call on a warm store, result object included. Peers get the sorted table (their forms are in
`_peers.py`); they count no people in transitions and write no shares, so they do less. Medians in seconds of the
repetitions, the first call apart; ends with an error if two engines disagree.
"""

# ruff: noqa: D102  (methods are named for the questions)

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import _peers
import numpy as np
import pyarrow as pa
import synthetic

from desireline.analyze import durations, funnel, paths, transitions, variants
from desireline.analyze.scope import Labels, Scope
from desireline.kernels.arrays import frozen
from desireline.kernels.gather import gather
from desireline.kernels.sort import sort_events
from desireline.model.question import Filters

STEPS = [2, 7, 12, 20, 30]
WITHIN, WEEK = "7d", 7 * 86_400_000_000
TOP, WIDTH = 20, 8


def scope_of(made: synthetic.Events) -> Scope:
    """The journey store of the events, in memory: an event code for each kind and channel."""
    persons = int(made.person.max()) + 1
    sorted_time, arrival = np.empty(len(made.time), np.int64), np.arange(len(made.time))
    offsets, order = sort_events(made.person, made.time, arrival, persons, sorted_time)
    code = gather(made.kind.astype(np.int32) * synthetic.CHANNELS + made.channel, order)
    present = np.flatnonzero(np.diff(offsets))
    codes = np.arange(synthetic.KINDS * synthetic.CHANNELS, dtype=np.int32)
    kinds = Labels(synthetic.NAMES, frozen(codes // synthetic.CHANNELS))
    return Scope(
        offsets=frozen(np.append(offsets[present], offsets[-1])), time=frozen(sorted_time), code=frozen(code),
        arrival=frozen(order.astype(np.int64)), owner=frozen(present.astype(np.int32)), touchpoints=kinds,
        stages=Labels([], frozen(np.full(len(codes), -1, np.int32))), event_names=kinds,
        channels=Labels(synthetic.CHANNEL_NAMES, frozen(codes % synthetic.CHANNELS)), grain="person",
        filters=Filters(), definition=None, generation="benchmark", until=int(sorted_time.max()), gap=WEEK,
        sources=Labels(["bench"], frozen(np.zeros(len(codes), np.int32))), caveat=frozen(np.zeros(len(codes), bool)),
        columns=NoColumns(),
    )  # fmt: skip


def sorted_rows(scope: Scope) -> pa.Table:
    """What the peers get."""
    person = np.repeat(scope.owner, np.diff(scope.offsets))
    kind = scope.event_names.table[scope.code].astype(np.int16)
    channel = scope.channels.table[scope.code].astype(np.int8)
    return pa.table(
        {"person": person, "time": scope.time, "kind": kind, "channel": channel, "pos": np.arange(len(kind))}
    )


class NoColumns:
    """The benchmark's events have neither properties nor traits nor values."""


class Taken(NamedTuple):
    """Seconds on the clock, and of all cores together: the second says more where others use the machine too."""

    seconds: float
    core_seconds: float


class Ours:
    """Desireline; answers in the form of the peers."""

    name = "Desireline"

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def funnel(self) -> funnel.FunnelResult:
        names = [synthetic.NAMES[k] for k in STEPS]
        return funnel.answer(self.scope, funnel.FunnelRequest(steps=names, within=WITHIN))

    def transitions(self, medians: bool) -> transitions.TransitionsResult:
        return transitions.answer(self.scope, transitions.TransitionsRequest(medians=medians))

    def variants(self) -> variants.VariantsResult:
        return variants.answer(self.scope, variants.VariantsRequest(top=TOP))

    def paths(self) -> paths.PathsResult:
        request = paths.PathsRequest(anchor=synthetic.NAMES[STEPS[0]], depth=_peers.LAYERS, max_nodes_per_layer=WIDTH)
        return paths.answer(self.scope, request)

    def durations(self) -> durations.DurationsResult:
        request = durations.DurationsRequest(from_=synthetic.NAMES[STEPS[0]], to=synthetic.NAMES[STEPS[1]])
        return durations.answer(self.scope, request)


def questions(ours: Ours) -> dict[str, tuple[Callable[[], object], Callable[[object], object], tuple[str, tuple]]]:
    """For each: our call, its answer as peers give it, and the peers' method with its arguments."""
    number = {name: k for k, name in enumerate(synthetic.NAMES)}

    def pairs(r: transitions.TransitionsResult) -> object:
        return {(number[t.from_], number[t.to]): (t.count, t.median_seconds, t.p90_seconds) for t in r.transitions}

    def layers(r: paths.PathsResult) -> object:
        rows = [(n.layer, number.get(n.name, n.name), n.people) for layer in r.layers[1:] for n in layer]
        return sorted(rows, key=lambda row: (row[0], str(row[1])))

    return {
        "ordered funnel, 5 steps, 7 days": (
            ours.funnel, lambda r: [(s.people, s.median_seconds_from_first) for s in r.steps],
            ("funnel", (STEPS, WEEK)),
        ),
        "transitions, median and p90": (lambda: ours.transitions(True), pairs, ("transitions", (True,))),
        "transitions, counts only": (lambda: ours.transitions(False), pairs, ("transitions", (False,))),
        "variants, whole sequences": (
            ours.variants, lambda r: [(v.people, r.distinct) for v in r.variants], ("variants", (TOP,)),
        ),
        "paths, 5 layers from a touchpoint": (ours.paths, layers, ("paths", (STEPS[0],))),
        "duration from A to B": (
            ours.durations, lambda r: (r.entered, r.n, r.median_seconds), ("durations", tuple(STEPS[:2])),
        ),
    }  # fmt: skip


def median_seconds(repeat: int, work: Callable[[], object]) -> tuple[Taken, object]:
    """The medians of the repetitions after a first call, and the answer."""
    work()
    taken = []
    for _ in range(repeat):
        begun, busy = time.perf_counter(), time.process_time()
        answer = work()
        taken.append((time.perf_counter() - begun, time.process_time() - busy))
    return Taken(*(statistics.median(column) for column in zip(*taken, strict=True))), answer


def agree(ours: object, theirs: object) -> bool:
    """Whether two answers are equal, as far as the peer answers; medians to a millionth."""
    if ours is None or theirs is None:
        return True
    if isinstance(ours, float):
        return abs(ours - float(theirs)) <= 1e-6 * max(1.0, abs(ours))  # type: ignore[arg-type]
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(agree(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list | tuple):
        return len(ours) == len(theirs) and all(agree(a, b) for a, b in zip(ours, theirs, strict=True))
    return ours == theirs


def other_layers(answer: object) -> object:
    """The peers' flow with the least common kinds as one node and the ends named, as ours has it."""
    merged: list[tuple[int, object, int]] = []
    for k in range(1, _peers.LAYERS):
        rows = sorted(((-n, kind) for layer, kind, n in answer if layer == k and kind >= 0))
        merged += [(k, kind, -n) for n, kind in rows[:WIDTH]]
        merged.append((k, "@other", -sum(n for n, _ in rows[WIDTH:])))
        merged += [(k, "@end", n) for layer, kind, n in answer if layer == k and kind < 0]
    return sorted(merged, key=lambda row: (row[0], str(row[1])))


def main() -> int:
    """Measure, print a table, write the figures; 1 if engines disagree."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--events", type=int, default=1_000_000)
    arguments.add_argument("--repeat", type=int, default=7)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    made = synthetic.events(given.events)
    seconds, scope = median_seconds(3, lambda: scope_of(made))
    results = [_row("sort into journeys, in memory", "Desireline", seconds, seconds)]
    asked = questions(Ours(scope))
    peers = [peer(sorted_rows(scope)) for peer in _peers.installed()]
    wrong = 0
    for question, (call, plain, (method, parameters)) in asked.items():
        ours, answer = median_seconds(given.repeat, call)
        results.append(_row(question, Ours.name, ours, ours))
        mine = plain(answer)
        for peer in peers:
            if not hasattr(peer, method):
                continue
            ask = getattr(peer, method)
            theirs, other = median_seconds(max(3, given.repeat // 2), lambda ask=ask, p=parameters: ask(*p))
            results.append(_row(question, peer.name, theirs, ours))
            if method == "paths":
                other = other_layers(other)
            if not agree(mine, other):
                wrong += 1
                print(f"{peer.name} answers '{question}' otherwise", file=sys.stderr)
    for row in results:
        print(
            f"{row['question']:<36}{row['engine']:<12}{row['seconds']:>9.4f} s{row['times_ours']:>8.1f} ×"
            f"{row['core_seconds']:>9.4f} s of cores"
        )
    if given.json:
        figures = {"benchmark": "questions", "events": given.events, "units": scope.units, "results": results}
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return min(wrong, 1)


def _row(question: str, engine: str, taken: Taken, ours: Taken) -> dict[str, object]:
    ratio = taken.seconds / ours.seconds
    return {"question": question, "engine": engine, **taken._asdict(), "times_ours": ratio}


if __name__ == "__main__":
    sys.exit(main())
