"""SQL for the single fields of an event: who, what, by which channel, how much, and all the rest."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pyarrow as pa

from desireline.collect.sql import BLANKS, Column, quoted
from desireline.collect.table import Table
from desireline.errors import MissingColumn
from desireline.model.event import BLOCKED_VALUES, IDENTIFIER_TYPES
from desireline.model.mapping import (
    ChannelMapping,
    ChannelRule,
    Mapping,
    NumberColumn,
    PersonColumn,
    TextSource,
    TimeMapping,
)

_NULL: Final = "CAST(NULL AS VARCHAR)"
RESERVED: Final = ("survey", "question", "question_text", "scale", "answer", "language", "invitation")
"""Properties of an answer's event; a column of such a name that is not mapped gets `_column` after it."""
NO_NUMBER: Final = ("na", "n/a", "#n/a", "nan", "null", "none", "nil", "-")
"""How exports write that there is no number, in lower case."""
_PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")
_QUOTES: Final = "\"'`“”„‘’"
_REAL_CASES: Final = frozenset({"0", "-1"})  # numbers that name nobody, but may well number a case


def check_columns(mapping: Mapping, table: Table, lenient: bool) -> None:
    """Whether the file has the columns that the mapping names.

    Of an open-ended file only the first rows are known: there the columns that no event can do without must be met.

    Raises:
        MissingColumn: one is not there.
    """
    if lenient:
        return
    whole = not table.open_ended or table.complete
    for column in named_columns(mapping) if whole else _essential(mapping, table.columns):
        if column not in table.columns:
            raise MissingColumn(column, list(table.columns), table.file)


def _essential(mapping: Mapping, available: Sequence[str]) -> list[str]:
    people = [p.column for p in mapping.person]
    missing = [] if any(p in available for p in people) else people[:1]
    return [c for c in (*missing, mapping.time.column, mapping.event.column) if c is not None]


def named_columns(mapping: Mapping) -> list[str]:
    """Every column that a mapping names, once, in reading order."""
    rules = [r.field.removeprefix("column:") for r in mapping.channel.rules if r.field != "name"]
    numbers = [c for n in (mapping.value, mapping.score) if n for c in (n.column, n.currency_column)]
    named = [
        *(p.column for p in mapping.person),
        mapping.time.column,
        *_PLACEHOLDER.findall(mapping.time.template or ""),
        mapping.event.column,
        *placeholders(mapping.event),
        *mapping.channel.columns,
        *rules,
        mapping.case,
        mapping.event_id,
        *numbers,
        mapping.text,
        *(mapping.feedback.columns if mapping.feedback else []),
        *(mapping.properties if isinstance(mapping.properties, list) else []),
    ]
    return list(dict.fromkeys(c for c in named if c is not None))


def placeholders(source: TextSource) -> list[str]:
    """The columns that a template names."""
    return _PLACEHOLDER.findall(source.template or "")


def properties_of(mapping: Mapping, columns: dict[str, Column]) -> list[Column]:
    """The columns that become properties: those named, or all that carry no field of their own.

    Columns that only rules or a template look at stay properties: the field holds but a part of them.
    """
    reserved = RESERVED if mapping.feedback else ()
    if isinstance(mapping.properties, list):
        return [_kept(columns[c], reserved) for c in mapping.properties if c in columns]
    numbers = [c for n in (mapping.value, mapping.score) if n for c in (n.column, n.currency_column)]
    used = {
        *(p.column for p in mapping.person), mapping.time.column, mapping.event.column, *mapping.channel.columns,
        mapping.case, mapping.event_id, mapping.text, *numbers, *(mapping.feedback.columns if mapping.feedback else []),
    }  # fmt: skip
    return [_kept(columns[n], reserved) for n in sorted(columns) if n not in used]


def _kept(column: Column, reserved: Sequence[str]) -> Column:
    """A column under a name of its own, where an answer has a property of its name."""
    return replace(column, name=f"{column.name}_column") if column.name in reserved else column


def name_of(source: TextSource, columns: dict[str, Column]) -> str:
    """The event's name, NULL where empty. A template all of whose columns are empty is empty."""
    if source.constant is not None:
        return quoted(source.constant)
    if source.column is not None:
        return columns[source.column].word if source.column in columns else _NULL
    parts = _PLACEHOLDER.split(source.template or "")
    words = [columns[p].word if p in columns else _NULL for p in parts[1::2]]
    pieces = [quoted(p) if i % 2 == 0 else f"coalesce({words[i // 2]}, '')" for i, p in enumerate(parts)]
    joined = f"nullif(trim({' || '.join(pieces)}, {quoted(BLANKS)}), '')"
    return f"CASE WHEN coalesce({', '.join(words)}) IS NOT NULL THEN {joined} END" if words else joined


def written_time(time: TimeMapping, columns: dict[str, Column]) -> str | None:
    """SQL for a time that is put together or stands for a code, as text; None where the column holds it as it is."""
    if time.template is not None:
        return name_of(TextSource(template=time.template), columns)
    if not time.codes or time.column not in columns:
        return None
    word = columns[time.column].word
    cases = " ".join(f"WHEN {quoted(code)} THEN {quoted(means)}" for code, means in time.codes.items())
    return f"CASE {word} {cases} ELSE {columns[time.column].text} END"


