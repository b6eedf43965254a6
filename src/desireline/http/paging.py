"""Parameters of lists, and filters as a query string."""

from typing import Annotated

from fastapi import Depends, Query

from desireline.errors import BadQuestion
from desireline.model.day import Day
from desireline.model.question import Filters

Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=2**53)]


def _filters(
    since: Annotated[Day | None, Query(description="First day")] = None,
    until: Annotated[Day | None, Query(description="Last day")] = None,
    channel: Annotated[list[str] | None, Query(description="Any of these channels")] = None,
    source: Annotated[list[str] | None, Query(description="Any of these sources")] = None,
    trait: Annotated[list[str] | None, Query(description="`name:value`; the values of one name mean any of")] = None,
) -> Filters:
    return Filters(since=since, until=until, channels=channel or [], sources=source or [], traits=traits(trait or []))


def traits(given: list[str]) -> dict[str, list[str]]:
    """Traits by name from `name:value` texts.

    >>> traits(["age:25-34", "age:35-44"])
    {'age': ['25-34', '35-44']}

    Raises:
        BadQuestion: a text without a colon.
    """
    found: dict[str, list[str]] = {}
    for text in given:
        name, colon, value = text.partition(":")
        if not colon or not name:
            raise BadQuestion(parameter="trait", given=text, expected="name:value")
        found.setdefault(name, []).append(value)
    return found


Filtered = Annotated[Filters, Depends(_filters)]
"""Parameter type of an endpoint whose figures can be filtered."""
