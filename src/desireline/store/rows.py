"""The events of some files of the lake, read column by column: only the columns in use take memory."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from desireline.kernels.dedup import first_occurrences
from desireline.kernels.gather import gather
from desireline.store import lake

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

WRITTEN_IN = ("source", "name", "channel", "caveat")
"""The texts that touchpoint rules see in every event."""

_TEXTS = ("kind", *WRITTEN_IN)
_ENCODED = pa.schema(
    [pa.field(f.name, pa.dictionary(pa.int32(), pa.string())) if f.name in _TEXTS else f for f in lake.EVENT]
)
"""The lake's columns as they are read here, whichever Arrow type each file was written from."""

_FORMAT = ds.ParquetFileFormat(read_options=ds.ParquetReadOptions(dictionary_columns=list(_TEXTS)))


class Rows:
    """Every event once, in the order of the files; where a key stands twice the first arrival counts.

    Attributes:
        arrival: int64[events].
    """

    def __init__(self, files: Sequence[str], older: str | None = None) -> None:
        """`older`: what stands after FROM for rows that count already; events with their keys stay out."""
        self._data = ds.dataset(files, schema=_ENCODED, format=_FORMAT) if files else ds.dataset(_ENCODED.empty_table())
        self._read = self._data.count_rows()
        self._keep: npt.NDArray[np.bool_] | None = None
        self._narrow(self._events())
        arrival, key = self._column("arrival"), self._column("key")
        first = first_occurrences(key, arrival)
        if older is not None:
            held = lake.query(f"SELECT key FROM {older} SEMI JOIN mine USING (key)", mine=pa.table({"key": key}))
            first &= np.isin(key, held["key"].to_numpy(), invert=True)
        self._narrow(first)
        self.arrival = arrival if first.all() else arrival[first]

    def __len__(self) -> int:
        return len(self.arrival)

    def numbers(self, name: str) -> npt.NDArray[Any]:
        """int64[events], 0 where there is none; or float64[events], NaN where there is none."""
        return self._column(name)

    def texts(self, name: str) -> tuple[list[str], I32]:
        """The distinct values in order, and int32[events], each event's place among them, -1 for none."""
        encoded = self._encoded(name)
        found = encoded.dictionary.to_pylist()
        order = sorted(range(len(found)), key=found.__getitem__)
        rank = np.full(len(found) + 1, -1, np.int32)
        rank[np.array(order, np.int64) + 1] = np.arange(len(found))
        index = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
        kept = index if self._keep is None else index[self._keep]
        del encoded, index
        pa.default_memory_pool().release_unused()
        return [found[i] for i in order], gather(rank, kept + np.int32(1))

    def _events(self) -> npt.NDArray[np.bool_]:
        """Which rows are events, not statements of traits."""
        kinds, kind = self.texts("kind")
        events: npt.NDArray[np.bool_] = kind == (kinds.index("event") if "event" in kinds else len(kinds))
        return events

    def _narrow(self, keep: npt.NDArray[np.bool_]) -> None:
        """Leave out more of the rows."""
        if keep.all():
            return
        if self._keep is None:
            self._keep = keep
        else:
            self._keep[self._keep] = keep

    def _column(self, name: str) -> npt.NDArray[Any]:
        kind = lake.EVENT.field(name).type
        none = pa.scalar(np.nan if pa.types.is_floating(kind) else 0, kind)
        column, at = np.empty(self._read, kind.to_pandas_dtype()), 0
        for batch in self._data.to_batches(columns=[name]):
            values = batch.column(0)
            filled = values if values.null_count == 0 else pc.fill_null(values, none)
            column[at : at + len(batch)] = filled.to_numpy()
            at += len(batch)
        pa.default_memory_pool().release_unused()
        return column if self._keep is None else column[self._keep]

    def _encoded(self, name: str) -> pa.DictionaryArray:
        column = self._data.to_table(columns=[name]).unify_dictionaries()[name]
        whole = column.combine_chunks()
        return whole if isinstance(whole, pa.DictionaryArray) else pa.array([], _ENCODED.field(name).type)
