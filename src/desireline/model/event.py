"""What an event is: the schema of the lake, of rejects, and the types of identifiers."""

from typing import Final

import pyarrow as pa

IDENTIFIER_TYPES: Final = ("customer_id", "email", "phone", "loyalty_card", "device", "cookie", "case", "other")
"""How a person may be known. `case` is scoped to its source: case ids never join people across sources."""

BLOCKED_VALUES: Final = frozenset(
    {"", "-", "-1", "0", "00000000-0000-0000-0000-000000000000", "anon", "anonymous", "distinct_id", "distinctid",
     "email", "false", "guest", "id", "n/a", "na", "nan", "nil", "none", "not_authenticated", "null", "true",
     "undefined", "[object object]", "#n/a", "unknown"}
)  # fmt: skip
"""Identifier values that name nobody, compared in lower case and stripped (and without quotes around them)."""

IDENTIFIER: Final = pa.struct([("type", pa.string()), ("value", pa.string())])

PARSED_EVENT: Final = pa.schema(
    [
        ("time", pa.int64()),  # µs since 1970-01-01 UTC
        ("precision", pa.string()),  # us | s | day: what the source knew
        ("zone", pa.string()),  # IANA name or offset that the source's time was read in
        ("event_id", pa.string()),  # the source's own id, if it has one
        ("kind", pa.string()),  # event | traits
        ("name", pa.string()),
        ("channel", pa.string()),  # "unknown" if nothing says
        ("case_id", pa.string()),
        ("value", pa.float64()),
        ("currency", pa.string()),
        ("text", pa.string()),
        ("score", pa.float64()),
        ("caveat", pa.string()),  # known_only_with_purchase, or null
        ("identifiers", pa.list_(IDENTIFIER)),  # normalised, blocked values left out, at least one
        ("properties", pa.string()),  # JSON object
        # md5 hex of the raw row: what makes two rows without ids the same; 16 digits of the md5 of the question follow
        # where a row gives several events
        ("content", pa.string()),
        ("line", pa.int64()),  # 1-based line (text) or row (tables) in the file
    ]
)
"""What `collect` hands to the lake. Rows keep the file's order."""

REJECT: Final = pa.schema(
    [
        ("source", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
        ("reason", pa.string()),  # a code of REJECT_REASONS
        ("detail", pa.string()),  # the offending value, cut at 200 characters
        ("raw", pa.string()),  # JSON object column → value as read, or {"_raw": "..."} when it was no row
        ("content", pa.string()),  # as of an event
    ]
)

REJECT_REASONS: Final = (
    "unparseable_time", "time_out_of_range", "no_time", "no_person", "no_name", "too_large", "bad_encoding",
    "broken_row", "bad_value", "out_of_scale", "no_answer",
)  # fmt: skip
