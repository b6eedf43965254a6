"""From the event dictionary to the names of a definition: which touchpoint, stage and channel a code stands for."""

from fnmatch import fnmatchcase

import numpy as np
import pyarrow as pa

from desireline.analyze.scope import Bools, Labels
from desireline.model.definition import Definition, MatchRule, Touchpoint
from desireline.model.experiment import EXPOSURE
from desireline.store.journeys import PROPERTY


def properties_of(definition: Definition | None) -> dict[str, list[str]]:
    """The property values that the definition's rules look for, by path: the dictionary must tell them apart."""
    found: dict[str, set[str]] = {}
    for rule in (r for t in definition.touchpoints for r in t.match) if definition else ():
        for path, value in rule.properties.items():
            found.setdefault(path, set()).add(value)
    return {path: sorted(values) for path, values in sorted(found.items())}


def exposures(dictionary: pa.Table) -> Bools:
    """bool[codes]: who came into which arm of an experiment; noted by us, and nothing that anybody does or meets."""
    return np.array([name == EXPOSURE for name in dictionary["name"].to_pylist()], np.bool_)


def without(labels: Labels, left_out: Bools) -> Labels:
    """Labels of the other codes, and their names."""
    if not left_out.any():
        return labels
    used = np.unique(labels.table[~left_out & (labels.table >= 0)])
    place = np.full(len(labels.names) + 1, -1, np.int32)
    place[used] = np.arange(len(used))
    return Labels([labels.names[k] for k in used], np.where(left_out, -1, place[labels.table]).astype(np.int32))


def touchpoint_labels(definition: Definition, dictionary: pa.Table) -> Labels:
    """The first touchpoint one of whose rules holds takes the code; -1 where none does."""
    rows = dictionary.to_pylist()
    table = [_first_match(definition.touchpoints, row) for row in rows]
    return Labels([t.name for t in definition.touchpoints], np.array(table, np.int32))


def stage_labels(definition: Definition, touchpoints: Labels) -> Labels:
    """The stage of each code's touchpoint; -1 where the touchpoint has none."""
    names = [s.name for s in definition.stages]
    of_touchpoint = [names.index(t.stage) if t.stage is not None else -1 for t in definition.touchpoints]
    lookup = np.array([*of_touchpoint, -1], np.int32)
    return Labels(names, lookup[touchpoints.table])


def column_labels(dictionary: pa.Table, column: str) -> Labels:
    """The distinct values of a dictionary column, sorted."""
    values = dictionary[column].to_pylist()
    names = sorted({v for v in values if v is not None})
    number = {n: i for i, n in enumerate(names)}
    return Labels(names, np.array([number.get(v, -1) for v in values], np.int32))


def _first_match(touchpoints: list[Touchpoint], row: dict[str, str | None]) -> int:
    for i, touchpoint in enumerate(touchpoints):
        if any(_holds(rule, row) for rule in touchpoint.match):
            return i
    return -1


def _holds(rule: MatchRule, row: dict[str, str | None]) -> bool:
    wanted = {"source": rule.source, "name": rule.name, "channel": rule.channel}
    return all(_like(row[k], v) for k, v in wanted.items() if v is not None) and all(
        row[PROPERTY + k] == v for k, v in rule.properties.items()
    )


def _like(value: str | None, pattern: str) -> bool:
    """Only `*` is special in a pattern; brackets and question marks are themselves."""
    if value is None:
        return False
    if "*" not in pattern:
        return value == pattern
    return fnmatchcase(value, pattern.replace("[", "[[]").replace("?", "[?]"))
