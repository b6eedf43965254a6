"""Where people struggle: clicks in anger, errors, loops, waits, repeated contacts, drop-off, each by a plain rule."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import Field

from desireline.analyze.cells import parsed
from desireline.analyze.detectors.model import KINDS, Kind, NotMeasurable, Obstacle, Within
from desireline.analyze.scope import I64, Bools, Scope, about
from desireline.errors import BadDrilldown
from desireline.model.clock import moment
from desireline.model.grade import Grade
from desireline.model.intervals import wilson
from desireline.model.question import Asked, Cut, Proportion, Result

if TYPE_CHECKING:
    from desireline.analyze.detectors.counting import Counted
    from desireline.analyze.detectors.material import Material, Signs

EXAMPLES = 3


class ObstaclesRequest(Asked):
    """Look for obstacles.

    Attributes:
        kinds: only these; None for all.
        goal: a goal of the definition, else a touchpoint, else an event name, for `too_many_touchpoints`; the first
            goal of the definition if None.
        clicks, errors, contacts, searches, help_pages, promises, answers: names of touchpoints, events or channels that
            are such; None: those whose names say so in English, Polish or Croatian (`detectors.kinds`).
        element, topic: the properties that hold what was clicked and what an event is about.
        top: so many obstacles are listed, those of the most people above the expected.
        language: of the sentences.
    """

    kinds: list[Kind] | None = Field(default=None, min_length=1)
    goal: str | None = None
    clicks: list[str] | None = None
    errors: list[str] | None = None
    contacts: list[str] | None = None
    searches: list[str] | None = None
    help_pages: list[str] | None = None
    promises: list[str] | None = None
    answers: list[str] | None = None
    element: str = "element"
    topic: str = "topic"
    top: int = Field(default=200, ge=1)
    language: Literal["en", "pl", "hr"] = "en"


class ObstaclesResult(Result):
    """Obstacles by people affected above the expected, most first.

    Nothing here says why: these are counts of what happened. Cells: `obstacle:["KIND","TOUCHPOINT","CHANNEL"]` (null
    for no channel), `exposed:[…]` likewise for the units that it could have happened to, `example:[…,I]` for the I-th
    unit affected, from 0, and `repeat:["TOUCHPOINT","CHANNEL",DAYS]`.

    Attributes:
        measured: the kinds that the data can show, found or not.
    """

    table: ClassVar[str] = "obstacles"

    grade: Grade = "D"
    obstacles: list[Obstacle]
    measured: list[Kind]
    not_measurable: list[NotMeasurable]


def answer(scope: Scope, request: ObstaclesRequest) -> ObstaclesResult:
    """Ask every detector, and put what they find in an order as far as there is one.

    Raises:
        UnknownStep: the goal, or a name in the request, is not there.
    """
    from desireline.analyze.detectors.counting import counted, places
    from desireline.analyze.detectors.material import Material
    from desireline.analyze.detectors.registry import find
    from desireline.analyze.detectors.telling import not_measurable

    material, found = Material(scope, request), []
    missing: list[NotMeasurable] = []
    for kind in _kinds(request):
        signs = find(kind, material)
        if isinstance(signs, str):
            missing.append(not_measurable(request.language, kind, signs))
        else:
            found += counted(material, kind, signs)
    ranked = sorted(
        zip(found, places(found), strict=True), key=lambda pair: (-pair[0].above[0], *_name(material, pair[0]))
    )
    shown = ranked[: request.top]
    cut = [Cut(what="obstacles", kept=len(shown), total=len(ranked))] if len(shown) < len(ranked) else []
    repeats = _repeats(material) if any(one.kind == "repeat_contact" for one, _ in shown) else {}
    fields = about(scope, request, "obstacles", scope.labels(request), cut)
    return ObstaclesResult.model_validate({
        **fields,
        "obstacles": [_obstacle(material, one, place, repeats.get(one.cell, [])) for one, place in shown],
        "measured": [kind for kind in _kinds(request) if kind not in {m.kind for m in missing}],
        "not_measurable": missing,
    })  # fmt: skip


def members(scope: Scope, request: ObstaclesRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.analyze.detectors.material import Material

    material = Material(scope, request)
    match parsed(cell):
        case "obstacle", [kind, touchpoint, channel] if kind in KINDS:
            return _units(material, cell, kind, touchpoint, channel)
        case "exposed", [kind, touchpoint, channel] if kind in KINDS:
            return _units(material, cell, kind, touchpoint, channel, exposed=True)
        case "repeat", [touchpoint, channel, int(days)] if days > 0:
            return _units(material, cell, "repeat_contact", touchpoint, channel, days=days)
        case "example", [kind, touchpoint, channel, int(place)] if kind in KINDS and place >= 0:
            return _units(material, cell, kind, touchpoint, channel)[place : place + 1]
    raise BadDrilldown(given=cell[:40])


def proportions(result: ObstaclesResult) -> list[Proportion]:
    """Of the units that an obstacle could have happened to those that it happened to."""
    return [
        Proportion(o.cell, " · ".join(filter(None, (o.kind, o.touchpoint, o.channel))), o.people, o.of)
        for o in result.obstacles
    ]


def _kinds(request: ObstaclesRequest) -> list[Kind]:
    return list(KINDS if request.kinds is None else dict.fromkeys(request.kinds))


def _name(material: "Material", one: "Counted") -> tuple[str, str, str]:
    label, channel = material.cells[one.cell]
    return one.kind, material.labels.names[label], material.scope.channels.names[channel] if channel >= 0 else ""


def _obstacle(material: "Material", one: "Counted", place: tuple[int, int], within: list[Within]) -> Obstacle:
    from desireline.analyze.detectors.telling import sentence, values_of

    kind, touchpoint, channel = one.kind, *[name or None for name in _name(material, one)[1:]]
    other = None if one.other is None else material.labels.names[one.other]
    key, values = f"obstacles.sentence.{kind}", values_of(one, touchpoint or "", channel, other)
    told = sentence(material.request.language, material.scope.grain, key, values)
    above, above_low, above_high = one.above
    named = [kind, touchpoint, channel]
    return Obstacle(
        kind=kind, touchpoint=touchpoint or "", channel=channel, other=other, count=one.count, people=one.people,
        of=one.of, share=one.people / one.of, **one.interval._asdict(), people_per_month=one.monthly,
        first=moment(one.first), last=moment(one.last), expected=one.expected, above=above, above_low=above_low,
        above_high=above_high, q=one.q, rank_low=place[0], rank_high=place[1],
        within=within if kind == "repeat_contact" else [], cell=_cell("obstacle", named),
        examples=[_cell("example", [*named, k]) for k in range(min(EXAMPLES, one.people))],
        sentence_key=key, sentence_values=values, sentence=told,
    )  # fmt: skip


def _cell(kind: str, value: Sequence[str | int | None]) -> str:
    return f"{kind}:{json.dumps(value, ensure_ascii=False)}"


def _repeats(material: "Material") -> dict[int, list[Within]]:
    """Repeat contact by cell for each number of days."""
    from desireline.analyze.detectors.counting import tallied
    from desireline.analyze.detectors.repeat_contact import DAYS, find

    found: dict[int, list[Within]] = {}
    for days in DAYS:
        signs = find(material, days)
        if isinstance(signs, str):
            continue
        tally = tallied(material, signs)
        for c in np.flatnonzero(tally.exposed).tolist():
            people, of = int(tally.people[c]), int(tally.exposed[c])
            found.setdefault(c, []).append(
                Within(days=days, count=int(tally.hits[c]), people=people, of=of, share=people / of,
                       **wilson(people, of)._asdict())
            )  # fmt: skip
    return found


def befell(scope: Scope, request: ObstaclesRequest, cell: str) -> tuple[Bools, Bools]:
    """bool[events] twice: where the obstacle of a cell befell somebody, and where it could have.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.analyze.detectors.material import Material

    material = Material(scope, request)
    match parsed(cell):
        case "obstacle", [kind, touchpoint, channel] if kind in KINDS:
            signs, place = _signs(material, cell, kind, touchpoint, channel)
            here = material.events.cell[scope.code] == place
            hit = signs.hit & here
            if place in signs.wider:
                return hit, material.rows(signs.wider[place])
            return hit, here if signs.chance is None else (signs.chance & here) | hit
    raise BadDrilldown(given=cell[:40])


def _units(
    material: "Material", cell: str, kind: Kind, touchpoint: str, channel: str | None, *, exposed: bool = False,
    days: int | None = None,
) -> I64:  # fmt: skip
    from desireline.kernels.hits import units_with

    signs, place = _signs(material, cell, kind, touchpoint, channel, days)
    if exposed and place in signs.wider:
        return np.flatnonzero(material.units(signs.wider[place]))
    rows: Bools | None = signs.chance if exposed else signs.hit
    return np.flatnonzero(units_with(material.events, rows, place))


def _signs(
    material: "Material", cell: str, kind: Kind, touchpoint: str, channel: str | None, days: int | None = None
) -> tuple["Signs", int]:
    """Where there is trouble of a kind, and the number of the touchpoint and channel."""
    from desireline.analyze.detectors.registry import find
    from desireline.analyze.detectors.repeat_contact import find as find_repeats

    names = [
        (material.labels.names[a], material.scope.channels.names[b] if b >= 0 else None) for a, b in material.cells
    ]
    signs = find(kind, material) if days is None else find_repeats(material, days)
    if (touchpoint, channel) not in names or isinstance(signs, str):
        raise BadDrilldown(given=cell[:40])
    return signs, names.index((touchpoint, channel))
