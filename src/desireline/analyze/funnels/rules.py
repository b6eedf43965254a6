"""From the question to the rules that a kernel follows; refuses what makes no sense."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desireline.analyze.breakdown import Breakdown, breakdown
from desireline.analyze.funnels.ever import told_apart, without
from desireline.analyze.funnels.model import ExclusionAsked, FunnelRequest, StepAsked
from desireline.analyze.scope import I32, I64, Labels, Scope, index_of
from desireline.errors import BadQuestion
from desireline.kernels import funnel_rules as kernel
from desireline.kernels.funnel_rules import EXCLUDED, MOST_EXCLUSIONS, WITHOUT, Rules, Values
from desireline.model.duration import parse_duration

MOST_STEPS = 32
MOST_GROUPS = 100


@dataclass(frozen=True, eq=False)
class Plan:
    """A question that makes sense.

    Attributes:
        within: µs, None for no limit; the other spans are in `gaps`, by step.
        labels: the names of steps.
        way, value_step: how a chain gets its group.
    """

    scope: Scope
    request: FunnelRequest
    labels: Labels
    steps: list[StepAsked]
    exclusions: list[ExclusionAsked]
    within: int | None
    gaps: list[int | None]
    way: int
    value_step: int

    @property
    def is_plain(self) -> bool:
        """Whether the fast kernel of chains in order is enough."""
        asked = any(s.optional or s.first_ever for s in self.steps) or any(self.gaps) or self.exclusions
        return self.request.order == "ordered" and not asked and not self.request.by and not self.request.trend

    @property
    def longest(self) -> int | None:
        """µs that a chain can last at most, None without a limit."""
        total = None if None in self.gaps[1:] else sum(g for g in self.gaps[1:] if g)
        return min((x for x in (total, self.within) if x is not None), default=None)

    def required_before(self, k: int) -> int:
        """The last step before k (from 0) that is not optional."""
        return max(p for p in range(k) if not self.steps[p].optional)

    @cached_property
    def wanted(self) -> list[int]:
        """The label of each step."""
        return [index_of(self.labels, s.name) for s in self.steps]

    @cached_property
    def groups(self) -> Breakdown | None:
        """The groups of the events."""
        return breakdown(self.scope, self.request.by, self.request.top) if self.request.by else None

    def values(self, way: int) -> Values:
        """Where chains get their group from."""
        if self.groups is None or way == WITHOUT:
            return Values(np.zeros(0, np.int32), WITHOUT, -1, 0)
        return Values(self.groups.index, way, self.value_step, len(self.groups.names))

    @cached_property
    def rules(self) -> Rules:
        """The rules for a kernel."""
        steps, order = range(len(self.steps)), self.request.order
        # Where nothing may lie between, no exclusion can.
        exclusions = self.exclusions if order != "strict" else []
        ends = [_range(e, len(steps)) for e in exclusions]
        back = [-1, *(self.required_before(k) for k in steps[1:])]
        gap = [-1 if span is None else span for span in self.gaps]
        ever = sum(1 << k for k in steps if self.steps[k].first_ever)
        mask = self._mask(exclusions)
        return Rules(
            mask=without(mask, self.labels.table, self.hidden, ever) if self.hidden else mask,
            between=np.tile(self.labels.table >= 0, 2 if self.hidden else 1),
            by_step=np.array([back, gap, *self._kinds()]),
            ranges=np.array([[a - 1 for a, _ in ends], [b - 1 for _, b in ends]], np.int64),
            ever=ever,
            optional=sum(1 << k for k in steps if self.steps[k].optional),
            within=-1 if self.within is None else self.within,
            strict=order == "strict",
        )

    @cached_property
    def hidden(self) -> list[int]:
        """The labels of first-ever steps, where the scope may hide what came before."""
        partly = self.scope.position is not None
        return sorted({w for w, s in zip(self.wanted, self.steps, strict=True) if s.first_ever and partly})

    @cached_property
    def code(self) -> I32:
        """The events' codes; a second set of codes stands for events that are not the first ever of their name."""
        return told_apart(self.scope, self.labels.table, self.hidden) if self.hidden else self.scope.code

    def _mask(self, exclusions: list[ExclusionAsked]) -> I64:
        table = self.labels.table
        mask = np.zeros(len(table), np.uint64)
        for k, label in enumerate(self.wanted):
            mask[table == label] |= np.uint64(1 << k)
        for x, exclusion in enumerate(exclusions):
            bit = EXCLUDED + (0 if self.request.order == "any" else x)
            mask[table == index_of(self.labels, exclusion.name)] |= np.uint64(1 << bit)
        return mask.view(np.int64)

    def _kinds(self) -> tuple[list[int], list[int], list[int]]:
        """KIND, NTH and TOTAL of `funnel_sets`."""
        nth, total = [], []
        for k, step in enumerate(self.steps):
            before = [
                s.first_ever for s, w in zip(self.steps[:k], self.wanted, strict=False)
                if w == self.wanted[k] and not s.optional
            ]  # fmt: skip
            first = -1 if not any(before) else len(self.steps)
            nth.append(first if step.first_ever else len(before) - sum(before))
            total.append(len(before) + 1)
        return [self.wanted.index(w) for w in self.wanted], nth, total


