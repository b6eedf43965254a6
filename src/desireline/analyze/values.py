"""Which of a field's distinct values fulfil a condition; `model.segment` says what comparing means."""

import datetime as dt
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from desireline.analyze.scope import F64, I64, Bools
from desireline.model.clock import EPOCH
from desireline.model.segment import NUMBER, FieldCondition, is_number

DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?"
ZONE = r"(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)"
NOTHING = -(2**63)
"""Stands for no date among int64 days and moments."""

ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.eq,
    "in": operator.eq,
}  # fmt: skip
"""`!=` is turned round at the end, so that it also holds where there is no value."""


@dataclass(frozen=True, eq=False)
class Texts:
    """Distinct values as they are written, and what they are as numbers, days and moments."""

    texts: pa.Array

    @cached_property
    def numbers(self) -> F64:
        """float64[values], NaN where a value is no number."""
        found = np.full(len(self.texts), np.nan)
        is_one = _like(self.texts, NUMBER)
        found[is_one] = self.texts.filter(pa.array(is_one)).cast(pa.float64()).to_numpy()
        return found

    @cached_property
    def days(self) -> I64:
        """int64[values]: days since 1970 as the date is written, `NOTHING` where a value is no date."""
        found = np.full(len(self.texts), NOTHING)
        is_one = _like(self.texts, f"{DAY}([T ]{CLOCK}{ZONE}?)?")
        written = pc.utf8_slice_codeunits(self.texts.filter(pa.array(is_one)), 0, 10)
        moments = pc.strptime(written, format="%Y-%m-%d", unit="s")
        exists = pc.equal(pc.day(moments), pc.utf8_slice_codeunits(written, 8, 10).cast(pa.int64()))
        days = np.where(exists, moments.cast(pa.int64()).to_numpy() // 86_400, NOTHING)
        found[is_one] = days
        return found

    @cached_property
    def moments(self) -> I64:
        """int64[values]: µs since 1970 UTC, `NOTHING` where a value is no date; a day is its midnight in UTC."""
        found = np.where(self.days == NOTHING, NOTHING, self.days * 86_400_000_000)
        timed = (self.days != NOTHING) & (pc.utf8_length(self.texts).to_numpy(zero_copy_only=False) > 10)
        for zoned in (True, False):
            chosen = timed & (_like(self.texts, f".*{ZONE}") == zoned)
            short = pc.replace_substring_regex(self.texts.filter(pa.array(chosen)), r"(\.\d{6})\d+", r"\1")
            kind = pa.timestamp("us", tz="UTC" if zoned else None)
            found[chosen] = short.cast(kind).cast(pa.int64()).to_numpy()
        return found

    def fulfilling(self, condition: FieldCondition) -> Bools:
        """bool[values + 1]: which values fulfil the condition; the last says whether a missing value does."""
        holds = np.zeros(len(self.texts) + 1, np.bool_)
        holds[:-1] = self._present(condition)
        if condition.op == "missing":
            holds[-1] = True
        return ~holds if condition.op == "!=" else holds

    def _present(self, condition: FieldCondition) -> Bools:
        if condition.op in ORDER:
            compared = [self._compared(ORDER[condition.op], given) for given in condition.given]
            return _held(np.logical_or.reduce(compared))
        if condition.op in ("exists", "missing"):
            return np.full(len(self.texts), condition.op == "exists")
        return self._searched(condition.op, str(condition.value))

    def _compared(self, order: Callable[[Any, Any], Any], given: Any) -> Bools:
        if is_number(given):
            return _held(order(self.numbers, float(given)))
        text = str(given).lower() if isinstance(given, bool) else str(given)
        if re.fullmatch(DAY, text, re.ASCII) and (day := _moment(text)) is not None:
            return _held(order(self.days, day // 86_400_000_000) & (self.days != NOTHING))
        if re.match(f"{DAY}[T ]", text, re.ASCII) and (moment := _moment(text)) is not None:
            return _held(order(self.moments, moment) & (self.moments != NOTHING))
        kernel = {operator.lt: pc.less, operator.le: pc.less_equal, operator.gt: pc.greater}
        by_text = kernel.get(order, pc.greater_equal if order is operator.ge else pc.equal)
        return _held(by_text(self.texts, text).to_numpy(zero_copy_only=False))

    def _searched(self, op: str, wanted: str) -> Bools:
        if op == "contains":
            found = pc.match_substring(self.texts, wanted, ignore_case=True)
        elif op == "starts":
            found = pc.starts_with(self.texts, wanted, ignore_case=True)
        else:
            found = pc.match_substring_regex(self.texts, wanted)
        return _held(found.to_numpy(zero_copy_only=False))


def numbers_fulfilling(numbers: F64, condition: FieldCondition) -> Bools:
    """bool[n]: which numbers fulfil the condition; NaN is a missing one."""
    if condition.op in ("exists", "missing"):
        return _held(np.isnan(numbers) == (condition.op == "missing"))
    order = ORDER[condition.op]
    holds = np.logical_or.reduce([order(numbers, float(str(given))) for given in condition.given])
    return _held(~holds if condition.op == "!=" else holds)


def _like(texts: pa.Array, pattern: str) -> Bools:
    return _held(pc.match_substring_regex(texts, f"^(?:{pattern})$").to_numpy(zero_copy_only=False))


def _held(found: npt.NDArray[Any]) -> Bools:
    holds: Bools = found.astype(np.bool_, copy=False)
    return holds


def _moment(text: str) -> int | None:
    """µs since 1970 of an ISO date or time, None if there is no such day."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return (aware - EPOCH) // dt.timedelta(microseconds=1)
