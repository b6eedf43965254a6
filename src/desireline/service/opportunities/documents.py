"""Opportunities as documents: made, changed, deleted."""

import datetime as dt
import secrets
from typing import Any

from pydantic import ValidationError

from desireline.errors import BadQuestion, StaleOpportunity, UnknownOpportunity
from desireline.model.opportunity import NewOpportunity, Opportunity, OpportunityChange, Stamp, Written
from desireline.store.records import Records

LOCAL = "local"
"""The author of everything while there are no accounts: whoever sits at this machine."""

OF_THE_MAKING = {"goal", "value", "language", "source"}


def listed(records: Records) -> list[Opportunity]:
    """All of them, oldest first."""
    return [Opportunity.model_validate_json(text) for text in records.opportunities.all()]


def one(records: Records, which: str) -> Opportunity:
    """An opportunity by its id, else by its title.

    Raises:
        UnknownOpportunity: there is none.
    """
    found = records.opportunities.find(which)
    if found is not None:
        return Opportunity.model_validate_json(found)
    everyone = listed(records)
    titled = next((o for o in everyone if o.title == which), None)
    if titled is None:
        raise UnknownOpportunity(opportunity=which[:200], available=[o.title for o in everyone])
    return titled


def create(records: Records, asked: NewOpportunity, measured: dict[str, Any]) -> Opportunity:
    """Keep a new one; what was measured gives way to what was typed, but for the grade and the evidence."""
    now = dt.datetime.now(dt.UTC)
    typed = _sent(asked, OF_THE_MAKING)
    made = _valid(
        {
            **measured, **{name: value for name, value in typed.items() if value is not None},
            "id": f"o-{secrets.token_hex(6)}", "kind": "idea" if asked.source is None else "obstacle",
            "source": asked.source, "typed": _stamped({}, typed, now), "created": now, "changed": now,
        }
    )  # fmt: skip
    records.opportunities.add(made.id, now, made.model_dump_json())
    return made


def change(records: Records, which: str, asked: OpportunityChange) -> Opportunity:
    """Change what is sent.

    Raises:
        UnknownOpportunity: there is none.
        StaleOpportunity: it was changed since it was read.
        BadQuestion: what must be there was taken away.
    """
    found, given = one(records, which), _sent(asked, {"revision"})
    typed = _stamped(found.typed, given, dt.datetime.now(dt.UTC))
    return advance(records, found, asked.revision, {**given, "typed": typed})


def advance(records: Records, found: Opportunity, seen: int, given: dict[str, Any]) -> Opportunity:
    """Keep the next revision of one.

    Raises:
        StaleOpportunity: `seen` is not the newest revision.
    """
    changed = {"revision": seen + 1, "changed": dt.datetime.now(dt.UTC)}
    made = _valid({**found.model_dump(), **given, **changed})
    if found.revision != seen or not records.opportunities.advance(found.id, made.revision, made.model_dump_json()):
        raise StaleOpportunity(title=found.title, seen=seen, now=one(records, found.id).revision)
    return made


def _sent(asked: Written, besides: set[str]) -> dict[str, Any]:
    """What was sent, figures with their origin."""
    return {name: getattr(asked, name) for name in asked.model_fields_set - besides}


def _stamped(before: dict[str, Stamp], given: dict[str, Any], now: dt.datetime) -> dict[str, Stamp]:
    """Who typed what, after `given` was; what was taken away has no author."""
    kept = {name: stamp for name, stamp in before.items() if name not in given}
    return kept | {name: Stamp(by=LOCAL, at=now) for name, value in given.items() if value is not None}


def _valid(fields: dict[str, Any]) -> Opportunity:
    try:
        return Opportunity.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadQuestion(
            parameter=".".join(str(part) for part in first["loc"]), given=str(first.get("input"))[:100],
            expected=first["msg"],
        ) from None  # fmt: skip
