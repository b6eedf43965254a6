"""Actions that come back from another system: a row that cannot be taken says which cell is wrong."""

from desireline.service.workspace import Workspace


def test_a_row_is_blamed_for_what_is_wrong_in_it(tmp_path):
    ws = Workspace(tmp_path / "ws")
    first, second, third = (ws.actions.create({"name": name}) for name in ("Call back", "Say when", "Ship sooner"))
    file = tmp_path / "jira.csv"
    file.write_text(
        "Issue key,Assignee,Due date,External ID\n"
        f"{'K' * 201},,,{first.id}\n,{'O' * 201},,{second.id}\n,,31.02.2026,{third.id}\n"
    )
    told = [(row.reason, row.given) for row in ws.actions.read(file).rows]
    assert told == [("bad_key", "K" * 100), ("bad_owner", "O" * 100), ("bad_date", "31.02.2026")]
