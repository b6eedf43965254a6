"""What units have done by a landmark, and small steps in the risk sets of a goal, in one pass each."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

U16 = npt.NDArray[np.uint16]
MOST = 65_535


class Codes(NamedTuple):
    """What codes stand for: bool[codes] the goal; code c stands for the steps `steps[edges[c]:edges[c + 1]]`."""

    goal: Bools
    edges: I64
    steps: I32
    many: int


class Landmark(NamedTuple):
    """By unit and step, in µs since the unit's first event.

    Attributes:
        early: uint16[units, steps], how often up to the first moment and before the goal.
        later: uint16[units, steps], how often after it and up to the landmark, before the goal.
        goal: int64[units], when the goal was reached, -1 for never.
    """

    early: U16
    later: U16
    goal: I64


@compiled
def _landmark(
    offsets: I64, time: I64, code: I32, codes: Codes, half: int, whole: int, lo: int, hi: int, early: U16, later: U16,
    reached: I64,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            since = time[i] - time[offsets[u]]
            if codes.goal[code[i]]:
                reached[u] = since
                break
            if since > whole:
                continue
            counts = later if since > half else early
            for k in range(codes.edges[code[i]], codes.edges[code[i] + 1]):
                if counts[u, codes.steps[k]] < MOST:
                    counts[u, codes.steps[k]] += 1


def landmark(offsets: I64, time: I64, code: I32, codes: Codes, half: int, whole: int) -> Landmark:
    """What every unit has done by `half` and by `whole` µs after its first event, and when it reached the goal."""
    offsets, time, code, codes = frozen(offsets), frozen(time), frozen(code), _frozen(codes)
    units = len(offsets) - 1
    found = Landmark(
        np.zeros((units, codes.many), np.uint16), np.zeros((units, codes.many), np.uint16),
        np.full(units, -1, np.int64),
    )  # fmt: skip
    each(lambda lo, hi: _landmark(offsets, time, code, codes, half, whole, lo, hi, *found), unit_ranges(offsets))
    return found


@compiled
def _risk_sets(
    offsets: I64, code: I32, codes: Codes, outcome: npt.NDArray[np.int8], stratum: I32, lo: int, hi: int, seen: I64,
    met: I32, all_: I64, having: I64,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        known = 0
        for i in range(offsets[u], offsets[u + 1]):
            if codes.goal[code[i]]:
                break
            for k in range(codes.edges[code[i]], codes.edges[code[i] + 1]):
                if seen[codes.steps[k]] != u + 1:
                    seen[codes.steps[k]] = u + 1
                    met[known] = codes.steps[k]
                    known += 1
            if outcome[i] >= 0:
                event = np.int64(outcome[i] == 1)
                all_[stratum[i], event] += 1
                for k in range(known):
                    having[met[k], stratum[i], event] += 1


def risk_sets(
    offsets: I64, code: I32, codes: Codes, outcome: npt.NDArray[np.int8], stratum: I32, strata: int
) -> tuple[I64, I64]:
    """Steps at risk by stratum and whether the goal came next: of all, and of those who had taken each small step.

    Args:
        offsets: int64[units + 1].
        code: int32[events].
        codes: what they stand for.
        outcome: int8[events], 1 where the goal came next, negative for events that are not at risk.
        stratum: int32[events].
        strata: how many there are.

    Returns:
        int64[strata, 2] and int64[steps, strata, 2].
    """
    offsets, code, codes = frozen(offsets), frozen(code), _frozen(codes)
    outcome, stratum = frozen(outcome), frozen(stratum)

    def part(lo: int, hi: int) -> tuple[I64, I64]:
        found = np.zeros((strata, 2), np.int64), np.zeros((codes.many, strata, 2), np.int64)
        room = np.zeros(codes.many, np.int64), np.zeros(codes.many, np.int32)
        _risk_sets(offsets, code, codes, outcome, stratum, lo, hi, *room, *found)
        return found

    everyone, having = zip(*each(part, unit_ranges(offsets, per_worker=1)), strict=True)
    return np.sum(everyone, axis=0), np.sum(having, axis=0)


@compiled
def _histories(
    offsets: I64, code: I32, codes: Codes, place: I32, lo: int, hi: int, counts: npt.NDArray[np.int64], found: U16
) -> None:
    for u in range(lo, hi):
        counts[:] = 0
        for i in range(offsets[u], offsets[u + 1]):
            if codes.goal[code[i]]:
                break
            if place[i] >= 0:
                for k in range(codes.many):
                    found[place[i], k] = min(counts[k], MOST)
            for k in range(codes.edges[code[i]], codes.edges[code[i] + 1]):
                counts[codes.steps[k]] += 1


def histories(offsets: I64, code: I32, codes: Codes, rows: I64) -> U16:
    """uint16[rows, steps]: how often each step was taken in a unit before these events; events ascending."""
    place = np.full(len(code), -1, np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    found = np.zeros((len(rows), codes.many), np.uint16)
    offsets, code, codes, place = frozen(offsets), frozen(code), _frozen(codes), frozen(place)
    each(
        lambda lo, hi: _histories(offsets, code, codes, place, lo, hi, np.zeros(codes.many, np.int64), found),
        unit_ranges(offsets),
    )
    return found


def _frozen(codes: Codes) -> Codes:
    return Codes(frozen(codes.goal), frozen(codes.edges), frozen(codes.steps), codes.many)
