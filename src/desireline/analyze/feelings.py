"""How people feel at touchpoints: the scores that they gave, as emotions from -2 to +2 or as they were given.

An emotion is (score - centre) / divisor of the score's scale, cut at -2 and +2. A person's answers are averaged first,
those at one touchpoint and then over touchpoints by their weights, so that nobody counts twice for answering twice. A
person counts by the mean weight of the touchpoints that they answered at. The 95 % interval is that of a ratio of sums
over people (linearised variance, Student's t with one less than their number); with equal weights it is the usual
interval of a mean. Fewer than two people have none. Nothing is filled in where nobody answered.

A scale that was declared when the answers were imported wins over what scores and names let guess.
"""

import itertools
import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc

from desireline.analyze.cells import parsed
from desireline.analyze.map_things import edges
from desireline.analyze.scope import F64, I64, Bools, Scope
from desireline.analyze.score_scales import DECLARED, RANGES, guess, stretched
from desireline.errors import BadDrilldown
from desireline.model.clock import moment
from desireline.model.counted import Feeling, Voices
from desireline.model.intervals import Interval, mean_within, mover
from desireline.model.journey_map import EmotionRecipe, ScoreScale
from desireline.model.measured import Change
from desireline.model.scales import SCALES
from desireline.store.columns import SCALE

ANSWERS = "answers"
SCORE = "@score"

_ORDER: list[ScoreScale] = list(RANGES)
_UNSAID, _NEVER = -1, -2
_PLAIN = "!"


class Answers(NamedTuple):
    """Scores of one touchpoint: unit, person and time (µs) of each, as arrays of one length.

    `scale`: place in `RANGES` of the declared scale, -1 where none was declared, -2 where scores on it say no more than
    a number. `plain`: the score is as it was given, not stretched from a scale of another length.
    """

    unit: I64
    person: I64
    score: F64
    time: I64
    scale: I64
    plain: Bools

    def where(self, rows: Bools | slice) -> "Answers":
        """Some of them."""
        unit, person, score, time, scale, plain = self
        return Answers(unit[rows], person[rows], score[rows], time[rows], scale[rows], plain[rows])


_NOTHING = np.zeros(0, np.int64)
NONE = Answers(_NOTHING, _NOTHING, np.zeros(0), _NOTHING, _NOTHING, np.zeros(0, np.bool_))


def answers(scope: Scope) -> dict[str, Answers]:
    """All scores in scope by touchpoint, those outside the definition left out."""
    column = scope.columns.column(SCORE)
    index = scope.rows(column.index)
    rows = np.flatnonzero(index >= 0)
    touchpoint = scope.touchpoints.table[scope.code[rows]]
    order = np.argsort(touchpoint, kind="stable")
    rows, touchpoint = rows[order], touchpoint[order]
    unit = np.searchsorted(scope.offsets, rows, "right") - 1
    score = pc.cast(column.texts, "float64").to_numpy(zero_copy_only=False)[index[rows]]
    stated = scope.columns.column(SCALE)
    said = _declared(stated.values)[scope.rows(stated.index)[rows]]
    score = score * said[:, 1] + said[:, 2]
    plain = (said[:, 1] == 1) & (said[:, 2] == 0)
    who = scope.owner[unit].astype(np.int64)
    every = Answers(unit, who, score, scope.time[rows], said[:, 0].astype(np.int64), plain)
    cuts = np.searchsorted(touchpoint, np.arange(len(scope.touchpoints.names) + 1))
    return {
        name: every.where(slice(cuts[k], cuts[k + 1]))
        for k, name in enumerate(scope.touchpoints.names)
        if cuts[k] < cuts[k + 1]
    }


def _declared(values: list[str]) -> F64:
    """float64[values + 1, 3]: place of the scale in `RANGES`, factor and summand; the last row is for no value."""
    rows = [
        (_ORDER.index(DECLARED[v]), *stretched(v)) if v in DECLARED else (_NEVER if v in SCALES else _UNSAID, 1.0, 0.0)
        for v in values
    ]
    return np.array([*rows, (_UNSAID, 1.0, 0.0)], np.float64)


