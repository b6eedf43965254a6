"""Saved questions: keep, list, forget."""

import datetime as dt

from desireline.errors import BadName, UnknownSaved
from desireline.model.saved import EVERYONE, SavedQuestion
from desireline.service.questions import request
from desireline.store.records import Records


def save(records: Records, given: SavedQuestion) -> SavedQuestion:
    """Keep a question under its name, in place of an earlier one.

    Raises:
        BadName: the name is empty or holds control characters.
        BadQuestion: there is no such question, or its fields or its second segment make no sense.
    """
    name = given.name.strip()
    if not name or not name.isprintable():
        raise BadName(kind="saved question", name=name[:100])
    for segment in (given.fields.get("segment"), None if given.versus == EVERYONE else given.versus):
        request(given.question, {**given.fields, "segment": segment})
    stored = given.model_copy(update={"name": name, "changed": dt.datetime.now(dt.UTC)})
    records.save_question(name, stored.model_dump_json())
    return stored


def listed(records: Records) -> list[SavedQuestion]:
    """All saved questions by name."""
    return [SavedQuestion.model_validate_json(text) for text in records.questions().values()]


def one(records: Records, name: str) -> SavedQuestion:
    """A saved question.

    Raises:
        UnknownSaved: there is none of that name.
    """
    known = records.questions()
    if name not in known:
        raise UnknownSaved(name=name, available=list(known))
    return SavedQuestion.model_validate_json(known[name])


def forget(records: Records, name: str) -> None:
    """Delete a saved question.

    Raises:
        UnknownSaved: there is none of that name.
    """
    one(records, name)
    records.delete_question(name)
