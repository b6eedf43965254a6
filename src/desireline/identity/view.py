"""The person view: identifiers that stand on one event belong to one person, and so on through all links.

Links come in as a log of pairs and the view is computed from it, never written into events: more rules will add
links to the log, and a link that is taken back changes the view at the next build. New events extend the view that
is there: their identifiers and links can add persons and make one of several, but never part them.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from desireline.kernels.dense import dense_ids, first_rows
from desireline.kernels.gather import gather
from desireline.kernels.union import components
from desireline.store.journeys import Known
from desireline.store.who import View

I64 = npt.NDArray[np.int64]


def person_view(known: Known, id_hash: I64, others: I64, links: pa.Table) -> View:
    """Who each new event belongs to, and who everybody is now.

    Args:
        known: who was known before; `journeys.NOBODY` at first.
        id_hash: int64[events], hash of each new event's first identifier.
        others: int64[k], identifiers without an event here.
        links: columns `hash` and `linked`, int64: two identifiers of one person.

    Returns:
        Persons with events are numbered from 0 without gaps, then those without. Either kind keeps its order, and new
        ones follow in the order in which their identifiers appear.
    """
    parts = [known.hashes, id_hash, others, links["hash"].to_numpy(), links["linked"].to_numpy()]
    filled = [p for p in parts if len(p)]
    hashes, dense = dense_ids(filled[0] if len(filled) == 1 else np.concatenate([*filled, id_hash[:0]]))
    _, event, _, left, right = np.split(dense, np.cumsum([len(p) for p in parts])[:-1])
    more = len(hashes) - len(known.hashes)
    nodes = known.total + more
    node = np.concatenate([known.person, np.arange(known.total, nodes, dtype=np.int32)])
    group = components(node[left], node[right], nodes) if len(left) else np.arange(nodes, dtype=np.int32)
    present = np.zeros(int(group.max(initial=-1)) + 1, np.bool_)
    present[group[: known.people]] = True
    first = first_rows(event, len(known.hashes), more)
    present[group[known.total : known.total + len(first)]] = True
    present[group[node[event[event < len(known.hashes)]]]] = True
    people = int(present.sum())
    number = np.empty(len(present), np.int32)
    number[present] = np.arange(people)
    number[~present] = np.arange(people, len(present))
    person = number[group[node]]
    return View(
        known=Known(hashes, person, people, len(present)),
        event=event if _unchanged(person) else gather(person, event),
        was=number[group[: known.total]],
        first=first,
    )


def _unchanged(number: npt.NDArray[np.int32]) -> bool:
    return bool(np.array_equal(number, np.arange(len(number))))
