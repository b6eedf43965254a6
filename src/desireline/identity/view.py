"""The person view: identifiers that stand on one event belong to one person, and so on through all links.

Links come in as a log of pairs and the view is computed from it, never written into events: more rules will add
links to the log, and a link that is taken back changes the view at the next build.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from desireline.kernels.dense import dense_ids
from desireline.kernels.union import components
from desireline.store.build import PersonOf


def person_view(id_hash: npt.NDArray[np.int64], links: pa.Table) -> PersonOf:
    """Who each event belongs to.

    Args:
        id_hash: int64[events], hash of each event's first identifier.
        links: columns `hash` and `linked`, int64: two identifiers of one person.

    Returns:
        Persons of the events, and of every identifier whose person has an event. Persons are numbered from 0 by
        the first appearance of one of their identifiers.
    """
    hashes, event_id = dense_ids(id_hash)
    if not len(links):
        return PersonOf(event=event_id, hashes=hashes, person=np.arange(len(hashes), dtype=np.int32))
    pairs = np.concatenate([links["hash"].to_numpy(), links["linked"].to_numpy()])
    known, dense = dense_ids(np.concatenate([hashes, pairs]))
    left, right = np.split(dense[len(hashes) :], 2)
    group = components(left, right, len(known))
    with_events = np.unique(group[: len(hashes)])
    number = np.full(int(group.max()) + 1, -1, np.int32)
    number[with_events] = np.arange(len(with_events), dtype=np.int32)
    person = number[group]
    return PersonOf(event=person[event_id], hashes=known[person >= 0], person=person[person >= 0])
