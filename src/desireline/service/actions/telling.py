"""Actions in words: what is bet on, what can be detected, what was changed, what came of it."""

import datetime as dt
from functools import cached_property
from math import floor, log10
from typing import TYPE_CHECKING

from desireline.act.verdicts.telling import not_checked, sentence
from desireline.i18n import catalogue, date, number, percent, translate
from desireline.model.action import Action, Bet, Expected, Seal, ShownAction
from desireline.model.bet import Detectable
from desireline.model.verdict import VerdictUnit
from desireline.service.actions.days import local_day, today
from desireline.service.actions.viewing import OPEN
from desireline.service.before_after.door import UNITS

if TYPE_CHECKING:
    from desireline.model.before_after import BeforeAfter
    from desireline.model.experiment import Experiment
    from desireline.service.workspace import Workspace


class Telling:
    """Tells many actions; what they are proved by is read once."""

    def __init__(self, workspace: "Workspace", language: str) -> None:
        self._workspace, self._language = workspace, language
        self._today = today(workspace)

    @cached_property
    def _experiments(self) -> "dict[str, Experiment]":
        return {one.id: one for one in self._workspace.experiments.all()}

    @cached_property
    def _befores(self) -> "dict[str, BeforeAfter]":
        return {one.id: one for one in self._workspace.before_after.all()}

    def shown(self, found: Action) -> ShownAction:
        """An action with its sentences."""
        bet = found.bet
        told = {} if bet is None else self._of_bet(bet, found.seal)
        if found.changes:
            fields = ", ".join(sorted({one.field for one in found.changes}))
            told["changed"] = self._text(
                "changed", fields=fields, day=date(self._language, local_day(self._workspace, found.changes[-1].at))
            )
        if found.verdict is not None:
            told["verdict"] = sentence(found.verdict, self._language)
        overdue = found.status in OPEN and found.due is not None and found.due < self._today
        return ShownAction(
            **found.model_dump(), metric=None if bet is None else self.metric(bet),
            unit=None if bet is None else self.unit(bet), today=self._today, overdue=overdue, told=told,
            finished_on=found.finished and local_day(self._workspace, found.finished),
            not_checked=[] if found.verdict is None else not_checked(found.verdict, self._language),
        )  # fmt: skip

    def _of_bet(self, bet: Bet, seal: Seal | None) -> dict[str, str]:
        told = {"bet": self.bet(bet)}
        first = self._today if seal is None else local_day(self._workspace, seal.at)
        if bet.evaluate <= first:
            told["past"] = self._text("past", day=date(self._language, bet.evaluate))
        if seal is not None and seal.bet is not None:
            told["detectable"] = self.detectable(seal.bet, seal.detectable, first)
        if seal is not None and (seal.bet is None or seal.late):
            told["late"] = self._text("late")
        return told

    def metric(self, bet: Bet) -> str | None:
        """What is bet on, by name; None if its proof is gone."""
        if bet.experiment is not None:
            experiment = self._experiments.get(bet.experiment)
            return None if experiment is None else experiment.metric.event
        if bet.before_after is not None:
            before = self._befores.get(bet.before_after)
            return None if before is None else before.of
        return bet.of

    def unit(self, bet: Bet) -> VerdictUnit:
        """What the effect is counted in."""
        if bet.experiment is not None:
            experiment = self._experiments.get(bet.experiment)
            return "share" if experiment is not None and experiment.metric.kind == "binary" else "number"
        before = self._befores.get(bet.before_after) if bet.before_after is not None else None
        return UNITS[bet.measure if before is None else before.measure]

    def bet(self, bet: Bet) -> str:
        """What is expected of which figure by when."""
        key = "bet_range" if bet.expected.low is not None else "bet"
        return self._text(key, metric=self._name(bet), day=date(self._language, bet.evaluate), **self._sizes(bet))

    def detectable(self, bet: Bet, found: Detectable | None, start: dt.date) -> str:
        """What can be detected by the day on which the bet is judged, and how long one had better wait."""
        days = max((bet.evaluate - start).days, 1)
        if found is None:
            return self._text("detectable_unknown", metric=self._name(bet))
        size = size_of(found.minimum_detectable, self.unit(bet), self._language)
        parts = [self._text("detectable", n=days, metric=self._name(bet), size=size)]
        if found.power is not None:
            expected = size_of(abs(bet.expected.value), self.unit(bet), self._language)
            parts.append(self._text("power", expected=expected, power=percent(self._language, found.power)))
            if found.days is None:
                parts.append(self._text("wait_never"))
            elif found.days > days:
                parts.append(self._text("wait", n=found.days))
        return " ".join(parts)

    def _name(self, bet: Bet) -> str:
        return self.metric(bet) or translate(self._language, "verdict.metric")

    def _sizes(self, bet: Bet) -> dict[str, str]:
        expected: Expected = bet.expected
        given = {"expected": expected.value, "low": expected.low, "high": expected.high}
        unit = self.unit(bet)
        return {
            name: size_of(value, unit, self._language, signed=True)
            for name, value in given.items()
            if value is not None
        }

    def _text(self, key: str, **params: object) -> str:
        return translate(self._language, f"actions.told.{key}", **params)


def size_of(value: float, unit: VerdictUnit, language: str, *, signed: bool = False) -> str:
    """A size with its unit, to two significant figures where it is small; shares in percentage points."""
    scaled = value * 100 if unit == "share" else value
    digits = 0 if scaled == 0 else min(6, max(0, 1 - floor(log10(abs(scaled)))))
    rounded = round(abs(scaled), digits)
    text = number(language, rounded, 0 if rounded == int(rounded) else digits)
    sign = ("−" if scaled < 0 else "+" if scaled > 0 else "") if signed else ""
    key = f"verdict.unit.{unit}"
    return sign + text + (f" {translate(language, key, n=rounded)}" if key in catalogue(language) else "")
