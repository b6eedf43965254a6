"""KPIs of a workspace: the one door for the command line, HTTP and notebooks."""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from desireline.errors import BadQuestion
from desireline.model.kpi import FromReadings, Kpi, KpiAsked, KpiChange, KpiSeries, NewKpi
from desireline.model.summary import PeoplePage
from desireline.service.kpis.checking import check
from desireline.service.kpis.targets import with_history
from desireline.service.shelf import Shelf, sent, valid

if TYPE_CHECKING:
    from desireline.model.kpi import HeldTarget, ReadingsImport, Unit
    from desireline.service.questioning import Questioning


class Kpis:
    """Every method takes a KPI by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.kpis.create({"name": "Buyers", "kind": "conversion",
        ...     "source": {"origin": "events", "start": ["Visit"], "goal": ["Order"]}})  # doctest: +SKIP
        >>> ws.kpis.measure("Buyers", by="month").figure.value  # doctest: +SKIP
    """

    def __init__(self, workspace: "Questioning") -> None:
        self._workspace = workspace

    @property
    def _shelf(self) -> Shelf[Kpi]:
        return Shelf(self._workspace.records, "kpi", Kpi)

    def all(self) -> list[Kpi]:
        """All of them, oldest first."""
        return self._shelf.all() if self._workspace.places.records.exists() else []

    def get(self, which: str) -> Kpi:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def create(self, asked: NewKpi | dict[str, Any]) -> Kpi:
        """Keep a new one.

        Raises:
            UnknownKpiKind: there is no such kind.
            BadQuestion: a field makes no sense, or the source cannot give what the kind needs.
            BadCounts: a reading that cannot be.
            NameTaken: another one is called that.
        """
        new = valid(NewKpi, asked)
        fields = {name: getattr(new, name) for name in NewKpi.model_fields}
        self._check(fields, "")
        return self._shelf.add(with_history(fields, None, dt.datetime.now(dt.UTC)))

    def change(self, which: str, asked: KpiChange | dict[str, Any]) -> Kpi:
        """Change one; what is absent stays, None takes away.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since it was read.
            UnknownKpiKind, BadQuestion, BadCounts, NameTaken: as `create`.
        """
        found, new = self.get(which), valid(KpiChange, asked)
        fields = sent(new, frozenset({"revision"}))
        self._check({**{name: getattr(found, name) for name in NewKpi.model_fields}, **fields}, found.id)
        return self._shelf.change(found.id, new.revision, with_history(fields, found, dt.datetime.now(dt.UTC)))

    def targets(self, which: str) -> "list[HeldTarget]":
        """Which targets one had on which days of the workspace's zone.

        Raises:
            UnknownDocument: there is none.
        """
        from desireline.service import settings
        from desireline.service.kpis.targets import held

        return held(self.get(which), settings.load(self._workspace.places.root).zone)

    def unit(self, which: str) -> "Unit":
        """What the figures of one are measured in.

        Raises:
            UnknownDocument: there is none.
        """
        from desireline.act.kpis.kinds import kind_of

        return kind_of(self.get(which).kind).unit

    def remove(self, which: str, revision: int | None = None) -> Kpi:
        """Delete one.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `revision`.
        """
        return self._shelf.remove(which, revision)

    def measure(self, which: str, asked: KpiAsked | None = None, **fields: Any) -> KpiSeries:
        """The figure and the series of one, and how it compares; see `model.kpi.KpiAsked` for the fields.

        Raises:
            UnknownDocument: there is none.
            BadQuestion: a field makes no sense.
            NoEvents, UnknownStep: of what is counted.
        """
        return self._measured([self.get(which)], asked if asked is not None else valid(KpiAsked, fields))[0]

    def measure_all(self, which: Sequence[str] | None = None, **fields: Any) -> list[KpiSeries]:
        """Several at once, as a dashboard shows them: by ids or names, all for None; fields as of `measure`.

        Raises:
            UnknownDocument: there is none of that name.
            BadQuestion: a field makes no sense.
            NoEvents, UnknownStep: of what is counted.
        """
        every = self.all()
        known = {**{one.name: one for one in every}, **{one.id: one for one in every}}
        chosen = every if which is None else [known.get(name) or self.get(name) for name in which]
        return self._measured(chosen, valid(KpiAsked, fields))

    def _measured(self, kpis: list[Kpi], asked: KpiAsked) -> list[KpiSeries]:
        from desireline.service.kpis.counting import Scopes
        from desireline.service.kpis.measuring import measured

        scopes = Scopes(self._workspace)
        if all(isinstance(one.source, FromReadings) for one in kpis):
            return [measured(scopes, one, asked) for one in kpis]
        with self._workspace.pinned():
            return [measured(scopes, one, asked) for one in kpis]

    def people(
        self, which: str, since: dt.date, until: dt.date, part: str | None = None, segment: Any = None,
        limit: int = 50, offset: int = 0, *, split: str | None = None, value: str | None = None,
    ) -> PeoplePage:  # fmt: skip
        """The very people behind a figure, or behind one of its counts (`part`), of days both included.

        Args:
            which: the KPI.
            since: the first local day.
            until: the last one.
            part: one of its counts.
            segment: who counts.
            limit: people on a page.
            offset: people before it.
            split: of a part of the figure: by what it was taken apart.
            value: the part's value; None for those that have none.

        Raises:
            UnknownDocument: there is none.
            BadDrilldown: nobody is known: it is not counted in events; or there is no such part, or it is hidden.
        """
        from desireline.service import people
        from desireline.service.kpis.counting import PieceOf, Scopes, counter
        from desireline.service.kpis.splitting import check_shown

        kpi = self.get(which)
        asked = {"since": since, "until": until, "segment": segment, "previous": False, "split": split}
        of_days = valid(KpiAsked, asked)
        with self._workspace.pinned() as generation:
            found = counter(Scopes(self._workspace), kpi, segment, KpiAsked())
            window = (since, until + dt.timedelta(days=1))
            if split is not None:
                check_shown(self.measure(which, of_days).split, value)
            who = found.persons(window, part, None if split is None else PieceOf(split, value))
            return people.page(generation, who, len(who), limit, offset)

    def read(self, file: str | os.PathLike[str], origin: Literal["imported", "typed"] = "imported") -> "ReadingsImport":
        """Import counts: our CSV, or metrics of TheyDo as JSON. All rows or none.

        Raises:
            BadKpiFile: the file is neither, or a row of it cannot be.
            BadCounts: counts that cannot be.
        """
        from desireline.service.kpis.readings import imported

        return imported(self, Path(file), origin)

    def export(self, form: Literal["csv", "theydo"] = "csv", by: Literal["day", "week", "month"] = "week") -> str:
        """All KPIs with their counts of every period, as our CSV or as metrics of TheyDo."""
        from desireline.service.kpis.readings import exported

        return exported(self, form, by)

    def _check(self, fields: dict[str, Any], own: str) -> None:
        now = dt.datetime.now(dt.UTC)
        every = {one.id: one for one in self.all()}
        stamp = {"id": own or "k-new", "author": "local", "created": now, "changed": now}
        if fields.get("source") is None:
            raise BadQuestion(parameter="source", given="null", expected="events, question, imported, typed")
        check(valid(Kpi, {**fields, **stamp}), every)
