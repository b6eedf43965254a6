"""XES by hand: typed attributes, nesting, attributes after events, lines, namespaces."""

import gzip
import json
from pathlib import Path

import pytest

from desireline.collect.mapping_file import read_mapping
from desireline.collect.table import Limits
from desireline.errors import EmptyFile
from tests.unit.collect.files import taken, write

EVENT = '<string key="concept:name" value="{}"/><date key="time:timestamp" value="2017-03-01T10:00:00.000+01:00"/>'
LOG = f"""<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/">
 <string key="concept:name" value="the log's own"/>
 <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
 <trace>
  <event>
   {EVENT.format("A &amp; B")}
   <int key="n" value="3"/><float key="x" value="0.5"/><boolean key="ok" value="true"/>
   <string value="turned" key="order"/>
   <string key="outer" value="o"><int key="inner" value="4"/></string>
   <list key="items"><values><string key="item" value="i"/></values></list>
  </event>
  <event>{EVENT.format("C")}<string key="lifecycle:transition" value="start"/></event>
  <string key="concept:name" value="case 1"/>
  <string key="channel" value="shop"/>
 </trace>
 <trace><string key="concept:name" value="case 2"/></trace>
 <trace><string key="concept:name" value="case 3"/><event>{EVENT.format("D")}<string key="channel" value="web"/>
 </event></trace>
</log>"""


@pytest.mark.parametrize("rows", [1, 2, 100])
@pytest.mark.parametrize("packed", [False, True])
def test_a_log(tmp_path: Path, rows: int, packed: bool) -> None:
    content = gzip.compress(LOG.encode()) if packed else LOG.encode()
    path = write(tmp_path, "log.xes.gz" if packed else "log.xes", content)
    events, rejects = taken(path, limits=Limits(batch_rows=rows))
    assert rejects == []
    shown = [(e["name"], e["channel"], e["case_id"], e["line"], e["identifiers"][0]["value"]) for e in events]
    assert shown == [
        ("A & B", "shop", "case 1", 6, "src:case 1"),
        ("C", "shop", "case 1", 13, "src:case 1"),
        ("D", "web", "case 3", 18, "src:case 3"),
    ]
    assert json.loads(events[0]["properties"]) == {
        "n": 3, "x": 0.5, "ok": True, "order": "turned", "outer": "o", "outer.inner": 4, "items.item": "i",
    }  # fmt: skip
    assert [json.loads(e["properties"]).get("lifecycle:transition") for e in events] == [None, "start", None]


def test_a_person_beside_the_case(tmp_path: Path) -> None:
    text = LOG.replace('<string key="channel" value="shop"/>', '<string key="customer" value="77"/>')
    mapping = read_mapping(
        {
            "person": [{"column": "case:customer"}, {"column": "case:concept:name", "type": "case"}],
            "time": {"column": "time:timestamp"},
            "event": {"template": "{concept:name} {lifecycle:transition}"},
            "case": "case:concept:name",
        }
    )
    events, _ = taken(write(tmp_path, "log.xes", text), mapping=mapping)
    assert [[i["value"] for i in e["identifiers"]] for e in events] == [["77", "src:case 1"]] * 2 + [["src:case 3"]]
    assert [e["name"] for e in events] == ["A & B", "C start", "D"]


def test_events_without_a_name_or_time(tmp_path: Path) -> None:
    text = LOG.replace("<event>" + EVENT.format("C"), '<event><string key="concept:name" value="C"/>')
    text = text.replace(f"{EVENT.format('D')}", EVENT.split("/>")[1] + "/>")
    events, rejects = taken(write(tmp_path, "log.xes", text))
    assert [e["name"] for e in events] == ["A & B"]
    assert [(r["line"], r["reason"]) for r in rejects] == [(13, "no_time"), (18, "no_name")]
    assert json.loads(rejects[1]["raw"])["case:concept:name"] == "case 3"


def test_a_log_without_events(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile):
        taken(write(tmp_path, "log.xes", '<log><trace><string key="concept:name" value="1"/></trace></log>'))
