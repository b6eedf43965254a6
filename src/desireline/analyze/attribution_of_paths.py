"""Credit from an aggregated table of paths instead of events: the same models, but for those that need times."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from desireline.analyze.attribution import AttributionResult, told
from desireline.analyze.crediting import MODELS, MOST_TOUCHES, Crediting, Model, credits_of, ranked
from desireline.analyze.resampling import FEWEST_GROUPS, GROUPS, SEED
from desireline.collect.path_table import PathTable
from desireline.errors import BadQuestion
from desireline.kernels import attribution as kernel
from desireline.model.question import Cut, Filters

I64 = npt.NDArray[np.int64]

DEALT = 1 << 22
"""So many paths are dealt to groups one by one; more go by multinomial draws into fewer groups."""

TIMELESS: tuple[Model, ...] = tuple(m for m in MODELS if m != "time_decay")
"""A table of paths has no times."""


def answer_paths(table: PathTable, how: Crediting) -> AttributionResult:
    """Share the credit out; intervals are by path, as the table knows no persons.

    Raises:
        BadQuestion: time decay was asked for, or value where the table has none.
    """
    if how.models and "time_decay" in how.models:
        raise BadQuestion(parameter="models", given="time_decay", expected=", ".join(TIMELESS))
    if how.credit == "value" and table.value is None:
        raise BadQuestion(parameter="credit", given="value", expected="conversions")
    how = how.model_copy(update={"models": [m for m in how.asked if m in TIMELESS]})
    order = how.order if "markov" in how.asked else 1
    often = np.repeat(table.conversions + table.nulls, np.diff(table.offsets))
    events = np.bincount(table.touch, weights=often, minlength=len(table.names)).astype(np.float64)
    names, total, place = ranked(table.names, events, MOST_TOUCHES[order])
    touch = place[table.touch]
    walks, groups = _dealt(table, touch, len(names), _groups(table) if how.intervals else 1)
    direct = {name.casefold() for name in how.direct}
    asked = kernel.Asked(
        touch=np.append(np.arange(len(names)), kernel.GOAL).astype(np.int32), touches=len(names), order=order,
        direct=np.array([name.casefold() in direct for name in names], np.bool_), window=kernel.NO_WINDOW,
        half_life=0.0, by_value=how.credit == "value",
    )  # fmt: skip
    found = credits_of(walks, asked, groups, how)
    found = replace(found, people=_conversions_with(table, touch, len(names)))
    return told(_about(table, events, len(names), total), how, names, found)


def _about(table: PathTable, events: npt.NDArray[np.float64], kept: int, total: int) -> dict[str, object]:
    return {
        "question": "attribution", "grain": "case", "people_in_scope": int((table.conversions + table.nulls).sum()),
        "events": int(events.sum()), "outside_definition": 0, "first": None, "last": None, "definition_version": None,
        "definition_name": None, "segment": None, "zone": "UTC", "until": None, "filters": Filters(), "drilldown": "",
        "cut": [Cut(what="touches", kept=kept - 1, total=total)] if kept < total else [],
        "goal": None, "touch": "channel", "within_seconds": None,
    }  # fmt: skip


def _groups(table: PathTable) -> int:
    """As many groups as there are paths, within limits; each path is one, wherever in the table it is counted."""
    paths = int((table.conversions + table.nulls).sum())
    return max(1, min(paths, GROUPS if paths <= DEALT else FEWEST_GROUPS))


def _dealt(table: PathTable, touch: npt.NDArray[np.int32], goal: int, groups: int) -> tuple[kernel.Walks, int]:
    """Each row's conversions and nulls, dealt to groups by chance: a unit for each row, outcome and group."""
    random = np.random.default_rng(SEED)
    row, group, weight, ended = [], [], [], []
    for converted, counts in ((True, table.conversions), (False, table.nulls)):
        at, of, n = _deal(counts, groups, random)
        row.append(at)
        group.append(of)
        weight.append(n)
        ended.append(np.full(len(at), converted))
    rows, goals = np.concatenate(row), np.concatenate(ended)
    length = np.diff(table.offsets)[rows]
    filled = length + goals > 0
    rows, goals, length = rows[filled], goals[filled], length[filled]
    groups_of, weights = np.concatenate(group)[filled], np.concatenate(weight)[filled].astype(np.float64)
    offsets = np.r_[0, np.cumsum(length + goals)].astype(np.int64)
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], length + goals)
    is_touch = within < np.repeat(length, length + goals)
    code = np.full(offsets[-1], goal, np.int32)
    code[is_touch] = touch[(np.repeat(table.offsets[rows], length + goals) + within)[is_touch]]
    value = np.zeros(0)
    if table.value is not None:
        value = np.zeros(offsets[-1])
        value[~is_touch] = (table.value[rows] * weights / np.maximum(table.conversions[rows], 1))[goals]
    time = np.zeros(offsets[-1], np.int64)
    return kernel.Walks(offsets, time, code, groups_of.astype(np.int32), weights, value, False), groups


def _deal(counts: I64, groups: int, random: np.random.Generator) -> tuple[I64, I64, I64]:
    """Rows, groups and how many of the row's paths went to the group."""
    rows = np.flatnonzero(counts)
    if groups == 1:
        return rows, np.zeros(len(rows), np.int64), counts[rows]
    if counts.sum() <= DEALT:
        each = np.repeat(rows, counts[rows]) * groups
        cells, often = np.unique(each + random.integers(0, groups, len(each)), return_counts=True)
        return cells // groups, cells % groups, often
    drawn = random.multinomial(counts[rows], np.full(groups, 1 / groups))
    at, of = np.nonzero(drawn)
    return rows[at], of, drawn[at, of]


def _conversions_with(table: PathTable, touch: npt.NDArray[np.int32], names: int) -> I64:
    """int64[names + 1]: conversions of the paths that hold each touch, and all of them."""
    row = np.repeat(np.arange(len(table.conversions)), np.diff(table.offsets))
    pairs = np.unique(row * max(names, 1) + touch)
    held = np.bincount(
        pairs % max(names, 1), weights=table.conversions[pairs // max(names, 1)], minlength=names
    )  # fmt: skip
    return np.append(held, table.conversions.sum()).astype(np.int64)
