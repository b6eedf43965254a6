"""Which group each person or touchpoint is in, as a table: what a question of groups found, to work on with."""

import importlib
from typing import TYPE_CHECKING, Any

import numpy as np

from desireline.analyze.scope import Scope
from desireline.model.question import Asked

if TYPE_CHECKING:
    import pyarrow as pa

    from desireline.store.journeys import Generation


def labelled(generation: "Generation", scope: Scope, question: str, asked: Asked) -> "pa.Table":
    """The columns `person`, `label` and `key`, or `touchpoint` and `label`.

    `person` is the identifier as the sources write it, for joining with tables of one's own; `key` has its type before
    it, as lists of people show it. Units other than persons have the column `began`, too: when their first event was.
    A question of groups has a function `labelled(scope, asked)` that gives units (int64) or names of touchpoints, and
    the label of each.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    who, labels = importlib.import_module(f"desireline.analyze.{question}").labelled(scope, asked)
    label = pa.array(labels, pa.string())
    if not isinstance(who, np.ndarray):
        return pa.table({"touchpoint": pa.array(who, pa.string()), "label": label})
    key = generation.people["key"].take(pa.array(scope.owner[who]))
    bare = pc.replace_substring_regex(key, "^[^:]*:", "")
    columns: dict[str, Any] = {"person": bare, "label": label, "key": key}
    if scope.grain != "person":
        columns["began"] = pa.array(scope.time[scope.offsets[:-1][who]], pa.timestamp("us", "UTC"))
    return pa.table(columns)


def written(table: "pa.Table", suffix: str) -> bytes:
    """The table as the bytes of a `.csv` or `.parquet` file."""
    import io

    out = io.BytesIO()
    if suffix == ".csv":
        import pyarrow.csv as pc

        pc.write_csv(table, out, pc.WriteOptions(quoting_style="needed"))
    else:
        import pyarrow.parquet as pq

        pq.write_table(table, out)
    return out.getvalue()
