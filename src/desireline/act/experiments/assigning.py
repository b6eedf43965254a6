r"""Who gets which arm: the same answer for the same person on every machine and in every language, without a memory.

The hash: SHA-256 of the UTF-8 text `KEY \x1f UNIT` (a unit separator between them), its first eight bytes as a
big-endian number, the lowest eleven bits dropped, plus one half, divided by 2⁵³: a number u between 0 and 1, exact in
double precision.

- holdout: in it if u of `holdout:NAME` is below its share: the share may grow, nobody falls out of it;
- exclusive group: u of `group:NAME` lies in the slot of exactly one of its experiments;
- traffic: takes part if u of `SALT:traffic` is below it: traffic may grow, nobody falls out;
- arm: the one with the least -ln(u of `SALT:arm:ARM`) / weight (weighted rendezvous hashing, Schindelhauer and
  Schomaker 2005): if one arm's weight grows or an arm is added, people move to that arm only, never between others.

`tests/cases/experiments/assignment.json` holds values for implementations in other languages.
"""

from collections.abc import Sequence
from hashlib import sha256
from math import log

from desireline.model.experiment import Arm, Assignment, Experiment


def position(key: str, unit: str) -> float:
    r"""The u of a unit under a key, 0 < u < 1.

    >>> position("banner:traffic", "c1")
    0.39393064252681026
    """
    digest = sha256(f"{key}\x1f{unit}".encode()).digest()
    return ((int.from_bytes(digest[:8], "big") >> 11) + 0.5) / 2**53


def arm_of(salt: str, arms: Sequence[Arm], unit: str) -> str:
    """The arm of a unit that takes part; of equal ones the first."""
    return min(arms, key=lambda arm: -log(position(f"{salt}:arm:{arm.name}", unit)) / arm.weight).name


def assignment(experiment: Experiment, unit: str) -> Assignment:
    """What one person gets of a running experiment."""
    if experiment.status != "running":
        return Assignment(person=unit, arm=None, reason="not_running")
    if experiment.holdout is not None and position(f"holdout:{experiment.holdout}", unit) < experiment.holdout_share:
        return Assignment(person=unit, arm=None, reason="holdout")
    if experiment.exclusive_group is not None and experiment.slot is not None:
        low, high = experiment.slot
        if not low <= position(f"group:{experiment.exclusive_group}", unit) < high:
            return Assignment(person=unit, arm=None, reason="other_experiment")
    elif position(f"{experiment.salt}:traffic", unit) >= experiment.traffic:
        return Assignment(person=unit, arm=None, reason="outside_traffic")
    return Assignment(person=unit, arm=arm_of(experiment.salt, experiment.arms, unit), reason="assigned")


def free_slot(taken: Sequence[tuple[float, float]], wanted: float) -> tuple[float, float] | None:
    """The first gap between the slots of a group that is wide enough; None if there is none.

    >>> free_slot([(0.0, 0.3), (0.5, 0.6)], 0.2)
    (0.3, 0.5)
    """
    begin = 0.0
    for low, high in [*sorted(taken), (1.0, 1.0)]:
        if low - begin >= wanted - 1e-9:
            return begin, min(1.0, begin + wanted)
        begin = max(begin, high)
    return None


def widest_gap(taken: Sequence[tuple[float, float]]) -> float:
    """The share of a group's people that is free in one piece."""
    begin, widest = 0.0, 0.0
    for low, high in [*sorted(taken), (1.0, 1.0)]:
        widest, begin = max(widest, low - begin), max(begin, high)
    return widest
