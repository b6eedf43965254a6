"""Identifiers that do not come from a file: normalised as those of files are, so that both name the same person."""

from collections.abc import Mapping, Sequence

from desireline.collect.columns import columns_of
from desireline.collect.fields import identifiers_of
from desireline.collect.sql import columns_of as described
from desireline.collect.sql import positional, run
from desireline.model.event import IDENTIFIER_TYPES
from desireline.model.mapping import PersonColumn
from desireline.store.sql import connect


def normalised(rows: Sequence[Mapping[str, str]], source: str) -> list[list[dict[str, str]]]:
    """Identifiers as the lake holds them, for each row; none for a row that names nobody.

    Args:
        rows: type → value.
        source: scopes case ids.

    >>> normalised([{"email": " Ana@Example.org "}, {"customer_id": "n/a"}], "forms")
    [[{'type': 'email', 'value': 'ana@example.org'}], []]
    """
    if not rows:
        return []
    table = columns_of([{t: row.get(t) for t in IDENTIFIER_TYPES} for row in rows])
    people = [PersonColumn.model_validate({"column": t, "type": t}) for t in IDENTIFIER_TYPES]
    query = f"SELECT {identifiers_of(people, described(table), source)} AS found FROM raw"
    with connect(files=False) as con:
        found: list[list[dict[str, str]]] = run(con, query, raw=positional(table))["found"].to_pylist()
    return found
