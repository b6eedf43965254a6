"""What a KPI counts, in parts: by something that events or people have, or by groups of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from desireline.analyze.breakdown import Breakdown, breakdown
from desireline.analyze.kpis.dealing import people
from desireline.analyze.kpis.entries import Entries
from desireline.analyze.kpis.measuring import entries
from desireline.analyze.remembering import remembered
from desireline.analyze.scope import I32, I64, Bools, Scope
from desireline.model.kpi import FromEvents

MOST: Final = 12
"""Parts that keep their name; the rarer ones are one, `@other`."""

_ONCE_EACH: Final = frozenset({"people", "digital_adoption"})
"""Kinds that count whoever does anything: who does it in two parts stands in both."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A part of what is counted.

    Attributes:
        name: the value that it has; None for what has none.
        entries: of the part; `rest`: all others.
    """

    name: str | None
    entries: Entries
    rest: Entries


@dataclass(frozen=True, eq=False)
class Pieces:
    """All parts.

    Attributes:
        apart: whether nothing is counted in two of them.
        found: how many distinct values there are.
    """

    listed: list[Piece]
    apart: bool
    found: int


def by_value(scope: Scope, kind: str, asked: FromEvents, by: str) -> Pieces:
    """Parts by the value of the event that each begins with: the start of a trial, the answer, the contact, the order.

    Args:
        scope: the events.
        kind: of `FINDERS`.
        asked: what is counted.
        by: channel, source, stage, touchpoint, event, `property.PATH` or `trait.NAME`.

    Raises:
        BadQuestion: `by` is none of these.
    """
    groups: Breakdown = remembered(scope, ("by", by, MOST), lambda: breakdown(scope, by, MOST), "kpis")
    names: list[str | None] = [*groups.names, None]
    if kind in _ONCE_EACH and not groups.by_unit:
        return Pieces([_piece(scope, kind, asked, groups.index, k, name) for k, name in enumerate(names)], False,
                      groups.found)  # fmt: skip
    whole = entries(scope, kind, asked)
    at, young = groups.index[whole.row], groups.index[whole.young_row]
    places = [*range(len(groups.names)), -1]
    listed = [
        Piece(name, whole.where(at == k, young == k), whole.where(at != k, young != k))
        for k, name in zip(places, names, strict=True)
    ]
    return Pieces(listed, True, groups.found)


def _piece(scope: Scope, kind: str, asked: FromEvents, index: I32, place: int, name: str | None) -> Piece:
    mine = index == (place if name is not None else -1)
    return Piece(name, people(scope, kind, asked, mine), people(scope, kind, asked, ~mine))


def by_people(scope: Scope, kind: str, asked: FromEvents, groups: Mapping[str, I64]) -> Pieces:
    """Parts by groups of people, who may be in several; those in none are the last part.

    Args:
        scope: the events.
        kind: of `FINDERS`.
        asked: what is counted.
        groups: int64[people] each, row numbers of persons by the name of their group.
    """
    whole = entries(scope, kind, asked)
    inside = {name: np.isin(scope.owner, owners) for name, owners in groups.items()}
    anywhere = np.zeros(scope.units, np.bool_)
    total = np.zeros(scope.units, np.int64)
    for mine in inside.values():
        anywhere |= mine
        total += mine
    listed = [_of_units(scope, whole, name, mine) for name, mine in [*inside.items(), (None, ~anywhere)]]
    return Pieces(listed, bool((total <= 1).all()), len(inside))


def _of_units(scope: Scope, whole: Entries, name: str | None, units: Bools) -> Piece:
    young = np.searchsorted(scope.offsets, whole.young_row, "right") - 1
    rows, early = units[whole.unit], units[young]
    return Piece(name, whole.where(rows, early), whole.where(~rows, ~early))
