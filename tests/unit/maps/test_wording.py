"""Durations, shares and counts as the three languages write them."""

import pytest

from desireline.maps import wording
from desireline.maps.prose import breakable
from desireline.model.question import Filters


@pytest.mark.parametrize(
    ("seconds", "english", "polish", "croatian"),
    [
        (0, "0 sec", "0 sek.", "0 s"),
        (0.27, "<1 sec", "<1 sek.", "<1 s"),
        (89.4, "89 sec", "89 sek.", "89 s"),
        (90, "1.5 min", "1,5 min", "1,5 min"),
        (597, "10 min", "10 min", "10 min"),
        (5400, "1.5 hr", "1,5 godz.", "1,5 h"),
        (2 * 86400, "2 days", "2 dni", "2 dana"),
        (5 * 86400, "5 days", "5 dni", "5 dana"),
        (86400 * 365, "12 mths", "12 mies.", "12 mj."),
        (86400 * 365.2425 * 2.5, "2.5 yrs", "2,5 roku", "2,5 g."),
    ],
)
def test_durations(seconds, english, polish, croatian):
    assert [wording.duration(language, seconds) for language in ("en", "pl", "hr")] == [english, polish, croatian]


@pytest.mark.parametrize(
    ("n", "polish", "croatian"),
    [
        (1, "1 osoba", "1 osoba"),
        (2, "2 osoby", "2 osobe"),
        (5, "5 osób", "5 osoba"),
        (12, "12 osób", "12 osoba"),
        (21, "21 osób", "21 osoba"),
        (22, "22 osoby", "22 osobe"),
        (101, "101 osób", "101 osoba"),
    ],
)
def test_plurals(n, polish, croatian):
    assert wording.counted("pl", n, "person") == polish
    assert wording.counted("hr", n, "person") == croatian


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (None, "–"),
        (0, "0%"),
        (0.0001, "<1%"),
        (0.005, "<1%"),
        (0.0051, "1%"),
        (0.9949, "99%"),
        (0.9999, ">99%"),
        (1, "100%"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_all(part, shown):
    assert wording.share("en", part) == shown


def test_filters_are_told():
    asked = Filters.model_validate(
        {"since": "2026-08-01", "channels": ["web", "e-mail"], "traits": {"age": ["45-54", "55-64"]}}
    )
    assert wording.filters("en", asked) == (
        "Only part of the data: from 1 Aug 2026; channels: web, e-mail; age: 45-54, 55-64"
    )
    assert wording.filters("en", Filters()) is None


def test_the_unknown_channel_is_our_word_and_others_are_not():
    assert wording.channel("pl", "unknown") == "kanał nieznany"
    assert wording.channel("pl", "unknown shop") == "unknown shop"


def test_long_names_break_and_numbers_do_not():
    assert breakable("1.5 days at 10:30") == "1.5 days at 10:30"
    assert breakable("x" * 40).replace("\u200b", "") == "x" * 40
    assert max(map(len, breakable("x" * 40).split("\u200b"))) <= 19
