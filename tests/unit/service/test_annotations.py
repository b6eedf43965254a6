"""Annotations: found by day and KPI; several may be called the same."""

import datetime as dt
from pathlib import Path

import pytest

from desireline.errors import BadQuestion, StaleDocument, UnknownDocument
from desireline.service.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "ws")
    for name, kind, day, until, kpis in (
        ("Sale", "campaign", "2026-03-20", "2026-03-27", []), ("Easter", "holiday", "2026-04-05", "2026-04-06", []),
        ("Easter", "holiday", "2025-04-20", None, []), ("Form 2.0", "release", "2026-03-27", None, ["k-1"]),
    ):  # fmt: skip
        made.annotations.create({"name": name, "kind": kind, "day": day, "until": until, "kpis": kpis})
    return made


def test_those_of_some_days_in_order(ws):
    def names(*days, **more):
        return [(one.name, one.day.year) for one in ws.annotations.between(*days, **more)]

    assert names() == [("Easter", 2025), ("Sale", 2026), ("Form 2.0", 2026), ("Easter", 2026)]
    assert names("2026-03-27", "2026-03-27") == [("Sale", 2026), ("Form 2.0", 2026)]
    assert names("2026-03-28", "2026-04-04") == []
    assert names("2026-03-27", "2026-03-27", kpi="k-2") == [("Sale", 2026)]
    assert names("2026-04-06") == [("Easter", 2026)]


def test_changed_by_who_saw_the_newest(ws):
    found = ws.annotations.get("Sale")
    longer = ws.annotations.change(found.id, {"revision": 1, "until": "2026-03-30"})
    assert (longer.until, longer.day) == (dt.date(2026, 3, 30), dt.date(2026, 3, 20))
    with pytest.raises(StaleDocument):
        ws.annotations.change(found.id, {"revision": 1, "name": "Spring sale"})
    for wrong in ({"until": "2026-03-01"}, {"kind": "party"}, {"day": None}):
        with pytest.raises(BadQuestion):
            ws.annotations.change(found.id, {"revision": 2, **wrong})
    with pytest.raises(BadQuestion):
        ws.annotations.between("soon")
    ws.annotations.remove(found.id)
    with pytest.raises(UnknownDocument):
        ws.annotations.get(found.id)


def test_an_action_has_one_of_a_kind(ws):
    for day in ("2026-05-01", "2026-05-02"):
        ws.annotations.put("action", "a-1", {"name": "Help page", "day": dt.date.fromisoformat(day)})
    ws.annotations.put("verdict", "a-1", {"name": "Help page", "day": dt.date(2026, 6, 1)})
    found = [(one.kind, one.day.day, one.revision) for one in ws.annotations.between("2026-05-01")]
    assert found == [("action", 2, 2), ("verdict", 1, 1)]
