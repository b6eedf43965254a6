"""Timing a call, and telling whether two answers are the same."""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

LEAST_RUNS = 5


class Taken(NamedTuple):
    """Medians on the clock and of all cores together, which say more where others use the machine too.

    `first_seconds` are those of the first call, `runs` how many the medians are of.
    """

    seconds: float
    core_seconds: float
    first_seconds: float
    runs: int


def measured(repeat: int, work: Callable[[Any], object], before: Callable[[], Any] = lambda: None) -> tuple[Taken, Any]:
    """Times of the repetitions after a first call, and the answer; `before` gives what `work` gets, unmeasured."""
    taken = []
    for _ in range(repeat + 1):
        given = before()
        begun, busy = time.perf_counter(), time.process_time()
        answer = work(given)
        taken.append((time.perf_counter() - begun, time.process_time() - busy))
    clock, cores = (statistics.median(column) for column in zip(*taken[1:], strict=True))
    return Taken(clock, cores, taken[0][0], repeat), answer


def agree(ours: object, theirs: object, near: float = 1e-6) -> bool:
    """Whether two answers are equal, as far as both answer; fractions to such a part, or to so many units."""
    if ours is None or theirs is None:
        return True
    if isinstance(ours, float) or isinstance(theirs, float):
        return abs(ours - theirs) <= near * max(1.0, abs(ours) if near < 1 else 1.0)  # type: ignore[operator, arg-type]
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(agree(ours[k], theirs[k], near) for k in ours)
    if isinstance(ours, list | tuple) and isinstance(theirs, list | tuple):
        return len(ours) == len(theirs) and all(agree(a, b, near) for a, b in zip(ours, theirs, strict=True))
    return ours == theirs


def difference(ours: object, theirs: object, near: float = 1e-6, at: str = "") -> Iterator[str]:
    """Where two answers differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() | theirs.keys():
            yield from difference(ours.get(key, "–"), theirs.get(key, "–"), near, f"{at}[{key}]")
    elif isinstance(ours, list | tuple) and isinstance(theirs, list | tuple) and len(ours) == len(theirs):
        for k, (a, b) in enumerate(zip(ours, theirs, strict=True)):
            yield from difference(a, b, near, f"{at}[{k}]")
    elif not agree(ours, theirs, near):
        yield f"{at} {ours} ≠ {theirs}"
