"""Attribution, durations and micro-conversions on the command line: fields of the JSON, headings, refusals."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.commands import desireline_command, series
from tests.contract.conftest import CASES

TABLE = "path;total_conversions;total_conversion_value;total_null\nC1 > C2 > C3;1;5;0\nC1;0;0;1\nC2 > C3;0;0;1\n"
HEADINGS = {"en": "Credit, not cause.", "pl": "Zasługa, nie przyczyna.", "hr": "Zasluga, ne uzrok."}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "paths.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def touches_before_orders() -> tuple[Counter[str], Counter[str], int]:
    """First and last channel before each order, read from the file itself, and how many orders there are."""
    with (CASES / "events.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    events = defaultdict(list)
    for place, row in enumerate(rows):
        events[row["person_id"]].append((row["timestamp"], place, row["event"], row["channel"]))
    first, last, orders = Counter[str](), Counter[str](), 0
    for mine in events.values():
        path: list[str] = []
        for _, _, name, channel in sorted(mine):
            if name == "Order":
                orders += 1
                first.update(path[:1])
                last.update(path[-1:])
                path = []
            elif channel:
                path.append(channel)
    return first, last, orders


def test_attribution(visits: Path) -> None:
    told = desireline_command("attribution", "--goal", "Order", "--json", workspace=visits).json
    first, last, orders = touches_before_orders()
    assert told["conversions"] == orders
    assert list(told["models"]) == [
        "first", "last", "last_non_direct", "linear", "time_decay", "position", "markov", "shapley",
    ]  # fmt: skip
    assert {c: x for c, x in told["models"]["first"].items() if x} == dict(first)
    assert {c: x for c, x in told["models"]["last"].items() if x} == dict(last)
    for model, credit in told["models"].items():
        assert sum(credit.values()) == pytest.approx(orders - told["unattributed"])
        for channel, (low, high) in told["intervals"][model].items():
            assert 0 <= low <= high <= orders, (model, channel)


def test_one_model_and_no_intervals(visits: Path) -> None:
    told = desireline_command(
        "attribution",
        "--goal",
        "Order",
        "--model",
        "markov",
        "--order",
        2,
        "--no-intervals",
        "--json",
        workspace=visits,
    ).json
    assert list(told["models"]) == ["markov"]
    assert (told["order"], told["intervals"]) == (2, {})


def test_attribution_of_a_table_of_paths(table: Path, tmp_path: Path) -> None:
    told = desireline_command("attribution", "--paths", table, "--json", workspace=tmp_path / "none").json
    assert told["models"]["markov"] == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4}, abs=1e-12)
    assert (told["conversions"], told["nulls"]) == (1, 2)
    value = desireline_command(
        "attribution", "--paths", table, "--credit", "value", "--model", "linear", "--json", workspace=tmp_path / "none"
    ).json
    assert value["models"]["linear"] == pytest.approx(dict.fromkeys(("C1", "C2", "C3"), 5 / 3))
    assert not (tmp_path / "none").exists()


def test_text_is_headed_in_every_language(visits: Path, table: Path) -> None:
    asked = [("--goal", "Order"), ("--goal", "Order", "--model", "markov", "--within", "30d"), ("--paths", table)]
    for language, heading in HEADINGS.items():
        lines = [("--language", language, "attribution", *more) for more in asked]
        lines += [("--language", language, "micro-conversions", "--goal", "Order")]
        lines += [("--language", language, "durations", "--from", "Visit", "--to", "Order", "--by", "channel")]
        done = series(*lines, workspace=visits)
        for line, one in zip(lines, done, strict=True):
            assert one.code == 0, f"{line}: {one.err}"
            assert "cli." not in one.out, line
        assert all(one.out.startswith(heading) for one in done[:3])


NO_SENSE = [
    (),
    ("--goal", "Order", "--paths", "x.csv"),
    ("--paths", "x.csv", "--channel", "web"),
    ("--goal", "Order", "--order", 4),
]


@pytest.mark.parametrize("more", NO_SENSE)
def test_command_lines_that_make_no_sense(visits: Path, more: tuple[object, ...]) -> None:
    assert desireline_command("attribution", *more, workspace=visits).code == 2


def test_a_bad_row_is_told_by_its_line(table: Path, visits: Path) -> None:
    table.write_text(TABLE + "C1;one;0;0\n", encoding="utf-8")
    done = desireline_command("attribution", "--paths", table, workspace=visits)
    assert done.code != 0
    assert "bad_path_row" in done.err
    assert "5" in done.err


def test_durations_of_those_still_on_the_way(visits: Path) -> None:
    told = desireline_command("durations", "--from", "Visit", "--to", "Order", "--json", workspace=visits).json
    assert told["censored"] == told["entered"] - told["n"] == 13
    assert told["share"] <= told["survival"]["share_reached"] <= 1
    assert told["curve"][-1]["reached"] == told["survival"]["share_reached"]
    short = desireline_command(
        "durations", "--from", "Visit", "--to", "Order", "--horizon", "30m", "--by", "trait.segment", "--json",
        workspace=visits,
    ).json  # fmt: skip
    assert short["n"] < told["n"]
    assert sum(g["entered"] for g in short["groups"]) == told["entered"]


def test_micro_conversions(visits: Path) -> None:
    asked = ("micro-conversions", "--goal", "Order", "--name", "Basket")
    answer, table = series((*asked, "--json"), asked, workspace=visits)
    told = answer.json
    funnel = desireline_command("funnel", "--steps", "Basket,Order", "--json", workspace=visits).json
    (row,) = told["rows"]
    assert told["naive"] is True
    assert (row["name"], row["people"]) == ("Basket", funnel["steps"][0]["people"])
    assert row["converted_with"] + row["converted_without"] == told["converted"]
    assert row["hazard"]["ratio"] is None or f"× {row['hazard']['ratio']:.2f} (" in table.out
    assert (row["influence"]["estimate"], "too few" in table.out) == (None, True)  # thirty people
