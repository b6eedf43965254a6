"""What small journeys do not show of the funnels' kernels: blocks, threads, a very long unit, what is compiled."""

import numpy as np
import pytest

from desireline.kernels import (
    funnel_chains,
    funnel_exclusions,
    funnel_postings,
    funnel_rules,
    funnel_sets,
    pool,
    postings,
)
from desireline.kernels.funnel import funnel
from desireline.kernels.funnel_rules import ALL, FIRST, WITHOUT, Events, Rules, Values
from desireline.kernels.warm import warm

CODES = 6
NOBODY = Values(np.zeros(0, np.int32), WITHOUT, -1, 0)


def journeys(units=20_000, longest=300_000):
    random = np.random.default_rng(5)
    lengths = random.geometric(0.2, units)
    lengths[units // 3] = longest
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    time = np.arange(offsets[-1]) * 7 // 3
    return Events(offsets, time, random.integers(0, CODES, offsets[-1], dtype=np.int32))


def rules(mask, steps, within=-1, exclude=(), kind=None, nth=None, total=None, ever=0, strict=False):
    """Required steps without conditions of their own; `exclude` codes between any two."""
    numbers = np.arange(steps)
    mask = np.array(mask, np.int64)
    for x, code in enumerate(exclude):
        mask[code] |= 1 << (funnel_rules.EXCLUDED + x)
    by_step = np.array([numbers - 1, numbers * 0 - 1, kind or numbers, nth or numbers * 0, total or numbers * 0 + 1])
    ranges = np.array([[0] * len(exclude), [steps - 1] * len(exclude)], np.int64)
    return Rules(mask, np.ones(CODES, bool), by_step, ranges, ever=ever, optional=0, within=within, strict=strict)


def test_chains_without_conditions_are_those_of_the_fast_kernel():
    events, mask = journeys(), [1, 2, 4, 1, 0, 0]
    fast = funnel(*events, np.array(mask, np.uint32), 3, 20)
    found = funnel_chains.chains(events, rules(mask, 3, 20), NOBODY)
    assert found.people == fast.people.tolist()
    assert [w.from_first.tolist() for w in found.waits] == [w.tolist() for w in fast.waits]
    assert [w.from_previous.tolist() for w in found.waits] == [w.tolist() for w in fast.gaps]
    assert np.array_equal(found.unit, np.flatnonzero(fast.reached))
    assert np.array_equal(np.bitwise_count(found.steps), fast.reached[found.unit])


@pytest.mark.parametrize("within", [None, 0, 20])
@pytest.mark.parametrize("steps", [[0], [0, 1, 2], [2, 2, 0, 2], [5, 4, 3, 2, 1, 0]])
def test_lists_of_the_steps_give_what_all_events_give(within, steps):
    events = journeys()
    lists = postings.postings(*events, np.arange(CODES, dtype=np.int8), CODES)
    bits = np.array([sum(1 << k for k, s in enumerate(steps) if s == code) for code in range(CODES)], np.uint32)
    fast = funnel(*events, bits, len(steps), within)
    people, waits, gaps = funnel_postings.funnel([lists[s] for s in steps], within)
    assert people == fast.people.tolist()
    assert [w.tolist() for w in waits] == [w.tolist() for w in fast.waits]
    assert [g.tolist() for g in gaps] == [g.tolist() for g in fast.gaps]


def test_a_list_has_the_events_of_its_kind_by_unit():
    events = journeys(2_000, 100_000)
    kind = np.array([-1, 0, 1, -1, 1, -1], np.int8)
    for number, parts in enumerate(postings.postings(*events, kind, 2)):
        wanted = np.flatnonzero(kind[events.code] == number)
        unit = np.searchsorted(events.offsets, wanted, side="right") - 1
        cuts = pool.unit_ranges(events.offsets)
        assert len(cuts) == len(parts) > 1
        found = [events.offsets[lo] + p.position for (lo, _), p in zip(cuts, parts, strict=True)]
        assert np.array_equal(np.concatenate(found), wanted)
        assert np.array_equal(np.concatenate([p.time for p in parts]), events.time[wanted])
        assert np.array_equal(
            np.concatenate([lo + p.units for (lo, _), p in zip(cuts, parts, strict=True)]), np.unique(unit)
        )
        assert np.array_equal(np.concatenate([np.diff(p.first) for p in parts]), np.bincount(unit, minlength=2_000))


def test_a_step_named_three_times_is_the_same_in_order_and_in_any_order():
    events = journeys()
    same = rules([7, 0, 0, 0, 0, 0], 3, 20, kind=[0, 0, 0], nth=[0, 1, 2], total=[1, 2, 3])
    ordered, free = funnel_chains.chains(events, same, NOBODY), funnel_sets.sets(events, same, NOBODY)
    assert ordered.people == free.people
    assert ordered.people[2] > 1000
    for a, b in zip(ordered.waits, free.waits, strict=True):
        assert np.array_equal(a.from_first, b.from_first)
        assert np.array_equal(a.from_previous, b.from_previous)


def test_strict_chains_are_neighbours():
    events = journeys()
    found = funnel_chains.chains(events, rules([1, 2, 4, 0, 0, 0], 3, strict=True), NOBODY)
    unit = np.repeat(np.arange(len(events.offsets) - 1), np.diff(events.offsets))
    pair = (events.code[:-1] == 0) & (events.code[1:] == 1) & (unit[:-1] == unit[1:])
    triple = pair[:-1] & (events.code[2:] == 2) & (unit[:-2] == unit[2:])
    reached = [unit[events.code == 0], unit[:-1][pair], unit[:-2][triple]]
    assert found.people == [len(np.unique(u)) for u in reached]


def test_an_exclusion_between_two_steps_is_a_broken_neighbourhood():
    """With every other code excluded, a chain in order is a strict one."""
    events = journeys()
    excluding = rules([1, 2, 0, 0, 0, 0], 2, exclude=(2, 3, 4, 5))
    found = funnel_chains.chains(events, excluding, NOBODY)
    unit = np.repeat(np.arange(len(events.offsets) - 1), np.diff(events.offsets))
    pair = (events.code[:-1] == 0) & (events.code[1:] == 1) & (unit[:-1] == unit[1:])
    assert found.people[1] == len(np.unique(unit[:-1][pair]))
    free = funnel_chains.chains(events, rules([1, 2, 0, 0, 0, 0], 2), NOBODY)
    lost = np.zeros(len(events.offsets) - 1, bool)
    lost[free.unit[free.steps == 3]] = True
    lost[found.unit[found.steps == 3]] = False
    losing, reached = funnel_exclusions.losing(events, excluding)
    assert not np.any(lost & ~losing)
    assert np.array_equal(reached[free.unit], free.steps)
    assert np.count_nonzero(lost) > 1000


@pytest.mark.parametrize("workers", [1, 3])
def test_groups_of_all_are_the_funnels_of_the_events_of_each_group(monkeypatch, workers):
    monkeypatch.setattr(pool, "WORKERS", workers)
    events = journeys()
    group = np.random.default_rng(6).integers(-1, 3, len(events.code)).astype(np.int32)
    plain = rules([1, 2, 0, 0, 0, 0], 2, 30)
    for kernel in (funnel_chains.chains, funnel_sets.sets):
        found = kernel(events, plain, Values(group, ALL, -1, 3))
        for g in (-1, 0, 1, 2):
            alone = Events(events.offsets, events.time, np.where(group == g, events.code, 5).astype(np.int32))
            expected = kernel(alone, plain, NOBODY)
            mine = found.group == g
            assert np.array_equal(found.unit[mine], expected.unit)
            assert np.array_equal(found.steps[mine], expected.steps)
            assert np.array_equal(found.entry[mine], expected.entry)


def test_after_warming_up_no_funnel_is_compiled_anymore():
    warm()
    modules = (funnel_chains, funnel_exclusions, funnel_postings, funnel_sets, postings)

    def compiled():
        kernels = [(m.__name__, k, x) for m in modules for k, x in vars(m).items() if hasattr(x, "signatures")]
        return {(module, name): len(kernel.signatures) for module, name, kernel in kernels}

    before = compiled()
    assert len(before) > 15
    events = journeys(3_000, 70_000)
    asked = rules([1, 2, 4, 0, 0, 0], 3, 20, exclude=(4,), strict=True, ever=1)
    for kernel in (funnel_chains.chains, funnel_sets.sets):
        kernel(events, asked, Values(events.code, FIRST, -1, CODES))
        kernel(events, asked, NOBODY)
    funnel_exclusions.losing(events, asked)
    funnel_sets.losing(events, asked)
    funnel_postings.funnel(postings.postings(*events, np.arange(CODES, dtype=np.int8), CODES), 5)
    assert compiled() == before
