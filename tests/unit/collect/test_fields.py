"""Times, identifiers, numbers and channels by the text pairs in tests/cases/collect."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
import yaml

from desireline.collect.mapping import read_events
from desireline.collect.sql import columns_of, positional
from desireline.collect.table import RawBatch
from desireline.collect.times import TimeReader
from desireline.model.mapping import Mapping, TimeMapping
from desireline.store.sql import connect
from tests.cases.reader import Case, cases

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
BASE = {"person": [{"column": "who"}], "time": {"column": "when"}, "event": {"constant": "x"}}
GOOD = {"who": "7", "when": "2017-03-01T10:00:00Z"}


def listed(name: str) -> list[object]:
    found = [pytest.param(c, id=f"{c.place} {c.given!r}") for c in cases(f"collect/{name}.txt")]
    assert found
    return found


def read(row: dict[str, str | None], **mapping: object) -> tuple[dict[str, object] | None, dict[str, object] | None]:
    """The event or the reject that one row becomes."""
    batch = RawBatch(pa.table({k: pa.array([v], pa.string()) for k, v in row.items()}), np.array([2]))
    events, rejects = read_events(batch, Mapping.model_validate({**BASE, **mapping}), source="src")
    assert events.num_rows + rejects.num_rows == 1
    return (events.to_pylist() or [None])[0], (rejects.to_pylist() or [None])[0]


@pytest.mark.parametrize("case", listed("times"))
def test_times(case: Case) -> None:
    formats = case.settings["format"].split(" | ")
    mapping = TimeMapping.model_validate(
        {
            "column": "t",
            "format": formats if len(formats) > 1 else formats[0],
            "zone": case.settings["zone"],
            "date_only": case.settings["date_only"],
        }
    )
    table = pa.table({"t": [case.given]})
    reader = TimeReader(mapping, case.settings["zone"], case.settings["order"])  # type: ignore[arg-type]
    row = reader.read(connect(files=False), positional(table), columns_of(table)["t"]).to_pylist()[0]
    if row["reason"]:
        assert row["reason"] == case.expected
        assert row["time"] is None
        return
    moment = (EPOCH + dt.timedelta(microseconds=row["time"])).isoformat().removesuffix("+00:00")
    assert f"{moment} {row['precision']} {row['zone']}" == case.expected


@pytest.mark.parametrize("case", listed("identifiers"))
def test_identifiers(case: Case) -> None:
    kind = case.settings["type"]
    event, reject = read({**GOOD, "who": case.given}, person=[{"column": "who", "type": kind}])
    if case.expected == "none":
        assert event is None
        assert reject is not None
        assert reject["reason"] == "no_person"
    else:
        assert event is not None
        assert event["identifiers"] == [{"type": kind, "value": case.expected}]


@pytest.mark.parametrize("case", listed("numbers"))
def test_numbers(case: Case) -> None:
    number = {"column": "n", "decimal": case.settings["decimal"]}
    for field in ("value", "score"):
        event, reject = read({**GOOD, "n": case.given}, **{field: number})
        if case.expected == "bad":
            assert reject is not None
            assert (reject["reason"], reject["detail"]) == ("bad_value", case.given)
        else:
            assert event is not None
            assert event[field] == (None if case.expected == "-" else float(case.expected))


@pytest.mark.parametrize("case", listed("channels"))
def test_channels(case: Case) -> None:
    name, _, where = case.given.partition("@")
    row = {**GOOD, "what": name.strip(), "where": where}
    event, _ = read(row, event={"column": "what"}, channel=yaml.safe_load(case.settings["mapping"]))
    assert event is not None
    assert event["channel"] == case.expected
