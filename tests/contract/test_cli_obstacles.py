"""Obstacles on the command line, from a file to the people behind a number, counted by hand."""

import json
from pathlib import Path

from desireline.service.workspace import Workspace
from tests.commands import series

ROWS = """person_id,timestamp,event,channel,element
ada,2024-01-01T10:00:05.100Z,Pay,web,#pay
ada,2024-01-01T10:00:05.400Z,Pay,web,#pay
ada,2024-01-01T10:00:05.900Z,Pay,web,#pay
bo,2024-01-01T10:00:05.100Z,Pay,web,#pay
bo,2024-01-02T10:00:05.300Z,Call us,phone,
bo,2024-01-05T10:00:05.300Z,Call us,phone,
cy,2024-01-20T10:00:05.300Z,Page,web,
"""


def test_obstacles(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text(ROWS)
    home = tmp_path / "ws"
    asked = ("obstacles", "--kind", "rage_click", "--kind", "repeat_contact")
    _, told, read, refused = series(
        ("import", tmp_path / "events.csv", "--source", "shop", "--preset", "generic"), (*asked, "--json"),
        ("--language", "pl", *asked), ("obstacles", "--kind", "luck"), workspace=home,
    )  # fmt: skip
    found = json.loads(told.out)["obstacles"]
    figures = ("kind", "touchpoint", "channel", "count", "people", "of", "share")
    assert sorted(tuple(o[f] for f in figures) for o in found) == [
        ("rage_click", "Pay", "web", 1, 1, 2, 0.5), ("repeat_contact", "Call us", "phone", 1, 1, 1, 1.0),
    ]  # fmt: skip
    rage = next(o for o in found if o["kind"] == "rage_click")
    assert rage["sentence"] == (
        "“Pay” (web): the same thing clicked three times or more within a second; 1 of 2 people (50.0%)."
    )
    assert "„Pay” (web)" in read.out
    assert (refused.code != 0, "luck" in refused.err) == (True, True)
    answer = Workspace(home).obstacles(kinds=["rage_click"])
    assert answer.people(rage["cell"]).total == 1
    assert answer.people(rage["cell"]).people == answer.people(rage["examples"][0]).people
