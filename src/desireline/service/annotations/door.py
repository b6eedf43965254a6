"""Annotations of a workspace: the one door for the command line, HTTP and notebooks."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from desireline.errors import BadQuestion
from desireline.model.annotation import Annotation, AnnotationChange, AnnotationKind, NewAnnotation, ShownAnnotation
from desireline.service.notifying import notify
from desireline.service.shelf import Shelf, sent, valid

if TYPE_CHECKING:
    from desireline.service.opened import Opened


class Annotations:
    """Every method takes an annotation by its id or its name; of several that are called the same, the oldest one.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.annotations.create({"name": "Spring sale", "kind": "campaign", "day": "2026-03-20"})  # doctest: +SKIP
        >>> ws.annotations.between("2026-03-01", "2026-03-31")[0].name  # doctest: +SKIP
    """

    def __init__(self, workspace: "Opened") -> None:
        self._workspace = workspace

    @property
    def _shelf(self) -> Shelf[Annotation]:
        return Shelf(self._workspace.records, "annotation", Annotation, unique=False)

    def all(self) -> list[Annotation]:
        """All of them by day."""
        found = self._shelf.all() if self._workspace.places.records.exists() else []
        return sorted(found, key=lambda one: (one.day, one.created))

    def between(
        self, since: dt.date | str | None = None, until: dt.date | str | None = None, kpi: str | None = None
    ) -> list[Annotation]:
        """Those of some days, both included, that are shown with a KPI (its id); by day.

        Raises:
            BadQuestion: not a day.
        """
        first, last = _day("since", since, dt.date.min), _day("until", until, dt.date.max)
        return [
            one
            for one in self.all()
            if one.day <= last and (one.until or one.day) >= first and (kpi is None or not one.kpis or kpi in one.kpis)
        ]

    def get(self, which: str) -> Annotation:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def create(self, asked: NewAnnotation | dict[str, Any]) -> Annotation:
        """Keep a new one.

        Raises:
            BadQuestion: a field makes no sense.
        """
        made = self._shelf.add(valid(NewAnnotation, asked).model_dump())
        notify(self._workspace, "created", "annotation", None, made)
        return made

    def change(self, which: str, asked: AnnotationChange | dict[str, Any]) -> Annotation:
        """Change one; what is absent stays, None takes away.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since it was read.
            BadQuestion: a field makes no sense.
        """
        new = valid(AnnotationChange, asked)
        return self._changed(self.get(which), new.revision, sent(new, frozenset({"revision"})))

    def put(self, kind: AnnotationKind, action: str, fields: dict[str, Any]) -> Annotation:
        """That of an action, made or brought up to date: there is one of a kind for an action."""
        found = next((one for one in self.all() if one.action == action and one.kind == kind), None)
        if found is None:
            return self.create({**fields, "kind": kind, "action": action})
        return self._changed(found, found.revision, fields)

    def remove(self, which: str, revision: int | None = None) -> Annotation:
        """Forget one.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `revision`.
        """
        gone = self._shelf.remove(which, revision)
        notify(self._workspace, "removed", "annotation", gone, gone)
        return gone

    def shown(self, found: Annotation, language: str) -> ShownAnnotation:
        """One in a language."""
        from desireline.act.verdicts import sentence

        told = sentence(found.verdict, language) if found.verdict is not None else ""
        return ShownAnnotation(**found.model_dump(), told=told)

    def _changed(self, found: Annotation, seen: int, fields: dict[str, Any]) -> Annotation:
        made = self._shelf.change(found.id, seen, fields)
        notify(self._workspace, "changed", "annotation", found, made)
        return made


def _day(parameter: str, given: dt.date | str | None, otherwise: dt.date) -> dt.date:
    if given is None or isinstance(given, dt.date):
        return given or otherwise
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise BadQuestion(parameter=parameter, given=given[:100], expected="2026-03-01") from None