def scales(scope: Scope, *, declared: bool = True) -> dict[str, ScoreScale]:
    """The scales of touchpoints' scores, judged on all events, whatever the filters leave.

    The declared one that most answers are on; where none is declared, `score_scales.guess` of the others.

    Args:
        scope: whose generation.
        declared: whether declared scales count at all; if not, only scores without one are judged.
    """
    column, stated = scope.columns.column(SCORE), scope.columns.column(SCALE)
    rows = np.flatnonzero(column.index >= 0)
    place = scope.touchpoints.table[scope.columns.history()[1][rows]]
    said = _declared(stated.values)[stated.index[rows], 0].astype(np.int64)
    found = _guessed(scope, rows[said == _UNSAID])
    if declared:
        for k in np.unique(place[(said >= 0) & (place >= 0)]).tolist():
            counts = np.bincount(said[(place == k) & (said >= 0)], minlength=len(_ORDER))
            found[scope.touchpoints.names[k]] = _ORDER[int(counts.argmax())]
    return found


def _guessed(scope: Scope, rows: I64) -> dict[str, ScoreScale]:
    """What the scores of these events of the generation let guess."""
    column = scope.columns.column(SCORE)
    codes = scope.columns.history()[1][rows]
    values = pc.cast(column.texts, "float64").to_numpy(zero_copy_only=False)
    width = max(1, len(values))
    cells, counts = np.unique(codes.astype(np.int64) * width + column.index[rows], return_counts=True)
    by_touchpoint: dict[int, dict[float, int]] = {}
    texts: dict[int, set[str]] = {}
    for cell, n in zip(cells.tolist(), counts.tolist(), strict=True):
        code = cell // width
        touchpoint, value = int(scope.touchpoints.table[code]), float(values[cell % width])
        of = by_touchpoint.setdefault(touchpoint, {})
        of[value] = of.get(value, 0) + n
        texts.setdefault(touchpoint, set()).add(scope.event_names.of(code) or "")
    found = {
        scope.touchpoints.names[k]: guess([*texts[k], *_names(scope, k)], of)
        for k, of in by_touchpoint.items()
        if k >= 0
    }
    return {name: scale for name, scale in found.items() if scale is not None}


def _names(scope: Scope, touchpoint: int) -> list[str]:
    """What the definition calls a touchpoint, and what its rules look for."""
    name = scope.touchpoints.names[touchpoint]
    rules = [r for t in (scope.definition.touchpoints if scope.definition else []) if t.name == name for r in t.match]
    return [name, *(text for r in rules for pair in r.properties.items() for text in pair)]


def feelings(
    scope: Scope, voices: Mapping[str, Voices], previous: Scope | None = None, *, sparks: bool = True
) -> dict[str, Feeling]:
    """What the answers of each of `voices` say together.

    Args:
        scope: whose answers.
        voices: touchpoints with weights and, where somebody says them, scales; by any key.
        previous: the period before, to compare raw means with.
        sparks: whether raw means are told for parts of the window too.
    """
    if not voices:
        return {}
    guessed, given = scales(scope), answers(scope)
    before = answers(previous) if previous is not None and previous.units else {}
    cuts = edges(scope)
    found = {}
    for key, one in voices.items():
        known = _scales_of(one, guessed, given)
        feeling = _told(one, known, given)
        if one.raw and sparks and len(cuts) > 2:
            parts = [_told(one, known, _between(given, known, a, b)) for a, b in itertools.pairwise(cuts)]
            feeling = feeling._replace(spark=tuple(part.value for part in parts))
        if before:
            feeling = feeling._replace(change=_change(feeling, _told(one, known, before)))
        found[key] = feeling
    return found


def cell_of(known: Mapping[str, ScoreScale], *, plain: bool = False) -> str:
    """The drill-down cell of those who answered at touchpoints on scales; `plain`: without stretched answers."""
    listed = {name: f"{scale}{_PLAIN if plain else ''}" for name, scale in sorted(known.items())}
    return f"{ANSWERS}:{json.dumps(listed, ensure_ascii=False, separators=(',', ':'))}"


def members(scope: Scope, cell: str) -> Bools:
    """bool[units]: who answered, as `cell_of` says.

    Raises:
        BadDrilldown: it is no such cell.
    """
    kind, value = parsed(cell)
    names = set(scope.touchpoints.names)
    if kind != ANSWERS or not isinstance(value, dict) or not names.issuperset(value):
        raise BadDrilldown(given=cell[:200])
    if not all(isinstance(scale, str) and scale.removesuffix(_PLAIN) in RANGES for scale in value.values()):
        raise BadDrilldown(given=cell[:200])
    given, found = answers(scope), np.zeros(scope.units, np.bool_)
    for name, scale in value.items():
        of = _on_scale(given.get(name, NONE), scale.removesuffix(_PLAIN))
        found[(of.where(of.plain) if scale.endswith(_PLAIN) else of).unit] = True
    return found


