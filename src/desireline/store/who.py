"""The tables of people and of their traits: made from the lake for those who changed, carried on for all others.

Persons without an event, known by their traits or by another identifier alone, stand after those with events: an event
of theirs may come any day.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from desireline.model.event import IDENTIFIER, IDENTIFIER_TYPES
from desireline.store import lake
from desireline.store.journeys import Known

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PEOPLE = pa.schema([("key", pa.string()), ("identifiers", pa.list_(IDENTIFIER))])
TRAITS = pa.schema(
    {"person": pa.int32(), "name": pa.string(), "value": pa.string(), "time": pa.int64(), "arrival": pa.int64()}
)


@dataclass(frozen=True, eq=False)
class View:
    """Who is who after more events.

    Attributes:
        known: all identifiers, those that were known before first.
        event: int32[events], the person of each of the new events.
        was: int32[persons before], the number that each has now.
        first: int64[k], for each identifier that is new and stands first on an event, the first such event.
    """

    known: Known
    event: I32
    was: I32
    first: I64

    def changed(self, before: Known) -> Bools:
        """bool[persons]: who is new, has a new identifier, or was several."""
        changed: Bools = np.bincount(self.was, minlength=self.known.total) != 1
        changed[self.known.person[len(before.hashes) :]] = True
        return changed

    def told_of(self, hashes: I64) -> Bools:
        """bool[persons]: who has one of these identifiers, or was several."""
        told: Bools = np.bincount(self.was, minlength=self.known.total) > 1
        if len(hashes):
            told[self.known.person[np.isin(self.known.hashes, hashes)]] = True
        return told


def links(events: str) -> pa.Table:
    """The link log as the events tell it: two identifiers on one event are one person (`hash`, `linked`)."""
    pairs = f"SELECT DISTINCT id_hash AS hash, unnest(id_links) AS linked FROM {events} WHERE len(id_links) > 1"
    return lake.query(pairs)


def stating(events: str) -> I64:
    """int64[k], the identifiers that statements of traits are about."""
    hashes: I64 = lake.query(f"SELECT DISTINCT id_hash FROM {events} WHERE kind = 'traits'")["id_hash"].to_numpy()
    return hashes


_RANK = "list_position([" + ", ".join(f"'{t}'" for t in IDENTIFIER_TYPES) + "], i.type)"


def people(events: str, first: I64, view: View, changed: Bools, base: pa.Table) -> pa.Table:
    """`PEOPLE` in the order of their numbers.

    Args:
        events: what stands after FROM: the new rows.
        first: int64[k], arrival numbers of the events of `view.first`.
        view: who is who.
        changed: bool[persons], whose row is made anew.
        base: `PEOPLE` as it was.
    """
    told = lake.query(
        f"""WITH pairs AS (
          SELECT id_hash AS hash, identifiers[1] AS i FROM {events} SEMI JOIN first USING (arrival)
          UNION ALL
          SELECT id_hash, any_value(identifiers[1]) FROM {events} WHERE kind = 'traits' GROUP BY id_hash
          UNION ALL
          SELECT hash, any_value(i) FROM (
            SELECT unnest(id_links) AS hash, unnest(identifiers) AS i FROM {events} WHERE len(id_links) > 1
          ) GROUP BY hash
        ), named AS (
          SELECT person, i FROM pairs JOIN who USING (hash)
          UNION ALL
          SELECT person, unnest(identifiers) AS i FROM base
        ), several AS (
          SELECT person FROM named GROUP BY person HAVING count(*) > 1
        )
        SELECT person, key, identifiers FROM (
          SELECT person, i.type || ':' || i.value AS key, [i] AS identifiers FROM named ANTI JOIN several USING (person)
          UNION ALL
          SELECT person, arg_min(i.type || ':' || i.value, ({_RANK}, i.value)),
                 list_sort(list(DISTINCT {{'rank': {_RANK}, 'value': i.value, 'i': i}})).list_transform(lambda x: x.i)
          FROM named SEMI JOIN several USING (person) GROUP BY person
        ) ORDER BY person""",
        first=pa.table({"arrival": first}),
        who=_of(view.known, changed),
        base=_numbered(base, view.was, changed),
    )
    return _carried(base, view.was, changed, told["person"].to_numpy(), told.drop(["person"]).cast(PEOPLE))


def traits(events: str, view: View, changed: Bools, base: pa.Table) -> pa.Table:
    """`TRAITS` by person and name: the latest statement of each trait of each person, and when it was made.

    Args:
        events: what stands after FROM: the new rows.
        view: who is who.
        changed: bool[persons], whose traits may be other than they were.
        base: `TRAITS` as it was.
    """
    was = view.was[base["person"].to_numpy()] if len(base) else np.zeros(0, np.int32)
    told = lake.query(
        f"""WITH statements AS (
          SELECT person, time, arrival, properties, unnest(json_keys(properties)) AS name
          FROM {events} JOIN who ON hash = id_hash WHERE kind = 'traits'
        ), stated AS (
          SELECT person, name, time, arrival,
                 properties ->> ('/' || replace(replace(name, '~', '~0'), '/', '~1')) AS value FROM statements
          UNION ALL
          SELECT person, name, time, arrival, value FROM base
        ), latest AS (
          SELECT person, name, arg_max({{'value': value, 'time': time, 'arrival': arrival}},
                                       (value IS NOT NULL, time, arrival)) AS s FROM stated GROUP BY person, name
        )
        SELECT person, name, s.value, s.time, s.arrival FROM latest ORDER BY person, name""",
        who=_of(view.known, changed),
        base=_numbered(base.drop(["person"]), was, changed),
    ).cast(TRAITS)
    rest = base.set_column(0, TRAITS.field("person"), pa.array(was))
    return _carried(rest, was, changed, told["person"].to_numpy(), told)


def counts(events: str) -> dict[str, int]:
    """Statements of traits by source."""
    stated = lake.query(f"SELECT source, count(*) AS n FROM {events} WHERE kind = 'traits' GROUP BY source")
    return {r["source"]: r["n"] for r in stated.to_pylist()}


def _of(known: Known, changed: Bools) -> pa.Table:
    """Identifiers of those who changed (`hash`, `person`)."""
    if changed.all():
        return pa.table({"hash": known.hashes, "person": known.person})
    mine = changed[known.person]
    return pa.table({"hash": known.hashes[mine], "person": known.person[mine]})


def _numbered(base: pa.Table, was: I32, changed: Bools) -> pa.Table:
    """Rows of those who changed, under their number now."""
    mine = changed[was]
    return base.filter(pa.array(mine)).append_column("person", pa.array(was[mine], pa.int32()))


def _carried(base: pa.Table, was: I32, changed: Bools, person: I32, told: pa.Table) -> pa.Table:
    """The rows of `base` whose person did not change and those of `told` (of `person`), by person."""
    if not len(base):
        return told
    same = ~changed[was]
    rows = pa.concat_tables([base.filter(pa.array(same)), told])
    number = np.concatenate([was[same], person])
    return rows.take(pa.array(np.argsort(number, kind="stable"))) if (np.diff(number) < 0).any() else rows
