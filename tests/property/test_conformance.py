"""Conformance equals its plain twin and brute force on random journeys, adds up, and opens the very people counted."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.analyze.conformance import ConformanceRequest, align, members
from desireline.model.planned import Planned
from tests.scopes import make_scope
from tests.twins import alignment as twin

DAY = 86_400_000_000
NAMES = "abcde!"

steps = st.lists(
    st.builds(
        lambda touchpoints, optional: {"touchpoints": sorted(touchpoints), "optional": optional},
        st.sets(st.sampled_from("abcd"), min_size=1, max_size=2),
        st.sampled_from([False, False, True]),
    ),
    min_size=1,
    max_size=4,
)
units = st.lists(st.tuples(st.text(NAMES, min_size=1, max_size=9), st.booleans()), min_size=1, max_size=5)


@st.composite
def plans(draw):
    """Up to three paths over up to four steps; a path may come to a step twice."""
    made = [{"id": f"s{k}", **step} for k, step in enumerate(draw(steps))]
    order = st.lists(st.sampled_from([s["id"] for s in made]), min_size=1, max_size=5)
    paths = draw(st.lists(order, min_size=1, max_size=3))
    return {"ideal": "plan", "steps": made, "paths": [{"id": f"p{k}", "steps": p} for k, p in enumerate(paths)]}


def asked(plan, traces):
    """A scope of (touchpoints, whether it is open), and the question; all names are in the definition."""
    events = [
        (u, (90 if is_open else 0) * DAY + k, n)
        for u, (names, is_open) in enumerate(traces)
        for k, n in enumerate(names)
    ]
    events += [(len(traces), k, n) for k, n in enumerate("e" + NAMES)]
    known = {n: n.upper() for n in NAMES}
    planned = {**plan, "steps": [{**s, "touchpoints": [t.upper() for t in s["touchpoints"]]} for s in plan["steps"]]}
    scope = make_scope(events, known, until=100 * DAY)
    return scope, ConformanceRequest(planned=Planned.model_validate(planned), failing=["!"])


def by_twin(request, scope):
    """What the twin says of each unit; None for those without a planned touchpoint."""
    by_id = {s.id: s.model_dump() for s in request.planned.steps}
    plan = {p.id: [by_id[s] for s in p.steps] for p in request.planned.paths}
    wanted = {t for path in plan.values() for s in path for t in s["touchpoints"]}
    found = []
    for a, b in zip(scope.offsets, scope.offsets[1:], strict=False):
        trace = [scope.touchpoints.names[scope.touchpoints.table[c]] for c in scope.code[a:b]]
        is_open = scope.time[b - 1] >= scope.until - scope.gap
        short = twin.collapsed(trace)
        found.append((trace, short, *twin.told(short, plan, {"!"}, is_open)) if wanted & set(trace) else None)
    return found


@settings(max_examples=120)
@given(plans(), units)
def test_everything_equals_the_twin(plan, traces):
    scope, request = asked(plan, traces)
    result, expected = align(scope, request), by_twin(request, scope)
    seen = [e for e in expected if e]
    count = Counter(d for e in seen for d in e[4])
    people = Counter(d for e in seen for d in set(e[4]))
    assert {(d.kind, d.step, d.touchpoint, d.after): (d.people, d.count) for d in result.deviations} == {
        d: (people[d], n) for d, n in count.items()
    }
    least = min(sum(not s["optional"] for s in path) for path in paths_of(request))
    assert result.people == len(seen)
    assert result.exact == sum(e[3] == 0 for e in seen)
    fitness = [1 - e[3] / (len(e[1]) + least) for e in seen]
    assert result.fitness == pytest.approx(sum(fitness) / len(fitness))
    assert all(0 <= f <= 1 for f in fitness)
    assert {k: n for k, n in result.paths.items() if n} == Counter(e[2] for e in seen)
    for step in result.steps:
        due = [e[5][step.step] for e in seen if step.step in e[5]]
        assert (step.people, step.conforming) == (len(due), sum(due))


def paths_of(request):
    by_id = {s.id: s.model_dump() for s in request.planned.steps}
    return [[by_id[s] for s in p.steps] for p in request.planned.paths]


@given(plans(), units)
def test_cells_list_the_very_people(plan, traces):
    scope, request = asked(plan, traces)
    result, expected = align(scope, request), by_twin(request, scope)

    def who(fits):
        return [u for u, e in enumerate(expected) if e and fits(e)]

    def listed(cell):
        return members(scope, request, cell).tolist()

    for d in result.deviations:
        assert listed(d.cell) == who(lambda e, d=d: (d.kind, d.step, d.touchpoint, d.after) in e[4])
    for step in result.steps:
        assert listed(step.cell) == who(lambda e, step=step: step.step in e[5])
        assert listed(step.conforming_cell) == who(lambda e, step=step: e[5].get(step.step))
    for path in result.paths:
        assert listed(f'path:"{path}"') == who(lambda e, path=path: e[2] == path)
    assert listed("people") == who(bool)
    assert listed("exact") == who(lambda e: e[3] == 0)


@given(plans(), units)
def test_effort_counts_every_event_at_the_steps(plan, traces):
    scope, request = asked(plan, traces)
    spent, done = Counter(), Counter()
    for e in by_twin(request, scope):
        if e:
            run = -1
            for k, touchpoint in enumerate(e[0]):
                run += k == 0 or e[0][k - 1] != touchpoint
                spent[e[6][run]] += 1
            done.update(set(e[6]))
    for step in align(scope, request).steps:
        assert step.effort == (pytest.approx(spent[step.step] / done[step.step]) if done[step.step] else None)


@given(st.text("abcdx", min_size=1, max_size=8), st.permutations("abcd"))
def test_the_cost_of_a_linear_plan_is_the_distance_by_longest_common_subsequence(trace, order):
    # Unit costs of extras and of steps left out; all subsequences of the plan are tried.
    plan = {
        "ideal": "i",
        "steps": [{"id": s, "touchpoints": [s.upper()]} for s in order],
        "paths": [{"id": "p", "steps": order}],
    }
    known = {n: n.upper() for n in "abcdx"}
    events = [(1, k, n) for k, n in enumerate("a" + trace)]
    events += [(2, 0, n) for n in "xabcdx"]
    scope = make_scope(events, known, until=100 * DAY)
    short = twin.collapsed("a" + trace)
    common = max(k for k in range(5) for part in combinations(order, k) if is_subsequence(part, short))
    request = ConformanceRequest(planned=Planned.model_validate(plan))
    one = align(make_scope([e for e in events if e[0] == 1], {n: known[n] for n in short}, until=100 * DAY), request)
    planned_here = [s for s in order if s in short]
    assert one.fitness == pytest.approx(
        1 - (len(short) + len(planned_here) - 2 * common) / (len(short) + len(planned_here))
    )
    both = align(scope, request)
    assert both.people == 2


def is_subsequence(part, whole):
    rest = iter(whole)
    return all(p in rest for p in part)
