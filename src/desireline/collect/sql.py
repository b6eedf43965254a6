"""SQL pieces over a raw batch. Columns are addressed by position, so no header can collide or break out."""

import json
from dataclasses import dataclass
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

BLANKS: Final = " \t\r\n\u00a0\u202f\u2007\ufeff"


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("\0", "").replace("'", "''") + "'"


def run(con: duckdb.DuckDBPyConnection, query: str, **tables: pa.Table) -> pa.Table:
    """The result of a query over Arrow tables, named by keyword."""
    for name, table in tables.items():
        con.register(name, table)
    try:
        result: pa.Table = con.sql(query).to_arrow_table()
    finally:
        for name in tables:
            con.unregister(name)
    return result


@dataclass(frozen=True)
class Column:
    """SQL for one raw column, by its Arrow type.

    Attributes:
        text: the value as read, NULL where there is none.
        word: the same for identifiers and names: trimmed, whole floats without `.0`, NULL where blank.
        literal: the value as a JSON literal, NULL where blank.
    """

    name: str
    ref: str
    kind: pa.DataType

    @property
    def text(self) -> str:
        """The value as read."""
        if pa.types.is_struct(self.kind):
            return f"{self.ref}.text"
        if pa.types.is_floating(self.kind):
            return f"CASE WHEN NOT isnan({self.ref}) THEN CAST({self.ref} AS VARCHAR) END"
        return self.ref if pa.types.is_string(self.kind) else f"CAST({self.ref} AS VARCHAR)"

    @property
    def word(self) -> str:
        """As a name or identifier."""
        if pa.types.is_floating(self.kind):
            whole = f"CAST(CAST({self.ref} AS BIGINT) AS VARCHAR)"
            return (
                f"CASE WHEN abs({self.ref}) < 9e15 AND {self.ref} = trunc({self.ref}) THEN {whole} ELSE {self.text} END"
            )
        if pa.types.is_string(self.kind) or pa.types.is_struct(self.kind):
            return f"nullif(w{self.ref}, '')"
        return self.text

    @property
    def literal(self) -> str:
        """As JSON."""
        if pa.types.is_struct(self.kind):
            return f"coalesce({self.ref}.json, CAST(to_json({self.ref}.text) AS VARCHAR))"
        if pa.types.is_boolean(self.kind) or pa.types.is_integer(self.kind):
            return f"CAST({self.ref} AS VARCHAR)"
        as_text = f"CAST(to_json({self.text}) AS VARCHAR)"
        if pa.types.is_floating(self.kind):
            return f"CASE WHEN isfinite({self.ref}) THEN CAST({self.ref} AS VARCHAR) ELSE {as_text} END"
        return as_text


def columns_of(table: pa.Table) -> dict[str, Column]:
    """The columns of a batch by name; in SQL they are `c0`, `c1` and so on."""
    return {
        n: Column(n, f"c{i}", t) for i, (n, t) in enumerate(zip(table.column_names, table.schema.types, strict=True))
    }


def positional(table: pa.Table) -> pa.Table:
    """The batch under the names that `Column` uses: texts come again as `wc0` and so on without blanks at their ends.

    Arrow trims forty times faster than SQL.
    """
    named = table.rename_columns([f"c{i}" for i in range(table.num_columns)])
    for i, (kind, column) in enumerate(zip(table.schema.types, table.columns, strict=True)):
        if pa.types.is_string(kind):
            named = named.append_column(f"wc{i}", pc.utf8_trim(column, BLANKS))
        elif pa.types.is_struct(kind):
            named = named.append_column(f"wc{i}", pc.utf8_trim(pc.struct_field(column, "text"), BLANKS))
    return named


def object_of(columns: list[Column], *, blanks: bool = False) -> str:
    """A JSON object of columns; those without a value are left out, empty texts too unless `blanks`."""
    if not columns:
        return "'{}'"
    pairs = [
        (quoted(_key(c.name)), c.literal if blanks else f"CASE WHEN {c.text} <> '' THEN {c.literal} END")
        for c in columns
    ]
    return f"'{{' || concat_ws(',', {', '.join(f'{key} || {value}' for key, value in pairs)}) || '}}'"


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False) + ":"


def digest_of(columns: list[Column]) -> str:
    """md5 hex over the (name, value) pairs that are not empty, sorted by name; lengths keep neighbours apart."""
    if not columns:
        return "md5('')"
    texts = [(c.name, f"nullif({c.text}, '')") for c in sorted(columns, key=lambda c: c.name)]
    pairs = ", ".join(f"{quoted(name + '=')} || strlen({text}) || ':' || {text}" for name, text in texts)
    return f"md5(concat({pairs}))"
