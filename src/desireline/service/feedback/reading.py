"""Feedback out of the journey store's columns: one row for each event with a score, words or an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desireline.analyze.feelings import SCORE, scales
from desireline.analyze.scope import F64, I32, I64, Bools, Scope
from desireline.model.feedback import FeedbackFilters
from desireline.model.question import Asked, Filters
from desireline.model.scales import BANDS, BUCKETS, SCALES, Scale
from desireline.store.columns import SCALE

if TYPE_CHECKING:
    from desireline.service.questioning import Questioning

TEXT: Final = "@text"
GUESSED: Final[dict[str, Scale]] = {"nps": "nps", "csat": "csat_5", "ces": "ces2_7"}
"""What a guessed scale of scores that nobody declared is called."""


@dataclass(frozen=True, eq=False)
class Said:
    """Feedback in the order of people and time. `rows`: int64[n], events of the scope."""

    scope: Scope
    rows: I64

    @cached_property
    def time(self) -> I64:
        """int64[n], µs UTC."""
        return self.scope.time[self.rows]

    @cached_property
    def person(self) -> I64:
        """int64[n], row of the person in the store."""
        unit = np.searchsorted(self.scope.offsets, self.rows, "right") - 1
        return self.scope.owner[unit].astype(np.int64)

    @cached_property
    def touchpoint(self) -> I32:
        """int32[n], index of the touchpoint's name, -1 outside the definition."""
        return self.scope.touchpoints.table[self.scope.code[self.rows]]

    @cached_property
    def score(self) -> F64:
        """float64[n], NaN where there is none."""
        index = self.index(SCORE)
        texts = self.scope.columns.column(SCORE).texts
        values = np.append(pc.cast(texts, "float64").to_numpy(zero_copy_only=False), np.nan)
        found: F64 = values[index]
        return found

    @cached_property
    def scale(self) -> I32:
        """int32[n], index in `SCALES`: as declared, else as guessed of the touchpoint's scores; -1 for none."""
        known = self.scope.columns.column(SCALE)
        table = np.array([SCALES.index(v) if v in SCALES else -1 for v in known.values] + [-1], np.int32)
        found: I32 = table[self.index(SCALE)]
        open_ = (found < 0) & ~np.isnan(self.score)
        if open_.any():
            guessed = scales(self.scope, declared=False)
            names = [GUESSED.get(guessed.get(name, ""), None) for name in self.scope.touchpoints.names]
            of = np.array([SCALES.index(n) if n else -1 for n in names] + [-1], np.int32)
            found = np.where(open_, of[self.touchpoint], found)
        return found

    @cached_property
    def band(self) -> I32:
        """int32[n], index in `BANDS`: good, neutral, bad; -1 where the scale says neither."""
        found = np.full(len(self.rows), -1, np.int32)
        for name, cut in BUCKETS.items():
            on = (self.scale == SCALES.index(name)) & (self.score >= cut.low) & (self.score <= cut.high)
            found[on] = np.where(self.score[on] >= cut.good_from, 0, np.where(self.score[on] <= cut.bad_to, 2, 1))
        return found

    @property
    def with_text(self) -> Bools:
        """bool[n]."""
        return self.index(TEXT) >= 0

    def index(self, path: str) -> I32:
        """int32[n], place of a property's value among its distinct ones, -1 where it is absent."""
        found: I32 = self.scope.rows(self.scope.columns.column(path).index)[self.rows]
        return found

    def texts(self, path: str) -> pa.Array:
        """The property's texts, null where it is absent."""
        index = self.index(path)
        return self.scope.columns.column(path).texts.take(pa.array(index, mask=index < 0))

    def where(self, kept: Bools | I64) -> "Said":
        """Some of it."""
        return replace(self, rows=self.rows[kept])

    def at(self, places: Sequence[int]) -> "Said":
        """Those at the given places, in their order."""
        return replace(self, rows=self.rows[np.asarray(places, np.int64)])

    def newest(self, count: int, offset: int = 0) -> "Said":
        """A page of it, newest first; what came at once in the order of arrival, the last first."""
        wanted = min(len(self.rows), offset + count)
        if wanted <= 0:
            return replace(self, rows=self.rows[:0])
        near = np.argpartition(-self.time, wanted - 1)[:wanted]
        near = np.flatnonzero(self.time >= self.time[near].min())
        order = np.lexsort((-self.scope.arrival[self.rows[near]], -self.time[near]))
        return replace(self, rows=self.rows[near[order][offset:wanted]])


def said(workspace: "Questioning", asked: FeedbackFilters) -> Said:
    """The feedback that the filters leave."""
    found = _filtered(answered(workspace, asked), asked)
    return _judged(workspace, found, asked) if asked.sentiments or asked.judged_by else found


def answered(workspace: "Questioning", asked: FeedbackFilters) -> Said:
    """All feedback of the people, channels and days in question."""
    filters = Filters(since=asked.since, until=asked.until, channels=asked.channels)
    scope = workspace.scope(Asked(filters=filters, segment=asked.segment))
    found = np.zeros(len(scope.code), np.bool_)
    for path in (SCORE, TEXT, "question"):
        found |= scope.rows(scope.columns.column(path).index) >= 0
    return Said(scope, np.flatnonzero(found))


def _judged(workspace: "Questioning", known: Said, asked: FeedbackFilters) -> Said:
    from desireline.service.sentiment.door import Sentiment

    events = Sentiment(workspace).events(asked.sentiments, asked.judged_by)
    return known.where(np.isin(known.scope.arrival[known.rows], events))


def _filtered(known: Said, asked: FeedbackFilters) -> Said:
    if asked.touchpoints:
        places = [i for i, name in enumerate(known.scope.touchpoints.names) if name in asked.touchpoints]
        known = known.where(np.isin(known.touchpoint, places))
    for path, wanted in (("language", asked.languages), ("survey", asked.surveys), ("question", asked.questions)):
        if wanted:
            known = known.where(_one_of(known, path, wanted))
    if asked.scales:
        known = known.where(np.isin(known.scale, [SCALES.index(s) for s in asked.scales]))
    if asked.bands:
        known = known.where(np.isin(known.band, [BANDS.index(b) for b in asked.bands]))
    if asked.with_text is not None:
        known = known.where(known.with_text == asked.with_text)
    if asked.search.strip():
        known = known.where(_holding(known, asked.search.strip()))
    return known


def _one_of(known: Said, path: str, wanted: Sequence[str]) -> Bools:
    place = pc.index_in(pa.array(wanted, pa.string()), known.scope.columns.column(path).texts).to_pylist()
    return np.isin(known.index(path), [p for p in place if p is not None])


def _holding(known: Said, text: str) -> Bools:
    """bool[n]: whose words hold a text, ignoring case; each distinct text is looked at once."""
    hits = pc.match_substring(known.scope.columns.column(TEXT).texts, text, ignore_case=True)
    found: Bools = np.append(hits.to_numpy(zero_copy_only=False), False).astype(np.bool_)[known.index(TEXT)]
    return found
