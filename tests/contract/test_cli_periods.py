"""Sessions, retention and channel switches on the command line: what programs rely on, worked out by hand."""

import datetime as dt
from pathlib import Path

import pytest

from tests.commands import desireline_command, series

OVER = ("--today", "2024-01-14")
"""A Sunday: the second week is over with it."""


def ask(workspace: Path, *arguments: str) -> dict:
    done = desireline_command(*arguments, "--json", workspace=workspace)
    assert done.code == 0, done.err
    return done.json


def test_sessions(visits: Path) -> None:
    # p1–p10 and p21–p25 one session each; p11–p16 three of one event, p17–p20, p26–p28 and p29 two, p30 one.
    told = ask(visits, "sessions", "--gap", "30m")
    assert (told["sessions"], told["bounced"], told["people_with_sessions"]) == (50, 35, 30)
    # Ten minutes from visit to basket are no longer than the gap; twenty to the order are.
    told = ask(visits, "sessions", "--gap", "10m", "--by", "channel")
    assert (told["sessions"], told["bounced"]) == (60, 45)
    groups = {g["name"]: (g["sessions"], g["bounced"]) for g in told["groups"]}
    assert groups == {"web": (40, 25), "store": (17, 17), "phone": (3, 3)}


def test_a_gap_of_its_own_for_a_channel(visits: Path) -> None:
    # The call's own gap joins the visit four hours later to it: p26–p28 have one session each.
    told = ask(visits, "sessions", "--gap-of", "phone=4h")
    assert (told["sessions"], told["bounced"]) == (47, 29)


def test_retention(visits: Path) -> None:
    told = ask(visits, "retention", "--period", "week", *OVER)
    assert [(c["start"], c["people"], c["returned"][:3]) for c in told["cohorts"]] == [
        ("2024-01-01", 29, [29, 6, None]), ("2024-01-08", 1, [1, None, None]),
    ]  # fmt: skip
    assert {len(c["returned"]) for c in told["cohorts"]} == {13}
    assert (told["overall"][1]["people"], told["overall"][1]["returned"]) == (29, 6)
    unfinished = ask(visits, "retention", "--period", "week")
    assert [c["returned"][:2] for c in unfinished["cohorts"]] == [[29, None], [None, None]]


def test_retention_with_a_return_of_its_own(visits: Path) -> None:
    told = ask(visits, "retention", "--period", "day", "--periods", "2", "--start", "Visit", "--returning", "Basket")
    assert {c["start"]: (c["people"], c["returned"]) for c in told["cohorts"] if c["people"]} == {
        "2024-01-01": (10, [10, 0, 0]), "2024-01-02": (10, [0, 10, 0]), "2024-01-05": (5, [0, 0, 0]),
        "2024-01-06": (3, [0, 0, 0]), "2024-01-07": (1, [0, 0, 0]),
    }  # fmt: skip
    brackets = ask(visits, "retention", "--period", "day", "--mode", "bracketed", "--brackets", "1,4")
    assert [r["label"] for r in brackets["overall"]] == ["0", "1–3"]


def test_lifecycle_and_stickiness(visits: Path) -> None:
    first, second = ask(visits, "lifecycle", *OVER)["periods"]
    assert [first[kind] for kind in ("new", "returning", "resurrecting", "dormant")] == [29, 0, 0, 0]
    assert [second[kind] for kind in ("new", "returning", "resurrecting", "dormant")] == [1, 6, 0, 23]
    assert ask(visits, "lifecycle")["periods"][1]["dormant"] is None
    told = ask(visits, "stickiness")
    assert (told["start"], told["mature"]) == ("2024-01-01", True)
    assert [bar["people"] for bar in told["bars"]] == [19, 10, 0, 0, 0, 0, 0]


def test_switches(visits: Path) -> None:
    told = ask(visits, "switches", "--goal", "Order")
    pairs = {(s["from"], s["to"]): (s["count"], s["people"], s["median_seconds"]) for s in told["switches"]}
    assert pairs == {
        ("web", "store"): (10, 10, 86_400),
        ("phone", "web"): (3, 3, 14_400),
        ("store", "web"): (1, 1, 3600),
    }
    assert [(c["channels"], c["people"]) for c in told["channels"]] == [(1, 16), (2, 14)]
    assert {tuple(m["channels"]): (m["people"], m["reached"]) for m in told["mixes"]} == {
        ("web",): (16, 10), ("store", "web"): (11, 7), ("phone", "web"): (3, 0),
    }  # fmt: skip


def test_the_people_behind_a_number(visits: Path) -> None:
    told = ask(visits, "retention", *OVER)
    page = ask(visits, "people", "list", "--drill", told["drilldown"], "--cell", "returned:[0,1]")
    assert {row["person"] for row in page["people"]} == {f"customer_id:p{k}" for k in range(11, 17)}


@pytest.mark.parametrize(
    "command",
    [
        ("sessions", "--gap", "soon"), ("sessions", "--gap-of", "phone"), ("sessions", "--gap-of", "fax=1h"),
        ("retention", "--brackets", "1,3"), ("retention", "--mode", "bracketed", "--brackets", "3,x"),
        ("retention", "--start", "Nothing"), ("lifecycle", "--event", "Nothing"), ("switches", "--topic", "weather"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(visits: Path, command: tuple[str, ...]) -> None:
    done = desireline_command(*command, workspace=visits)
    assert (done.code != 0, done.out) == (True, "")
    assert done.err.strip()


def test_tables_are_in_the_readers_language(visits: Path) -> None:
    commands = [(name,) for name in ("sessions", "retention", "lifecycle", "stickiness", "switches")]
    for language, words in (
        ("pl", ["wizyt", "Kohorta", "Nowi", "W ilu dniach", "Z powtórką"]),
        ("hr", ["posjeta", "Kohorta", "Novi", "U koliko dana", "S ponavljanjem"]),
    ):
        ran = series(*((("--language", language, *c)) for c in commands), workspace=visits)
        assert [(r.code, word in r.out) for r, word in zip(ran, words, strict=True)] == [(0, True)] * 5


def test_a_share_that_is_not_known_yet_is_a_dash(visits: Path) -> None:
    shown = desireline_command("retention", "--periods", "1", workspace=visits).out
    week = next(line for line in shown.splitlines() if "29" in line and "2024" in line)
    assert week.split()[-2:] == ["100%", "–"]
    assert dt.date(2024, 1, 1).isoformat() not in shown
