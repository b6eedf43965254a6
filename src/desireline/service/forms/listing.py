"""Invitations as tables: people from a CSV, their links into one, and what became of each."""

import csv
import datetime as dt
import io
import json
from typing import NamedTuple

from pydantic import ValidationError

from desireline.collect.exporting import csv_text
from desireline.errors import BadQuestion
from desireline.model.event import IDENTIFIER_TYPES
from desireline.model.invitation import Invitations, InvitationState, Invited, State
from desireline.store.records.forms import StoredInvitation

LANGUAGE = "language"
TOLD = ("link", "invitation", "expires", "refused", "until")


class Row(NamedTuple):
    """A row of the list: its cells as they stood there, and who it is."""

    cells: list[str]
    invited: Invited


def people_of(text: str) -> tuple[list[str], list[Row]]:
    """The header and the people of a CSV; rows without any cell are passed over.

    Raises:
        BadQuestion: no column names people, or a row makes no sense.
    """
    text = text.lstrip("\ufeff")
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise BadQuestion(parameter=f"line {reader.line_num}", given="", expected=str(error)) from None
    columns = [cell.strip() for cell in lines[0][1]] if lines else []
    naming = [at for at, column in enumerate(columns) if column in IDENTIFIER_TYPES and column != "case"]
    if not naming:
        expected = ", ".join(one for one in IDENTIFIER_TYPES if one != "case")
        raise BadQuestion(parameter="columns", given=", ".join(columns)[:100], expected=expected)
    return columns, [Row(cells, _invited(columns, naming, number, cells)) for number, cells in lines[1:]]


def _invited(columns: list[str], naming: list[int], line: int, cells: list[str]) -> Invited:
    given = dict(zip(columns, cells, strict=False))
    who = {columns[at]: cells[at] for at in naming if at < len(cells)}
    try:
        return Invited(identifiers=who, language=given.get(LANGUAGE, "").strip() or None)
    except ValidationError as error:
        first = error.errors()[0]
        where = f"line {line}, {'.'.join(str(part) for part in first['loc'])}"
        raise BadQuestion(parameter=where, given=str(first.get("input"))[:100], expected=first["msg"]) from None


def as_csv(columns: list[str], rows: list[Row], done: Invitations, address: str) -> str:
    """The list again with what came of each; `until` is when a refused one may be tried again, UTC."""
    told = (
        [
            *(row.cells + [""] * len(columns))[: len(columns)],
            address + one.path if one.path else None,
            one.id,
            _written(one.expires),
            one.refused,
            _written(one.until),
        ]
        for row, one in zip(rows, done.invitations, strict=True)
    )
    return csv_text([*columns, *TOLD], told)


def _written(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")


def state_of(stored: StoredInvitation, now: dt.datetime) -> InvitationState:
    """An invitation as it stands now."""
    states: list[tuple[State, bool]] = [
        ("answered", stored.answered is not None),
        ("declined", stored.declined is not None),
        ("expired", stored.expires <= now),
        ("opened", stored.opened is not None),
    ]
    state: State = next((name for name, holds in states if holds), "invited")
    return InvitationState(
        id=stored.id, identifiers=json.loads(stored.identifiers), state=state, made=stored.made, expires=stored.expires,
        opened=stored.opened, answered=stored.answered, declined=stored.declined,
    )  # fmt: skip
