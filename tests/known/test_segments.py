"""Segments of the households of The Complete Journey equal what DuckDB counts in the lake."""

import pytest

from desireline.service.workspace import Workspace
from desireline.store import lake

JSON = "TRY_CAST(json_extract_string(properties, '$.{}') AS DOUBLE)"
ITEMS, DISCOUNT = JSON.format("items"), JSON.format("retail_discount")

NEAR = """SELECT count(DISTINCT who) FROM (
    SELECT z.who, z.arrival FROM e z JOIN e s ON s.who = z.who AND (s.time, s.arrival) {order} (z.time, z.arrival)
    AND abs(s.time - z.time) <= {days} * 86400000000 AND s.name = '{step}' AND {where} WHERE z.name = '{anchor}'
    GROUP BY ALL HAVING count(*) BETWEEN {least} AND {most})"""


def counted(workspace: Workspace, sql: str) -> int:
    events = lake.events(workspace.places.events).sql()
    told = f"WITH e AS (SELECT *, id_hash AS who FROM {events} WHERE kind = 'event') {sql}"
    return int(lake.query(told).columns[0][0].as_py())


@pytest.mark.parametrize(
    ("where", "sql"),
    [
        ("property.items >= 50", f"{ITEMS} >= 50"),
        ("value > 100 and not property.items > 60", f"value > 100 AND NOT coalesce({ITEMS} > 60, false)"),
        ('property.departments contains "deli"', "json_extract_string(properties, '$.departments') ILIKE '%deli%'"),
        ('property.departments matches "^.{2}(GROCERY|DELI)\\""',
         "regexp_matches(json_extract_string(properties, '$.departments'), '^.{2}(GROCERY|DELI)\\\"')"),
        ("property.retail_discount < 0.5 and property.coupon_discount > 0",
         f"{DISCOUNT} < 0.5 AND {JSON.format('coupon_discount')} > 0"),
        ('property.campaign_type in ("Type A", "Type C")',
         "json_extract_string(properties, '$.campaign_type') IN ('Type A', 'Type C')"),
        ('channel = "store" and value missing', "channel = 'store' AND value IS NULL"),
    ],
)  # fmt: skip
def test_events_by_property(households: Workspace, where: str, sql: str) -> None:
    found = households.check_segment({"of": "events", "where": where})
    assert found.events == counted(households, f"SELECT count(*) FROM e WHERE {sql}") > 0
    assert found.people == counted(households, f"SELECT count(DISTINCT who) FROM e WHERE {sql}")


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        ('did "Coupon redeemed" at least 2 times within 30d after "Mailing"',
         {"step": "Coupon redeemed", "anchor": "Mailing", "order": ">", "days": 30, "least": 2, "most": 10**6}),
        ('did "Basket" at least 3 times at most 4 times within 7d before "Coupon redeemed"',
         {"step": "Basket", "anchor": "Coupon redeemed", "order": "<", "days": 7, "least": 3, "most": 4}),
        ('did "Basket" where (property.items > 40) within 2d before "Coupon redeemed"',
         {"step": "Basket", "anchor": "Coupon redeemed", "order": "<", "days": 2, "least": 1, "most": 10**6,
          "where": f"{ITEMS.replace('properties', 's.properties')} > 40"}),
    ],
)  # fmt: skip
def test_people_by_behaviour(households: Workspace, where: str, asked: dict[str, object]) -> None:
    expected = counted(households, NEAR.format(**{"where": "true", **asked}))
    assert households.check_segment({"where": where}).people == expected > 0


def test_people_by_trait(households: Workspace) -> None:
    having = "id_hash IN (SELECT who FROM e) AND kind = 'traits' AND json_extract_string(properties, '$.age') = '65+'"
    events = lake.events(households.places.events).sql()
    expected = counted(households, f"SELECT count(DISTINCT id_hash) FROM {events} WHERE {having}")
    assert households.check_segment({"where": 'trait.age = "65+"'}).people == expected > 0
