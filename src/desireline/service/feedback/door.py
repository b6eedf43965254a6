"""Feedback of a workspace: the one door for the command line, HTTP and notebooks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pydantic import ValidationError

from desireline.errors import BadQuestion
from desireline.model.clock import moment
from desireline.model.feedback import FeedbackCounts, FeedbackFilters, FeedbackItem, FeedbackPage, Quotes
from desireline.model.scales import BANDS, SCALES

if TYPE_CHECKING:
    from desireline.service.feedback.reading import Said
    from desireline.service.questioning import Questioning

SAMPLE: Final = 2_000
"""The newest texts of a touchpoint among which the typical ones are looked for."""

_PART: Final = 10_000
_PROPERTIES: Final = ("answer", "survey", "question", "question_text", "language")


class FeedbackDoor:
    """Every method takes `FeedbackFilters`, or their fields as a dict.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.feedback.stream({"touchpoints": ["Checkout"], "bands": ["bad"]}).items[0].text  # doctest: +SKIP
        >>> ws.feedback.counts().counts[0].buckets  # doctest: +SKIP
    """

    def __init__(self, workspace: "Questioning") -> None:
        self._workspace = workspace

    def stream(
        self, asked: FeedbackFilters | dict[str, Any] | None = None, limit: int = 50, offset: int = 0
    ) -> FeedbackPage:
        """A page of feedback, newest first.

        Raises:
            BadQuestion: a filter makes no sense.
            NoEvents: nothing was imported.
        """
        from desireline.service.feedback.reading import said

        with self._workspace.pinned():
            found = said(self._workspace, _read(asked))
            return FeedbackPage(total=len(found.rows), items=self._items(found.newest(limit, offset)))

    def counts(self, asked: FeedbackFilters | dict[str, Any] | None = None) -> FeedbackCounts:
        """What is counted of the feedback, in counts that add up.

        Raises:
            BadQuestion: a filter makes no sense.
            NoEvents: nothing was imported.
        """
        from desireline.service.feedback.beside import of_forms
        from desireline.service.feedback.counting import counted
        from desireline.service.feedback.reading import answered, said

        filters = _read(asked)
        with self._workspace.pinned():
            known, everything = said(self._workspace, filters), answered(self._workspace, filters)
            return counted(known, everything, of_forms(self._workspace, filters))

    def quotes(self, touchpoint: str, asked: FeedbackFilters | dict[str, Any] | None = None, count: int = 3) -> Quotes:
        """Words to quote from a touchpoint: typical ones, the newest ones, and those that studies kept.

        Raises:
            BadQuestion: a filter makes no sense.
            NoEvents: nothing was imported.
        """
        from desireline.service.feedback.beside import of_studies
        from desireline.service.feedback.reading import TEXT, said
        from desireline.voice.quotes import typical

        filters = _read(asked).model_copy(update={"touchpoints": [touchpoint], "with_text": True})
        with self._workspace.pinned():
            found = said(self._workspace, filters)
            newest = found.newest(SAMPLE)
            chosen = typical(newest.texts(TEXT).to_pylist(), count)
            return Quotes(
                touchpoint=touchpoint, n=len(found.rows), typical=self._items(newest.at(chosen)),
                recent=self._items(newest.at(list(range(min(count, len(newest.rows)))))),
                studies=of_studies(self._workspace, touchpoint, filters)[:count],
            )  # fmt: skip

    def export(self, asked: FeedbackFilters | dict[str, Any] | None = None) -> Iterator[str]:
        """The feedback as lines of CSV, newest first; cells that a spreadsheet would run as a formula are disarmed.

        Raises:
            BadQuestion: a filter makes no sense.
            NoEvents: nothing was imported.
        """
        from desireline.collect.exporting import csv_lines
        from desireline.service.feedback.reading import said

        filters = _read(asked)
        with self._workspace.pinned():
            found = said(self._workspace, filters)
            ordered = found.newest(len(found.rows))
            parts = (
                self._items(ordered.at(list(range(start, min(start + _PART, len(ordered.rows))))))
                for start in range(0, len(ordered.rows), _PART)
            )
            rows = ([*item.model_dump(mode="json").values()] for part in parts for item in part)
            yield from csv_lines(list(FeedbackItem.model_fields), rows)

    def _items(self, found: "Said") -> list[FeedbackItem]:
        """All of it as items, in its order."""
        from desireline.service.feedback.reading import TEXT

        scope = found.scope
        people = self._workspace.generation().people["key"].take(pa.array(found.person)).to_pylist()
        texts = {name: found.texts(name).to_pylist() for name in _PROPERTIES}
        words = found.texts(TEXT).to_pylist()
        codes, arrivals = scope.code[found.rows].tolist(), scope.arrival[found.rows].tolist()
        return [
            FeedbackItem(
                id=arrivals[i],
                time=moment(int(found.time[i])),
                person=people[i],
                touchpoint=scope.touchpoints.of(code),
                name=scope.event_names.of(code) or "",
                channel=scope.channels.of(code) or "",
                text=words[i],
                score=None if found.score[i] != found.score[i] else float(found.score[i]),
                scale=SCALES[found.scale[i]] if found.scale[i] >= 0 else None,
                band=BANDS[found.band[i]] if found.band[i] >= 0 else None,
                **{name: texts[name][i] for name in _PROPERTIES},
            )
            for i, code in enumerate(codes)
        ]


def _read(asked: FeedbackFilters | dict[str, Any] | None) -> FeedbackFilters:
    if isinstance(asked, FeedbackFilters):
        return asked
    try:
        return FeedbackFilters.model_validate(asked or {})
    except ValidationError as error:
        first = error.errors()[0]
        raise BadQuestion(
            parameter=".".join(str(part) for part in first["loc"]), given=str(first.get("input"))[:100],
            expected=first["msg"],
        ) from None  # fmt: skip
