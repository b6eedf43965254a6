"""Ad-hoc SQL, and the SQL that answers like the questions."""

import pytest

from desireline.errors import BadSql
from desireline.service.workspace import Workspace

pytestmark = pytest.mark.usefixtures("households")

TOUCHED = ["Mailing", "Coupon redeemed"]
SUMMER = {"since": "2017-03-01", "until": "2017-08-31"}


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("funnel", {"steps": TOUCHED, "by_event_name": True}),
        (
            "funnel",
            {"steps": [*TOUCHED, TOUCHED[1]], "within": "30d", "by_event_name": True},
        ),
        (
            "funnel",
            {"steps": TOUCHED, "by_event_name": True, "filters": SUMMER},
        ),
        ("transitions", {"by_event_name": True}),
        ("transitions", {"collapse": True, "top": 3}),
        ("variants", {"top": 5, "by_event_name": True}),
        ("sessions", {"gap": "12h", "by_event_name": True}),
    ],
)
def test_sql_gives_the_same_answer(households: Workspace, question: str, fields: dict[str, object]) -> None:
    told = households.code(question, fields).sql
    assert told is not None
    result = households.ask(question, fields)
    found = households.sql(told).to_pylist()
    if question == "sessions":
        assert found == [{"sessions": result.sessions, "bounced": result.bounced}]
        return
    rows = [row.model_dump(by_alias=True) for row in getattr(result, result.table)]
    assert found
    assert [plain(row, found[0]) for row in found] == [plain(row, found[0]) for row in rows]


def plain(row: dict[str, object], named: dict[str, object]) -> list[object]:
    """The cells of a row that SQL names too, times to a microsecond."""
    cells = [row[name] for name in named if name != "step"]
    return [round(cell, 6) if isinstance(cell, float) else cell for cell in cells]


def test_what_sql_cannot_say_briefly_is_not_said(households: Workspace) -> None:
    assert households.code("funnel", {"steps": TOUCHED, "order": "strict"}).sql is None
    assert households.code("variants", {"grain": "journey"}).sql is None


def test_the_views_hold_what_the_status_says(households: Workspace) -> None:
    status = households.status()
    (counted,) = households.sql("SELECT count(*) AS events, count(DISTINCT person) AS people FROM events").to_pylist()
    assert counted == {"events": status.events, "people": status.people}
    homes = households.sql("SELECT count(*) AS n FROM people WHERE home_ownership IS NOT NULL").to_pylist()
    having = households.generation().traits.to_pylist()
    assert homes == [{"n": sum(t["name"] == "home_ownership" and t["value"] is not None for t in having)}]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY events TO 'stolen.csv'",
        "SELECT 1; SELECT 2",
        "DROP VIEW events",
        "SET enable_external_access = true",
        "SELECT * FROM nowhere",
        "SELECT 1) UNION (SELECT 2",
        "",
    ],
)
def test_nothing_but_a_select_over_the_views_runs(households: Workspace, query: str) -> None:
    with pytest.raises(BadSql) as caught:
        households.sql(query)
    assert "events" in caught.value.available
