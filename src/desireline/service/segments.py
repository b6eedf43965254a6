"""Saved segments: keep, list, forget; and what they mean when a question is asked."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from desireline.analyze.drilldown import question_of, token
from desireline.analyze.scope import Scope
from desireline.errors import BadName, BadQuestion, SegmentCycle, UnknownSegment
from desireline.model.expression import written
from desireline.model.question import Asked
from desireline.model.segment import (
    MAX_CONDITIONS,
    AllOf,
    AnyOf,
    Behaviour,
    InSegment,
    Membership,
    Not,
    SavedSegment,
    Segment,
    SegmentCheck,
)
from desireline.service.personas.segment import as_segment, is_persona
from desireline.service.questions import request
from desireline.store.records import Records

DEEPEST = 10


def read(given: Segment | dict[str, Any]) -> Segment:
    """A segment as it was given, in the shape of `model.segment`.

    Raises:
        BadQuestion, BadExpression: it makes no sense.
    """
    if isinstance(given, Segment):
        return given
    try:
        return Segment.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        parameter = ".".join(str(p) for p in first["loc"]) or "segment"
        raise BadQuestion(parameter=parameter, given=str(first.get("input"))[:100], expected=first["msg"]) from None


def save(records: Records, given: Segment) -> SavedSegment:
    """Keep a segment as a new version of its name; earlier versions stay.

    Raises:
        BadName: the name is missing, empty, that of a card's people, or holds control characters.
        UnknownSegment, SegmentCycle: it refers to a segment that is not there, or to itself.
    """
    name = (given.name or "").strip()
    if not name or not name.isprintable() or is_persona(name):
        raise BadName(kind="segment", name=name[:100])
    filled(records, given.model_copy(update={"name": name}), None)
    version, created = max(records.segment_versions(name), default=0) + 1, dt.datetime.now(dt.UTC)
    stored = SavedSegment(
        name=name, version=version, of=given.of, where=given.where, created=created, text=written(given.where)
    )
    records.add_segment(name, version, created, stored.model_dump_json(exclude_defaults=True))
    return stored


def listed(records: Records) -> list[SavedSegment]:
    """The newest version of every saved segment, by name."""
    return [SavedSegment.model_validate_json(document) for document in records.segments()]


def one(records: Records, name: str, version: int | None = None) -> SavedSegment:
    """A version of a saved segment, the newest one for None; `persona:NAME` is the people of a persona card.

    Raises:
        UnknownSegment: there is none of that name, or not of that version.
        PersonaWithoutPeople: nobody is in the card.
    """
    return as_segment(records, name, version) if is_persona(name) else _saved(records, name, version)


def _saved(records: Records, name: str, version: int | None = None) -> SavedSegment:
    document = records.segment(name, version)
    if document is None:
        versions = records.segment_versions(name)
        known = [f"{name} {v}" for v in versions] or [s.name for s in listed(records)]
        raise UnknownSegment(segment=name if version is None else f"{name} {version}", available=known)
    return SavedSegment.model_validate_json(document)


def forget(records: Records, name: str) -> None:
    """Delete all versions of a saved segment.

    Raises:
        UnknownSegment: there is none of that name.
    """
    _saved(records, name)
    records.delete_segment(name)


def filled(records: Records, given: Segment | str, definition: int | None) -> Segment:
    """A segment with the meaning of every saved one that it names, so that it stays what it is.

    Args:
        records: where they are saved.
        given: the segment, or the name of a saved one.
        definition: the version that answers of other questions are asked under, where they do not say which.

    Raises:
        UnknownSegment: it names one that is not there.
        SegmentCycle: saved segments name each other in a circle, or too deep.
        BadQuestion: it has too many conditions in all.
    """
    segment = _plain(one(records, given)) if isinstance(given, str) else given
    return _Filling(records, definition).segment(segment, ())


def _plain(saved: SavedSegment) -> Segment:
    return Segment(name=saved.name, version=saved.version, of=saved.of, where=saved.where)


def checked(given: Segment, resolved: Callable[[Asked], Asked], scope: Callable[[Asked], Scope]) -> SegmentCheck:
    """What a segment means, as text, and its size.

    Args:
        given: the segment.
        resolved: fills in what saved segments mean.
        scope: the events of a request.
    """
    asked = resolved(Asked(segment=given))
    found = scope(asked)
    segment = asked.segment if isinstance(asked.segment, Segment) else given
    return SegmentCheck(segment=segment, text=written(given.where), people=found.units, events=len(found.time))


class _Filling:
    """Puts the meaning of saved segments into conditions."""

    def __init__(self, records: Records, definition: int | None) -> None:
        self._records = records
        self._definition = definition
        self._left = MAX_CONDITIONS

    def segment(self, segment: Segment, above: tuple[str, ...]) -> Segment:
        named = above if segment.name is None else (*above, segment.name)
        if len(set(named)) < len(named) or len(named) > DEEPEST:
            raise SegmentCycle(segments=list(named))
        return segment.model_copy(update={"where": self._condition(segment.where, named)})

    def _condition(self, condition: Any, above: tuple[str, ...]) -> Any:
        self._left -= 1
        if self._left < 0:
            told = f"… and … or …: ≤ {MAX_CONDITIONS}"
            raise BadQuestion(parameter="segment", given=", ".join(above), expected=told)
        match condition:
            case AllOf(all=listed):
                return AllOf(all=[self._condition(one, above) for one in listed])
            case AnyOf(any=listed):
                return AnyOf(any=[self._condition(one, above) for one in listed])
            case Not(not_=denied):
                return Not(not_=self._condition(denied, above))
            case _:
                return self._leaf(condition, above)

    def _leaf(self, condition: Any, above: tuple[str, ...]) -> Any:
        match condition:
            case Behaviour(where=where) if where is not None:
                return condition.model_copy(update={"where": self._condition(where, above)})
            case InSegment(segment=name, meaning=meaning):
                known = _plain(one(self._records, name, condition.version)) if meaning is None else meaning
                return InSegment(segment=name, version=known.version, meaning=self.segment(known, above))
            case Membership():
                return self._pinned(condition)
        return condition

    def _pinned(self, membership: Membership) -> Membership:
        """The answer asked for under the definition of now: another one would have other people in its cells."""
        question, fields = question_of(membership.drilldown)
        asked = request(question, fields)
        if asked.definition is not None or self._definition is None:
            return membership
        pinned = token(question, asked.model_copy(update={"definition": self._definition}))
        return membership.model_copy(update={"drilldown": pinned})
