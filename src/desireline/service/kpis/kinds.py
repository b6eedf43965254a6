"""The kinds of KPIs in the reader's words."""

from desireline.act.kpis.kinds import KINDS
from desireline.i18n import translate
from desireline.model.kpi import KpiCount, KpiKind


def told(language: str) -> list[KpiKind]:
    """Every kind with the sentence that defines it and what its counts mean, in `en`, `pl` or `hr`."""
    from desireline.analyze.kpis.measuring import FINDERS, NEEDED

    return [
        KpiKind(
            kind=one.name, name=translate(language, f"kpi.kind.{one.name}"), family=one.family,
            family_name=translate(language, f"kpi.family.{one.family}"), unit=one.unit, direction=one.direction,
            formula=translate(language, f"kpi.formula.{one.name}"), from_events=one.name in FINDERS,
            needs=list(NEEDED.get(one.name, ())),
            counts=[
                KpiCount(name=name, optional=name in one.optional,
                         meaning=translate(language, f"kpi.count.{name.rstrip('@')}"))
                for name in one.counts
            ],
        )
        for one in KINDS.values()
    ]  # fmt: skip
