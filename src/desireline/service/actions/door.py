"""Actions of a workspace: the one door for the command line, HTTP and notebooks."""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from desireline.errors import ActionState, NoEvents, UnknownDocument
from desireline.model.action import (
    BEFORE_START,
    Action,
    ActionChange,
    ActionsImport,
    ActionStatus,
    Bet,
    Bets,
    BoardColumn,
    DetectableTold,
    NewAction,
    Seal,
    ShownAction,
    Span,
)
from desireline.model.notice import NoticeKind
from desireline.service.actions.days import finished_on, today
from desireline.service.actions.making import check_bet, fields_of_new, moved, needs_seal, placed
from desireline.service.actions.sealing import bet_changes, sealed
from desireline.service.notifying import notify
from desireline.service.shelf import LOCAL, Shelf, sent, valid

if TYPE_CHECKING:
    from desireline.model.bet import Detectable
    from desireline.service.workspace import Workspace

Form = Literal["csv", "jira"]


class Actions:
    """Every method takes an action by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.actions.create({"opportunity": "Long form", "bet": {"of": "Order", "measure": "conversion",
        ...     "expected": {"value": 0.02}, "evaluate": "2026-06-01"}})  # doctest: +SKIP
        >>> ws.actions.start("Long form")  # doctest: +SKIP
        >>> ws.actions.finish("Long form")  # doctest: +SKIP
        >>> ws.actions.verdict("Long form").verdict.verdict  # doctest: +SKIP
    """

    def __init__(self, workspace: "Workspace", author: str = LOCAL) -> None:
        self._workspace = workspace
        self.author = author

    @property
    def _shelf(self) -> Shelf[Action]:
        return Shelf(self._workspace.records, "action", Action)

    # --- views ---------------------------------------------------------------------------------------------

    def all(self) -> list[Action]:
        """All of them, oldest first."""
        return self._shelf.all() if self._workspace.places.records.exists() else []

    def get(self, which: str) -> Action:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def shown(self, found: Sequence[Action], language: str = "en") -> list[ShownAction]:
        """Actions with what there is to say of them, in a language."""
        from desireline.service.actions.telling import Telling

        telling = Telling(self._workspace, language)
        return [telling.shown(one) for one in found]

    def board(self, language: str = "en") -> list[BoardColumn]:
        """All actions by status, in the order of each column."""
        from desireline.service.actions.viewing import board

        return board(self.shown(self.all(), language))

    def timeline(self) -> list[Span]:
        """All actions along the time, the earliest first; those without a day last."""
        from desireline.service.actions.viewing import timeline

        return timeline(self._workspace, self.all())

    def due(self, within: int = 14, language: str = "en") -> list[ShownAction]:
        """What is not done and due within so many days or overdue, and bets whose day has come; the first due first."""
        from desireline.service.actions.viewing import due

        return due(self._workspace, self.shown(self.all(), language), within)

    def bets(self, language: str = "en") -> Bets:
        """All bets: how often they come true, and how well their size was known."""
        from desireline.service.actions.betting import bets

        return bets(self._workspace, self.all(), language)

    def detectable(
        self, bet: Bet | dict[str, Any], start: dt.date | None = None, language: str = "en"
    ) -> DetectableTold:
        """What a bet can detect if customers meet the change from `start` on, in figures and in words.

        Raises:
            BadQuestion: the bet makes no sense.
            UnknownStep, UnknownSegment, UnknownDocument: of what it is about.
        """
        from desireline.service.actions.telling import Telling

        made = valid(Bet, bet)
        check_bet(self._workspace, made)
        first = start if start is not None else today(self._workspace)
        found = self._detectable(made, first)
        telling = Telling(self._workspace, language)
        return DetectableTold(detectable=found, told=telling.detectable(made, found, first))

    # --- changes -------------------------------------------------------------------------------------------

    def create(self, asked: NewAction | dict[str, Any]) -> Action:
        """Make one, of an opportunity or by its name.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
            UnknownOpportunity, UnknownMap, UnknownDocument: of what it refers to.
        """
        made = self._shelf.add(fields_of_new(self._workspace, valid(NewAction, asked)))
        notify(self._workspace, "created", "action", None, made)
        return made

    def change(self, which: str, asked: ActionChange | dict[str, Any]) -> Action:
        """Change one; what is absent stays, None takes away. What is changed of a sealed bet is kept and shown.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since it was read.
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
            UnknownOpportunity, UnknownMap: of what it refers to.
        """
        new, found = valid(ActionChange, asked), self.get(which)
        fields = sent(new, frozenset({"revision"}))
        if "bet" in fields:
            check_bet(self._workspace, new.bet)
            fields["changes"] = [*found.changes, *bet_changes(found, new.bet, self.author)]
        if fields.get("opportunity") is not None:
            fields["opportunity"] = self._workspace.opportunities.get(fields["opportunity"]).id
        if "places" in fields:
            fields["places"] = placed(self._workspace, new.places, found.places)
        status = fields.pop("status", None)
        if status is None or status == found.status:
            return self._changed("changed", found, new.revision, fields)
        return self._moved(found, new.revision, status, fields)

    def start(self, which: str) -> Action:
        """Begin: its bet is sealed, and its maps are kept as they are.

        Raises:
            UnknownDocument: there is none.
            ActionState: it has begun before.
        """
        found = self.get(which)
        if found.status not in BEFORE_START:
            raise ActionState(action=found.name, status=found.status, needed=["idea", "planned"])
        return self._moved(found, found.revision, "in_progress", {})

    def finish(self, which: str, on: dt.date | None = None) -> Action:
        """Customers meet the change from today on; annotated for KPIs.

        Args:
            which: the action.
            on: the local day, where it was earlier, but not before the start.

        Raises:
            UnknownDocument: there is none.
            ActionState: it is not in progress.
            BadQuestion: the day is before the start or yet to come.
        """
        found = self.get(which)
        if found.status != "in_progress":
            raise ActionState(action=found.name, status=found.status, needed=["in_progress"])
        fields = {} if on is None else {"finished": finished_on(self._workspace, found, on)}
        return self._moved(found, found.revision, "done", fields)

    def verdict(self, which: str) -> Action:
        """Ask the proof of its bet now. A settled verdict goes back onto opportunity, map and KPIs.

        Raises:
            UnknownDocument: there is none.
            NoBet: nothing was bet on.
            ActionState: it has not begun, or customers do not meet the change yet.
            NoExposures, NoEvents, UnknownStep, OneArm: of the proof.
        """
        from desireline.service.actions.judging import judged
        from desireline.service.actions.writing_back import SETTLED, write_back

        found = self.get(which)
        verdict, fields, changes = judged(self._workspace, found, self.author)
        fields |= {"verdicts": [*found.verdicts, verdict], "changes": [*found.changes, *changes]}
        if verdict.verdict.verdict in SETTLED:
            fields |= moved(found, "measured")
            ended = found.model_copy(update={"finished": fields.get("finished", found.finished)})
            fields["places"] = [place.model_dump() for place in write_back(self._workspace, ended, verdict)]
        return self._changed("verdict", found, found.revision, fields)

    def remove(self, which: str, revision: int | None = None) -> Action:
        """Delete one; verdicts that went back elsewhere stay there.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `revision`.
        """
        gone = self._shelf.remove(which, revision)
        notify(self._workspace, "removed", "action", gone, gone)
        return gone

    # --- files ---------------------------------------------------------------------------------------------

    def export(self, form: Form = "csv", language: str = "en") -> str:
        """All actions as CSV: our own, or as Jira imports it; cells that a spreadsheet would run are disarmed."""
        from desireline.service.actions.exporting import exported

        return exported(self._workspace, self.shown(self.all(), language), form, language)

    def read(self, file: str | os.PathLike[str]) -> ActionsImport:
        """Take status, owner and due day from a CSV, by key; every row is told of. Empty cells change nothing.

        Raises:
            FileMissing, EmptyFile, UnknownFormat, BrokenFile: as named.
            BadActionsFile: no column holds a key.
        """
        from desireline.service.actions.importing import imported

        return imported(self, Path(file))

    # --- inside --------------------------------------------------------------------------------------------

    def _moved(self, found: Action, seen: int, status: ActionStatus, fields: dict[str, Any]) -> Action:
        from desireline.service.actions.writing_back import annotate, keep_versions

        kind: NoticeKind = "changed"
        fields = {**moved(found, status), **fields}
        bet = fields.get("bet", found.bet)
        if needs_seal(found, status):
            kind = "started"
            self._shelf_check(found, seen)
            fields["seal"] = self._sealed(bet).model_dump()
            there = found.model_copy(update={"places": fields.get("places", found.places)})
            placed_now = Action.model_validate({**there.model_dump(), "name": fields.get("name", found.name)})
            fields["places"] = [place.model_dump() for place in keep_versions(self._workspace, placed_now)]
        kind = "finished" if status == "done" else kind
        made = self._changed(kind, found, seen, fields)
        if status == "done":
            annotate(self._workspace, made)
        return made

    def _shelf_check(self, found: Action, seen: int) -> None:
        """Refuses before maps are kept for a change that would be refused."""
        from desireline.errors import StaleDocument

        if found.revision != seen:
            raise StaleDocument(name=found.name, seen=seen, now=found.revision)

    def _changed(self, kind: NoticeKind, found: Action, seen: int, fields: dict[str, Any]) -> Action:
        made = self._shelf.change(found.id, seen, fields)
        notify(self._workspace, kind, "action", found, made)
        return made

    def _sealed(self, bet: Bet | None) -> Seal:
        found = None if bet is None else self._detectable(bet, today(self._workspace))
        return sealed(self._workspace, bet, self.author, found)

    def _detectable(self, bet: Bet, start: dt.date) -> "Detectable | None":
        from desireline.service.actions.power import detectable

        try:
            return detectable(self._workspace, bet, start)
        except (NoEvents, UnknownDocument):
            return None
