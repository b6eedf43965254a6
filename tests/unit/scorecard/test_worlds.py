"""The worlds that methods are graded in hold what they say they do."""

import numpy as np
import pyarrow.compute as pc
import pytest

from desireline.scorecard.memory import Table, scope_of
from desireline.scorecard.second import dated, habits, hindered, hinting, routes
from desireline.scorecard.second.dated import CHANGED
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import Setting
from desireline.simulate import simulate
from tests.scopes import make_scope, sequences

SETTING = Setting("medium", 1_500, 7)


def named(scope):
    """Everyone's event names."""
    names = scope.event_names.names
    return [[names[k] for k, _ in walk] for walk in sequences(scope, scope.event_names.table)]


def test_a_scope_of_a_table_is_the_scope_of_its_events():
    events = [(5, 30, "b"), (2, 20, "a"), (5, 10, "a"), (2, 20, "b"), (9, 5, "a")]
    person, time, name = zip(*events, strict=True)
    table = Table(np.array(person), np.array(time), np.array(["ab".index(x) for x in name]), ["a", "b"])
    ours, known = scope_of(table), make_scope(events)
    assert (ours.units, ours.until) == (known.units, known.until)
    assert ours.offsets.tolist() == known.offsets.tolist()
    assert ours.time.tolist() == known.time.tolist()
    assert named(ours) == named(known)


def test_a_simulated_world_is_what_an_import_would_read():
    world, made = simulated(SETTING), simulate(SETTING.people, SETTING.seed)
    counts = made.truth["counts"]
    assert len(world.scope.time) == counts["rows"] - counts["duplicates"] - counts["dirty"]
    assert (np.sort(world.scope.time) == world.scope.time).sum() < len(world.scope.time)
    people = made.people.filter(pc.invert(made.people["bot"]))
    assert np.bincount(world.kinds[world.kinds >= 0]).tolist() == sorted_like(people["type"])
    assert (world.kinds == -1).sum() == counts["bots"]
    assert world.frictions == {f["touchpoint"] for f in made.truth["frictions"]}


def sorted_like(column):
    """Counts by the order in which values come first."""
    texts = column.to_pylist()
    return [texts.count(value) for value in dict.fromkeys(texts)]


def test_journeys_of_a_kind_follow_its_order():
    """The most frequent next touchpoint differs between kinds; with one kind it does not."""
    world = routes(SETTING)
    walks = named(world.scope)
    after = [
        {walk[i + 1] for walk, kind in zip(walks, world.kinds, strict=True) if kind == k
         for i in range(len(walk) - 1) if walk[i] == "s0 t0"}
        for k in range(3)
    ]  # fmt: skip
    assert all(after)
    assert len(np.unique(world.kinds)) == 3
    assert len(np.unique(routes(SETTING, kinds=1).kinds)) == 1
    assert set(world.stages.values()) == set(range(5))


@pytest.mark.parametrize("of", [1, 4])
def test_kinds_of_people_touch_other_things(of):
    world = habits(SETTING, kinds=of)
    shares = np.zeros((of, 14))
    for walk, kind in zip(sequences(world.scope, world.scope.event_names.table), world.personas, strict=True):
        shares[kind] += np.bincount([k for k, _ in walk], minlength=14)
    shares /= shares.sum(axis=1, keepdims=True)
    assert (np.ptp(shares, axis=0).max() > 0.1) == (of == 4)


def test_hindrances_lose_what_they_do_and_nothing_without_an_effect():
    world, without = hindered(SETTING), hindered(SETTING, effect=False)
    assert set(world.losses) == world.frictions == {"t00", "t01", "t02", "t03"}
    assert all(0 < losses.share < 0.3 for losses in world.losses.values())
    assert without.frictions == frozenset()
    assert [losses.share for losses in without.losses.values()] == [0.0]
    reached = [sum("bought" in walk for walk in named(w.scope)) for w in (world, without)]
    assert reached[0] < reached[1]
    assert without.strength > 1


def test_who_is_keen_shows_only_where_it_is_to_be_seen():
    doors = [{walk[0] for walk in named(hindered(SETTING, seen=seen).scope)} for seen in (True, False)]
    assert doors == [{"door", "club door"}, {"door"}]


def test_the_causal_step_and_its_decoys_are_there():
    world = hinting(SETTING)
    met = {name for walk in named(world.scope) for name in walk}
    assert {world.causal, *world.decoys} <= met
    assert len(world.decoys) == 8


def test_a_change_and_an_outage_begin_on_their_day():
    world, still = dated(Setting("medium", 6_000, 7)), dated(Setting("medium", 6_000, 7), planted=False)
    (change,) = world.changes
    (trouble,) = world.troubles
    assert still.changes == still.troubles == ()
    assert (change.at - trouble.begin).days == CHANGED - 40
    assert share(world, "item", "basket", change.at, after=True) > 1.25 * share(world, "item", "basket", change.at)
    assert share(still, "item", "basket", change.at, after=True) < 1.1 * share(still, "item", "basket", change.at)
    failing = [share(w, "pay", "order", trouble.begin, until=trouble.end, platform="ios") for w in (world, still)]
    assert failing[0] < failing[1] - 0.3


def share(world, source, target, at, until=None, platform=None, after=False):
    """Of the events of a touchpoint before or after a date, or in a time, those that lead to another."""
    names, scope = world.scope.event_names.names, world.scope
    label = scope.event_names.table[scope.code]
    follows = np.append(label[1:], -1)
    follows[scope.offsets[1:] - 1] = -1
    start = at.timestamp() * 1e6
    here = label == names.index(source)
    here &= (scope.time >= start) if after or until else (scope.time < start)
    if until:
        here &= scope.time < until.timestamp() * 1e6
    if platform:
        column = scope.columns.column("platform")
        here &= column.index == column.values.index(platform)
    return (follows[here] == names.index(target)).mean()
