"""Cards side by side: which of their figures lie apart."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from desireline.analyze.portraits.figures import apart
from desireline.analyze.portraits.small import small
from desireline.analyze.scope import Bools
from desireline.model.intervals import Interval
from desireline.model.persona import (
    CardMatrix,
    MatrixCell,
    MatrixRow,
    MeasuredCard,
    MeasuredTrait,
    TraitKey,
    TraitPart,
    TraitUnit,
)

Figure = MeasuredTrait | TraitPart
Key = tuple[TraitKey, str | None]
Of = dict[Key, Figure]


def matrix(cards: Sequence[MeasuredCard], inside: Sequence[Bools], threshold: int) -> CardMatrix:
    """Rows of traits and their parts, in the order of the first card that has them.

    Args:
        cards: what is measured of each.
        inside: bool[people] for each, who is in it.
        threshold: people that a figure needs.
    """
    told = [_told(card) for card in cards]
    keys = list(dict.fromkeys(key for of in told for key in of))
    units = {trait.key: trait.unit for card in cards for trait in card.traits}
    rest = Rest(inside, len(inside[0]) if inside else 0, threshold)
    order = {key: place for place, key in enumerate(units)}
    rows = [_row(cards, told, key, units[key[0]], rest) for key in sorted(keys, key=lambda k: order[k[0]])]
    shared = [
        (cards[a].id, cards[b].id, n)
        for a, b in combinations(range(len(cards)), 2)
        if (n := int(np.count_nonzero(inside[a] & inside[b]))) and not _tells(inside[a], inside[b], n, threshold)
    ]
    heads = [card.model_copy(update={"traits": []}) for card in cards]
    return CardMatrix(personas=heads, rows=rows, overlap=shared)


def _told(card: MeasuredCard) -> Of:
    """The figures of a card by trait and part."""
    found: Of = {}
    for trait in card.traits:
        if not trait.parts:
            found[trait.key, None] = trait
        found.update({(trait.key, part.name): part for part in trait.parts})
    return found


def _row(cards: Sequence[MeasuredCard], told: Sequence[Of], key: Key, unit: TraitUnit, rest: "Rest") -> MatrixRow:
    cells = [_cell(card, of.get(key)) for card, of in zip(cards, told, strict=True)]
    for place in rest.giving_back([of.get(key) for of in told]):
        cells[place] = MatrixCell(persona=cells[place].persona, hidden="would_tell")
    within = [None if c.low is None or c.high is None else Interval(c.low, c.high) for c in cells]
    differ = [
        (cells[a].persona, cells[b].persona)
        for a, b in combinations(range(len(cells)), 2)
        if apart(within[a], within[b])
    ]
    return MatrixRow(key=key[0], part=key[1], unit=unit, cells=cells, differ=differ)


def _cell(card: MeasuredCard, figure: Figure | None) -> MatrixCell:
    if figure is None:
        return MatrixCell(persona=card.id, hidden=card.hidden)
    value = figure.share if isinstance(figure, TraitPart) else figure.value
    return MatrixCell(persona=card.id, value=value, n=figure.n, low=figure.low, high=figure.high, hidden=figure.hidden)


class Rest:
    """Finds figures that, taken from everyone's together, would give back that of few people.

    Cards that share people cannot be taken from everyone's figure, so nothing is given back by them.
    """

    def __init__(self, inside: Sequence[Bools], people: int, threshold: int) -> None:
        self._disjoint = not inside or int(np.sum(inside, axis=0).max(initial=0)) <= 1
        self._people, self._threshold = people, threshold

    def giving_back(self, figures: Sequence[Figure | None]) -> list[int]:
        """Places of the smallest figures that have to be hidden until the rest is nobody or large enough."""
        parts = {k: f for k, f in enumerate(figures) if isinstance(f, TraitPart) and f.hidden is None and f.n}
        every = next((f.everyone for f in parts.values() if f.everyone is not None), None)
        if every is None or not self._disjoint:
            return []
        taken: list[int] = []
        left = sorted(parts, key=lambda k: (parts[k].n or 0, k))
        while left and small(round(every * self._people) - sum(parts[k].n or 0 for k in left), self._threshold):
            taken.append(left.pop(0))
        return taken


def _tells(a: Bools, b: Bools, both: int, threshold: int) -> bool:
    """Whether the people in two cards tell of few: those in both, or those in one of them only."""
    return any(small(n, threshold) for n in (both, int(a.sum()) - both, int(b.sum()) - both))
