"""A fictitious map: five stages, twelve touchpoints and one that stands nowhere. Also the source of cases/map."""

import datetime as dt

from desireline.maps.draw import draw
from desireline.model.definition import Definition
from desireline.model.map import ChannelSwitch, MapDocument, Measurements, StageMeasure, TouchpointMeasure, switch_cell
from desireline.model.question import Filters

StageRow = tuple[str, int, int, list[int], int, int, float | None, list[tuple[str, str, int]]]

DAY = dt.datetime(2026, 10, 31, 17, 40, 12, tzinfo=dt.UTC)

TOUCHPOINTS: list[tuple[str, str, str | None, int, int, int]] = [
    # name, channel, stage, people, events, days since the last event
    ("Search result", "search", "Search result", 29880, 51204, 0),
    ("Catalogue by post", "post", "Search result", 10120, 10120, 12),
    ("Friend's word", "word of mouth", "Search result", 18, 19, 5),
    ("Product page", "web", "Product page", 17530, 60218, 0),
    ("Store visit", "store", "Product page", 3940, 5127, 0),
    ("Call centre", "phone", "Product page", 1990, 2544, 1),
    ("Basket", "web", "Basket", 9480, 15310, 0),
    ("Payment", "web", "Basket", 6610, 7902, 0),
    ("Display in the store", "store", "Basket", 1204, 1688, 2),
    ("Parcel locker", "parcel locker", "Parcel locker", 3410, 3502, 0),
    ("Newsletter", "e-mail", "Newsletter", 1870, 9416, 3),
    ("Review written", "web", "Newsletter", 402, 431, 120),
    ("Loyalty card", "store", "Newsletter", 0, 0, 0),
    ("Cookie banner", "web", None, 30112, 30112, 0),
]

STAGES: list[StageRow] = [
    # name, people, events, onward by stage, open, loops, median seconds, switches
    ("Search result", 38240, 61343, [0, 17904, 1210, 0, 84], 2310, 2117, 93780.0,
     [("search", "web", 14310), ("post", "store", 2088), ("post", "phone", 611)]),
    ("Product page", 21904, 67889, [0, 0, 9102, 306, 112], 1730, 3380, 5_460.0,
     [("web", "store", 1944), ("phone", "web", 1120), ("store", "web", 871)]),
    ("Basket", 11318, 24900, [0, 0, 0, 2904, 820], 640, 1120, 183_000.0,
     [("web", "parcel locker", 2610), ("web", "phone", 214)]),
    ("Parcel locker", 3410, 3502, [0, 0, 0, 0, 996], 188, 0, 1_209_600.0, [("parcel locker", "e-mail", 877)]),
    ("Newsletter", 2140, 9847, [0, 0, 0, 0, 0], 412, 0, None, [("e-mail", "web", 9)]),
]  # fmt: skip


def definition() -> Definition:
    """What the fictitious shop defined."""
    return Definition.model_validate(
        {
            "version": 3,
            "origin": "proposed",
            "coherence": 0.71,
            "stages": [{"name": s[0]} for s in STAGES],
            "touchpoints": [
                {
                    "name": name,
                    "channel": channel,
                    "stage": stage,
                    "match": [{"name": name, "channel": channel}],
                    "caveat": "known_only_with_purchase" if name == "Display in the store" else None,
                }
                for name, channel, stage, *_ in TOUCHPOINTS
            ],
            "goals": [{"name": "First purchase", "touchpoints": ["Payment", "Parcel locker"]}],
        }
    )


def measurements() -> Measurements:
    """Figures out of thin air that add up."""
    return Measurements(
        grain="person",
        filters=Filters(),
        people_in_scope=48210,
        events=199_593,
        outside_definition=2000,
        first=dt.datetime(2026, 8, 1, 6, 2, 0, tzinfo=dt.UTC),
        last=DAY,
        until=DAY,
        goal_people=6702,
        stages=[_stage(k, s) for k, s in enumerate(STAGES, 1)],
        touchpoints=[
            TouchpointMeasure(
                people=people, events=events, channels=[channel] if events else [], last=_ago(days) if events else None
            )
            for _, channel, _, people, events, days in TOUCHPOINTS
        ],
        cut=[],
        drilldown="eNoDAAAAAAE",
    )


def sample() -> MapDocument:
    """The map of it."""
    return draw(
        definition(), measurements(), "First purchase (fictitious figures)", "First purchase",
        dt.datetime(2026, 11, 2, 8, 0, 0, tzinfo=dt.UTC),
    )  # fmt: skip


def _ago(days: int) -> dt.datetime:
    return DAY - dt.timedelta(days=days)


def _stage(k: int, row: StageRow) -> StageMeasure:
    _, people, events, onward, still_open, loops, median, switches = row
    return StageMeasure(
        people=people,
        events=events,
        goes_on=sum(onward),
        dropped=people - sum(onward) - still_open,
        open=still_open,
        loops=loops,
        onward=onward,
        median_seconds_to_later=median,
        channel_switches=[ChannelSwitch(from_=a, to=b, people=n, cell=switch_cell(k, a, b)) for a, b, n in switches],
        last=DAY,
    )
