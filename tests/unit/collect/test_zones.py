"""Wall-clock times to UTC agree with the standard library, second by second around every change of clocks."""

# ruff: noqa: DTZ001 - wall-clock times are the subject

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.collect.zones import check_zone, to_utc
from desireline.errors import BadMapping

EPOCH = dt.datetime(1970, 1, 1)
MICRO = dt.timedelta(microseconds=1)
ZONES = [
    "Europe/Zagreb",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Tehran",
]


def by_the_book(wall: dt.datetime, zone: str) -> int:
    return (wall.replace(tzinfo=ZoneInfo(zone)) - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // MICRO


@given(wall=st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2262, 4, 1)), zone=st.sampled_from(ZONES))
def test_any_time(wall: dt.datetime, zone: str) -> None:
    assert to_utc(np.array([(wall - EPOCH) // MICRO]), zone)[0] == by_the_book(wall, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_every_half_hour_of_some_years(zone: str) -> None:
    for year in (1916, 1945, 1983, 2010, 2024):
        walls = [dt.datetime(year, 1, 1) + dt.timedelta(minutes=30 * i) for i in range(366 * 48)]
        got = to_utc(np.array([(w - EPOCH) // MICRO for w in walls]), zone)
        assert got.tolist() == [by_the_book(w, zone) for w in walls]


@pytest.mark.parametrize("name", ["", "Europe/Atlantis", "../secret", "/etc/passwd", "x\0y"])
def test_zones_that_do_not_exist(name: str) -> None:
    with pytest.raises(BadMapping, match="zone"):
        check_zone(name)
