"""Segments equal their plain reading on random events, at every grain, and SQL where it can say the same."""

import json

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze.scoping import scope_of
from desireline.analyze.values import Texts
from desireline.model import segment as model
from desireline.model.definition import Definition
from desireline.model.expression import parse, written
from desireline.model.question import Asked
from desireline.model.segment import FieldCondition, Segment
from tests import oracles_segments
from tests.generations import MadeGeneration
from tests.twins import segments as twin

DEFINITION = Definition.model_validate(
    {
        "version": 1,
        "stages": [{"name": "Look"}, {"name": "Buy"}],
        "touchpoints": [
            {"name": "Visit", "stage": "Look", "match": [{"name": "visit"}]},
            {"name": "Order", "stage": "Buy", "match": [{"name": "order", "channel": "web"}]},
            {"name": "Till", "stage": "Buy", "match": [{"name": "order"}]},
        ],
        "goals": [{"name": "Bought", "touchpoints": ["Order", "Till"]}],
        "journey": {"ends": ["Bought"], "gap_days": 3 / 86_400_000_000},
    }
)
NAMES, CHANNELS, SOURCES = ("visit", "order", "call"), ("web", "shop", None), ("crm", "till")
DATES = ("2024-05-01", "2024-05-01T10:00:00Z", "2024-05-02T01:30:00+02:00")
TEXTS = ("abc", "AB", "100", "99.5", "007", *DATES, "true", "")
maybe_text = st.none() | st.sampled_from(TEXTS)

events = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.integers(0, 2), "time": st.integers(0, 9), "name": st.sampled_from(NAMES),
            "channel": st.sampled_from(CHANNELS), "source": st.sampled_from(SOURCES),
            "case": st.none() | st.integers(1, 3), "value": st.none() | st.sampled_from([0.0, 99.5, 100.0]),
            "score": st.none() | st.integers(1, 5), "text": maybe_text, "property.a.b": maybe_text,
        }
    ),
    max_size=14,
).map(lambda made: [{**dict.fromkeys(("channel", "case", "value", "score", "text", "property.a.b")), **e} for e in [
    *made, *({"person": p, "time": 4, "name": "call", "source": "crm"} for p in range(3))]])  # fmt: skip
traits = st.lists(st.dictionaries(st.just("tier"), st.sampled_from(TEXTS), max_size=1), min_size=3, max_size=3)

scalars = st.sampled_from([*TEXTS, 100, 99.5, -1, True, "web", "visit", "Look", "Order", "crm", "2024-05-01T10:00"])
texts = ("channel", "source", "stage", "touchpoint", "event", "text", "trait.tier", "property.a.b")
COMPARED = ("=", "!=", "<", "<=", ">", ">=")
any_text, number_field = st.sampled_from(texts), st.sampled_from(model.NUMBERS)
compared, listed = st.sampled_from(COMPARED), st.lists(scalars, min_size=1, max_size=3)
fields = st.one_of(
    st.fixed_dictionaries({"field": any_text, "op": compared, "value": scalars}),
    st.fixed_dictionaries({"field": any_text, "op": st.just("in"), "value": listed}),
    st.fixed_dictionaries({"field": any_text | number_field, "op": st.sampled_from(["exists", "missing"])}),
    st.fixed_dictionaries(
        {"field": any_text, "op": st.sampled_from(["contains", "starts"]), "value": st.sampled_from("aB2.")}
    ),
    st.fixed_dictionaries(
        {"field": any_text, "op": st.just("matches"), "value": st.sampled_from(["^a", "[0-9]{3}", "(b|T)", r"\d$"])}
    ),
    st.fixed_dictionaries({"field": number_field, "op": compared, "value": st.sampled_from([3, 99.5, "100"])}),
)
plain = st.recursive(
    fields,
    lambda inner: st.one_of(
        st.builds(lambda c: {"all": c}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda c: {"any": c}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda c: {"not": c}, inner),
    ),
    max_leaves=3,
)
STEPS = ("Visit", "Order", "Look", "Buy", "Bought", "call")
steps = st.sampled_from(STEPS)
did = st.builds(
    lambda least, extra, **rest: {"at_least": least, "at_most": None if extra is None else least + extra, **rest},
    st.integers(0, 2), st.none() | st.integers(0, 1), did=steps, where=st.none() | plain, before=st.none() | steps,
    after=st.none() | steps, within=st.none() | st.sampled_from(["0.000001s", "0.000003s"]),
)  # fmt: skip
member = st.just({"drilldown": "token", "cell": "step:1"})


def in_segment(conditions):
    return st.builds(
        lambda of, where: {"segment": "S", "version": 1, "meaning": {"of": of, "where": where}}, kinds, conditions
    )


kinds = st.sampled_from(["people", "journeys", "events"])
conditions = st.recursive(
    st.one_of(fields, did, member),
    lambda inner: st.one_of(
        st.builds(lambda c: {"all": c}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda c: {"any": c}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda c: {"not": c}, inner),
        in_segment(inner),
    ),
    max_leaves=4,
)


