"""Reports of a workspace: the one door for the command line, HTTP and notebooks."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from desireline.errors import BadQuestion
from desireline.maps.slug import slug
from desireline.model.report import NewReport, Report, ReportChange, ReportFormat
from desireline.service.shelf import Shelf, sent, valid

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace

MEDIA_TYPES: Final[dict[ReportFormat, str]] = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


class Made(NamedTuple):
    """A report as a file."""

    name: str
    media_type: str
    body: bytes


class Reports:
    """Every method takes a report by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.reports.create({"name": "Monthly", "parts": [{"part": "kpis"}, {"part": "obstacles"}],
        ...     "schedule": {"every": "month", "day": 1}, "to": ["ana@example.com"]})  # doctest: +SKIP
        >>> ws.reports.make("Monthly", "pptx").name  # doctest: +SKIP
        'monthly.pptx'
    """

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    @property
    def _shelf(self) -> Shelf[Report]:
        return Shelf(self._workspace.records, "report", Report)

    def all(self) -> list[Report]:
        """All of them, oldest first."""
        return self._shelf.all() if self._workspace.places.records.exists() else []

    def get(self, which: str) -> Report:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def create(self, asked: NewReport | dict[str, Any]) -> Report:
        """Keep a new one.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        new = valid(NewReport, asked)
        return self._shelf.add({name: getattr(new, name) for name in NewReport.model_fields})

    def change(self, which: str, asked: ReportChange | dict[str, Any]) -> Report:
        """Change one; what is absent stays.

        Raises:
            UnknownDocument, StaleDocument, BadQuestion, NameTaken: as `create`.
        """
        new = valid(ReportChange, asked)
        return self._shelf.change(which, new.revision, sent(new, frozenset({"revision"})))

    def remove(self, which: str, revision: int | None = None) -> Report:
        """Delete one.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `revision`.
        """
        return self._shelf.remove(which, revision)

    def make(self, which: str, form: ReportFormat = "pdf", language: str | None = None) -> Made:
        """One as a file, with figures as they are now; those of few people are hidden.

        Args:
            which: the report.
            form: pdf or pptx.
            language: that of the report if None.

        Raises:
            UnknownDocument: there is none.
            BadQuestion: no such form.
        """
        if form not in MEDIA_TYPES:
            raise BadQuestion(parameter="format", given=str(form)[:100], expected=", ".join(MEDIA_TYPES))
        return self._made(self.get(which), (form,), language)[0]

    def send(self, which: str, to: list[str] | None = None) -> int:
        """Make one now and queue it to those it is for, or to others; how many were queued.

        Raises:
            UnknownDocument: there is none.
            BadQuestion: one is no recipient.
        """
        from desireline.service.deliveries.sending import recipient

        found = self.get(which)
        recipients = found.to if to is None else [recipient(one) for one in to]
        return self._queue(found, recipients, f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}")

    def send_due(self, now: dt.datetime | None = None) -> list[str]:
        """Queue all whose time has come, each once for its time; the names of these.

        Of times that passed while nobody looked, the last one is made up for, within a day. One that cannot be made is
        logged and a failed delivery to each recipient; the others are not held up.
        """
        from desireline.service import settings
        from desireline.service.reports.scheduling import last_time

        moment = now or dt.datetime.now(dt.UTC)
        zone, due = settings.load(self._workspace.places.root).zone, []
        for report in self.all():
            if report.schedule is None or not report.to:
                continue
            at = last_time(report.schedule, moment, zone)
            late = moment - at > dt.timedelta(days=1) or at < report.changed
            mark = f"{at:%Y%m%dT%H%M}"
            if not late and not self._workspace.records.deliveries.has(_key(report, mark, report.to[-1])):
                try:
                    self._queue(report, report.to, mark)
                    due.append(report.name)
                except Exception as fault:  # noqa: BLE001 nobody waits for an answer, and the other reports do
                    self._not_made(report, mark, fault)
        return due

    def _not_made(self, report: Report, mark: str, fault: Exception) -> None:
        from desireline.errors import DesirelineError
        from desireline.service.faults import record

        record(self._workspace.places.root, fault)
        told = fault.sentence(report.language) if isinstance(fault, DesirelineError) else type(fault).__name__
        for one in report.to:
            self._workspace.deliveries.not_made(f"report:{report.id}:{mark}", one, ("report", report.name), told)

    def _queue(self, report: Report, to: list[str], mark: str) -> int:
        from desireline.i18n import translate
        from desireline.service.deliveries.mailing import File

        if not to:
            return 0
        made = self._made(report, tuple(report.formats), None)
        subject = translate(report.language, "report.mail.subject", name=report.name)
        text = translate(report.language, "report.mail.text", name=report.name)
        facts = {"report": {"id": report.id, "name": report.name}}
        files = [File(*one) for one in made]
        return sum(
            self._workspace.deliveries.queue(
                f"report:{report.id}:{mark}", one, ("report", report.name), subject, text, facts, files
            )
            for one in to
        )

    def _made(self, report: Report, forms: tuple[ReportFormat, ...], language: str | None) -> list[Made]:
        from desireline.maps.report import pdf, slides
        from desireline.service.reports.gathering import gathered

        now = dt.datetime.now(dt.UTC)
        content = gathered(self._workspace, report, language or report.language, now)
        writers = {"pdf": pdf.write, "pptx": slides.write}
        name = slug(report.name) or report.id
        return [Made(f"{name}.{form}", MEDIA_TYPES[form], writers[form](content, now)) for form in forms]


def _key(report: Report, mark: str, to: str) -> str:
    return f"report:{report.id}:{mark}>{to}"[:300]
