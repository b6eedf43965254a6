"""Sealed bets: whatever is changed afterwards, what was sealed can be told from the changes."""

import datetime as dt
import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.model.action import Action, Bet, Seal
from desireline.service.actions.sealing import bet_changes, hash_of

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
SIZES = st.floats(-1e6, 1e6, allow_nan=False).filter(lambda size: size != 0)


@st.composite
def bets(draw):
    size = draw(SIZES)
    ends = draw(st.none() | st.tuples(st.floats(0, 9), st.floats(0, 9)))
    proof = draw(st.sampled_from(["of", "experiment", "before_after"]))
    return Bet.model_validate({
        proof: draw(st.sampled_from(["Order", "Call"])), "measure": draw(st.sampled_from(["people", "conversion"])),
        "segment": draw(st.none() | st.sampled_from(["Buyers", {"of": "people", "where": 'did "Żółw"'}])),
        "expected": {"value": size, **({"low": size - ends[0], "high": size + ends[1]} if ends else {})},
        "evaluate": draw(DAYS), "value": draw(st.none() | st.floats(0, 1e6)), "kpi": draw(st.none() | st.just("k-1")),
    })  # fmt: skip


def sealed(bet):
    seal = Seal(at=NOW, by="local", hash=hash_of(bet), bet=bet)
    return Action(id="a-1", name="A", author="local", created=NOW, changed=NOW, status="in_progress", started=NOW,
                  bet=bet, seal=seal)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(bets(), st.lists(st.none() | bets(), max_size=5))
def test_the_sealed_bet_follows_from_the_changes(first, later):
    found = sealed(first)
    for bet in later:
        changes = [*found.changes, *bet_changes(found, bet, "local")]
        found = found.model_copy(update={"bet": bet, "changes": changes})
    body = None if found.bet is None else found.bet.model_dump(mode="json")
    for change in reversed(found.changes):
        if change.field == "bet":
            assert change.after == body
            body = change.before
        else:
            assert body[change.field] == change.after
            body = {**body, change.field: change.before}
    back = Bet.model_validate(body)
    assert back == first
    assert hash_of(back) == found.seal.hash == hash_of(first)
    assert (found.changes == []) <= (found.bet == first)


@given(bets(), bets())
def test_different_bets_have_different_hashes(one, other):
    assert (hash_of(one) == hash_of(other)) == (one == other)


def test_the_hash_is_that_of_the_text():
    """SHA-256 of `null`, and of JSON that anybody can write down."""
    assert hash_of(None) == "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b"
    bet = Bet.model_validate({"of": "Żółw", "expected": {"value": 0.5}, "evaluate": "2026-03-01"})
    text = (
        '{"before_after":null,"comparison":null,"evaluate":"2026-03-01","expected":{"high":null,"low":null,'
        '"value":0.5},"experiment":null,"kpi":null,"measure":"people","of":"Żółw","segment":null,"value":null}'
    )
    assert hash_of(bet) == hashlib.sha256(text.encode()).hexdigest()


def test_nothing_is_a_change_before_the_start():
    first, second = (
        Bet.model_validate({"of": name, "expected": {"value": 1}, "evaluate": "2026-03-01"}) for name in "xy"
    )
    free = sealed(first).model_copy(update={"seal": None})
    assert bet_changes(free, second, "local") == []
