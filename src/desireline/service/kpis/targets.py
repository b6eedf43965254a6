"""The targets that a KPI had: which one held on which days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from desireline.model.kpi import HeldTarget, Kpi, Target, TargetSet


def with_history(fields: dict[str, Any], before: Kpi | None, now: dt.datetime) -> dict[str, Any]:
    """The fields of a KPI that is made or changed, with its target kept beside those before, if it is another one."""
    past = [] if before is None else history(before)
    if "target" not in fields or fields["target"] == (before.target if before else None):
        return fields
    target = fields["target"] if isinstance(fields["target"], Target) else None
    new = TargetSet(at=now, value=target and target.value, by=target and target.by)
    return {**fields, "targets": [*past, new]}


def history(kpi: Kpi) -> list[TargetSet]:
    """What was set, oldest first; what nobody noted was set when the KPI was last changed."""
    if kpi.targets or kpi.target is None:
        return kpi.targets
    return [TargetSet(at=kpi.changed, value=kpi.target.value, by=kpi.target.by)]


def held(kpi: Kpi, zone: str) -> list[HeldTarget]:
    """Which target held from which day to which, both included; of several that were set on a day, the last one."""
    last: Mapping[dt.date, TargetSet] = {one.at.astimezone(ZoneInfo(zone)).date(): one for one in history(kpi)}
    days = sorted(last)
    ends = [*(day - dt.timedelta(days=1) for day in days[1:]), *([None] if days else [])]
    return [
        HeldTarget(value=value, by=last[day].by, since=day, until=end)
        for day, end in zip(days, ends, strict=True)
        if (value := last[day].value) is not None
    ]


def is_past(target: Target | None, zone: str, now: dt.datetime) -> bool:
    """Whether the last day of a target is over, where the workspace is."""
    return target is not None and target.by is not None and target.by < now.astimezone(ZoneInfo(zone)).date()


def held_on(spans: Sequence[HeldTarget], target: Target | None, day: dt.date) -> Target | None:
    """The target that a figure of days up to this one is held against.

    It is the one that held on that day; before any was set it is the present one, as nobody meant another.
    """
    if not spans or day < spans[0].since:
        return target
    found = next((one for one in spans if one.since <= day and (one.until is None or day <= one.until)), None)
    return None if found is None else Target(value=found.value, by=found.by)
