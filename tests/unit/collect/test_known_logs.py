"""Real event logs and their published figures."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.unit.collect.files import taken

CHAIN = {
    "A_SUBMITTED": 13_087, "A_PREACCEPTED": 7_367, "A_ACCEPTED": 5_113, "O_SENT": 5_015, "O_SENT_BACK": 3_254,
    "A_APPROVED": 2_246,
}  # fmt: skip


@pytest.fixture(scope="module")
def bpic(data: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return taken(data / "bpic2012_loan_application" / "bpic2012.xes.gz")


def test_bpic_2012(bpic: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    events, rejects = bpic
    assert rejects == []
    assert len(events) == 262_200
    cases = {e["case_id"] for e in events}
    assert len(cases) == 13_087
    assert {(i["type"], i["value"].split(":")[0]) for e in events for i in e["identifiers"]} == {("case", "src")}
    reached: dict[str, set[str]] = defaultdict(set)
    for e in events:
        reached[e["name"]].add(e["case_id"])
    assert len(reached) == 24
    assert {name: len(reached[name]) for name in CHAIN} == CHAIN
    assert len({(e["name"], json.loads(e["properties"])["lifecycle:transition"]) for e in events}) == 36


def test_bpic_2012_variants_keep_the_order_of_arrival(bpic: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    traces: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for at, e in enumerate(bpic[0]):
        traces[e["case_id"]].append((e["time"], at, e["name"]))
    assert len({tuple(name for *_, name in sorted(t)) for t in traces.values()}) == 4_366


@pytest.fixture(scope="module", params=["receipt.csv", "08_receipt.xes.gz"])
def receipt(data: Path, request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    events, rejects = taken(data / "receipt_permit_multichannel" / request.param)
    assert rejects == []
    return events


def test_receipt(receipt: list[dict[str, Any]]) -> None:
    assert len(receipt) == 8_577
    assert len({e["name"] for e in receipt}) == 27
    channels = {e["case_id"]: e["channel"] for e in receipt}
    assert len(channels) == 1_434
    assert Counter(channels.values()) == {"Internet": 1_250, "Desk": 109, "Post": 53, "e-mail": 21, "Intern": 1}
    assert Counter(e["channel"] for e in receipt) == {
        "Internet": 7_478,
        "Desk": 657,
        "Post": 308,
        "e-mail": 128,
        "Intern": 6,
    }


def test_receipt_times(receipt: list[dict[str, Any]]) -> None:
    times: dict[str, list[int]] = defaultdict(list)
    channels = {e["case_id"]: e["channel"] for e in receipt}
    for e in receipt:
        times[e["case_id"]].append(e["time"])
    hours: dict[str, list[float]] = defaultdict(list)
    for case, t in times.items():
        hours[channels[case]].append((max(t) - min(t)) / 3.6e9)
    expected = {"Internet": 0.524, "Desk": 18.755, "Post": 97.363, "e-mail": 0.579, "Intern": 23.260}
    assert {c: round(median(h), 3) for c, h in hours.items()} == expected


def test_the_export_of_a_log_reads_as_the_log(data: Path) -> None:
    folder = data / "receipt_permit_multichannel"

    def seen(name: str) -> set[tuple[Any, ...]]:
        return {(e["case_id"], e["name"], e["channel"], e["time"]) for e in taken(folder / name)[0]}

    assert seen("receipt.csv") == seen("08_receipt.xes.gz")
