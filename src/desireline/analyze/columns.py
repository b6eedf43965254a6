"""Properties, traits and values of a generation, loaded when a question first needs them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desireline.analyze.scope import F64, I32, I64, Valued
from desireline.store import lake
from desireline.store.journeys import Generation

KEPT = 16


@dataclass(frozen=True, eq=False)
class Trait:
    """Values of a trait: `index` int32[persons], -1 for persons without it, into the sorted `texts`."""

    index: I32
    texts: pa.Array

    @property
    def values(self) -> list[str]:
        """The texts as a list."""
        found: list[str] = self.texts.to_pylist()
        return found


class StoreColumns:
    """What the store knows beyond the arrays of events; the last few columns stay in memory."""

    def __init__(self, generation: Generation, events: Path) -> None:
        self.generation = generation
        self._events = lake.events(events)
        self._kept: dict[tuple[str, str], Valued] = {}
        self._paths: list[str] | None = None

    def history(self) -> tuple[I64, I32]:
        """Offsets (int64[persons + 1]) and codes (int32[events]) of the whole generation, by person."""
        return self.generation.offsets, self.generation.code

    def value(self) -> F64:
        """float64[events of the generation], NaN for events without a value."""
        return self.generation.array("value")  # type: ignore[return-value]

    def column(self, path: str) -> Valued:
        """A property of all events of the generation."""
        from desireline.store.columns import column

        return self._keep(("column", path), lambda: column(self.generation, self._events, path))

    def paths(self, most: int) -> list[str]:
        """Properties of few values, the commonest first."""
        from desireline.store.columns import paths_of_few_values

        if self._paths is None:
            self._paths = paths_of_few_values(self._events.sql(self.generation.meta.lake_version), KEPT)
        return self._paths[:most]

    def trait(self, name: str) -> Valued:
        """A trait of all persons."""
        return self._keep(("trait", name), lambda: self._trait(name))

    def _keep(self, key: tuple[str, str], make: Callable[[], Valued]) -> Valued:
        """Not `lru_cache`, whose circle of references would keep a replaced generation in memory."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            while len(self._kept) >= KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[key] = found
        return found

    def _trait(self, name: str) -> Valued:
        stated = self.generation.traits
        rows = stated.filter(pc.and_(pc.equal(stated["name"], name), pc.is_valid(stated["value"])))
        texts = pa.array(sorted(pc.unique(rows["value"]).to_pylist()), pa.string())
        index = np.full(self.generation.meta.people, -1, np.int32)
        index[rows["person"].to_numpy()] = pc.index_in(rows["value"], texts).to_numpy()
        return Trait(index, texts)
