"""Steps at risk of a scope: what each is at, what became of it, and what it is compared within."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desireline.analyze.goals import caveat_codes, goal_codes
from desireline.analyze.hazards.contacts import Help, help_codes
from desireline.analyze.scope import I32, I64, Bools, Labels, Scope
from desireline.kernels.gather import gather
from desireline.kernels.hazards import Steps
from desireline.kernels.risk_rows import RiskRows, risk_rows

STEPS = np.array([1, 2, 3, 4, 5, 6, 7, 9, 11, 16, 26, 51, 101])
"""The first step number of each bin."""

SECOND = 1_000_000
SINCE = np.array([60, 3_600, 86_400, 7 * 86_400, 30 * 86_400]) * SECOND
"""µs since the journey began at which another bin begins."""


@dataclass(frozen=True)
class Exposure:
    """What a step can be at."""

    touchpoint: str
    channel: str | None
    help_seeking: bool


@dataclass(frozen=True, eq=False)
class Risk:
    """Steps at risk, in an order in which the units of a person lie together.

    Attributes:
        exposures: what is tested; further ones are pooled as one more, the last index.
        found: how many there were.
        offsets: int64[units + 1]. owner: int32[units]. unit: int64[units], their places in the scope.
        exposure: int32[events], -1 for events that are no step.
        rows: what became of each event.
    """

    exposures: list[Exposure]
    found: int
    offsets: I64
    owner: I32
    unit: I64
    exposure: I32
    rows: RiskRows

    @property
    def kinds(self) -> int:
        """Exposures and the pool of the rest."""
        return len(self.exposures) + 1

    @cached_property
    def step_bin(self) -> I32:
        """int32[events]."""
        table = np.searchsorted(STEPS, np.arange(int(self.rows.step.max(initial=0)) + 1), side="right") - 1
        return table.astype(np.int32)[self.rows.step]

    def steps(self, compared: bool) -> Steps:
        """What kernels take; `compared`: with the bins that steps are compared within."""
        since = np.searchsorted(SINCE, self.rows.since, side="right").astype(np.int32) - 1
        since[since >= 0] += len(STEPS)
        bins = np.stack((self.step_bin, since)) if compared else self.step_bin[None]
        first = np.flatnonzero(np.r_[True, self.owner[1:] != self.owner[:-1]]) if len(self.owner) else np.zeros(0)
        return Steps(
            self.offsets, np.r_[first, len(self.owner)].astype(np.int64), self.exposure, self.rows.outcome,
            (self.rows.step == 1).astype(np.int8), bins,
        )  # fmt: skip


def risk_of(
    scope: Scope, labels: Labels, goal: str, contacts: list[str] | None, *, by_channel: bool, gap: int, top: int
) -> tuple[Risk, Help]:
    """The steps at risk before the first goal, and which events seek help.

    Args:
        scope: the events.
        labels: what names the steps.
        goal: its name.
        contacts: names of those that seek help, None for those whose names say so.
        by_channel: tell steps apart by channel too.
        gap: µs of silence after which a journey is dropped.
        top: exposures told apart, those of the most events.

    Raises:
        UnknownStep: the goal or a contact is not there.
    """
    aim, helping = goal_codes(scope, goal), help_codes(scope, contacts)
    label, exposures = _exposures(scope, labels, aim | caveat_codes(scope), helping.seeking, by_channel)
    events = np.bincount(label[label >= 0], scope.by_code[label >= 0], len(exposures))
    order = sorted(
        range(len(exposures)), key=lambda k: (-events[k], exposures[k].touchpoint, exposures[k].channel or "")
    )
    kept = [k for k in order if events[k]]
    place = np.full(len(exposures) + 1, min(top, len(kept)), np.int32)
    place[kept[:top]] = np.arange(len(kept[:top]))
    place[-1] = -1
    label = place[label]
    offsets, owner, unit, position = _by_person(scope)
    time = scope.time if position is None else gather(scope.time, position)
    code = scope.code if position is None else gather(scope.code, position)
    rows = risk_rows(offsets, time, code, label, aim, helping.contact, gap, scope.until)
    exposure = np.where(rows.step > 0, label[code], -1).astype(np.int32)
    return Risk([exposures[k] for k in kept[:top]], len(kept), offsets, owner, unit, exposure, rows), helping


def _exposures(
    scope: Scope, labels: Labels, out: Bools, contact: Bools, by_channel: bool
) -> tuple[I32, list[Exposure]]:
    channels = scope.channels.table if by_channel else np.full(len(labels.table), -1, np.int32)
    pairs = [
        (int(t), int(c)) if t >= 0 and not o else None for t, c, o in zip(labels.table, channels, out, strict=True)
    ]
    listed = list(dict.fromkeys(p for p in pairs if p is not None))
    label = np.array([-1 if p is None else listed.index(p) for p in pairs], np.int32).reshape(-1)
    return label, [
        Exposure(labels.names[t], scope.channels.names[c] if c >= 0 else None, bool(contact[label == k].mean() > 0.5))
        for k, (t, c) in enumerate(listed)
    ]


def _by_person(scope: Scope) -> tuple[I64, I32, I64, I64 | None]:
    """Units so that those of a person lie together, and the rows of their events; None for the order they are in."""
    units = np.arange(scope.units)
    if bool((np.diff(scope.owner) >= 0).all()):
        return scope.offsets, scope.owner, units, None
    order = np.argsort(scope.owner, kind="stable")
    lengths = np.diff(scope.offsets)[order]
    offsets = np.r_[0, np.cumsum(lengths)].astype(np.int64)
    position = np.repeat(scope.offsets[:-1][order] - offsets[:-1], lengths) + np.arange(int(offsets[-1]))
    return offsets, scope.owner[order], order, position
