"""The lists that a funnel reads stay within their room."""

import numpy as np

from desireline.analyze.funnels import shelf
from tests.scopes import make_scope


def test_lists_of_steps_stay_within_their_room_and_are_made_once(monkeypatch):
    rows = [(u, t, name) for u in range(50) for t, name in enumerate("abcdefgh" * 5)]
    scope = make_scope(rows)
    codes = [scope.event_names.table == k for k in range(8)]
    assert shelf.lists(scope, codes[:1]) is None
    monkeypatch.setattr(shelf, "FEWEST_EVENTS", len(rows))
    monkeypatch.setattr(shelf, "BYTES_PER_EVENT", 6)
    first = shelf.lists(scope, codes[:2])
    again = shelf.lists(scope, codes[:2])
    assert first is not None
    assert [a[0] is b[0] for a, b in zip(first, again, strict=True)] == [True, True]
    held = shelf._shelves[scope]
    for k in range(8):
        assert shelf.lists(scope, codes[k : k + 1]) is not None
        assert sum(part.nbytes for one in held._lists.values() for part in one) <= 6 * len(rows)
    assert list(held._lists) != []
    assert codes[7].tobytes() in held._lists
    assert codes[0].tobytes() not in held._lists
    # All events of all kinds would take twelve bytes each.
    assert shelf.lists(scope, codes) is None
    # Another scope has lists of its own, and they go with it.
    other = make_scope(rows)
    (mine,), (theirs,) = shelf.lists(scope, codes[:1]), shelf.lists(other, codes[:1])
    assert mine is not theirs
    assert np.array_equal(mine[0].time, theirs[0].time)
    known = len(shelf._shelves)
    del other, theirs
    assert len(shelf._shelves) < known
