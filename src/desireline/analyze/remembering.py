"""What took long to find in a scope is kept as long as the scope is: drilling down and coming back ask it again."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, Literal, TypeVar
from weakref import WeakKeyDictionary

from desireline.analyze.scope import Scope

T = TypeVar("T")

MOST, KPIS = 8, 600
"""Answers, and counts of KPIs, that are kept for a scope; the oldest goes first."""


@dataclass
class _Shelf:
    lock: RLock = field(default_factory=RLock)
    answers: dict[Hashable, Any] = field(default_factory=dict)
    kpis: dict[Hashable, Any] = field(default_factory=dict)


_SHELVES: WeakKeyDictionary[Scope, _Shelf] = WeakKeyDictionary()
_LOCK = RLock()


def remembered(scope: Scope, key: Hashable, find: Callable[[], T], room: Literal["answers", "kpis"] = "answers") -> T:
    """What was found under a key before, else what `find` finds now; whoever asks meanwhile waits for the same.

    What is found must not hold the scope, or neither would ever go.
    """
    with _LOCK:
        shelf = _SHELVES.setdefault(scope, _Shelf())
    with shelf.lock:
        kept: dict[Hashable, Any] = getattr(shelf, room)
        if key not in kept:
            found = find()
            while len(kept) >= (KPIS if room == "kpis" else MOST):
                kept.pop(next(iter(kept)))
            kept[key] = found
        answer: T = kept[key]
        return answer
