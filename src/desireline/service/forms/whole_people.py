"""All identifiers of the people that some identifiers belong to: one person with two addresses is asked once."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from desireline.service.forms.inviting import Identifiers, names
from desireline.store.journeys import Generation


def known(given: Sequence[Identifiers], generation: Generation | None) -> list[tuple[Identifiers, list[str]]]:
    """For each person as they were given, their identifiers and those of the whole person, `type:value`."""
    of = _persons(given, generation) if generation is not None else {}
    return [(one, sorted({*names(one), *(name for each in names(one) for name in of.get(each, ()))})) for one in given]


def _persons(given: Sequence[Identifiers], generation: Generation) -> dict[str, list[str]]:
    """Identifier → all identifiers of the person who has it."""
    every = generation.people["identifiers"].combine_chunks()
    values = pc.struct_field(pc.list_flatten(every), "value")
    wanted = pa.array(sorted({i["value"] for one in given for i in one}), pa.string())
    rows = pc.unique(pc.list_parent_indices(every).filter(pc.is_in(values, value_set=wanted)))
    return {name: whole for person in every.take(rows).to_pylist() for whole in [names(person)] for name in whole}