def told(made, traits):
    """The events as the twin reads them: every field as text."""
    touchpoints = {"visit": "Visit", "order": "Till"}
    found = []
    for arrival, event in enumerate(made):
        touchpoint = (
            "Order" if event["name"] == "order" and event["channel"] == "web" else touchpoints.get(event["name"])
        )
        stage = {"Visit": "Look", None: None}.get(touchpoint, "Buy")
        goal = "Bought" if stage == "Buy" else None
        steps = {touchpoint, stage, goal} - {None} | ({event["name"]} - {"visit", "order"})
        numbers = {k: None if event[k] is None else str(event[k]) for k in ("value", "score")}
        found.append({
            **event, **numbers, "arrival": arrival, "event": event["name"], "touchpoint": touchpoint, "stage": stage,
            "steps": steps, **{f"trait.{n}": v for n, v in traits[event["person"]].items()},
        })  # fmt: skip
    return sorted(found, key=lambda e: (e["person"], e["time"], e["arrival"]))


def grouped(rows, grain):
    """Lists of events of each unit."""
    units = {}
    number = {}
    for event in rows:
        person = event["person"]
        if grain == "person":
            key = person
        elif grain == "case":
            key = event["case"]
        else:
            count, last, is_open = number.get(person, (0, None, False))
            if not is_open or event["time"] - last > 3:
                count += 1
            number[person] = (count, event["time"], event["stage"] != "Buy")
            key = (person, count)
        if key is not None:
            units.setdefault(key, []).append(event)
    return [sorted(unit, key=lambda e: (e["time"], e["arrival"])) for unit in units.values()]


@given(events, traits, kinds, conditions, st.sampled_from(["person", "journey", "case"]), st.sets(st.integers(0, 2)))
def test_segments(made, owned, of, condition, grain, members):
    segment = Segment.model_validate({"of": of, "where": condition})
    generation, cell = MadeGeneration(made, owned), np.array(sorted(members), np.int64)
    scope = scope_of(
        generation, DEFINITION, Asked(grain=grain, segment=segment), generation.columns, members=lambda *_: cell
    )
    rows = told(made, owned)
    reading = twin.Reading(grouped(rows, "person"), grouped(rows, "case" if grain == "case" else "journey"), members)
    units = grouped(rows, grain)
    if of == "people":
        persons = reading.persons(segment)
        units = [unit for unit in units if unit[0]["person"] in persons]
    else:
        arrivals = reading.arrivals(segment)
        units = [[e for e in unit if e["arrival"] in arrivals] for unit in units]
    found = [scope.arrival[a:b].tolist() for a, b in zip(scope.offsets[:-1], scope.offsets[1:], strict=True)]
    assert sorted(found) == sorted([e["arrival"] for e in unit] for unit in units if unit)


@given(conditions)
def test_the_text_says_the_same(condition):
    where = Segment.model_validate({"where": condition}).where
    text = written(where)
    again = parse(text)
    assert written(again) == text
    forgotten = json.loads(json.dumps(condition), object_hook=lambda d: {k: v for k, v in d.items() if k != "meaning"})
    assert again == _unwrapped(Segment.model_validate({"where": forgotten}).where)


def _unwrapped(condition):
    """Without lists of one, which text does not have."""
    match condition:
        case model.AllOf(all=[one]) | model.AnyOf(any=[one]):
            return _unwrapped(one)
        case model.AllOf(all=listed):
            return model.AllOf(all=[_unwrapped(one) for one in listed])
        case model.AnyOf(any=listed):
            return model.AnyOf(any=[_unwrapped(one) for one in listed])
        case model.Not(not_=one):
            return model.Not(not_=_unwrapped(one))
        case model.Behaviour(where=where) if where is not None:
            return condition.model_copy(update={"where": _unwrapped(where)})
    return condition


plain_numbers = st.floats(-1e6, 1e6).map(lambda x: repr(round(x, 3))) | st.integers(-1000, 1000).map(str)
dates = st.dates().filter(lambda d: d.year >= 1000).map(str)
words = st.text("abxyzż'", min_size=1, max_size=3)
values = st.lists(st.none() | plain_numbers | dates | words, max_size=12)


literals = st.one_of(
    st.tuples(plain_numbers.map(float), st.just("number")),
    st.tuples(dates, st.just("day")),
    st.tuples(words, st.just("text")),
)


@given(values, st.sampled_from(COMPARED), literals)
def test_comparing_as_sql_does(listed, op, asked):
    wanted, kind = asked
    distinct = sorted({v for v in listed if v is not None})
    condition = FieldCondition(field="property.x", op=op, value=wanted)
    fulfilling = Texts(pa.array(distinct, pa.string())).fulfilling(condition)
    found = [bool(fulfilling[-1 if v is None else distinct.index(v)]) for v in listed]
    assert found == oracles_segments.comparing(listed, op, wanted, kind)
