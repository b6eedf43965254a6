"""The questions that are measured: our public call, its answer in the form that other engines give, and their method.

Ours says more than is compared: people, intervals and shares of transitions, entries, exits and lengths of sessions,
curves of durations. What is compared must be equal.
"""

import datetime as dt
import gc
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import synthetic

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace

STEPS = [2, 7, 12, 20, 30]
NAMED = [synthetic.NAMES[k] for k in STEPS]
WITHIN, WEEK = "7d", 7 * 86_400_000_000
TOP, LAYERS, WIDTH = 20, 5, 8
LEAST = 20
"""A segment is the events whose value, or whose number in JSON, is at least this."""

GAP, GAP_TEXT = 1_800_000_000, "30m"
WEEKS = 12
MONDAY = 345_600_000_000
"""Monday, 5 January 1970: weeks are counted from here, in UTC."""

FIRST_WEEK = (synthetic.START - MONDAY) // WEEK
MONDAYS = dt.date(1970, 1, 5)
ALL_OVER = MONDAYS + dt.timedelta(weeks=FIRST_WEEK + synthetic.DAYS // 7 + 2 + WEEKS, days=-1)
"""A day on which every week that is asked about is over, so that none is left out that other engines count."""

UNTIL = (ALL_OVER - dt.date(1969, 12, 31)).days * 86_400_000_000 - 1
"""The end of that day, µs UTC."""

KINDS = {name: k for k, name in enumerate(synthetic.NAMES)}
CHANNELS = {name: k for k, name in enumerate(synthetic.CHANNEL_NAMES)}
TYPED, JSON = f"value >= {LEAST}", f"property.cart.total >= {LEAST}"


def nothing(workspace: "Workspace") -> "Workspace":
    """What most questions need before each call."""
    return workspace


class Question(NamedTuple):
    """One question.

    Attributes:
        ours: the public call.
        plain: makes its answer comparable.
        method: of the peers, with `arguments`; None where there is nothing to compare with.
        before: gives the workspace of each call, unmeasured.
        theirs: makes the peers' answer comparable.
    """

    ours: Callable[["Workspace"], Any]
    plain: Callable[[Any], object]
    method: str | None
    arguments: tuple[object, ...] = ()
    before: Callable[["Workspace"], "Workspace"] = nothing
    theirs: Callable[[Any], object] = lambda answer: answer


def pairs(found: Any) -> object:
    """Transitions by the numbers of their kinds."""
    return {(KINDS[t.from_], KINDS[t.to]): (t.count, t.median_seconds, t.p90_seconds) for t in found.transitions}


def links(found: Any) -> object:
    """Links of a flow; kinds as numbers."""
    rows = [(link.layer, KINDS.get(link.from_, link.from_), KINDS.get(link.to, link.to), link.people)
            for link in found.links]  # fmt: skip
    return sorted(rows, key=str)


def merged(answer: object) -> object:
    """The peers' links with the less common kinds of a layer as one and the end named, as ours has them."""
    width: dict[int, dict[int, int]] = {}
    for layer, _, to, n in answer:  # type: ignore[attr-defined]
        if to >= 0:
            width.setdefault(layer + 1, {}).setdefault(to, 0)
            width[layer + 1][to] += n
    kept = {k: sorted(kinds, key=lambda kind: (-kinds[kind], kind))[:WIDTH] for k, kinds in width.items()}
    found: dict[tuple[int, object, object], int] = {}
    for layer, a, b, n in answer:  # type: ignore[attr-defined]
        named = tuple(
            "@end" if kind < 0 else kind if not at or kind in kept[at] else "@other"
            for at, kind in ((layer, a), (layer + 1, b))
        )
        found[layer, *named] = found.get((layer, *named), 0) + n
    return sorted(((*key, n) for key, n in found.items()), key=str)


def cohorts(found: Any) -> object:
    """Who came back, by the number of the week of the start and weeks since."""
    weeks = {MONDAYS + dt.timedelta(weeks=FIRST_WEEK + k): k for k in range(len(found.cohorts))}
    return {(weeks[c.start], n): back for c in found.cohorts for n, back in enumerate(c.returned) if back}


def credit(found: Any) -> object:
    """The models that other engines have, by the numbers of channels."""
    models = {model: found.models[model] for model in ("first", "last", "linear", "markov")}
    return {model: {CHANNELS[name]: part for name, part in parts.items()} for model, parts in models.items()}


def steps(found: Any) -> object:
    """Units and times of each step."""
    return [(s.people, s.median_seconds_from_first) for s in found.steps]


def reopened(workspace: "Workspace") -> "Workspace":
    """The workspace newly opened and asked something else, so that it is warm and knows no segment."""
    from desireline.service.workspace import Workspace

    gc.collect()  # a process opens a workspace once: what the last one held must not add up
    fresh = Workspace(workspace.places.root)
    fresh.funnel(NAMED, within=WITHIN)
    return fresh


def forgotten(workspace: "Workspace") -> "Workspace":
    """The same, with the columns of properties that the store kept gone."""
    shutil.rmtree(workspace.generation().folder / "columns", ignore_errors=True)
    return reopened(workspace)


def funnel(workspace: "Workspace", where: str | None = None) -> Any:
    """The funnel, of all events or of those that a condition holds for."""
    segment = {"of": "events", "where": where} if where else None
    return workspace.funnel(NAMED, within=WITHIN, segment=segment)


def known(workspace: "Workspace") -> "Workspace":
    """The workspace after it was asked once about the segment."""
    funnel(workspace, JSON)
    return workspace


SEQUENCES = {
    "funnel, ordered, 5 steps, 7 days": Question(funnel, steps, "funnel", (STEPS, WEEK)),
    "transitions, median and p90": Question(lambda w: w.transitions(), pairs, "transitions", (True,)),
    "transitions, counts only": Question(lambda w: w.transitions(medians=False), pairs, "transitions", (False,)),
    "variants, whole sequences": Question(
        lambda w: w.variants(TOP), lambda r: [(v.people, r.distinct) for v in r.variants], "variants", (TOP,)
    ),
    "paths, 5 layers from a touchpoint": Question(
        lambda w: w.paths(NAMED[0], depth=LAYERS, max_nodes_per_layer=WIDTH),
        links,
        "paths",
        (STEPS[0],),
        theirs=merged,
    ),
}
PERIODS = {
    "sessions, gap of 30 minutes": Question(
        lambda w: w.sessions(GAP_TEXT), lambda r: (r.sessions, r.bounced), "sessions"
    ),
    "retention, weekly, 12 weeks": Question(
        lambda w: w.retention("week", periods=WEEKS, today=ALL_OVER), cohorts, "retention", (FIRST_WEEK,)
    ),
    "switches of channel with medians": Question(
        lambda w: w.switches(),
        lambda r: {(CHANNELS[s.from_], CHANNELS[s.to]): (s.count, s.median_seconds) for s in r.switches}, "switches",
    ),
}  # fmt: skip
CREDIT = {
    "attribution, all models": Question(
        lambda w: w.attribution(synthetic.NAMES[synthetic.GOAL], intervals=False), credit, "attribution",
        (synthetic.GOAL,),
    ),
    "attribution, all models with intervals": Question(
        lambda w: w.attribution(synthetic.NAMES[synthetic.GOAL]), credit, None
    ),
    "durations, with survival": Question(
        lambda w: w.durations(NAMED[0], NAMED[1], today=ALL_OVER),
        lambda r: (r.entered, r.n, r.median_seconds, r.survival.share_reached), "durations", (*STEPS[:2], UNTIL),
    ),
}  # fmt: skip
SEGMENTS = {
    "funnel of a segment, typed column, first time": Question(
        lambda w: funnel(w, TYPED), steps, "funnel", (STEPS, WEEK, "value"), reopened
    ),
    "funnel of a segment, JSON, first time": Question(
        lambda w: funnel(w, JSON), steps, "funnel", (STEPS, WEEK, "json"), forgotten
    ),
    "funnel of a segment, JSON, column kept": Question(lambda w: funnel(w, JSON), steps, None, (), reopened),
    "funnel of a segment, JSON, asked again": Question(lambda w: funnel(w, JSON), steps, None, (), known),
}
QUESTIONS = {**SEQUENCES, **PERIODS, **CREDIT, **SEGMENTS}


def asked(word: str = "") -> dict[str, Question]:
    """The questions whose name holds the word, in any case of letters."""
    return {name: question for name, question in QUESTIONS.items() if word.lower() in name.lower()}
