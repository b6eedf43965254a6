"""Bad input of experiments and befores/afters: the same word and the same sentence on both surfaces."""

import datetime as dt

import pytest

from desireline.http.app import create_app
from tests.asgi import Client
from tests.commands import series
from tests.unit.service.test_before_after import COLUMNS, FIRST, START, rows

MANY = [f"u{k},{'AB'[k % 2]},{int(k % 5 == 0)},2026-03-01T{k % 24:02}:00:00" for k in range(2_000)]
HEAD = "who,arm,bought,at"
LAST = FIRST + dt.timedelta(days=177)


def people(*lines, head=HEAD):
    return "\n".join([head, *lines])


def days(*changes, since=None):
    """The good file of `test_before_after`, with the last cells of some rows changed."""
    listed = [row for row in rows() if since is None or row[1] >= since.isoformat()]
    return "\n".join(["shop,day,sales,treated", *(",".join(row) for row in [*listed, *changes])])


# name: the file, what is asked besides, the refusal
REFUSED_EXPERIMENTS = {
    "one_arm": (people("u1,A,1,2026-03-01"), {}, "one_arm"),
    "no_such_column": (people("u1,A,1,2026-03-01"), {"outcome": "sold"}, "missing_column"),
    "often": (people("u1,A,often,2026-03-01", "u2,B,1,2026-03-01"), {}, "bad_cell"),
    "two_of_yes": (people("u1,A,2,2026-03-01", "u2,B,1,2026-03-01"), {"kind": "binary"}, "bad_cell"),
    "no_control": (people(*MANY), {"control": "C"}, "bad_question"),
    "nothing": ("", {}, "empty_file"),
    "header": (people(), {}, "empty_file"),
    "no_outcome": (people("u1,A,,2026-03-01", "u2,B,,2026-03-01"), {}, "empty_column"),
    "no_time": (people("u1,A,1,soon", "u2,B,1,later"), {"time": "at"}, "bad_cell"),
}
TOLD_BEFORE_AFTERS = {
    "55_days": (days(since=START - dt.timedelta(days=55)), {}, ("refused", "too_few_days_before", "control")),
    "starts_early": (days(), {"start": "2024-01-01"}, ("refused", "too_few_days_before", None)),
    "starts_late": (days(), {"start": (LAST + dt.timedelta(days=30)).isoformat()}, ("refused", "no_days_after", None)),
    "twice": (days(rows()[0]), {}, ("refused", "duplicate_days", None)),
    "139_days": (days(since=START - dt.timedelta(days=139)), {},
                 ("too_early", "too_few_days_before_for_verdict", "control")),
}  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Everything on the command line in one process, and over HTTP as uploads."""
    folder = tmp_path_factory.mktemp("bad")
    client = Client(create_app(folder / "ws"))
    commands, posted = {}, {}
    for name, (text, more, _) in {**REFUSED_EXPERIMENTS, **TOLD_BEFORE_AFTERS}.items():
        (folder / f"{name}.csv").write_text(text)
        is_experiment = name in REFUSED_EXPERIMENTS
        columns = {**({"arm": "arm", "outcome": "bought"} if is_experiment else COLUMNS), **more}
        options = [part for key, value in columns.items() for part in (f"--{key}", str(value))]
        noun = ("experiment", "analyse") if is_experiment else ("beforeafter",)
        commands[name] = (*noun, folder / f"{name}.csv", *options, "--json")
        sent = client.post("/api/uploads", files={"file": (f"{name}.csv", text.encode())}).json()
        path = "experiments" if is_experiment else "before-after"
        posted[name] = client.post(f"/api/{path}/file", json={"upload": sent["upload"], "columns": columns}).json()
        assert client.delete(f"/api/uploads/{sent['upload']}").status_code == 204
        gone = client.post(f"/api/{path}/file", json={"upload": sent["upload"], "columns": columns})
        assert (gone.status_code, gone.json()["error"]["code"]) == (404, "unknown_upload")
    return dict(zip(commands, series(*commands.values()), strict=True)), posted


@pytest.mark.parametrize("name", REFUSED_EXPERIMENTS)
def test_an_experiment_is_refused_with_one_sentence(asked, name):
    typed, posted = asked[0][name].json["error"], asked[1][name]["error"]
    assert (asked[0][name].code, typed["code"]) == (1, REFUSED_EXPERIMENTS[name][2])
    assert (posted["code"], posted["message"]) == (typed["code"], typed["message"])
    assert len(typed["message"]) > 40


@pytest.mark.parametrize("name", TOLD_BEFORE_AFTERS)
def test_a_before_after_says_no_more_than_its_days_allow(asked, name):
    found = asked[0][name].json
    assert (found["verdict"], found["reason"], found["design"]) == TOLD_BEFORE_AFTERS[name][2]
    assert (found["effect"] is None) == (found["verdict"] == "refused")
    assert asked[1][name] == found


def test_who_is_in_two_arms_counts_in_none_and_a_day_is_too_short(tmp_path):
    torn = people(*MANY, "u0,B,1,2026-03-01T05:00:00", "u1,A,1,2026-03-01T05:00:00")
    won = [f"v{k},B,1,2026-03-01T{k % 24:02}:00:00" for k in range(400)]
    lost = [f"w{k},A,0,2026-03-01T{k % 24:02}:00:00" for k in range(400)]
    for name, text in (("torn", torn), ("day", people(*MANY, *won, *lost))):
        (tmp_path / f"{name}.csv").write_text(text)
    columns = ("--arm", "arm", "--outcome", "bought", "--unit", "who")
    two, day, told = series(
        ("experiment", "analyse", tmp_path / "torn.csv", *columns, "--json"),
        ("experiment", "analyse", tmp_path / "day.csv", *columns, "--time", "at", "--json"),
        ("experiment", "analyse", tmp_path / "torn.csv", *columns),
    )
    assert (two.json["left_out"]["in_two_arms"], [arm["n"] for arm in two.json["arms"]]) == (2, [999, 999])
    assert "2 people" in told.out
    assert day.json["always"]["low"] > 0  # it would have worked
    assert (day.json["verdict"], day.json["reasons"]) == ("too_early", ["interval_above_zero", "less_than_a_week"])
    assert day.json["sentence"] == ("Too early to say anything about “bought”: it has run for less than a week.")