def plan(scope: Scope, request: FunnelRequest) -> Plan:
    """What to do for a question.

    Raises:
        BadQuestion: a parameter makes no sense, alone or with the others.
        UnknownStep: a step or exclusion that does not exist.
    """
    steps = [StepAsked(name=s) if isinstance(s, str) else s for s in request.steps]
    exclusions = [ExclusionAsked(name=e) if isinstance(e, str) else e for e in request.exclude]
    if not 1 <= len(steps) <= MOST_STEPS:
        raise BadQuestion(parameter="steps", given=str(len(steps)), expected=f"1–{MOST_STEPS}")
    if len(exclusions) > MOST_EXCLUSIONS:
        raise BadQuestion(parameter="exclude", given=str(len(exclusions)), expected=f"0–{MOST_EXCLUSIONS}")
    if steps[0].optional:
        raise BadQuestion(parameter="steps.1.optional", given="true", expected="false")
    if not 1 <= request.top <= MOST_GROUPS:
        raise BadQuestion(parameter="top", given=str(request.top), expected=f"1–{MOST_GROUPS}")
    way, value_step = _attribution(request, len(steps))
    within = None if request.within is None else parse_duration(request.within)
    gaps = [None if s.within is None else parse_duration(s.within, f"steps.{k}.within") for k, s in enumerate(steps, 1)]
    made = Plan(scope, request, scope.labels(request), steps, exclusions, within, gaps, way, value_step)
    _check_exclusions(made)
    again = any(w in made.hidden and not s.first_ever for w, s in zip(made.wanted, steps, strict=True))
    if request.order == "any" and (any(gaps) or again):
        raise BadQuestion(parameter="order", given="any", expected="ordered, strict")
    return made


def _attribution(request: FunnelRequest, steps: int) -> tuple[int, int]:
    ways = {"first": kernel.FIRST, "last": kernel.LAST, "all": kernel.ALL}
    if request.attribution in ways:
        return ways[request.attribution], -1
    found = re.fullmatch(r"step:(\d{1,2})", request.attribution, re.ASCII)
    if not found or not 1 <= int(found[1]) <= steps:
        expected = f"first, last, all, step:1 … step:{steps}"
        raise BadQuestion(parameter="attribution", given=request.attribution[:100], expected=expected)
    return kernel.STEP, int(found[1]) - 1


def _check_exclusions(made: Plan) -> None:
    steps, unordered = len(made.steps), made.request.order == "any"
    for exclusion in made.exclusions:
        label = index_of(made.labels, exclusion.name)
        after, before = _range(exclusion, steps)
        anywhere = exclusion.after is None and exclusion.before is None
        if not (1 <= after < before <= steps or anywhere):
            given = f"{exclusion.name}:{after}:{before}"
            raise BadQuestion(parameter="exclude", given=given[:100], expected=f"1 ≤ after < before ≤ {steps}")
        if unordered and not anywhere:
            raise BadQuestion(parameter="order", given="any", expected="ordered, strict")
        if unordered and label in made.wanted:
            names = ", ".join(s.name for s in made.steps)
            raise BadQuestion(parameter="exclude", given=exclusion.name[:100], expected=f"≠ {names}"[:200])


def _range(exclusion: ExclusionAsked, steps: int) -> tuple[int, int]:
    """The steps, from 1, between which the exclusion matters."""
    return 1 if exclusion.after is None else exclusion.after, steps if exclusion.before is None else exclusion.before
