"""Alerts of a workspace: the one door for the command line, HTTP and notebooks."""

import contextlib
import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from desireline.errors import BadQuestion, NoEvents, UnknownDocument
from desireline.model.alert import Alert, AlertChange, AlertsChecked, AlertStanding, AlertState, NewAlert
from desireline.service.shelf import Shelf, sent, valid

if TYPE_CHECKING:
    from desireline.model.kpi import Kpi
    from desireline.service.alerts.looking import Seen
    from desireline.service.workspace import Workspace

_STATE: Final = "alert_state"


class Alerts:
    """Every method takes an alert by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.alerts.create({"name": "NPS is low", "kpi": "k-1a2b3c4d5e6f",
        ...     "rule": {"on": "threshold", "below": 20}, "to": ["ana@example.com"]})  # doctest: +SKIP
        >>> ws.alerts.check().fired  # doctest: +SKIP
    """

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    @property
    def _shelf(self) -> Shelf[Alert]:
        return Shelf(self._workspace.records, "alert", Alert)

    def all(self) -> list[AlertStanding]:
        """All of them with how they stand, oldest first."""
        if not self._workspace.places.records.exists():
            return []
        return [AlertStanding(alert=one, state=self._state(one.id)) for one in self._shelf.all()]

    def get(self, which: str) -> AlertStanding:
        """One of them with how it stands.

        Raises:
            UnknownDocument: there is none.
        """
        found = self._shelf.get(which)
        return AlertStanding(alert=found, state=self._state(found.id))

    def create(self, asked: NewAlert | dict[str, Any]) -> Alert:
        """Keep a new one.

        Raises:
            BadQuestion: a field makes no sense.
            UnknownDocument: its KPI does not exist.
            NameTaken: another one is called that.
        """
        new = valid(NewAlert, asked)
        fields = {name: getattr(new, name) for name in NewAlert.model_fields}
        return self._shelf.add({**fields, "kpi": self._workspace.kpis.get(new.kpi).id})

    def change(self, which: str, asked: AlertChange | dict[str, Any]) -> Alert:
        """Change one; what is absent stays.

        Raises:
            UnknownDocument, StaleDocument, BadQuestion, NameTaken: as `create`.
        """
        found, new = self._shelf.get(which), valid(AlertChange, asked)
        fields = sent(new, frozenset({"revision"}))
        if "rule" in fields and fields["rule"] is None:
            raise BadQuestion(parameter="rule", given="null", expected="threshold, target, change, anomaly")
        if "kpi" in fields:
            fields["kpi"] = self._workspace.kpis.get(fields["kpi"]).id
        return self._shelf.change(found.id, new.revision, fields)

    def remove(self, which: str, revision: int | None = None) -> Alert:
        """Delete one.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `revision`.
        """
        gone = self._shelf.remove(which, revision)
        self._workspace.records.documents.remove(_STATE, gone.id)
        return gone

    def check(self, now: dt.datetime | None = None) -> AlertsChecked:
        """Look at all active ones; what began or is over is queued to be sent, once each, whoever else checks too.

        Args:
            now: the time that it is; UTC.
        """
        from desireline.service.kpis.counting import Scopes

        moment = now or dt.datetime.now(dt.UTC)
        active = [one.alert for one in self.all() if one.alert.active]
        checked = AlertsChecked(checked=len(active), fired=[], over=[], unknown=[], queued=0)
        if not active:
            return checked
        scopes = Scopes(self._workspace)
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(NoEvents):
                stack.enter_context(self._workspace.pinned())
            for alert in active:
                self._check(scopes, alert, moment, checked)
        return checked

    def _check(self, scopes: Any, alert: Alert, now: dt.datetime, checked: AlertsChecked) -> None:
        from desireline.service.alerts.looking import Seen, look

        try:
            kpi = self._workspace.kpis.get(alert.kpi)
            seen = look(scopes, alert, kpi)
        except UnknownDocument as gone:
            kpi, seen = None, Seen(None, reason=gone.code)
        before = self._state(alert.id)
        was = before is not None and before.state == "firing"
        firing = was if seen.holds is None else seen.holds
        if seen.holds is None:
            checked.unknown.append(alert.name)
        turn = (before.turn if before else 0) + (firing != was)
        if firing != was and kpi is not None:
            (checked.fired if firing else checked.over).append(alert.name)
            if firing or alert.when_over:
                checked.queued += self._queue(alert, kpi, seen, turn, now)
        self._keep(alert, before, seen, turn, now)

    def _queue(self, alert: Alert, kpi: "Kpi", seen: "Seen", turn: int, now: dt.datetime) -> int:
        """Before the state is kept: who is killed in between does it again, and the outbox knows it by its key."""
        from desireline.service import settings
        from desireline.service.alerts import telling
        from desireline.service.alerts.quiet import sending_time

        firing = turn % 2 == 1
        due = sending_time(now, alert.quiet, settings.load(self._workspace.places.root).zone)
        subject, text = telling.subject(alert, kpi, firing=firing), telling.text(alert, kpi, seen, firing=firing)
        facts = telling.facts(alert, kpi, seen, firing=firing)
        return sum(
            self._workspace.deliveries.queue(
                f"alert:{alert.id}:{turn}", to, ("alert", alert.name), subject, text, facts, due=due
            )
            for to in alert.to
        )

    def _state(self, alert: str) -> AlertState | None:
        text = self._workspace.records.documents.find(_STATE, alert)
        return None if text is None else AlertState.model_validate_json(text)

    def _keep(self, alert: Alert, before: AlertState | None, seen: "Seen", turn: int, now: dt.datetime) -> None:
        """Keep how it stands; who was faster keeps theirs."""
        figure = seen.figure
        turned = before is None or before.turn != turn
        state = AlertState(
            alert=alert.id, state="firing" if turn % 2 else "calm", revision=before.revision + 1 if before else 1,
            turn=turn, since=now if turned or before is None else before.since, checked=now, day=seen.day,
            value=figure and figure.value, low=figure and figure.low, high=figure and figure.high,
            n=figure.n if figure else 0, bound=seen.bound, reason=seen.reason,
        )  # fmt: skip
        documents = self._workspace.records.documents
        if before is None:
            documents.add(_STATE, alert.id, now, state.model_dump_json())
        else:
            documents.advance(_STATE, alert.id, state.revision, state.model_dump_json())