# --- one figure --------------------------------------------------------------------------------------------


def _scales_of(one: Voices, guessed: Mapping[str, ScoreScale], given: Mapping[str, Answers]) -> dict[str, ScoreScale]:
    """The scale of each touchpoint that counts; of raw scores only those on the scale with the most answers."""
    said = dict(one.scales)
    known = {name: said.get(name) or guessed.get(name) for name, weight in one.weights if weight > 0}
    found = {name: scale for name, scale in known.items() if scale is not None}
    if one.raw and len(set(found.values())) > 1:
        count = {s: sum(len(given.get(n, NONE).score) for n, of in found.items() if of == s) for s in RANGES}
        most = max(RANGES, key=lambda scale: count[scale])
        found = {name: scale for name, scale in found.items() if scale == most}
    return found


def _on_scale(given: Answers, scale: ScoreScale) -> Answers:
    """The answers that were given on the scale, or on none that is known and lie in its range."""
    low, high = RANGES[scale]
    on = (given.scale == _ORDER.index(scale)) | (given.scale == _UNSAID)
    return given.where(on & (given.score >= low) & (given.score <= high))


def _between(given: Mapping[str, Answers], names: Iterable[str], a: int, b: int) -> dict[str, Answers]:
    """The answers at these touchpoints from a to before b."""
    listed = {name: given.get(name, NONE) for name in names}
    return {name: of.where((of.time >= a) & (of.time < b)) for name, of in listed.items()}


def emotion(score: F64, scale: ScoreScale, recipe: EmotionRecipe) -> F64:
    """Emotions of scores on a scale."""
    formula = getattr(recipe, scale)
    found: F64 = np.clip((score - formula.centre) / formula.divisor, -2, 2)
    return found


def _told(one: Voices, known: Mapping[str, ScoreScale], given: Mapping[str, Answers]) -> Feeling:
    weights, by_scale = dict(one.weights), dict.fromkeys(RANGES, 0)
    people, sums, sizes, last, stretched_too = [], [], [], None, False
    for name, on in known.items():
        of = _on_scale(given.get(name, NONE), on)
        if one.raw and not of.plain.all():
            of, stretched_too = of.where(of.plain), True
        if not len(of.score):
            continue
        by_scale[on] += len(of.score)
        who, place = np.unique(of.person, return_inverse=True)
        felt = of.score if one.raw else emotion(of.score, on, one.recipe)
        people.append(who)
        sums.append(weights[name] * np.bincount(place, felt) / np.bincount(place))
        sizes.append(np.full(len(who), weights[name]))
        last = max(int(of.time.max()), last or 0)
    answered = {on: n for on, n in by_scale.items() if n}
    scale: ScoreScale | None = next(iter(answered), None) if one.raw else None
    cell = cell_of(known, plain=stretched_too) if answered else None
    if last is None:
        return Feeling(None, None, None, 0, 0, {}, None, cell, scale)
    value, around, n = ratio(np.concatenate(people), np.concatenate(sums), np.concatenate(sizes))
    if around is not None:
        least, most = RANGES[scale] if scale else (-2.0, 2.0)
        around = Interval(max(least, around.low), min(most, around.high))
    low, high = around or (None, None)
    return Feeling(value, low, high, sum(answered.values()), n, answered, moment(last), cell, scale)


def ratio(person: I64, value: F64, weight: F64) -> tuple[float, Interval | None, int]:
    """Sum of values / sum of weights of persons' averages, its interval, and how many persons there are."""
    who, place, touchpoints = np.unique(person, return_inverse=True, return_counts=True)
    sums, sizes, n = np.bincount(place, value) / touchpoints, np.bincount(place, weight) / touchpoints, len(who)
    ratio = float(sums.sum() / sizes.sum())
    if n < 2:
        return ratio, None, n
    error = np.sqrt(n / (n - 1) * np.square(sums - ratio * sizes).sum()) / sizes.sum()
    return ratio, mean_within(ratio, float(error), n), n


def _change(now: Feeling, before: Feeling) -> Change | None:
    if now.value is None or before.value is None:
        return None
    difference = now.value - before.value
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return Change(before=before.value, difference=difference, low=None, high=None, changed=False)
    low, high = mover(now.value, Interval(now.low, now.high), before.value, Interval(before.low, before.high))
    return Change(before=before.value, difference=difference, low=low, high=high, changed=low > 0 or high < 0)
