"""Opportunities in order, as far as there is one: worth by a formula, places by drawing from every interval."""

from collections.abc import Sequence

import numpy as np

from desireline.model.formula import Formula
from desireline.model.intervals import Z
from desireline.model.opportunity import Figure, Opportunity, Ranked

DRAWS = 2_000

HALF = 0.5
"""A rating by hand says no more than half a point to either side."""


def ranked(listed: Sequence[Opportunity], formula: Formula, seed: int = 0) -> list[Ranked]:
    """The greatest worth first, those without one last; opportunities of equal worth by title.

    Args:
        listed: the opportunities.
        formula: what they are worth.
        seed: of the draws.
    """
    rng = np.random.default_rng(seed)
    worth, lacks, draws = {}, {}, {}
    for one in listed:
        lacks[one.id] = [name for name in formula.inputs if _input(one, name) is None]
        if not lacks[one.id]:
            exact = {name: float(_input(one, name) or 0.0) for name in formula.inputs}
            value = float(formula(exact))
            if np.isfinite(value):
                worth[one.id] = value
                draws[one.id] = np.broadcast_to(formula(_drawn(one, formula.inputs, rng)), DRAWS)
    places = _places(draws)
    order = sorted(listed, key=lambda o: (o.id not in worth, -worth.get(o.id, 0.0), o.title, o.id))
    return [_told(one, worth, lacks, draws, places) for one in order]


def _told(
    one: Opportunity,
    worth: dict[str, float],
    lacks: dict[str, list[str]],
    draws: dict[str, np.ndarray],
    places: dict[str, tuple[int, int]],
) -> Ranked:
    ends = np.nanquantile(draws[one.id], (0.025, 0.975)).tolist() if one.id in worth else (None, None)
    low, high = places.get(one.id, (None, None))
    return Ranked(
        opportunity=one, confidence=one.trusted(), value=worth.get(one.id), value_low=ends[0], value_high=ends[1],
        missing=lacks[one.id], rank_low=low, rank_high=high,
        overlaps=[] if low is None or high is None else [
            other for other, (first, last) in places.items() if other != one.id and first <= high and low <= last
        ],
    )  # fmt: skip


def _places(draws: dict[str, np.ndarray]) -> dict[str, tuple[int, int]]:
    """The 2.5 and 97.5 % points of each one's place among all, over the draws; equal worths share the middle place."""
    if not draws:
        return {}
    from scipy.stats import rankdata

    ranks = rankdata(-np.nan_to_num(np.array(list(draws.values())), nan=-np.inf), axis=0)
    low = np.floor(np.quantile(ranks, 0.025, axis=1)).astype(int).tolist()
    high = np.ceil(np.quantile(ranks, 0.975, axis=1)).astype(int).tolist()
    return {name: (a, b) for name, a, b in zip(draws, low, high, strict=True)}


def _input(one: Opportunity, name: str) -> float | None:
    """An input of the formula, None where nobody gave it."""
    figures = {"reach": one.people_per_month, "money": one.money_per_year, "satisfaction": one.satisfaction}
    if name in figures:
        figure = figures[name]
        return None if figure is None else figure.value
    if name in {"better", "worse"}:
        return _kano(one, name)
    if name == "ease":
        return None if one.effort is None else 6.0 - one.effort
    given = {"customer": one.customer_value, "business": one.business_value, "effort": one.effort, "cost": one.cost,
             "impact": one.impact, "confidence": one.trusted(), "success": one.success}  # fmt: skip
    return given[name]


def _kano(one: Opportunity, name: str) -> float | None:
    """Better (A + O) / (A + O + M + I), worse -(O + M) / (A + O + M + I)."""
    told = one.kano
    many = 0 if told is None else told.attractive + told.one_dimensional + told.must_be + told.indifferent
    if told is None or not many:
        return None
    part = told.attractive + told.one_dimensional if name == "better" else -(told.one_dimensional + told.must_be)
    return part / many


def _drawn(one: Opportunity, names: Sequence[str], rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Draws of every input: within half a point of ratings, from the normal distribution of a figure's interval."""
    rough = {name: rng.uniform(-HALF, HALF, DRAWS) for name in ("customer", "business", "effort")}
    rough["ease"] = -rough["effort"]
    figures = {"reach": one.people_per_month, "money": one.money_per_year, "satisfaction": one.satisfaction}
    found = {}
    for name in names:
        value = float(_input(one, name) or 0.0)
        figure = figures.get(name)
        found[name] = value + (rough[name] if name in rough else _spread(figure, rng))
        if name == "reach":
            found[name] = np.maximum(found[name], 0.0)
    return found


def _spread(figure: Figure | None, rng: np.random.Generator) -> np.ndarray:
    if figure is None or figure.low is None or figure.high is None:
        return np.zeros(DRAWS)
    return rng.normal(0.0, (figure.high - figure.low) / (2 * Z), DRAWS)
