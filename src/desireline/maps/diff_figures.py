"""Which measured figures differ between two maps, periods or segments by more than chance."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from desireline.maps.diff import Told
from desireline.maps.pairing import pair
from desireline.model.intervals import Interval, mover, wilson
from desireline.model.library import LibraryItem
from desireline.model.map_history import Difference
from desireline.model.measured import Figure, Measured, Sheet, StageMeasured

Field = Literal["share", "goes_on", "seconds", "score", "emotion"]


class Estimate(NamedTuple):
    """A figure with its 95 % interval, None where nothing tells how sure it is. People are shares of all in scope."""

    field: Field
    value: float
    within: Interval | None


class Change(NamedTuple):
    """What changed, and the 95 % interval of after - before."""

    field: Field
    before: float
    after: float
    low: float
    high: float


def estimate(figure: Figure | None, people_in_scope: int) -> Estimate | None:
    """A figure as it can be compared; None if it has no value."""
    if figure is None or figure.value is None:
        return None
    if figure.unit == "people":
        return _share("share", int(figure.value), people_in_scope)
    within = Interval(figure.low, figure.high) if figure.low is not None and figure.high is not None else None
    return Estimate("share" if figure.unit == "share" else figure.unit, figure.value, within)


def changed(before: Estimate, after: Estimate) -> Change | None:
    """The change, if its interval excludes 0: Newcombe's of two shares, and its generalisation for other figures."""
    if before.within is None or after.within is None:
        return None
    low, high = mover(after.value, after.within, before.value, before.within)
    return Change(after.field, before.value, after.value, low, high) if low > 0 or high < 0 else None


def figure_differences(
    before: Sheet, after: Sheet, library: Iterable[LibraryItem] = (), language: str = "en"
) -> list[Difference]:
    """The figures of two measured maps that differ, by stages, steps, cards and emotions.

    Two figures differ if the 95 % interval of their difference excludes 0; of many true nulls one in twenty does.
    Where only one of the two is measured it is added or removed. The two must not be of the same people: periods apart,
    segments apart.

    Args:
        before: a map with figures.
        after: the other one, or the same map with other figures.
        library: items that cards refer to.
        language: of the names of lanes without a title.
    """
    if before.measured is None or after.measured is None:
        return []
    names = {item.id: item.name for item in library}
    paired, told = pair(before, after), Told(after, names, language)
    same = paired.stages | paired.steps | paired.cards | paired.lanes
    first = {(kind, same.get(a, a), same.get(b, b), field): e for (kind, a, b, field), e in _figures(before.measured)}
    found = []
    for key, now in _figures(after.measured):
        found += _difference(key, first.pop(key, None), now, told)
    gone = Told(before, names, language)
    back = {b: a for a, b in same.items()}
    for (kind, a, b, field), then in first.items():
        if then is not None and (place := _where(gone, kind, back.get(a, a), back.get(b, b))):
            found.append(Difference(kind="removed", what="figure", id=back.get(a, a), where=place, field=field,
                                    before=then.value))  # fmt: skip
    return found


Key = tuple[Literal["stage", "step", "card", "emotion"], str, str, str]


def _figures(measured: Measured) -> Iterator[tuple[Key, Estimate | None]]:
    """Every figure of a map by what it is of; of an emotion the step and the lane."""
    scope = measured.people_in_scope
    for stage, counted in measured.stages.items():
        yield ("stage", stage, "", "share"), _share("share", counted.people, scope)
        yield ("stage", stage, "", "goes_on"), _goes_on(counted)
    for step, figure in measured.steps.items():
        yield ("step", step, "", "share"), estimate(figure, scope)
    for card, found in measured.cards.items():
        known = estimate(found.figure, scope)
        yield ("card", card, "", known.field if known else ""), known
    for curve in measured.emotion:
        for point in curve.points:
            if curve.of == "scores" and curve.segment is None and point.value is not None:
                sure = Interval(point.low, point.high) if point.low is not None and point.high is not None else None
                yield ("emotion", point.step, curve.lane, "emotion"), Estimate("emotion", point.value, sure)


def _share(field: Field, n: int, of: int) -> Estimate | None:
    return Estimate(field, n / of, wilson(n, of)) if of else None


def _goes_on(stage: StageMeasured) -> Estimate | None:
    return _share("goes_on", stage.goes_on, stage.people)


def _difference(key: Key, then: Estimate | None, now: Estimate | None, told: Told) -> list[Difference]:
    kind, of, lane, field = key
    where = _where(told, kind, of, lane)
    if now is None or not where:
        return []
    if then is None:
        return [Difference(kind="added", what="figure", id=of, where=where, field=field, after=now.value)]
    change = changed(then, now)
    return [Difference(kind="changed", what="figure", id=of, where=where, **change._asdict())] if change else []


def _where(told: Told, kind: str, of: str, lane: str) -> list[str]:
    """Where a figure stands, nothing if the map has no such thing."""
    cards: Mapping[str, object] = told.placed
    if kind == "stage":
        return told.stage(of)
    if kind == "card":
        return told.card(of) if of in cards else []
    return [*told.step(of), *(told.lane(lane) if lane else [])]
