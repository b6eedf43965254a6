"""Status, owner and due day of actions from a CSV that went through another system, by key; every row is told of."""

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from desireline.collect.exporting import disarmed
from desireline.errors import BadActionsFile, BadQuestion, FileMissing
from desireline.model.action import Action, ActionsImport, ActionStatus, ImportedRow
from desireline.service.actions.exporting import JIRA_STATUS, RESOLUTION

if TYPE_CHECKING:
    from desireline.service.actions.door import Actions

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("external id", "external issue id", "custom field (external id)", "custom field (external issue id)", "id"),
    "key": ("issue key", "key"),
    "status": ("status",),
    "resolution": ("resolution",),
    "owner": ("assignee", "owner"),
    "due": ("due date", "due"),
}
"""What columns are called, in Jira's export and in ours, without case."""

_ALIKE: Final[tuple[tuple[tuple[str, ...], tuple[ActionStatus, ...]], ...]] = (
    (("idea", "backlog"), ("idea",)),
    (("planned", "selected for development"), ("planned",)),
    (("to do", "open", "new", "reopened", "do zrobienia", "za napraviti"), ("planned", "idea")),
    (("in_progress", "in progress", "in review", "blocked", "w toku", "u tijeku"), ("in_progress",)),
    (("done", "measured", "closed", "resolved", "gotowe", "zrobione", "gotovo"), ("done", "measured")),
    (("dropped", "won't do", "cancelled", "canceled", "rejected", "declined"), ("dropped",)),
)
STATUSES: Final[dict[str, tuple[ActionStatus, ...]]] = {
    name: statuses for names, statuses in _ALIKE for name in names
}  # fmt: skip
"""What a status elsewhere may be here, the first one if the action is none of them yet."""

NOT_DONE: Final = frozenset({"won't do", "won't fix", "duplicate", "declined", "cannot reproduce", "rejected"})
"""Resolutions of what was closed without being done."""

FORMATS: Final = ("%Y-%m-%d", "%d/%b/%y", "%d/%b/%Y", "%d.%m.%Y")
_TIME: Final = re.compile(r"[ T]\d{1,2}:\d{2}.*$")


Reason = Literal["bad_status", "bad_date", "bad_owner", "bad_key"]

_WRONG: Final[dict[str, Reason]] = {"owner": "bad_owner", "key": "bad_key"}


class Row(NamedTuple):
    """A line of the file, by our names of its columns."""

    line: int
    cells: dict[str, str]


class Unreadable(Exception):
    """A cell that cannot be understood, with the reason's code."""

    def __init__(self, reason: Reason, given: str) -> None:
        super().__init__(reason)
        self.reason, self.given = reason, given


def imported(actions: "Actions", file: Path) -> ActionsImport:
    """Bring actions up to date with a file.

    Raises:
        BadActionsFile: no column holds a key.
        FileMissing, EmptyFile, UnknownFormat, BrokenFile: as named.
    """
    rows = _rows(file)
    everyone = actions.all()
    by_key = {one.key: one for one in everyone if one.key} | {one.id: one for one in everyone}
    told: list[ImportedRow] = []
    seen: set[str] = set()
    for row in rows:
        found = by_key.get(row.cells.get("id", "")) or by_key.get(row.cells.get("key", ""))
        told.append(_taken(actions, row, found, seen))
        if found is not None:
            seen.add(found.id)
    left = [one for one in told if one.reason not in {"changed", "same"}]
    return ActionsImport(
        rows=told, changed=sum(one.reason == "changed" for one in told),
        same=sum(one.reason == "same" for one in told), left=len(left),
        absent=[one.id for one in everyone if one.id not in seen],
    )  # fmt: skip


def _taken(actions: "Actions", row: Row, found: Action | None, seen: set[str]) -> ImportedRow:
    named = row.cells.get("id") or row.cells.get("key") or ""
    if found is None:
        return ImportedRow(line=row.line, key=named, reason="unknown" if named else "no_key", given=named)
    told: dict[str, Any] = {"line": row.line, "key": named, "action": found.id}
    if found.id in seen:
        return ImportedRow(**told, reason="twice", given=named)
    try:
        fields = _fields(row, found)
        if fields:
            actions.change(found.id, {"revision": found.revision, **fields})
    except Unreadable as wrong:
        return ImportedRow(**told, reason=wrong.reason, given=wrong.given)
    except BadQuestion as wrong:
        return ImportedRow(**told, reason=_WRONG.get(wrong.parameter, "bad_date"), given=wrong.given)
    return ImportedRow(**told, reason="changed" if fields else "same", fields=sorted(fields))


def _fields(row: Row, found: Action) -> dict[str, Any]:
    """What the row says otherwise; empty cells say nothing."""
    fields: dict[str, Any] = {}
    owner, due = row.cells.get("owner", ""), row.cells.get("due", "")
    if owner and owner != disarmed(found.owner):
        fields["owner"] = owner
    if due and (day := _day(due)) != found.due:
        fields["due"] = day
    key = row.cells.get("key", "")
    if key and key not in {found.id, found.key}:
        fields["key"] = key
    status = _status(row, found)
    return fields if status is None else {**fields, "status": status}


def _status(row: Row, found: Action) -> ActionStatus | None:
    """The status that the row says, None if it is the one of now."""
    given, resolution = row.cells.get("status", ""), row.cells.get("resolution", "")
    if not given:
        return None
    if given == JIRA_STATUS[found.status] and resolution == RESOLUTION.get(found.status, ""):
        return None
    meant = STATUSES.get(given.lower())
    if meant is None:
        raise Unreadable("bad_status", given)
    if "done" in meant and resolution.lower() in NOT_DONE:
        meant = ("dropped",)
    return None if found.status in meant else meant[0]


def _day(text: str) -> dt.date:
    bare = _TIME.sub("", text)
    for form in FORMATS:
        try:
            return dt.datetime.strptime(bare, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    raise Unreadable("bad_date", text)


def _rows(file: Path) -> list[Row]:
    from desireline.collect.reading import open_table

    if not file.is_file():
        raise FileMissing(str(file))
    table = open_table(file)
    lowered = {column.strip().lower(): column for column in reversed(table.columns)}
    names = {ours: next((lowered[one] for one in theirs if one in lowered), None) for ours, theirs in COLUMNS.items()}
    if names["id"] is None and names["key"] is None:
        raise BadActionsFile(file=file.name, columns=table.columns[:20], needed=["External ID", "id", "Issue key"])
    found: list[Row] = []
    for batch in table.batches:
        for line, cells in zip(batch.lines.tolist(), batch.columns.to_pylist(), strict=True):
            read = {ours: str(cells[theirs] or "").strip() for ours, theirs in names.items() if theirs is not None}
            found.append(Row(line, read))
    return found
