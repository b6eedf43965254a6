"""Who is in a segment, read off the definition of `model.segment` event by event."""

import datetime as dt
import re

from desireline.model.duration import parse_duration
from desireline.model.segment import AllOf, AnyOf, Behaviour, FieldCondition, InSegment, Membership, Not
from tests.twins.behaviour import behaviour


class Reading:
    """Reads segments on some events.

    Args:
        people: lists of events of each person, in order.
        journeys: the same for what a segment of journeys is about; each belongs to the person of its first event.
        in_cell: persons in the cell of the one answer that memberships name.
    """

    def __init__(self, people, journeys, in_cell):
        self.people, self.journeys, self.in_cell = people, journeys, in_cell

    def persons(self, segment):
        """The persons in a segment of people."""
        return {unit[0]["person"] for unit in self.people if self.holds(segment.where, unit)}

    def arrivals(self, segment):
        """The events in a segment of journeys or events, by their arrival."""
        if segment.of == "events":
            return {e["arrival"] for unit in self.people for e in unit if self.holds(segment.where, unit, e)}
        return {e["arrival"] for unit in self.journeys if self.holds(segment.where, unit) for e in unit}

    def holds(self, condition, unit, event=None):
        """Of a unit, or of one of its events."""
        match condition:
            case AllOf(all=listed):
                return all(self.holds(c, unit, event) for c in listed)
            case AnyOf(any=listed):
                return any(self.holds(c, unit, event) for c in listed)
            case Not(not_=one):
                return not self.holds(one, unit, event)
            case _:
                return self.holds_alone(condition, unit, event)

    def holds_alone(self, condition, unit, event):
        events = unit if event is None else [event]
        match condition:
            case FieldCondition():
                of = unit[:1] if condition.of_person else events
                return any(compares(e.get(condition.field), condition.op, condition.value) for e in of)
            case Behaviour():
                return self.behaved(condition, unit)
            case Membership():
                return unit[0]["person"] in self.in_cell
            case InSegment(meaning=meaning) if meaning.of == "people":
                return unit[0]["person"] in self.persons(meaning)
            case InSegment(meaning=meaning):
                return any(e["arrival"] in self.arrivals(meaning) for e in events)

    def behaved(self, condition, unit):
        flags = [
            (
                e["time"],
                condition.did in e["steps"] and (condition.where is None or self.holds(condition.where, unit, e)),
                condition.before in e["steps"],
                condition.after in e["steps"],
            )
            for e in unit
        ]
        within = None if condition.within is None else parse_duration(condition.within)
        anchors = {"before": condition.before is not None, "after": condition.after is not None}
        return behaviour(flags, condition.at_least, condition.at_most, within, **anchors)


def compares(value, op, given):
    """Whether a text (None: missing) compares with what is given."""
    if op == "!=":
        return not compares(value, "=", given)
    if value is None or op in ("exists", "missing"):
        return (value is None) == (op == "missing")
    if op == "in":
        return any(compares(value, "=", one) for one in given)
    searches = {
        "contains": lambda: given.lower() in value.lower(),
        "starts": lambda: value.lower().startswith(given.lower()),
        "matches": lambda: re.search(given, value) is not None,
    }
    if op in searches:
        return searches[op]()
    a, b = alike(value, given)
    return a is not None and {"=": a == b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]


def alike(value, given):
    """Both as what `given` is: numbers, days, moments or texts; the first is None if the value is no such thing."""
    text = str(given).lower() if isinstance(given, bool) else str(given)
    for kind in (number, day if len(text) == 10 else moment):
        if (wanted := kind(text)) is not None:
            return kind(value), wanted
    return value, text


def number(text):
    return float(text) if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?", text, re.IGNORECASE) else None


def day(text):
    return None if moment(text) is None else text[:10]


def moment(text):
    try:
        found = dt.datetime.fromisoformat(text) if re.match(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=dt.UTC)
