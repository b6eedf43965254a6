"""`identities.parquet`: by which identifiers each event was observed, and to whom they really belong.

A web visit leaves a cookie, of which a person has two in turn; people who log in leave an e-mail address or customer
number too. Some households share devices and cookies, some telephone numbers pass to somebody else after a while, and
what is typed by hand has typing errors.
"""

from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desireline.simulate import world
from desireline.simulate.arrays import F64, I64, Bools
from desireline.simulate.calendar import DAY, DAYS
from desireline.simulate.columns import chosen, numbered
from desireline.simulate.dirt import Seen
from desireline.simulate.event_tables import EVENT, PERSON
from desireline.simulate.people import People
from desireline.simulate.record import Record
from desireline.simulate.settings import Settings

TYPES: Final = ("customer_id", "email", "phone", "loyalty_card", "device", "cookie", "other")
_FIRST: Final = {
    "web": "cookie", "app": "device", "store": "loyalty_card", "phone": "phone", "chat": "cookie", "email": "email",
    "post": "customer_id", "marketplace": "other", "social": "other", "ads": "cookie",
}  # fmt: skip
_SECOND: Final = {"web": "email", "app": "customer_id", "chat": "email", "phone": "customer_id", "store": "phone"}
_BEFORE: Final = ("c", "mail", "+999", "card", "dev", "ck", "acc")
_AFTER: Final = ("", "@example.org", "", "", "", "", "")
_TYPED: Final = frozenset({"email", "phone"})
_RECYCLED: Final = 0.01


class _Observed(NamedTuple):
    row: I64  # of the file
    kind: I64
    number: I64
    wrong: Bools


def identities_table(
    people: People, record: Record, seen: Seen, settings: Settings, rng: np.random.Generator
) -> pa.Table:
    """One row for each identifier of each row of the file; repeated rows and rows without a name have none."""
    rows = np.flatnonzero((seen.copy_of < 0) & ~seen.dirty)
    true = seen.row[rows]
    who, channel = record.person[true], record.channel[true]
    first = _kinds(_FIRST)[channel]
    logged = (rng.random(len(rows)) < settings.login) & (_kinds(_SECOND)[channel] >= 0)
    both = np.r_[np.arange(len(rows)), np.flatnonzero(logged)]
    kind = np.r_[first, _kinds(_SECOND)[channel][logged]]
    owner = _owner(people, who[both], kind, record.time[true][both], settings, rng)
    typed = np.isin(kind, [TYPES.index(t) for t in _TYPED])
    wrong = typed & (rng.random(len(both)) < settings.typos)
    order = np.lexsort((kind, rows[both]))
    found = _Observed(rows[both][order], kind[order], owner[order], wrong[order])
    return pa.table({
        "person_id": numbered(PERSON, record.person[seen.row[found.row]]),
        "event_id": numbered(EVENT, seen.id[found.row]),
        "type": chosen(TYPES, found.kind),
        "value": _values(found, rng),
    })  # fmt: skip


def _kinds(by_channel: dict[str, str]) -> I64:
    return np.array([TYPES.index(by_channel[c]) if c in by_channel else -1 for c in world.CHANNELS])


def _owner(
    people: People, who: I64, kind: I64, time: F64, settings: Settings,
    rng: np.random.Generator,
) -> I64:  # fmt: skip
    """Whose identifier it is: one's own, that of the household, or that of the number's former owner."""
    n = people.n
    shares = rng.random(n) < settings.shared
    household = np.where(shares, np.arange(n) // 2 * 2, np.arange(n))
    recycled = rng.random(n) < _RECYCLED
    former = np.where(recycled, rng.integers(0, n, n), np.arange(n))
    thing = np.isin(kind, [TYPES.index("cookie"), TYPES.index("device")])
    number = np.where(thing, household[who], who)
    number = np.where((kind == TYPES.index("phone")) & (time > DAYS / 2 * DAY), former[who], number)
    renewed = (kind == TYPES.index("cookie")) & (time > people.start[who] + 30 * DAY)
    return np.where(kind == TYPES.index("cookie"), 2 * number + renewed, number)


def _values(found: _Observed, rng: np.random.Generator) -> pa.Array:
    """Identifiers as text; a typing error swaps, drops or doubles."""
    phone = found.kind == TYPES.index("phone")
    digits = np.where(phone, 10_000_000 + found.number, found.number)
    digits = np.where(
        found.wrong & phone, digits // 10 * 10 + (digits + 1 + rng.integers(0, 9, len(digits))) % 10, digits
    )
    slip = np.where(found.wrong & ~phone, rng.integers(0, len(_SLIPS), len(digits)), -1)
    before = pc.coalesce(chosen([s[0] for s in _SLIPS], slip), chosen(_BEFORE, found.kind))
    after = pc.coalesce(chosen([s[1] for s in _SLIPS], slip), chosen(_AFTER, found.kind))
    return pc.binary_join_element_wise(before, pa.array(digits).cast(pa.string()), after, "")


_SLIPS: Final = (
    ("mial", "@example.org"), ("mail", "@exmaple.org"), ("mail", "@example.og"), ("mmail", "@example.org"),
    ("mail", "@example.rog"),
)  # fmt: skip
