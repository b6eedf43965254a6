"""Whether a KPI makes sense, before it is kept."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desireline.act.kpis.kinds import kind_of
from desireline.errors import BadQuestion, ModelledElsewhere
from desireline.model.duration import parse_duration
from desireline.model.kpi import FromEvents, FromQuestion, Kpi

if TYPE_CHECKING:
    from desireline.act.kpis.kind import Kind


def check(kpi: Kpi, others: Mapping[str, Kpi]) -> None:
    """Whether its source can give what its kind needs, and its place in the tree is below something.

    Raises:
        UnknownKpiKind: there is no such kind.
        BadQuestion: the source cannot give it, or it would serve itself.
        ModelledElsewhere: of events it is a model that is fitted elsewhere.
        BadCounts: a reading that cannot be.
    """
    kind = kind_of(kpi.kind)
    source = kpi.source
    if isinstance(source, FromEvents):
        _check_events(kind, source)
    elif isinstance(source, FromQuestion):
        if kind.name != "share":
            raise BadQuestion(parameter="kind", given=kind.name, expected="share")
    else:
        for reading in source.readings:
            kind.check(reading.counts)
    _check_target(kpi, kind)
    _check_tree(kpi, others)


def _check_events(kind: "Kind", source: FromEvents) -> None:
    from desireline.analyze.kpis.answers import OF_KIND
    from desireline.analyze.kpis.measuring import FINDERS, NEEDED

    if kind.name == "clv":
        raise ModelledElsewhere(kind=kind.name)
    if kind.name not in FINDERS:
        raise BadQuestion(parameter="kind", given=kind.name, expected=", ".join(FINDERS))
    needed = NEEDED.get(kind.name, ())
    if kind.name in {"handling_time", "waiting_time"}:
        needed = ("start", "goal") if source.property is None else ("touchpoints",)
    for name in needed:
        if not getattr(source, name):
            raise BadQuestion(parameter=f"source.{name}", given="", expected="≥ 1")
    if source.within is not None:
        parse_duration(source.within)
    fixed = OF_KIND.get(kind.name)
    if fixed and source.scale not in {None, fixed} and kind.name not in {"top_two_box", "mean_score"}:
        raise BadQuestion(parameter="source.scale", given=str(source.scale), expected=fixed)


def _check_target(kpi: Kpi, kind: "Kind") -> None:
    if kpi.target is None:
        return
    least, most = {"share": (0.0, 1.0), "score": (-100.0, 100.0)}.get(kind.unit, (float("-inf"), float("inf")))
    if not least <= kpi.target.value <= most:
        raise BadQuestion(parameter="target.value", given=f"{kpi.target.value:g}", expected=f"{least:g} – {most:g}")


def _check_tree(kpi: Kpi, others: Mapping[str, Kpi]) -> None:
    above, seen = kpi.serves, set()
    while above is not None and above not in seen:
        if above == kpi.id:
            raise BadQuestion(parameter="serves", given=str(kpi.serves), expected="≠ " + kpi.name)
        seen.add(above)
        above = others[above].serves if above in others else None