def channel_of(mapping: ChannelMapping, columns: dict[str, Column]) -> str:
    """First column not empty, else first rule that holds, else the constant, else the default."""
    options = [columns[c].word for c in mapping.columns if c in columns]
    rules = [f"WHEN {_condition(r, columns)} THEN {quoted(r.channel)}" for r in mapping.rules]
    if rules:
        options.append(f"CASE {' '.join(rules)} END")
    options.append(quoted(mapping.constant) if mapping.constant is not None else quoted(mapping.default))
    return f"coalesce({', '.join(options)})"


def _condition(rule: ChannelRule, columns: dict[str, Column]) -> str:
    column = rule.field.removeprefix("column:")
    word = "f_name" if rule.field == "name" else columns[column].word if column in columns else _NULL
    for function, wanted in (("starts_with", rule.starts_with), ("contains", rule.contains)):
        if wanted is not None:
            return f"{function}(lower({word}), lower({quoted(wanted)}))"
    return f"lower({word}) = lower({quoted(rule.equals or '')})"


def identifiers_of(people: list[PersonColumn], columns: dict[str, Column], source: str) -> str:
    """The identifiers of a row: normalised, none blocked, none twice, by type (as in IDENTIFIER_TYPES), then value."""
    given = [(p.type, _identifier(p.type, columns[p.column].word, source)) for p in people if p.column in columns]
    structs = [
        f"{{'rank': {IDENTIFIER_TYPES.index(kind)}, 'type': {quoted(kind)}, 'value': {value}}}" for kind, value in given
    ]
    nobody = "CAST([] AS STRUCT(type VARCHAR, value VARCHAR)[])"
    if not structs:
        return nobody
    if len(structs) == 1:
        kind, value = given[0]
        return f"CASE WHEN {value} IS NOT NULL THEN [{{'type': {quoted(kind)}, 'value': {value}}}] ELSE {nobody} END"
    known = f"list_filter([{', '.join(structs)}], lambda x: x.value IS NOT NULL)"
    return f"list_transform(list_sort(list_distinct({known})), lambda x: {{'type': x.type, 'value': x.value}})"


def _identifier(kind: str, word: str, source: str) -> str:
    quotes, signs = ", ".join(map(quoted, _QUOTES)), quoted(BLANKS + _QUOTES)
    bare = f"CASE WHEN left({word}, 1) IN ({quotes}) THEN lower(trim({word}, {signs})) ELSE lower({word}) END"
    blocked = BLOCKED_VALUES - _REAL_CASES if kind == "case" else BLOCKED_VALUES
    listed = ", ".join(map(quoted, sorted(blocked)))
    normal = {
        "email": f"lower({word})",
        "phone": f"nullif(CASE WHEN starts_with({word}, '+') THEN '+' ELSE '' END || "
        f"regexp_replace({word}, '[^0-9]', '', 'g'), '+')",
        "case": f"{quoted(source + ':')} || {word}",
    }.get(kind, word)
    digits = f" AND ltrim({normal}, '+0') <> ''" if kind == "phone" else ""
    return f"CASE WHEN {bare} NOT IN ({listed}){digits} THEN {normal} END"


def number_of(column: NumberColumn | None, columns: dict[str, Column]) -> tuple[str, str]:
    """SQL for a number, and for its text where there should be one: both NULL where nothing stands.

    Thousands are accepted in groups of three only: `1.234,56`, `1 234.5`; so a wrong decimal sign is noticed.
    """
    if column is None or column.column not in columns:
        return "CAST(NULL AS DOUBLE)", _NULL
    raw = columns[column.column]
    if pa.types.is_floating(raw.kind) or pa.types.is_integer(raw.kind):
        finite = f"CASE WHEN isfinite(CAST({raw.ref} AS DOUBLE)) THEN CAST({raw.ref} AS DOUBLE) END"
        return finite, f"CASE WHEN isinf(CAST({raw.ref} AS DOUBLE)) THEN {raw.text} END"
    listed = ", ".join(map(quoted, NO_NUMBER))
    text = f"CASE WHEN lower({raw.word}) NOT IN ({listed}) THEN {raw.word} END"
    other = "," if column.decimal == "." else "."
    group = f"[{re.escape(other)} '’\u00a0\u202f]"
    point = re.escape(column.decimal)
    pattern = rf"[+-]?(\d{{1,3}}({group}\d{{3}})+|\d+)?({point}\d+)?([eE][+-]?\d+)?"
    plain = f"replace(regexp_replace({text}, {quoted(group)}, '', 'g'), {quoted(column.decimal)}, '.')"
    number = f"CASE WHEN regexp_full_match({text}, {quoted(pattern)}) THEN TRY_CAST({plain} AS DOUBLE) END"
    return f"CASE WHEN isfinite({number}) THEN {number} END", text
