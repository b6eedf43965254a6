"""Remarks on a map: threads that are pinned to its things."""

import datetime as dt

from desireline.errors import UnknownComment
from desireline.model.map_history import Comment
from desireline.service.maps import editing
from desireline.store.records import Records


def listed(records: Records, which: str) -> list[Comment]:
    """All comments, oldest first."""
    found = editing.stored(records, which)
    return [Comment.model_validate_json(text) for text in records.maps.comments(found.id)]


def add(records: Records, which: str, given: Comment, author: str) -> Comment:
    """Add a comment. An answer to an answer joins the same thread; it opens a resolved one again.

    Raises:
        UnknownComment: what it answers to is gone.
    """
    found = editing.stored(records, which)
    first = _one(records, found.id, given.reply_to) if given.reply_to else None
    if first is not None and first.reply_to is not None:
        first = _one(records, found.id, first.reply_to)
    thread = first.id if first else None
    on = first.on if first else given.on
    now = dt.datetime.now(dt.UTC)
    made = given.model_copy(update={"author": author, "at": now, "reply_to": thread, "on": on, "resolved": False})
    _save(records, found.id, made)
    if first is not None and first.resolved:
        _save(records, found.id, first.model_copy(update={"resolved": False}))
    return made


def change(
    records: Records, which: str, comment: str, text: str | None = None, resolved: bool | None = None
) -> Comment:
    """Change the text of a comment, or resolve its thread or open it again.

    Raises:
        UnknownComment: it is gone.
    """
    found = editing.stored(records, which)
    before = _one(records, found.id, comment)
    given = {"text": text if text is not None else before.text}
    changed = Comment.model_validate({**before.model_dump(), **given})
    _save(records, found.id, changed)
    if resolved is not None:
        first = changed if changed.reply_to is None else _one(records, found.id, changed.reply_to)
        resolved_thread = first.model_copy(update={"resolved": resolved})
        _save(records, found.id, resolved_thread)
        changed = resolved_thread if first.id == changed.id else changed
    return changed


def remove(records: Records, which: str, comment: str) -> None:
    """Delete a comment; with the first one of a thread go its answers.

    Raises:
        UnknownComment: it is gone.
    """
    found = editing.stored(records, which)
    _one(records, found.id, comment)
    answers = [c.id for c in listed(records, found.id) if c.reply_to == comment]
    records.maps.remove_comments(found.id, [comment, *answers])


def _one(records: Records, map_id: str, comment: str) -> Comment:
    found = next((c for c in listed(records, map_id) if c.id == comment), None)
    if found is None:
        raise UnknownComment(comment=comment[:64])
    return found


def _save(records: Records, map_id: str, comment: Comment) -> None:
    at = comment.at or dt.datetime.now(dt.UTC)
    is_open = comment.reply_to is None and not comment.resolved
    records.maps.save_comment(map_id, comment.id, at, is_open=is_open, document=comment.model_dump_json())
