"""Keeps the lists of steps that were asked for, so that a funnel touches only the events of its steps."""

from collections import OrderedDict
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from desireline.analyze.scope import Bools, Scope
from desireline.kernels.postings import Posting, postings

FEWEST_EVENTS = 200_000
"""A smaller scope is read through in a millisecond."""
BYTES_PER_EVENT = 6
"""What the lists of a scope may take at most, for each of its events."""
BYTES_POSTED, BYTES_UNIT = 12, 8
"""What a list takes for each event in it, and at most for each unit."""

_shelves: "WeakKeyDictionary[Scope, Shelf]" = WeakKeyDictionary()
_lock = Lock()


class Shelf:
    """The lists of one scope, by the codes that they are of; the ones used last stay."""

    def __init__(self, scope: Scope) -> None:
        self._lists: OrderedDict[bytes, list[Posting]] = OrderedDict()
        self._room = BYTES_PER_EVENT * len(scope.time)
        self._lock = Lock()

    def lists(self, scope: Scope, wanted: list[Bools]) -> list[list[Posting]] | None:
        """The list of each kind of events, given as bool[codes]; None if they need more room than there is."""
        keys = [codes.tobytes() for codes in wanted]
        kinds = dict(zip(keys, wanted, strict=True))
        needed = sum(
            BYTES_POSTED * int(scope.by_code[codes].sum()) + BYTES_UNIT * scope.units for codes in kinds.values()
        )
        if needed > self._room:
            return None
        with self._lock:
            missing = [key for key in kinds if key not in self._lists]
            if missing:
                self._collect(scope, missing, kinds)
            for key in kinds:
                self._lists.move_to_end(key)
            found = [self._lists[key] for key in keys]
            while sum(part.nbytes for one in self._lists.values() for part in one) > self._room:
                self._lists.popitem(last=False)
            return found

    def _collect(self, scope: Scope, missing: list[bytes], kinds: dict[bytes, Bools]) -> None:
        kind = np.full(len(scope.event_names.table), -1, np.int8)
        for number, key in enumerate(missing):
            kind[kinds[key]] = number
        made = postings(scope.offsets, scope.time, scope.code, kind, len(missing))
        self._lists.update(zip(missing, made, strict=True))


def lists(scope: Scope, wanted: list[Bools]) -> list[list[Posting]] | None:
    """The lists of some kinds of events, made when they are first asked for.

    Args:
        scope: whose events.
        wanted: bool[codes] for each step.

    Returns:
        For each step its list for each part of the units; None where reading all events is as good.
    """
    if len(scope.time) < FEWEST_EVENTS:
        return None
    with _lock:
        shelf = _shelves.setdefault(scope, Shelf(scope))
    return shelf.lists(scope, wanted)
